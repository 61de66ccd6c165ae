from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import psycopg
import pytest
from django.db import OperationalError
from tests.packages import small_district
from tests.rosters import make_district, receive

from rollbook.processes.shortages import ShortageError, naming_shortages


def write_on_a_full_disk() -> None:
    with Path("/dev/full").open("wb", buffering=0) as file:
        file.write(b"x")


def let_duckdb_write_on_a_full_disk() -> None:
    with duckdb.connect() as database:
        database.execute("copy (from range(1000)) to '/dev/full' (use_tmp_file false)")


def let_duckdb_use_too_much_memory() -> None:
    with duckdb.connect() as database:
        database.execute("set memory_limit = '20MB'")
        database.execute("set temp_directory = ''")
        database.execute(
            "select * from (select random() as x, range::varchar as y from range(5000000)) "
            "order by x offset 4000000"
        ).fetchall()


def meet_a_full_disk_of_the_database() -> None:
    raise OperationalError("could not extend file") from psycopg.errors.DiskFull("full")


def meet_a_limit_of_the_database() -> None:
    raise OperationalError("temporary files") from psycopg.errors.ConfigurationLimitExceeded("")


@pytest.mark.parametrize(
    ("act", "code", "whose"),
    [
        (write_on_a_full_disk, "rollbook.disk_full", "the machine that works on runs"),
        (let_duckdb_write_on_a_full_disk, "rollbook.disk_full", "the machine that works on runs"),
        (let_duckdb_use_too_much_memory, "rollbook.memory_short", "ROLLBOOK_MEMORY_LIMIT"),
        (meet_a_full_disk_of_the_database, "rollbook.disk_full", "of the database"),
        (meet_a_limit_of_the_database, "rollbook.disk_full", "of the database"),
    ],
)
def test_shortage_says_of_what_and_who_acts(act: Callable[[], None], code: str, whose: str) -> None:
    with pytest.raises(ShortageError) as raised, naming_shortages():
        act()
    assert raised.value.code == code
    assert whose in str(raised.value)
    assert "Whoever runs Rollbook" in str(raised.value)
    assert "deliver again" in str(raised.value)


@pytest.mark.parametrize("error", [OSError(errno.EACCES, "no"), ValueError(), OperationalError()])
def test_other_errors_stay_what_they_are(error: Exception) -> None:
    with pytest.raises(type(error)) as raised, naming_shortages():
        raise error
    assert raised.value is error


@pytest.mark.django_db(transaction=True)
def test_run_that_meets_a_full_disk_to_the_last_fails_with_a_sentence_for_the_operator(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from rollbook import pipeline
    from rollbook.processes.jobs import run_sync_job

    def fail(*_: object) -> None:
        write_on_a_full_disk()

    monkeypatch.setattr(pipeline, "run_sync", fail)
    run = receive(make_district(), small_district())
    for attempts, state in ((0, "received"), (6, "failed")):
        context: Any = SimpleNamespace(job=SimpleNamespace(attempts=attempts))
        with pytest.raises(ShortageError):
            run_sync_job.func(context, district_id=run.district_id, run_number=run.number)
        run.refresh_from_db()
        assert run.state == state
    assert run.reasons[0]["code"] == "rollbook.disk_full"
    assert "Whoever runs Rollbook makes room there." in run.reasons[0]["sentence"]
