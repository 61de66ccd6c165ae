"""Two workers with one run: one of them was taken for dead, and was not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import Any

import pytest
from tests.packages import USERS, Package, small_district
from tests.rosters import (
    deliver,
    expected_roster,
    faults_of,
    make_district,
    receive,
    records_of,
    roster_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


def changed(name: str) -> Package:
    package = small_district()
    package.row(USERS, "stu-1")["givenName"] = name
    return package


def elsewhere(act: Callable[[], object]) -> None:
    """Do something on a connection of its own, as another process would."""
    from django.db import connection

    faults = []

    def work() -> None:
        try:
            act()
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    worker.join(60)
    assert not faults, faults


@contextmanager
def before(
    target: str, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Do something just before the pipeline calls one of its stages for the first time."""
    from rollbook import pipeline

    original, waiting = getattr(pipeline, target), [act]

    def call(*arguments: Any, **keywords: Any) -> Any:
        if waiting:
            elsewhere(waiting.pop())
        return original(*arguments, **keywords)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, target, call)
        yield


def changes_of(district: Any, run: Any) -> list[str]:
    from rollbook.runs.models import RecordChange

    return [
        change.sourced_id
        for change in RecordChange.objects.filter(district=district, run_number=run.number)
    ]


# Each costs four runs; those in which most could go wrong are always tried.
STAGES = [
    "find_published",
    "keep_changes",
    "apply_change_set",
    *(
        pytest.param(stage, marks=pytest.mark.slow)
        for stage in (
            "stage_files",
            "find_problems",
            "compute_change_set",
            "judge_run",
            "store_snapshot",
        )
    ),
]


