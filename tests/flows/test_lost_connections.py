"""The connection to PostgreSQL is lost at each point of a publish: the job is tried again."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from tests.flows.points import struck_at
from tests.flows.test_killed_publish import address_of_database, changed, nothing_left_behind
from tests.packages import small_district
from tests.rosters import deliver, expected_roster, faults_of, receive, roster_of

pytestmark = pytest.mark.django_db(transaction=True)


def cut_connection() -> None:
    """End the session of this process from another one, and wait until it is gone."""
    from django.db import connection

    pid = connection.connection.info.backend_pid
    with psycopg.connect(address_of_database(), autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s, 10000)", [pid])


def take_job(run: Any, *, attempts: int = 0) -> None:
    from rollbook.processes.jobs import run_sync_job

    context: Any = SimpleNamespace(job=SimpleNamespace(attempts=attempts))
    run_sync_job.func(context, district_id=run.district_id, run_number=run.number)


@pytest.mark.slow
def test_publish_whose_connection_is_cut_at_each_point_is_whole_or_not_at_all(
    connection: Any, district: Any, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    """Cut, and published again by the same worker, until the cut comes after the commit."""
    from django.db import InterfaceError, OperationalError, close_old_connections

    from rollbook import pipeline

    deliver(district, small_district())
    before, after = roster_of(district.pk), expected_roster(changed())
    run = receive(district, changed())
    publish, cuts = pipeline._publish, 0

    def publish_and_lose(*arguments: Any) -> None:
        nonlocal cuts
        roster = before
        while roster == before:
            cuts += 1
            with struck_at(cuts, cut_connection), pytest.raises((OperationalError, InterfaceError)):
                publish(*arguments)
            close_old_connections()
            roster = roster_of(district.pk)
        raise OperationalError("as the last of them did")

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "_publish", publish_and_lose)
        with pytest.raises(OperationalError):
            take_job(run)
    assert roster_of(district.pk) == after
    assert faults_of(district.pk) == []
    take_job(run, attempts=1)
    run.refresh_from_db()
    assert run.state == "published"
    assert roster_of(district.pk) == after
    assert deliver(district, changed()).state == "unchanged"
    assert nothing_left_behind(run) == []
    assert cuts > 40
    with capsys.disabled():
        sys.stderr.write(f" [{cuts} cuts in one publish, {cuts - 1} left the old roster] ")


@pytest.mark.parametrize("point", [1, 25])
def test_run_whose_connection_was_cut_is_published_when_its_job_is_tried_again(
    point: int, district: Any
) -> None:
    from django.db import InterfaceError, OperationalError

    run = receive(district, small_district())
    with struck_at(point, cut_connection), pytest.raises((OperationalError, InterfaceError)):
        take_job(run)
    run.refresh_from_db()
    assert run.finished_at is None  # to be tried again
    take_job(run, attempts=1)
    run.refresh_from_db()
    assert run.state == "published"
    assert roster_of(district.pk) == expected_roster(small_district())
