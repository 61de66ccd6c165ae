"""One delivery after another: what stands in PostgreSQL when each run rests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.packages import (
    CLASSES,
    COURSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    ORGS,
    USERS,
    Package,
    small_district,
)
from tests.rosters import (
    deliver,
    expected_roster,
    faults_of,
    make_district,
    receive,
    records_of,
    roster_of,
    session,
)

if TYPE_CHECKING:
    from rollbook.runs.models import SyncRun


@pytest.fixture
def first(district: Any, connection: Any) -> SyncRun:
    """The run of a first delivery, already published."""
    return deliver(district, small_district())


def log_of(district: Any) -> dict[tuple[str, str], int]:
    rows = session().execute(
        "select resource, served_id, change_number from roster_change_log where district_id = %s",
        [district.pk],
    )
    return {(resource, served_id): number for resource, served_id, number in rows}


def grants_of(connection: Any) -> dict[tuple[str, str], tuple[bool, int]]:
    from rollbook.sharing.models import Grant

    grants = Grant.objects.filter(
        district_id=connection.district_id, connection_number=connection.number
    )
    return {(it.resource, it.served_id): (it.is_active, it.change_number) for it in grants}


def roster(district: Any) -> Any:
    from rollbook.roster.models import Roster

    return Roster.objects.get(district=district)


def altered(*drops: str) -> Package:
    """Return the small district with one student changed, one new and some gone."""
    package = small_district()
    package.row(USERS, "stu-1")["givenName"] = "Zoé"
    package.add(
        USERS, **{**package.row(USERS, "stu-2"), "sourcedId": "stu-9", "agentSourcedIds": ""}
    )
    for student in drops:
        package.drop(USERS, student)
        package.drop(DEMOGRAPHICS, student)
        gone = [
            row["sourcedId"] for row in package.rows[ENROLLMENTS] if row["userSourcedId"] == student
        ]
        package.drop(ENROLLMENTS, *gone)
        for row in package.rows[USERS]:
            row["agentSourcedIds"] = ",".join(
                agent for agent in row.get("agentSourcedIds", "").split(",") if agent != student
            )
    return package


def test_first_delivery_is_published_whole(district: Any, first: SyncRun, connection: Any) -> None:
    assert first.state == "published"
    assert first.change_number == 1
    assert roster_of(district.pk) == expected_roster(small_district())
    assert faults_of(district.pk) == []
    assert log_of(district) == {}  # whoever comes later reads the baseline
    assert {*grants_of(connection).values()} == {(True, 1)}
    counts = roster(district).counts
    assert (counts["students"], counts["teachers"], counts["parents"]) == (6, 2, 6)
    assert (counts["schools"], counts["orgs"]) == (2, 3)


def test_first_load_lies_in_the_order_of_its_key(district: Any, first: SyncRun) -> None:
    for table in ("roster_user", "roster_enrollment", "roster_org"):
        rows = session().execute(
            f"select served_id from {table} where district_id = %s order by ctid", [district.pk]
        )
        ids = [served_id for (served_id,) in rows]
        assert ids == sorted(ids)


def test_quiet_night_changes_nothing(district: Any, first: SyncRun, connection: Any) -> None:
    before = (roster_of(district.pk), records_of(district.pk, USERS), grants_of(connection))
    run = deliver(district, small_district())
    assert run.state == "unchanged"
    assert run.change_number is None
    assert (roster_of(district.pk), records_of(district.pk, USERS), grants_of(connection)) == before
    assert (roster(district).change_number, roster(district).published_run) == (1, first.number)
    assert log_of(district) == {}


def test_night_with_changes(district: Any, first: SyncRun, connection: Any) -> None:
    before = records_of(district.pk, USERS)
    run = deliver(district, altered("stu-3"))
    assert (run.state, run.change_number) == ("published", 2)
    assert roster_of(district.pk) == expected_roster(altered("stu-3"))
    assert faults_of(district.pk) == []
    after = records_of(district.pk, USERS)
    assert after["stu-1"]["uid"] == before["stu-1"]["uid"]
    assert (after["stu-1"]["change_number"], after["stu-2"]["change_number"]) == (2, 1)
    assert log_of(district) == {
        ("users", "stu-1"): 2,
        ("users", "stu-9"): 2,
        ("users", "stu-3"): 2,
        ("users", "par-3"): 2,
        ("demographics", "stu-3"): 2,
        ("enrollments", "stu-3-cls-21"): 2,
        ("enrollments", "stu-3-cls-22"): 2,
    }
    grants = grants_of(connection)
    assert grants["users", "stu-9"] == (True, 2)
    assert grants["users", "stu-3"] == (False, 2)
    assert grants["users", "stu-1"] == (True, 1)  # the grant did not change; the record did
    connection.refresh_from_db()
    assert connection.counts == roster(district).counts


def test_removed_record_leaves_a_tombstone_and_returns_as_itself(
    district: Any, first: SyncRun, connection: Any
) -> None:
    from rollbook.roster.models import Tombstone

    before = records_of(district.pk, USERS)["stu-3"]
    deliver(district, altered("stu-3"))
    tombstone = Tombstone.objects.get(district=district, resource="users", served_id="stu-3")
    assert tombstone.change_number == 2
    assert tombstone.record["given_name"] == "Zoë"
    assert tombstone.record["uid"] == str(before["uid"])
    run = deliver(district, altered())
    assert run.change_number == 3
    assert not Tombstone.objects.filter(district=district).exists()
    after = records_of(district.pk, USERS)["stu-3"]
    assert after["uid"] == before["uid"]
    assert after["change_number"] == 3
    assert grants_of(connection)["users", "stu-3"] == (True, 3)
    assert faults_of(district.pk) == []


def test_log_has_each_records_last_change_only(district: Any, first: SyncRun) -> None:
    for name in ("A", "B", "C"):
        package = small_district()
        package.row(USERS, "stu-1")["givenName"] = name
        package.row(USERS, "stu-2")["givenName"] = "other" if name == "A" else "Zoë"
        deliver(district, package)
    assert log_of(district) == {("users", "stu-1"): 4, ("users", "stu-2"): 3}
    assert faults_of(district.pk) == []


def test_places_of_people_follow_school_and_role(district: Any, first: SyncRun) -> None:
    package = small_district()
    package.row(USERS, "par-1")["orgSourcedIds"] = "sch-2"
    package.row(USERS, "par-2").update(orgSourcedIds="sch-2,d-1,sch-2", role="guardian")
    package.row(USERS, "tch-1")["role"] = "administrator"
    deliver(district, package)
    assert faults_of(district.pk) == []
    rows = session().execute(
        "select org_served_id, role from roster_user_org where district_id = %s "
        "and user_served_id = 'par-2' order by 1",
        [district.pk],
    )
    assert rows.fetchall() == [("d-1", "guardian"), ("sch-2", "guardian")]


def test_record_whose_row_is_bad_is_stale_until_a_good_row_comes(
    district: Any, first: SyncRun
) -> None:
    from rollbook.roster.models import StaleRecord

    def stale() -> dict[tuple[str, str], Any]:
        marks = StaleRecord.objects.filter(district=district)
        return {(mark.resource, mark.served_id): mark.stale_since for mark in marks}

    package = small_district()
    package.row(USERS, "stu-1")["givenName"] = ""
    assert deliver(district, package).state == "unchanged"
    since = stale()
    assert [*since] == [("users", "stu-1")]
    package.row(CLASSES, "cls-11")["title"] = "Another"
    deliver(district, package)
    assert stale() == since
    package.row(USERS, "stu-1")["givenName"] = "Zoë"
    deliver(district, package)
    assert stale() == {}
    assert faults_of(district.pk) == []


def test_stale_mark_goes_with_its_record(district: Any, first: SyncRun) -> None:
    from rollbook.roster.models import StaleRecord

    package = small_district()
    package.row(USERS, "stu-3")["givenName"] = ""
    deliver(district, package)
    deliver(district, altered("stu-3"))
    assert not StaleRecord.objects.filter(district=district).exists()
    assert faults_of(district.pk) == []


def test_run_keeps_what_it_changed_for_people(district: Any, first: SyncRun) -> None:
    from rollbook.runs.models import RecordChange

    run = deliver(district, altered("stu-3"))
    changes = RecordChange.objects.filter(district=district, run_number=run.number)
    by_id = {(it.resource, it.sourced_id): it for it in changes}
    update = by_id["users", "stu-1"]
    assert (update.change, update.label) == ("update", "Zoé Müller-Díaz 1")
    assert update.fields == {"givenName": ["Zoë", "Zoé"]}
    assert by_id["users", "stu-9"].fields["username"] == [None, "stu-2"]
    assert by_id["users", "stu-3"].change == "abandon"
    assert by_id["users", "stu-3"].fields["givenName"] == ["Zoë", None]
    assert len(by_id) == 7
    assert not RecordChange.objects.filter(run_number=first.number).exists()
    assert run.counts["users"]["create"] == 1
    assert run.counts["users"]["update"] == 2
    assert run.counts["users"]["abandon"] == 1


def test_resource_without_changes_keeps_its_snapshot(district: Any, first: SyncRun) -> None:
    from django.core.files.storage import default_storage

    run = deliver(district, altered("stu-3"))
    assert run.snapshot["1"]["orgs"] == first.snapshot["1"]["orgs"]
    assert run.snapshot["1"]["users"] != first.snapshot["1"]["users"]
    assert all(default_storage.exists(key) for key in run.snapshot["1"].values())
    assert deliver(district, altered("stu-3")).snapshot == {}


def test_findings_of_a_run_can_be_read(district: Any, first: SyncRun) -> None:
    from rollbook.runs.models import Finding

    package = small_district()
    package.row(USERS, "stu-1")["role"] = "pupil"
    package.raw["demographics.csv"] = b'sourcedId,sex\nstu-1,"x\0\nstu-2,female\n\xff,\xc3\xa9\n'
    run = deliver(district, package)
    found = Finding.objects.filter(district=district, run_number=run.number).order_by("ordinal")
    drift = [it for it in found if ".drift." in it.code]
    found = [it for it in found if it.severity == "error" and ".drift." not in it.code]
    assert [(it.code, it.severity, it.file, it.record) for it in found] == [
        ("demographics.row.bad_quoting", "error", "demographics.csv", 2),
        ("demographics.row.bad_encoding", "error", "demographics.csv", 4),
        ("users.role.unknown_value", "error", "users.csv", 4),
    ]
    assert found[2].value == "pupil"
    assert run.severity_counts["error"] == len(found) + len(drift)
    assert run.finding_counts["users.role.unknown_value"] == 1


def test_stages_of_a_run_are_recorded(first: SyncRun) -> None:
    from rollbook.runs.models import StageRecord

    records = StageRecord.objects.filter(district=first.district, run_number=first.number)
    assert {it.stage for it in records} == {
        "staging", "validation", "diff", "guard", "apply", "sharing",
    }  # fmt: skip
    assert all(it.finished_at for it in records)
    assert ["files read", 7] in next(it.facts for it in records if it.stage == "staging")


FAILURES: dict[str, tuple[dict[str, bytes], str]] = {
    "header without a column": (
        {**small_district().files(), "users.csv": b"sourcedId\nx\n"}, "users.header.missing",
    ),
    "empty file": (
        {**small_district().files(), "users.csv": small_district().files()["users.csv"][:188]},
        "users.file.empty",
    ),
    "another version": (
        {
            **small_district().files(),
            "manifest.csv": b"propertyName,value\noneroster.version,3.0\n",
        },
        "package.manifest.unsupported_version",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAILURES)
def test_delivery_that_cannot_be_used_leaves_everything_as_it_was(
    name: str, district: Any, first: SyncRun
) -> None:
    files, code = FAILURES[name]
    before = (roster_of(district.pk), log_of(district), roster(district).change_number)
    run = deliver(district, files)
    assert run.state == "failed"
    assert code in {reason["code"] for reason in run.reasons}
    assert all(reason["sentence"].endswith(".") for reason in run.reasons)
    assert (roster_of(district.pk), log_of(district), roster(district).change_number) == before
    assert faults_of(district.pk) == []
    assert deliver(district, small_district()).state == "unchanged"  # and the next one goes on


def test_faults_of_one_kind_in_one_file_are_one_reason(district: Any, first: SyncRun) -> None:
    files = {**small_district().files(), "classes.csv": b"sourcedId,title,courseSourcedId\nx,y,z\n"}
    run = deliver(district, files)
    assert [reason["sentence"] for reason in run.reasons] == [
        "classes.csv lacks a column that it needs: classType, schoolSourcedId, termSourcedIds. "
        "Restore the column's name in the export, or say in a mapping file (--map) which header "
        "means it. A header that looks like it is named beside."
    ]
    manifest = b"propertyName,value\noneroster.version,1.1\nfile.orgs,full\nfile.users,full\n"
    run = deliver(district, {**small_district().files(), "manifest.csv": manifest})
    [mode] = [it for it in run.reasons if it["code"] == "package.manifest.unknown_mode"]
    assert mode["sentence"].startswith("manifest.csv, file.orgs, file.users: The manifest has a")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "code"),
    [("a/b/users.csv", "package.archive.bad_path"), ("notes.txt", "package.format.unknown")],
)
def test_package_that_cannot_be_read_ends_its_run_with_the_reason(name: str, code: str) -> None:
    from types import SimpleNamespace

    from rollbook.processes.jobs import run_sync_job

    district = make_district()
    run = receive(district, {name: b"x"})
    context: Any = SimpleNamespace(job=SimpleNamespace(attempts=0))
    run_sync_job.func(context, district_id=district.pk, run_number=run.number)
    run.refresh_from_db()
    assert run.state == "failed"
    assert run.reasons[0]["code"] == code


def test_two_districts_do_not_touch_each_other(district: Any, first: SyncRun) -> None:
    before = (roster_of(district.pk), records_of(district.pk, USERS))
    other = make_district("Elm")
    deliver(other, small_district())
    deliver(other, altered("stu-3", "stu-4"))
    assert (roster_of(district.pk), records_of(district.pk, USERS)) == before
    assert roster_of(other.pk) == expected_roster(altered("stu-3", "stu-4"))
    assert faults_of(district.pk) == faults_of(other.pk) == []
    assert log_of(district) == {}


def test_run_that_is_over_is_left_alone(district: Any, first: SyncRun) -> None:
    from rollbook import pipeline

    later = deliver(district, altered("stu-3"))
    pipeline.run_sync(district.pk, first.number)
    assert roster_of(district.pk) == expected_roster(altered("stu-3"))
    assert roster(district).published_run == later.number


def test_identical_package_in_another_style_changes_nothing(district: Any, first: SyncRun) -> None:
    from tests.packages import Style

    style = Style(line_end="\n", quote_all=True, bom=True, column_order=3)
    assert deliver(district, small_district(), style).state == "unchanged"


def test_org_that_goes_asks_a_person(district: Any, first: SyncRun) -> None:
    package = small_district()
    package.drop(ORGS, "d-1")
    for org in package.rows[ORGS]:
        org["parentSourcedId"] = ""
    for course in package.rows[COURSES]:
        course["orgSourcedId"] = "sch-1"
    assert deliver(district, package).state == "held"
