"""Records that only got another id are found, and nobody is taken for somebody else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.packages import (
    CLASSES,
    COURSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    ORGS,
    SESSIONS,
    USERS,
    Package,
    small_district,
)
from tests.stages import check, publish, query

from rollbook.diff.compute import compute_change_set
from rollbook.diff.data import ChangeSet, KindCounts, Standpoint, Verdict
from rollbook.diff.records import count_by_school, read_changes
from rollbook.oneroster import RESOURCES, Resource
from rollbook.staging.data import Snapshot

Alter = Callable[[Package], object]
Pairs = dict[str, str]


def district() -> Package:
    """Return the small district with a birth date and an address of their own for each student."""
    package = small_district()
    for number in range(1, 7):
        package.row(DEMOGRAPHICS, f"stu-{number}")["birthDate"] = f"2018-02-{number:02}"
        package.row(USERS, f"stu-{number}")["email"] = f"s{number}@oak.example"
    return package


def give_id(package: Package, old: str, new: str) -> None:
    """Give a record another id, wherever it is named."""
    for rows in package.rows.values():
        for row in rows:
            for name, value in row.items():
                if name.endswith(("ourcedId", "ourcedIds")):
                    row[name] = ",".join(new if it == old else it for it in value.split(","))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return publish(district(), tmp_path_factory.mktemp("published"))


def compare(package: Package, base: Path, published: Snapshot) -> ChangeSet:
    return check(package, base, published=published).changes


def pairs(changes: ChangeSet, resource: Resource) -> Pairs:
    """Return which old id became which."""
    select = f"select was, sourcedId from \"changes_{resource}\" where change = 'rekey'"
    return dict(query(changes.workspace, select))


def forget(package: Package, sourced_id: str, *, but: str) -> None:
    """Leave one piece of evidence about a student."""
    user, person = package.row(USERS, sourced_id), package.row(DEMOGRAPHICS, sourced_id)
    evidence = {"identifier": user, "userIds": user, "email": user, "birthDate": person}
    for name, row in evidence.items():
        if name != but:
            row[name] = ""
    user["username"] = "another"


@pytest.mark.parametrize("evidence", ["identifier", "userIds", "email", "birthDate"])
def test_each_evidence_is_enough(evidence: str, published: Snapshot, tmp_path: Path) -> None:
    package = district()
    forget(package, "stu-1", but=evidence)
    give_id(package, "stu-1", "p-9")
    assert pairs(compare(package, tmp_path, published), USERS) == {"stu-1": "p-9"}


def test_a_name_alone_never_is(published: Snapshot, tmp_path: Path) -> None:
    package = district()
    forget(package, "stu-1", but="")
    give_id(package, "stu-1", "p-9")
    changes = compare(package, tmp_path, published)
    assert not pairs(changes, USERS)
    assert changes.counts[USERS].kinds == KindCounts(create=1, update=1, abandon=1, rekey=0)


def test_what_links_to_a_re_keyed_person_follows(published: Snapshot, tmp_path: Path) -> None:
    package = district()
    give_id(package, "stu-1", "p-9")
    changes = compare(package, tmp_path, published)
    nothing = KindCounts(0, 0, 0, 0)
    expected = {USERS: KindCounts(0, 0, 0, 1), DEMOGRAPHICS: KindCounts(0, 0, 0, 1)}
    # Enrollments and the parent's agentSourcedIds name the new id and are the same all the same.
    kinds = {resource: counts.kinds for resource, counts in changes.counts.items()}
    assert kinds == {resource: expected.get(resource, nothing) for resource in RESOURCES}


def test_places_in_classes_with_ids_made_of_the_person_s_are_the_same(
    published: Snapshot, tmp_path: Path
) -> None:
    package = district()
    give_id(package, "stu-1", "p-9")
    for row in package.rows[ENROLLMENTS]:
        row["sourcedId"] = row["sourcedId"].replace("stu-1-", "p-9-")
    changes = compare(package, tmp_path, published)
    assert changes.counts[ENROLLMENTS].kinds == KindCounts(0, 0, 0, 2)


def twins(package: Package) -> None:
    """Make two students equal in all that tells people apart."""
    for one, other in (("identifier", USERS), ("userIds", USERS), ("email", USERS)):
        package.row(other, "stu-2")[one] = package.row(other, "stu-1")[one]
    for name in ("givenName", "familyName"):
        package.row(USERS, "stu-2")[name] = package.row(USERS, "stu-1")[name]
    package.row(DEMOGRAPHICS, "stu-2")["birthDate"] = "2018-02-01"


@pytest.mark.parametrize("moved", [("stu-1",), ("stu-1", "stu-2")])
def test_twins_are_never_guessed(moved: tuple[str, ...], tmp_path: Path) -> None:
    before = district()
    twins(before)
    published = publish(before, tmp_path)
    package = before.copy()
    for number, sourced_id in enumerate(moved, start=7):
        give_id(package, sourced_id, f"p-{number}")
    assert not pairs(compare(package, tmp_path, published), USERS)


def test_twins_who_share_an_address_are_told_apart_by_their_numbers(tmp_path: Path) -> None:
    before = district()
    before.row(USERS, "stu-2")["email"] = before.row(USERS, "stu-1")["email"]
    published = publish(before, tmp_path)
    package = before.copy()
    give_id(package, "stu-1", "p-7")
    give_id(package, "stu-2", "p-8")
    assert pairs(compare(package, tmp_path, published), USERS) == {"stu-1": "p-7", "stu-2": "p-8"}


def number_goes_to_somebody_else(package: Package) -> None:
    package.row(USERS, "p-9").update(givenName="Ann", familyName="Other", email="", userIds="")


def birth_date_differs(package: Package) -> None:
    package.row(DEMOGRAPHICS, "p-9")["birthDate"] = "2011-11-11"


def role_is_of_another_kind(package: Package) -> None:
    package.row(USERS, "p-9")["role"] = "teacher"


def evidence_points_to_two(package: Package) -> None:
    package.row(USERS, "stu-2")["sourcedId"] = "gone"
    package.drop(USERS, "gone")
    package.drop(DEMOGRAPHICS, "stu-2")
    package.row(USERS, "p-9")["email"] = "s2@oak.example"
    package.row(DEMOGRAPHICS, "p-9")["birthDate"] = ""


@pytest.mark.parametrize(
    "alter",
    [
        number_goes_to_somebody_else,
        birth_date_differs,
        role_is_of_another_kind,
        evidence_points_to_two,
    ],
)
def test_contradiction_is_no_re_key(alter: Alter, published: Snapshot, tmp_path: Path) -> None:
    package = district()
    give_id(package, "stu-1", "p-9")
    alter(package)
    assert "p-9" not in pairs(compare(package, tmp_path, published), USERS).values()


@pytest.mark.parametrize(
    ("resource", "old", "new"),
    [
        (ORGS, "sch-1", "0001"),
        (ORGS, "d-1", "district-001"),
        (SESSIONS, "t-2", "2"),
        (COURSES, "crs-1", "001"),
        (CLASSES, "cls-11", "SEC0011"),
        (USERS, "par-1", "0001"),
    ],
)
def test_id_written_otherwise(
    resource: Resource, old: str, new: str, published: Snapshot, tmp_path: Path
) -> None:
    package = district()
    give_id(package, old, new)
    changes = compare(package, tmp_path, published)
    assert pairs(changes, resource) == {old: new}
    rekeyed = {it: counts.rekey for it, counts in changes.counts.items() if counts.rekey}
    assert rekeyed == {resource: 1}
    assert not sum(it.create + it.update + it.abandon for it in changes.counts.values())


def test_id_written_otherwise_with_another_name_is_another_school(
    published: Snapshot, tmp_path: Path
) -> None:
    package = district()
    give_id(package, "sch-1", "0001")
    package.row(ORGS, "0001")["name"] = "Elm Elementary"
    assert not pairs(compare(package, tmp_path, published), ORGS)


def test_id_of_letters_only_needs_the_same_letters(tmp_path: Path) -> None:
    before = district()
    before.rows[ORGS].append({"sourcedId": "north", "name": "Annex", "type": "school"})
    published = publish(before, tmp_path)
    package = before.copy()
    package.row(ORGS, "north")["sourcedId"] = "south"
    assert not pairs(compare(package, tmp_path, published), ORGS)


def test_row_order_does_not_matter(published: Snapshot, tmp_path: Path) -> None:
    found = []
    for step in (1, -1):
        package = district()
        give_id(package, "stu-1", "p-9")
        give_id(package, "sch-2", "0002")
        package.row(USERS, "p-9")["givenName"] = "Zoé"
        for rows in package.rows.values():
            rows[:] = rows[::step]
        changes = [
            (it.resource, it.sourced_id, it.was, it.change, dict(it.fields))
            for it in read_changes(compare(package, tmp_path, published))
        ]
        found.append(changes)
    assert found[0] == found[1]
    assert (USERS, "p-9", "stu-1", "rekey", {"givenName": ("Zoë", "Zoé")}) in found[0]


def test_counts_by_school_name_both_schools_of_a_move(published: Snapshot, tmp_path: Path) -> None:
    package = district()
    package.row(USERS, "stu-1")["orgSourcedIds"] = "sch-1"
    package.row(DEMOGRAPHICS, "stu-2")["cityOfBirth"] = "Elm"
    package.row(SESSIONS, "t-1")["title"] = "Fall"
    schools = count_by_school(compare(package, tmp_path, published))
    found = {it.sourced_id: {r: c.update for r, c in it.counts.items()} for it in schools}
    assert found == {"sch-1": {USERS: 1, DEMOGRAPHICS: 1}, "sch-2": {USERS: 1}}
    assert [it.name for it in schools] == ['Oak "North" High, upper', "Oak Elementary"]


def test_changes_name_their_place_and_are_bounded(published: Snapshot, tmp_path: Path) -> None:
    package = district()
    for number in range(1, 7):
        package.row(USERS, f"stu-{number}")["grades"] = "04"
    changes = compare(package, tmp_path, published)
    kept = list(read_changes(changes, most_of_each=2))
    assert [(it.file, it.record) for it in kept] == [
        ("users.csv", package.record_number(USERS, it.sourced_id)) for it in kept
    ]
    assert len(kept) == 2
    assert json.dumps(kept[0].fields) == '{"grades": ["03", "04"]}'


def test_org_that_waits_stays_as_it_is_without_a_parent_that_goes(
    published: Snapshot, tmp_path: Path
) -> None:
    package = district()
    for org in ("d-1", "sch-1", "sch-2"):
        give_id(package, org, f"S{org}")
    valid = check(package, tmp_path, published=published).valid
    verdicts = {
        (ORGS, "d-1", "Sd-1"): Verdict.DIFFERENT,
        (ORGS, "sch-2", "Ssch-2"): Verdict.SAME,
    }
    changes = compute_change_set(valid, standpoint=Standpoint(verdicts=verdicts))
    parents = "select sourcedId, parentSourcedId from next_orgs order by all"
    assert query(changes.workspace, parents) == [
        ("Sd-1", None),
        ("Ssch-2", "Sd-1"),
        ("sch-1", None),
    ]


def test_org_under_a_parent_that_waits_too_stays_once(published: Snapshot, tmp_path: Path) -> None:
    package = district()
    for org in ("d-1", "sch-1", "sch-2"):
        give_id(package, org, f"S{org}")
    valid = check(package, tmp_path, published=published).valid
    changes = compute_change_set(valid, standpoint=Standpoint(verdicts={}))
    parents = "select sourcedId, parentSourcedId from next_orgs order by all"
    assert query(changes.workspace, parents) == [("d-1", None), ("sch-1", "d-1"), ("sch-2", "d-1")]
    assert changes.is_empty
