"""Any two published runs can be compared, and a record's story told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.history.past import go_on, renamed, restore
from tests.history.test_restore import without_students
from tests.packages import CLASSES, DEMOGRAPHICS, ENROLLMENTS, USERS, Package, small_district
from tests.rosters import decide_pairs, deliver

from rollbook.oneroster import Resource

FULL = small_district(students=5)
Compare = Callable[[int, int], dict[tuple[str, str], tuple[str, dict[str, Any]]]]


@pytest.fixture
def compare(district: Any, tmp_path: Path) -> Compare:
    from rollbook.diff.records import read_changes
    from rollbook.history.compare import compare_rosters
    from rollbook.history.rosters import fetch_roster, find_kept_run
    from rollbook.staging.data import Workspace

    def compare(before: int, after: int) -> dict[tuple[str, str], tuple[str, dict[str, Any]]]:
        folder = tmp_path / f"{before}-{after}"
        folder.mkdir()
        rosters = [
            fetch_roster(find_kept_run(district.pk, number), folder=folder / str(number))
            for number in (before, after)
        ]
        changes = compare_rosters(rosters[0], rosters[1], Workspace(folder))
        return {
            (str(it.resource), it.sourced_id): (
                it.change,
                {name: [*pair] for name, pair in it.fields.items()},
            )
            for it in read_changes(changes)
        }

    return compare


def naive(before: Package, after: Package) -> dict[tuple[str, str], str]:
    """Compare two packages row by row, in plain Python."""
    changes = {}
    for resource in (*before.rows,):
        old = {row["sourcedId"]: row for row in before.rows[resource]}
        new = {row["sourcedId"]: row for row in after.rows[resource]}
        for key in {*old, *new}:
            if key not in new:
                changes[str(resource), key] = "abandon"
            elif key not in old:
                changes[str(resource), key] = "create"
            elif old[key] != new[key]:
                changes[str(resource), key] = "update"
    return changes


def test_two_runs_far_apart_are_compared_both_ways(district: Any, compare: Compare) -> None:
    second = renamed(without_students(FULL, 3), stu_1="Second")
    third = renamed(FULL, stu_1="Third", stu_2="Third")
    third.row(CLASSES, "cls-11")["title"] = "Third"
    for package in (FULL, second, third):
        assert deliver(district, package).state == "published"
    forth, back = compare(1, 3), compare(3, 1)
    assert {key: change for key, (change, _) in forth.items()} == naive(FULL, third)
    assert {key: change for key, (change, _) in back.items()} == naive(third, FULL)
    assert forth["users", "stu-1"] == ("update", {"givenName": ["Zoë", "Third"]})
    assert back["users", "stu-1"] == ("update", {"givenName": ["Third", "Zoë"]})
    gone = {key: change for key, (change, _) in compare(1, 2).items()}
    assert gone == naive(FULL, second)


def write_snapshot(
    district: Any, number: int, sources: dict[str, dict[str, list[dict[str, str]]]]
) -> Any:
    """Note a published run whose snapshot has these rows."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage
    from django.utils import timezone

    from rollbook.runs.models import SyncRun

    snapshot: dict[str, dict[str, str]] = {}
    for source, files in sources.items():
        for name, rows in files.items():
            columns = dict.fromkeys(key for row in rows for key in row)
            values = ", ".join(
                "(" + ", ".join("null" if row.get(it) is None else f"'{row[it]}'" for it in columns)
                + ")"
                for row in rows
            )  # fmt: skip
            path = Path(default_storage.path("")) / "scratch.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            names = ", ".join(f'"{it}"' for it in columns)
            duckdb.sql(f"copy (from (values {values}) as t ({names})) to '{path}' (format parquet)")
            key = f"snapshots/{district.pk}/{number}/{source}-{name}.parquet"
            snapshot.setdefault(source, {})[name] = default_storage.save(
                key, ContentFile(path.read_bytes())
            )
            path.unlink()
    return SyncRun.objects.create(
        district=district,
        number=number,
        state="published",
        finished_at=timezone.now(),
        snapshot=snapshot,
    )


