"""A change set in numbers, from packages to statistics."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.packages import CLASSES, ENROLLMENTS, ORGS, SESSIONS, USERS, Package, small_district
from tests.stages import check, publish

from rollbook.diff.data import ChangeSet
from rollbook.diff.measures import Figure, Statistics, Tally
from rollbook.diff.statistics import measure_changes
from rollbook.diff.touched import select_ids
from rollbook.staging.data import Snapshot

ALL = small_district(students=6)  # 1, 3, 5 at sch-2; 2, 4, 6 at sch-1


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return publish(ALL, tmp_path_factory.mktemp("published"))


def compare(package: Package, published: Snapshot, base: Path) -> tuple[ChangeSet, Statistics]:
    changes = check(package, base, published=published).changes
    return changes, measure_changes(changes)


def figure_of(
    statistics: Statistics,
    measure: str,
    subject: str,
    *,
    field: str | None = None,
    school: str | None = None,
) -> Figure | None:
    wanted = (measure, subject, field, school)
    found = [
        it for it in statistics.figures if (it.measure, it.subject, it.field, it.school) == wanted
    ]
    assert len(found) < 2
    return found[0] if found else None


def leave(package: Package, *people: str) -> None:
    """Let people and their places go."""
    package.drop(USERS, *people)
    gone = [it["sourcedId"] for it in package.rows[ENROLLMENTS] if it["userSourcedId"] in people]
    package.drop(ENROLLMENTS, *gone)


def test_nothing_changes(published: Snapshot, tmp_path: Path) -> None:
    _, statistics = compare(ALL.copy(), published, tmp_path)
    assert statistics.tally("users") == Tally(active=14)
    assert (statistics.schools, statistics.figures) == ({}, ())


def test_first_load_is_only_counted(tmp_path: Path) -> None:
    statistics = measure_changes(check(ALL, tmp_path).changes)
    assert statistics.is_first
    assert statistics.tally("users") == Tally(create=14)


def test_stale_records_are_new_or_have_waited_for_long(published: Snapshot, tmp_path: Path) -> None:
    package = ALL.copy()
    for person in ("stu-1", "stu-2", "tch-1"):
        package.row(USERS, person)["givenName"] = ""
    changes = check(package, tmp_path, published=published).changes
    assert changes.is_empty
    days = {("users", "stu-2"): 14, ("users", "tch-1"): 13, ("classes", "stu-1"): 30}
    statistics = measure_changes(changes, stale_days=days)
    places = [(it.measure, it.subject, it.school, it.amount, it.of) for it in statistics.figures]
    assert places == [
        ("stale", "students", "sch-2", 1, 3),
        ("stale", "students", None, 1, 6),
        ("long_stale", "students", "sch-1", 1, 3),
        ("long_stale", "students", None, 1, 6),
    ]
    asked = {"subject": "students", "change": None, "field": None, "schools": (), "most": 9}
    assert select_ids(changes, measure="long_stale", **asked) == ("stu-2",)


def test_kinds_and_schools_are_told_apart(published: Snapshot, tmp_path: Path) -> None:
    package = ALL.copy()
    leave(package, "stu-1", "tch-2")
    package.row(USERS, "stu-2")["phone"] = "+15555550199"
    package.add(USERS, **{**package.row(USERS, "stu-2"), "sourcedId": "stu-9", "username": "s9"})
    changes, statistics = compare(package, published, tmp_path)
    # The parent of stu-1 cannot name a child that is gone.
    assert statistics.tally("users") == Tally(active=14, create=1, update=2, abandon=2)
    assert statistics.tally("students") == Tally(active=6, create=1, update=1, abandon=1)
    assert statistics.tally("teachers") == Tally(active=2, abandon=1)
    assert statistics.schools["sch-1"] == {
        "students": Tally(active=3, create=1, update=1),
        "contacts": Tally(active=6, update=1),
    }
    assert statistics.schools["sch-2"] == {
        "contacts": Tally(active=6, update=1),
        "students": Tally(active=3, abandon=1),
        "teachers": Tally(active=1, abandon=1),
        "enrollments": Tally(active=8, abandon=4, following=4),
    }
    assert statistics.names["sch-2"] == 'Oak "North" High, upper'
    assert ids(changes, "students", change="abandon") == ("stu-1",)
    assert ids(changes, "users", change="abandon") == ("stu-1", "tch-2")
    assert ids(changes, "students", change="abandon", schools=("sch-1",)) == ()
    assert ids(changes, "students", change="create", schools=("sch-1",)) == ("stu-9",)


def ids(
    changes: ChangeSet,
    subject: str,
    *,
    change: str | None = None,
    field: str | None = None,
    measure: str | None = None,
    schools: tuple[str, ...] = (),
) -> tuple[str, ...]:
    return select_ids(
        changes,
        subject=subject,
        change=change,
        field=field,
        measure=measure,
        schools=schools,
        most=5,
    )


def test_fields_that_change_or_are_blanked(published: Snapshot, tmp_path: Path) -> None:
    package = ALL.copy()
    package.row(USERS, "tch-1")["email"] = "new@oak.example"
    package.row(USERS, "tch-2")["email"] = ""
    package.row(USERS, "stu-1")["email"] = "first@oak.example"  # it had none to lose
    package.row(CLASSES, "cls-11")["location"] = ""
    changes, statistics = compare(package, published, tmp_path)
    assert figure_of(statistics, "field", "teachers", field="email") == Figure(
        "field", "teachers", 2, 2, "email", None, {"changed": 1, "blanked": 1}
    )
    assert figure_of(statistics, "field", "teachers", field="email", school="sch-2") == Figure(
        "field", "teachers", 1, 1, "email", "sch-2", {"blanked": 1}
    )
    assert figure_of(statistics, "field", "students", field="email") is None
    assert figure_of(statistics, "field", "classes", field="location") == Figure(
        "field", "classes", 1, 4, "location", None, {"blanked": 1}
    )
    assert ids(changes, "teachers", field="email") == ("tch-1", "tch-2")
    assert ids(changes, "teachers", field="email", schools=("sch-1",)) == ("tch-1",)


def test_grades_move(published: Snapshot, tmp_path: Path) -> None:
    package = ALL.copy()
    for student, grade in (("stu-1", "04"), ("stu-3", "04"), ("stu-2", "02"), ("stu-4", "KG")):
        package.row(USERS, student)["grades"] = grade
    package.row(USERS, "stu-6")["grades"] = ""
    changes, statistics = compare(package, published, tmp_path)
    assert figure_of(statistics, "grades", "students") == Figure(
        "grades", "students", 5, 6, None, None, {"up": 2, "down": 1, "otherwise": 2}
    )
    assert ids(changes, "students", measure="grades", schools=("sch-2",)) == ("stu-1", "stu-3")


def test_terms_move_on(published: Snapshot, tmp_path: Path) -> None:
    package = ALL.copy()
    package.row(SESSIONS, "ay")["schoolYear"] = "2028"
    package.row(SESSIONS, "t-1").update({"startDate": "2026-12-01", "endDate": "2027-11-01"})
    package.row(SESSIONS, "t-2").update({"startDate": "2026-08-24", "endDate": "2027-06-12"})
    _, statistics = compare(package, published, tmp_path)
    assert figure_of(statistics, "dates", "academicSessions") == Figure(
        "dates", "academicSessions", 2, 3, None, None, {"year": 1, "days": 1}
    )


def test_school_is_emptied_by_leaving_and_by_moving(published: Snapshot, tmp_path: Path) -> None:
    package = ALL.copy()
    leave(package, "stu-1")
    for student in ("stu-3", "stu-5"):
        package.row(USERS, student)["orgSourcedIds"] = "sch-1"
    changes, statistics = compare(package, published, tmp_path)
    found = figure_of(statistics, "emptied_schools", "students", school="sch-2")
    assert found
    assert found.of == 3
    assert ids(changes, "students", measure="emptied_schools") == ("sch-2",)


def test_school_is_not_emptied_when_others_come(published: Snapshot, tmp_path: Path) -> None:
    package = ALL.copy()
    for number in range(1, 7):
        row = package.row(USERS, f"stu-{number}")
        row["orgSourcedIds"] = "sch-1" if row["orgSourcedIds"] == "sch-2" else "sch-2"
    _, statistics = compare(package, published, tmp_path)
    assert figure_of(statistics, "emptied_schools", "students", school="sch-2") is None


def test_classes_lose_find_and_lack_teachers(published: Snapshot, tmp_path: Path) -> None:
    package = ALL.copy()
    package.drop(ENROLLMENTS, "tch-1-cls-11")
    package.add(CLASSES, **{**package.row(CLASSES, "cls-21"), "sourcedId": "cls-29"})
    changes, statistics = compare(package, published, tmp_path)
    assert figure_of(statistics, "teacherless", "classes") == Figure(
        "teacherless", "classes", 2, 4, None, None, {"lost": 1, "new": 1}
    )
    assert ids(changes, "classes", measure="teacherless") == ("cls-11", "cls-29")
    back, statistics = compare(
        ALL.copy(), check(package, tmp_path, published=published).snapshot(), tmp_path
    )
    assert figure_of(statistics, "teacherless", "classes") == Figure(
        "teacherless", "classes", 0, 5, None, None, {"found": 1}
    )
    assert ids(back, "classes", measure="teacherless") == ()


def test_sets_of_guardians_change(published: Snapshot, tmp_path: Path) -> None:
    """A link is there when either side says so; that a student leaves changes no set."""
    package = ALL.copy()
    row = package.row
    row(USERS, "stu-1")["agentSourcedIds"] = ""  # the parent still says so
    row(USERS, "stu-2")["agentSourcedIds"] = ""
    row(USERS, "par-2")["agentSourcedIds"] = ""  # now nobody does
    row(USERS, "par-3")["agentSourcedIds"] = "stu-3,stu-4"  # one more for stu-4
    row(USERS, "stu-5")["agentSourcedIds"] = "par-6"
    row(USERS, "par-5")["agentSourcedIds"] = ""
    leave(package, "stu-6")
    package.drop(USERS, "par-1")  # with whom the last link of stu-1 goes
    changes, statistics = compare(package, published, tmp_path)
    assert figure_of(statistics, "guardians", "students") == Figure(
        "guardians", "students", 4, 6, None, None, {"lost": 2, "gained": 1, "exchanged": 1}
    )
    assert ids(changes, "students", measure="guardians") == ("stu-1", "stu-2", "stu-4", "stu-5")


def test_orgs_are_schools_and_offices(published: Snapshot, tmp_path: Path) -> None:
    package = ALL.copy()
    package.row(ORGS, "d-1")["name"] = "Oak United"
    _, statistics = compare(package, published, tmp_path)
    assert statistics.tally("schools") == Tally(active=2)
    assert statistics.tally("offices") == Tally(active=1, update=1)
