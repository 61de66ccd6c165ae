"""An erased person is gone from everything that is stored, and does not come back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.history.past import go_on, restore
from tests.packages import DEMOGRAPHICS, ENROLLMENTS, USERS, Package, small_district
from tests.rosters import (
    decide_pairs,
    deliver,
    expected_roster,
    faults_of,
    records_of,
    roster_of,
    session,
)

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = ("Zoltánka", "Quarringham-Vex")
WORDS = (*NAMES, "zq.vex@oak.example", "zqvex-login", "987654321012", "zq-vex-77")
pytestmark = pytest.mark.usefixtures("_own_files")
NOTICES = {"roster_tombstone", "roster_change_log", "sharing_grant"}


def district_with_vex(*, students: int = 5) -> Package:
    """Return a district with one more student, whose words stand nowhere else."""
    package = small_district(students=students)
    package.columns[USERS] = [*package.columns[USERS], "metadata.note"]
    package.add(
        USERS,
        sourcedId="zq-vex-77",
        enabledUser="true",
        orgSourcedIds="sch-1",
        role="student",
        username="zqvex-login",
        userIds="{State:987654321012}",
        givenName=NAMES[0],
        familyName=NAMES[1],
        email="ZQ.Vex@oak.example",
        agentSourcedIds="par-1",
        grades="03",
    )
    parent = package.row(USERS, "par-1")
    parent["agentSourcedIds"] = "stu-1,zq-vex-77"
    parent["metadata.note"] = "writes to zq.vex@oak.example"
    package.add(DEMOGRAPHICS, sourcedId="zq-vex-77", birthDate="2017-05-05")
    package.add(
        ENROLLMENTS,
        sourcedId="enr-zq-vex-77-cls-11",
        classSourcedId="cls-11",
        schoolSourcedId="sch-1",
        userSourcedId="zq-vex-77",
        role="student",
    )
    return package


def without_vex(package: Package) -> Package:
    other = package.copy()
    other.drop(USERS, "zq-vex-77")
    other.drop(DEMOGRAPHICS, "zq-vex-77")
    other.drop(ENROLLMENTS, "enr-zq-vex-77-cls-11")
    parent = other.row(USERS, "par-1")
    parent["agentSourcedIds"] = "stu-1"
    parent["metadata.note"] = ""
    return other


def erase(district: Any, person_id: str, person: Any = None) -> Any:
    from rollbook.history.asking import ask_erasure
    from rollbook.history.erasing import run_erasure

    erasure = ask_erasure(district, person_id, acting_user=person, reason="The family asked.")
    run_erasure(district.pk, erasure.number)
    erasure.refresh_from_db()
    return erasure


def stored_texts() -> Iterator[tuple[str, str]]:
    """Yield everything in the file storage as text, ZIP and Parquet unpacked."""
    from django.core.files.storage import default_storage

    for path in Path(default_storage.path("")).rglob("*"):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path}/{name}", archive.read(name).decode("utf-8", "replace")
        elif path.suffix == ".parquet":
            rows = duckdb.sql(f"select * from read_parquet('{path}')").fetchall()
            yield str(path), repr(rows)
        if path.is_file():
            yield f"{path} (raw)", path.read_bytes().decode("utf-8", "replace")


def table_texts() -> Iterator[tuple[str, str]]:
    """Yield every table of the database as text."""
    tables = session().execute(
        "select table_name from information_schema.tables "
        "where table_schema = 'public' and table_type = 'BASE TABLE'"
    )
    for (table,) in tables.fetchall():
        rows = session().execute(f'select t::text from "{table}" as t').fetchall()  # type: ignore[call-overload]
        yield table, "\n".join(row[0] for row in rows)


def mentions(texts: Iterator[tuple[str, str]], *, words: tuple[str, ...] = WORDS) -> set[str]:
    return {place for place, text in texts for word in words if word.casefold() in text.casefold()}


@pytest.mark.parametrize("known_as", ["sourced id", "uid"])
def test_no_byte_of_an_erased_person_is_left(
    district: Any, person: Any, connection: Any, known_as: str
) -> None:
    package = district_with_vex()
    deliver(district, package)
    changed = package.copy()
    changed.row(USERS, "zq-vex-77")["grades"] = "04"
    changed.row(USERS, "par-1")["agentSourcedIds"] = "zq-vex-77"
    changed.row(ENROLLMENTS, "enr-zq-vex-77-cls-11")["role"] = "captain"  # a finding with the id
    deliver(district, changed)
    assert mentions(stored_texts())
    uid = str(records_of(district.pk, USERS)["zq-vex-77"]["uid"])

    erasure = erase(district, {"sourced id": "zq-vex-77", "uid": uid}[known_as], person)

    assert (erasure.state, erasure.found["hits"], erasure.subject) == ("done", 0, "")
    assert erasure.removed["users"] == 1
    assert erasure.removed["enrollments"] == 1
    assert mentions(stored_texts()) == set()
    assert mentions(table_texts()) <= NOTICES
    assert mentions(table_texts(), words=NAMES) == set()
    assert faults_of(district.pk) == []
    for file in erasure.files:
        assert file["before"] != file["after"]


def test_reasons_to_hold_a_run_do_not_name_the_person(district: Any, person: Any) -> None:
    """The guard keeps ids with its reasons, and drift gives ids as examples."""
    from rollbook.runs.decisions import discard_run

    package = district_with_vex(students=30)
    package.add(USERS, **{**package.row(USERS, "stu-1"), "sourcedId": "zz-1", "username": "zz"})
    deliver(district, package)
    moved = package.copy()
    for row in moved.rows[USERS]:
        row["email"] = f"moved.{row['sourcedId']}@oak.example"
    moved.row(USERS, "zq-vex-77")["grades"] = "04"
    deliver(district, moved)
    drifted = deliver(district, with_other_ids(package, "zq-vex-77", "zz-1"))
    discard_run(drifted, reason="The wrong export.", acting_user=person)
    told = {table for table, text in table_texts() if "zq-vex-77" in text}
    assert {"runs_syncrun", "runs_statistics", "runs_finding"} <= told

    assert erase(district, "zq-vex-77").state == "done"

    assert mentions(table_texts(), words=("zq-vex-77",)) <= NOTICES


def test_notices_of_runs_do_not_name_the_person(district: Any) -> None:
    run = deliver(district, district_with_vex())
    records = {"count": 2, "ids": ["stu-1", "zq-vex-77"]}
    told = {"code": "users.stale.too_long", "sentence": "2 stay.", "records": records}
    run.judgement = {**run.judgement, "notices": [told]}
    run.save()
    erase(district, "zq-vex-77")
    run.refresh_from_db()
    assert run.judgement["notices"] == [{**told, "records": {"count": 2, "ids": ["stu-1"]}}]


def with_other_ids(package: Package, *ids: str) -> Package:
    """Return the package with some ids in capitals."""
    other = package.copy()
    for rows in other.rows.values():
        for row in rows:
            for name, value in row.items():
                if name.endswith(("ourcedId", "ourcedIds")):
                    row[name] = ",".join(it.upper() if it in ids else it for it in value.split(","))
    return other


def test_applications_learn_the_id_and_nothing_else(district: Any, connection: Any) -> None:
    deliver(district, district_with_vex())
    erase(district, "zq-vex-77")
    rows = session().execute(
        "select t.resource, t.record from roster_tombstone t where t.district_id = %s",
        [district.pk],
    )
    records = dict(rows.fetchall())
    assert {*records} == {"users", "demographics", "enrollments"}
    (active,) = session().execute(
        "select is_active from sharing_grant where served_id = 'zq-vex-77'"
    ).fetchone() or (None,)
    assert active is False
    assert mentions(table_texts(), words=("zqvex-login", "987654321012", *NAMES)) == set()


def test_a_later_delivery_does_not_bring_the_person_back(district: Any) -> None:
    package = district_with_vex()
    deliver(district, package)
    erase(district, "zq-vex-77")
    again = package.copy()
    again.row(USERS, "stu-1")["givenName"] = "Later"
    run = deliver(district, again)
    assert run.state == "published"
    assert roster_of(district.pk) == expected_roster(without_vex(again))
    assert run.finding_counts["users.sourcedId.erased"] >= 1
    assert mentions(stored_texts()) == set()
    assert mentions(table_texts()) <= NOTICES
    assert faults_of(district.pk) == []


def test_a_restore_does_not_bring_the_person_back(district: Any, person: Any) -> None:
    package = district_with_vex()
    first = deliver(district, package)
    later = without_vex(package)
    later.row(USERS, "stu-1")["givenName"] = "Later"
    deliver(district, later)
    erase(district, "zq-vex-77")
    restore(first, person=person)
    assert roster_of(district.pk) == expected_roster(without_vex(package))
    assert mentions(stored_texts()) == set()
    assert mentions(table_texts()) <= NOTICES


def test_a_lifted_erasure_lets_the_person_in_again(district: Any, person: Any) -> None:
    from rollbook.history.asking import lift_erasure

    package = district_with_vex()
    deliver(district, package)
    erasure = erase(district, "zq-vex-77")
    lift_erasure(erasure, acting_user=person)
    erasure.refresh_from_db()
    assert erasure.lifted_at is not None
    assert erasure.lifted_by == person
    deliver(district, package)
    assert roster_of(district.pk) == expected_roster(package)
    assert faults_of(district.pk) == []


def test_what_was_held_goes_on_without_the_person(district: Any, person: Any) -> None:
    from tests.history.past import approve

    deliver(district, district_with_vex(students=40))
    few = district_with_vex(students=3)
    held = deliver(district, few)
    assert held.state == "held"
    erase(district, "zq-vex-77")
    assert mentions(stored_texts()) == set()
    held.refresh_from_db()
    approve(held, person)
    assert held.state == "held"  # the roster moved: the changes are shown once more
    approve(held, person)
    assert held.state == "published"
    assert roster_of(district.pk) == expected_roster(without_vex(few))


def test_a_parent_in_a_row_of_a_child_goes_and_the_child_stays(district: Any) -> None:
    """In Clever's format a contact stands in the row of the student."""
    files = {path.name: path.read_bytes() for path in (SAMPLES / "clever").glob("*.csv")}
    run = deliver(district, files)
    assert run.state == "published"
    contact = (
        session()
        .execute(
            "select served_id, given_name, family_name, email from roster_user "
            "where district_id = %s and role in ('parent', 'guardian', 'relative') "
            "and email is not null order by served_id limit 1",
            [district.pk],
        )
        .fetchone()
    )
    assert contact
    students = len(records_of(district.pk, USERS))
    erasure = erase(district, contact[0])
    assert erasure.state == "done"
    assert len(records_of(district.pk, USERS)) == students - 1
    assert mentions(stored_texts(), words=(contact[3],)) == set()