@pytest.fixture
def rekeyed(district: Any) -> None:
    """Student 1 goes on as S1 of source 1; source 2 has a person of its own that is called 2."""
    before = {
        "users": [{"sourcedId": "1", "givenName": "Ann"}, {"sourcedId": "2", "givenName": "Bo"}],
        "enrollments": [{"sourcedId": "e", "userSourcedId": "1", "classSourcedId": "c"}],
    }
    after = {
        "users": [{"sourcedId": "S1", "givenName": "Anne"}, {"sourcedId": "2", "givenName": "Bo"}],
        "enrollments": [{"sourcedId": "e", "userSourcedId": "S1", "classSourcedId": "c"}],
        "identities": [{"resource": "users", "sourcedId": "S1", "servedId": "1"}],
    }
    guardians = {
        "users": [{"sourcedId": "2", "givenName": "Gus", "agentSourcedIds": "1"}],
        "identities": [{"resource": "users", "sourcedId": "2", "servedId": "uid-2"}],
    }
    later = {**guardians, "users": [{**guardians["users"][0], "agentSourcedIds": "S1"}]}
    write_snapshot(district, 1, {"1": before, "2": guardians})
    write_snapshot(district, 2, {"1": after, "2": later})


@pytest.mark.usefixtures("rekeyed")
def test_a_rekeyed_record_is_one_change_and_its_links_are_none(compare: Compare) -> None:
    assert compare(1, 2) == {("users", "S1"): ("rekey", {"givenName": ["Ann", "Anne"]})}
    assert compare(2, 1) == {("users", "1"): ("rekey", {"givenName": ["Anne", "Ann"]})}


@pytest.mark.usefixtures("rekeyed")
@pytest.mark.parametrize("known_as", ["1", "S1"])
def test_a_story_follows_a_rekey(district: Any, tmp_path: Path, known_as: str) -> None:
    from rollbook.history.timeline import tell_stories

    (story,) = tell_stories(district.pk, known_as, tmp_path)
    assert [(it.run_number, it.change, it.sourced_id, it.was) for it in story.events] == [
        (1, "create", "1", None),
        (2, "rekey", "S1", "1"),
    ]
    assert story.events[1].fields == {"givenName": ("Ann", "Anne")}


@pytest.fixture
def two_children(district: Any, person: Any) -> str:
    """Deliver a student whose id is another child's in the second run; return the id."""
    from rollbook.runs.models import IdentityPair

    package = small_district(students=5)
    package.row(DEMOGRAPHICS, "stu-1")["birthDate"] = "2018-02-01"
    deliver(district, package)
    other = package.copy()
    other.row(USERS, "stu-1").update(givenName="Mateo", familyName="Díaz")
    other.row(DEMOGRAPHICS, "stu-1")["birthDate"] = "2012-02-02"
    deliver(district, other)
    run = decide_pairs(
        district.pk,
        list(IdentityPair.objects.all()),
        verdict="different",
        reason="Two children.",
        acting_user=person,
    )
    assert go_on(run).state == "published"
    return "stu-1"


def test_demographics_are_those_of_their_child(
    district: Any, two_children: str, compare: Compare, tmp_path: Path
) -> None:
    """Demographics are served under the id of their user, so each child has a story of its own."""
    from rollbook.history.timeline import tell_stories

    told = {
        (str(story.resource), story.served_id == two_children): [
            event.change for event in story.events
        ]
        for story in tell_stories(district.pk, two_children, tmp_path)
    }
    assert told == {
        ("users", True): ["create", "abandon"],
        ("users", False): ["create"],
        ("demographics", True): ["create", "abandon"],
        ("demographics", False): ["create"],
    }
    changes = [change for (name, _), (change, _) in compare(1, 3).items() if name == DEMOGRAPHICS]
    assert sorted(changes) == ["abandon", "create"]


@pytest.mark.usefixtures("rekeyed")
def test_ids_of_two_sources_are_two_stories(district: Any, tmp_path: Path) -> None:
    from rollbook.history.timeline import tell_stories

    stories = tell_stories(district.pk, "2", tmp_path)
    assert {story.served_id for story in stories} == {"2", "uid-2"}