@pytest.mark.parametrize("stage", STAGES)
def test_worker_that_wakes_up_late_finds_its_run_finished(
    stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second worker passes the first just before one of its stages."""
    from rollbook import pipeline
    from rollbook.errors import TransientError

    district = make_district()
    deliver(district, small_district())
    run = receive(district, changed("A"))

    def pass_by() -> None:
        pipeline.run_sync(district.pk, run.number)

    with before(stage, pass_by, monkeypatch), suppress(TransientError):
        pipeline.run_sync(district.pk, run.number)
    pipeline.run_sync(district.pk, run.number)  # the job is tried again
    run.refresh_from_db()
    assert run.state == "published"
    assert run.change_number == 2
    assert roster_of(district.pk) == expected_roster(changed("A"))
    assert faults_of(district.pk) == []
    assert changes_of(district, run) == ["stu-1"]
    assert deliver(district, changed("A")).state == "unchanged"  # its snapshot is the roster


@pytest.mark.parametrize("stage", STAGES)
def test_worker_that_wakes_up_after_the_next_publish_does_not_bring_back_the_past(
    stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rollbook import pipeline
    from rollbook.errors import TransientError

    district = make_district()
    deliver(district, small_district())
    run = receive(district, changed("A"))

    def pass_by() -> None:
        pipeline.run_sync(district.pk, run.number)
        deliver(district, changed("B"))

    with before(stage, pass_by, monkeypatch), pytest.raises(TransientError):
        pipeline.run_sync(district.pk, run.number)
    assert roster_of(district.pk) == expected_roster(changed("B"))
    assert faults_of(district.pk) == []
    assert changes_of(district, run) == ["stu-1"]
    assert deliver(district, changed("B")).state == "unchanged"


def test_two_workers_at_once_publish_once() -> None:
    from django.db import connection

    from rollbook import pipeline
    from rollbook.errors import TransientError

    district = make_district()
    deliver(district, small_district())
    run = receive(district, changed("A"))
    start, faults = threading.Barrier(2), []

    def work() -> None:
        start.wait()
        try:
            pipeline.run_sync(district.pk, run.number)
        except TransientError:
            pass  # the job would be tried again
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert faults == []
    run.refresh_from_db()
    assert (run.state, run.change_number) == ("published", 2)
    assert records_of(district.pk, USERS)["stu-1"]["change_number"] == 2
    assert roster_of(district.pk) == expected_roster(changed("A"))
    assert faults_of(district.pk) == []
    assert deliver(district, changed("A")).state == "unchanged"


def test_worker_killed_while_it_stored_the_snapshot_harms_no_published_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It was taken for dead, stores its files once more, and is killed between two of them."""
    from rollbook import pipeline
    from rollbook.apply import snapshots

    district = make_district()
    deliver(district, small_district())
    run = receive(district, changed("A"))

    class Killed(BaseException):
        pass

    def kill(path: Any, key: str) -> str:
        raise Killed

    def pass_by() -> None:
        pipeline.run_sync(district.pk, run.number)
        monkeypatch.setattr(snapshots, "store_file", kill)

    with before("store_snapshot", pass_by, monkeypatch), pytest.raises(Killed):
        pipeline.run_sync(district.pk, run.number)
    monkeypatch.undo()
    assert deliver(district, changed("A")).state == "unchanged"


def test_files_of_interrupted_attempts_do_not_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.files.storage import default_storage

    from rollbook import pipeline

    district = make_district()
    run = receive(district, small_district())

    def fail(*_: object, **__: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "apply_change_set", fail)
        with pytest.raises(ConnectionError):
            pipeline.run_sync(district.pk, run.number)
    pipeline.run_sync(district.pk, run.number)
    run.refresh_from_db()
    folder = f"snapshots/{district.pk}/{run.number}"
    assert len(default_storage.listdir(folder)[0]) == 1
    assert all(default_storage.exists(key) for key in run.snapshot["1"].values())


def test_folder_of_a_killed_worker_with_the_same_process_id_is_swept(settings: Any) -> None:
    """In a container every worker is process 1."""
    import os

    from rollbook.workspace import open_workspace

    run: Any = SimpleNamespace(district_id=7, number=3)
    left = settings.ROLLBOOK_DATA / "work" / f"7-3-{os.getpid()}"
    left.mkdir(parents=True)
    (left / "users.csv").write_text("personal data")
    with open_workspace(run) as first, open_workspace(run) as second:
        assert first.folder != second.folder
        assert first.folder.is_dir()
        assert not left.exists()
        (first.folder / "package").mkdir()
    assert not first.folder.exists()
    assert not second.folder.exists()


def test_run_that_was_tried_for_the_last_time_ends_with_a_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from rollbook import pipeline
    from rollbook.apply.errors import RosterMovedError
    from rollbook.processes.jobs import run_sync_job

    def fail(*_: object) -> None:
        raise RosterMovedError("Another run has published.")

    monkeypatch.setattr(pipeline, "run_sync", fail)
    district = make_district()
    run = receive(district, small_district())
    for attempts, state in ((0, "received"), (5, "received"), (6, "failed")):
        context: Any = SimpleNamespace(job=SimpleNamespace(attempts=attempts))
        with pytest.raises(RosterMovedError):
            run_sync_job.func(context, district_id=district.pk, run_number=run.number)
        run.refresh_from_db()
        assert run.state == state
    assert run.reasons[0]["code"] == "rollbook.busy"


def test_run_that_takes_its_worker_down_each_time_ends() -> None:
    from rollbook.processes.jobs import run_sync_job

    district = make_district()
    run = receive(district, small_district())
    context: Any = SimpleNamespace(job=SimpleNamespace(attempts=7))
    with pytest.raises(RuntimeError):
        run_sync_job.func(context, district_id=district.pk, run_number=run.number)
    run.refresh_from_db()
    assert (run.state, run.reasons[0]["code"]) == ("failed", "rollbook.fault")


def test_late_failure_does_not_change_a_run_that_is_over() -> None:
    from rollbook import pipeline

    district = make_district()
    run = deliver(district, small_district())
    pipeline.give_up(district.pk, run.number, code="rollbook.fault", sentence="Late.")
    run.refresh_from_db()
    assert (run.state, run.reasons) == ("published", [])