def test_a_killed_erasure_is_taken_up_again(district: Any, monkeypatch: Any) -> None:
    from rollbook.history import erasing
    from rollbook.history.models import Erasure

    deliver(district, district_with_vex())

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(erasing, "_prove", die)
        patched.setattr(erasing, "delete_file", die)
        with pytest.raises(KeyboardInterrupt):
            erase(district, "zq-vex-77")
    erasure = Erasure.objects.get()
    assert erasure.state == "working"
    erasing.run_erasure(district.pk, erasure.number)
    erasure.refresh_from_db()
    assert erasure.state == "done"
    assert mentions(stored_texts()) == set()


def test_a_file_that_nobody_can_read_is_not_kept(district: Any) -> None:
    from rollbook.sources.models import Delivery

    deliver(district, district_with_vex())
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("users.csv", "sourcedId\nzq-vex-77\n")
    data = bytearray(broken.getvalue())
    at = data.index(b"zq-vex-77")
    data[at : at + 2] = b"ZQ"  # the checksum is wrong now
    delivery = Delivery.objects.get(district=district)
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    key = default_storage.save("deliveries/broken.zip", ContentFile(bytes(data)))
    Delivery.objects.create(
        district=district, number=2, source_number=1, road="upload", filename="b.zip",
        stored_as=key, size_bytes=len(data), sha256="",
    )  # fmt: skip
    erasure = erase(district, "zq-vex-77")
    assert Delivery.objects.get(number=2, district=district).stored_as == ""
    assert Delivery.objects.get(pk=delivery.pk).stored_as != ""
    assert mentions(stored_texts()) == set()
    assert (erasure.rewritten_files, erasure.lost_files) == (len(erasure.files) - 1, 1)