@pytest.mark.usefixtures("rekeyed")
def test_a_whole_roster_is_exported_with_source_and_served_id(
    district: Any, tmp_path: Path
) -> None:
    from rollbook.history.errors import HistoryError
    from rollbook.history.export import ExportFormat, export_roster
    from rollbook.history.rosters import fetch_roster, find_kept_run
    from rollbook.staging.data import Workspace

    roster = fetch_roster(find_kept_run(district.pk, 2), folder=tmp_path / "fetched")
    (tmp_path / "work").mkdir()
    for wanted in ExportFormat:
        folder = tmp_path / wanted
        written = export_roster(
            roster, folder, file_format=wanted, workspace=Workspace(tmp_path / "work")
        )
        assert dict(written) == {f"users.{wanted}": 3, f"enrollments.{wanted}": 1}
        rows = duckdb.sql(
            f"select source, sourcedId, servedId from '{folder}/users.{wanted}' order by all"
        ).fetchall()
        assert [tuple(map(str, row)) for row in rows] == [
            ("1", "2", "2"),
            ("1", "S1", "1"),
            ("2", "2", "uid-2"),
        ]
    with pytest.raises(HistoryError, match="not empty"):
        next(export_roster(roster, folder, file_format=wanted, workspace=Workspace(tmp_path)))


def story_of(district: Any, record: str, folder: Path) -> Iterator[tuple[int, str, bool]]:
    from rollbook.history.timeline import tell_stories

    for story in tell_stories(district.pk, record, folder):
        if story.resource is Resource.USERS:
            yield from ((it.run_number, it.change, it.is_exact) for it in story.events)


def test_a_story_has_every_run_that_did_something(district: Any, tmp_path: Path) -> None:
    from tests.rosters import records_of

    from rollbook.runs.models import RecordChange, SyncRun

    first = deliver(district, FULL)
    uid = str(records_of(district.pk, USERS)["stu-1"]["uid"])
    deliver(district, renamed(FULL, stu_1="Two"))
    deliver(district, renamed(FULL, stu_1="Two", stu_2="Three"))
    deliver(district, without_students(FULL, 1))
    restore(first)
    whole = [(1, "create", True), (2, "update", True), (4, "abandon", True), (5, "revive", True)]
    assert [*story_of(district, "stu-1", tmp_path)] == whole
    assert [*story_of(district, uid, tmp_path)] == whole
    # A run whose snapshot has thinned out is told by its kept changes,
    SyncRun.objects.filter(number=2).update(snapshot={})
    assert [*story_of(district, "stu-1", tmp_path)] == whole
    # one whose changes were cut or have ended, by its snapshot;
    RecordChange.objects.filter(run_number=4).delete()
    assert [*story_of(district, "stu-1", tmp_path)] == whole
    # and where both are gone, the next one is the latest that it can have been.
    SyncRun.objects.filter(number=4).update(snapshot={})
    RecordChange.objects.filter(run_number=2).delete()
    SyncRun.objects.filter(number=3).update(snapshot={})
    told = [*story_of(district, "stu-1", tmp_path)]
    assert told[0] == (1, "create", True)
    assert all(not is_exact for _, _, is_exact in told[1:])


def test_questions_of_pages_are_answered_by_a_worker(district: Any) -> None:
    from rollbook.history.answers import answer_inquiry
    from rollbook.history.asking import ask_inquiry
    from rollbook.history.models import InquiryKind

    deliver(district, FULL)
    deliver(district, renamed(without_students(FULL, 3), stu_1="Two"))
    inquiry = ask_inquiry(district, InquiryKind.COMPARE, {"before": 1, "after": 2})
    assert ask_inquiry(district, InquiryKind.COMPARE, {"before": 1, "after": 2}) == inquiry
    answer_inquiry(district.pk, inquiry.number)
    inquiry.refresh_from_db()
    assert inquiry.answer["counts"]["users"] == {"create": 0, "update": 1, "abandon": 2, "rekey": 0}
    assert inquiry.answer["counts"][str(ENROLLMENTS)]["abandon"] == 2
    assert {it["name"] for it in inquiry.answer["schools"]} >= {"Oak Elementary"}
    missing = ask_inquiry(district, InquiryKind.COMPARE, {"before": 1, "after": 9})
    answer_inquiry(district.pk, missing.number)
    missing.refresh_from_db()
    assert "There is no run 9." in missing.problem
    story = ask_inquiry(district, InquiryKind.TIMELINE, {"record": "stu-1"})
    answer_inquiry(district.pk, story.number)
    story.refresh_from_db()
    assert [it["change"] for it in story.answer["stories"][0]["events"]] == ["create", "update"]
