"""F1: an export that makes every row unknown, or every file empty, removes nobody.

Source: failures.md F1: a renamed or re-cased header, an invisible character, another encoding, ids
without their leading zeros, files with headers only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.packages import (
    CLASSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    USERS,
    Package,
    Style,
    small_district,
)
from tests.rosters import (
    deliver,
    differences,
    expected_roster,
    faults_of,
    records_of,
    roster_of,
    session,
)

from rollbook.oneroster import Resource

Alter = Callable[[Package], object]


def district_with_zeros() -> Package:
    """Return the small district; the ids of its students begin with zeros."""
    package = small_district()
    for number in range(1, 7):
        package.rename(USERS, f"stu-{number}", f"00{number}5")
    return package


def rename(resource: Resource, column: str, to: str) -> Alter:
    def alter(package: Package) -> None:
        columns = package.columns[resource]
        columns[columns.index(column)] = to
        for row in package.rows[resource]:
            row[to] = row.pop(column, "")

    return alter


def lose_zeros(package: Package) -> None:
    for number in range(1, 7):
        package.rename(USERS, f"00{number}5", f"{number}5")


def header_only(*resources: Resource) -> Alter:
    return lambda package: [package.rows[resource].clear() for resource in resources]


def everything(district: Any) -> Any:
    """Return all that must stay: records with their uids, and what left."""
    tombstones = session().execute(
        "select resource, served_id from roster_tombstone where district_id = %s", [district.pk]
    )
    records = {resource: records_of(district.pk, resource) for resource in Resource}
    return records, tombstones.fetchall()


STOPPED: dict[str, tuple[Alter, str]] = {
    "renamed header": (rename(USERS, "familyName", "surname"), "users.header.missing"),
    "renamed id": (rename(CLASSES, "sourcedId", "section"), "classes.header.missing"),
    "header only": (header_only(USERS), "users.file.empty"),
    "headers only": (
        header_only(*(it for it in Resource if it.is_required)),
        "enrollments.file.empty",
    ),
}
HELD: dict[str, tuple[Alter, Style, str]] = {
    "renamed header": (
        rename(USERS, "agentSourcedIds", "agentIds"), Style(), "users.drift.column_renamed",
    ),
    "lost column": (
        lambda package: package.without_column(USERS, "agentSourcedIds"),
        Style(),
        "users.drift.column_lost",
    ),
    "re-cased header": (
        rename(USERS, "sourcedId", "SOURCEDID"), Style(), "users.drift.column_respelt",
    ),
    "another encoding": (
        lambda package: None, Style(encoding="cp1252"), "users.drift.encoding_changed",
    ),
    "lost leading zeros": (lose_zeros, Style(), "users.drift.zeros_lost"),
}  # fmt: skip


def test_f01_export_that_cannot_be_used_stops_and_removes_nobody(district: Any) -> None:
    deliver(district, district_with_zeros())
    before = everything(district)
    for name, (alter, code) in STOPPED.items():
        package = district_with_zeros()
        alter(package)
        run = deliver(district, package)
        assert run.state == "failed", name
        assert code in [reason["code"] for reason in run.reasons], name
        assert everything(district) == before, name
    assert deliver(district, district_with_zeros()).state == "unchanged"


def test_f01_export_that_looks_otherwise_waits_and_removes_nobody(district: Any) -> None:
    deliver(district, district_with_zeros())
    before = everything(district)
    waiting = []
    for name, (alter, style, code) in HELD.items():
        package = district_with_zeros()
        alter(package)
        run = deliver(district, package, style)
        assert run.state == "held", name
        assert code in [reason["code"] for reason in run.reasons], name
        assert everything(district) == before, name
        waiting.append(run)
    assert faults_of(district.pk) == []
    assert deliver(district, district_with_zeros()).state == "unchanged"
    for run in waiting:
        run.refresh_from_db()
        assert run.state == "discarded"  # the right export takes its place


def test_f01_invisible_character_is_seen_through(district: Any) -> None:
    deliver(district, district_with_zeros())
    before = everything(district)
    package = district_with_zeros()
    rename(ENROLLMENTS, "userSourcedId", "user\u200bSourcedId")(package)
    rename(USERS, "sourcedId", "sourcedId\u00a0")(package)
    run = deliver(district, package)
    assert run.state == "unchanged"
    assert run.finding_counts["enrollments.header.invisible"] == 1
    assert everything(district) == before


def test_f01_what_only_looks_otherwise_changes_nothing_once_approved(
    district: Any, django_user_model: Any
) -> None:
    deliver(district, district_with_zeros())
    before = everything(district)
    package = district_with_zeros()
    rename(USERS, "sourcedId", "SOURCEDID")(package)
    held = deliver(district, package, Style(encoding="cp1252"))
    assert approved(held, django_user_model).state == "unchanged"
    assert everything(district) == before


def test_f01_optional_file_of_a_header_only_removes_nothing(district: Any) -> None:
    deliver(district, district_with_zeros())
    package = district_with_zeros()
    header_only(DEMOGRAPHICS)(package)
    run = deliver(district, package)
    assert run.state in ("unchanged", "held")
    assert run.finding_counts["demographics.file.header_only"] == 1
    assert differences(roster_of(district.pk), expected_roster(district_with_zeros())) == []


def approved(run: Any, people: Any) -> Any:
    from rollbook import pipeline
    from rollbook.runs.decisions import approve_run

    person = people.objects.create(username="owner")
    approve_run(run, digest=run.digest, reason="Looked at.", acting_user=person)
    pipeline.run_sync(run.district_id, run.number)
    run.refresh_from_db()
    return run