@pytest.mark.parametrize("record_id", ["sch-1", "cls-11", "nobody-at-all"])
def test_an_id_that_is_no_persons_erases_nothing(district: Any, record_id: str) -> None:
    from rollbook.history.errors import HistoryError
    from rollbook.history.models import ErasedId

    package = district_with_vex()
    deliver(district, package)
    before = sorted(stored_texts())
    with pytest.raises(HistoryError, match="No person has or had the id"):
        erase(district, record_id)
    assert sorted(stored_texts()) == before
    assert roster_of(district.pk) == expected_roster(package)
    assert not ErasedId.objects.exists()


def test_somebody_whom_only_a_held_delivery_names_can_be_erased(district: Any) -> None:
    many = small_district(students=40)
    deliver(district, many)
    few = district_with_vex(students=3)
    assert deliver(district, few).state == "held"
    assert erase(district, "zq-vex-77").state == "done"
    assert mentions(stored_texts(), words=("zq-vex-77",)) == set()


def test_of_two_people_who_had_one_id_a_uid_names_one(district: Any, person: Any) -> None:
    from rollbook.history.errors import HistoryError
    from rollbook.runs.models import IdentityPair

    package = district_with_vex()
    deliver(district, package)
    other = package.copy()
    other.row(USERS, "zq-vex-77").update(givenName="Mateo", familyName="Díaz")
    other.row(DEMOGRAPHICS, "zq-vex-77")["birthDate"] = "2012-02-02"
    deliver(district, other)
    with pytest.raises(HistoryError, match="waits for a decision"):
        erase(district, "zq-vex-77")
    run = decide_pairs(
        district.pk,
        list(IdentityPair.objects.all()),
        verdict="different",
        reason="Two children.",
        acting_user=person,
    )
    assert go_on(run).state == "published"
    with pytest.raises(HistoryError, match="2 people have had the id") as told:
        erase(district, "zq-vex-77")
    (present,) = [
        str(record["uid"])
        for record in records_of(district.pk, USERS).values()
        if record["givenName"] == "Mateo"
    ]
    assert f"{present} (in the roster)" in str(told.value)
    assert "(removed)" in str(told.value)
    before = sorted(stored_texts())
    with pytest.raises(HistoryError, match="somebody else's"):
        erase(district, present)
    assert sorted(stored_texts()) == before
