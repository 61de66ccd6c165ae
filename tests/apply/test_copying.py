"""Rows on their way from DuckDB to PostgreSQL, through a pipe."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.rosters import session

PATIENCE_SECONDS = 60


@pytest.fixture
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as database:
        yield database


def copy(duck: duckdb.DuckDBPyConnection, query: str, pipe: Path, *, into: str = "copied") -> None:
    from rollbook.apply.copying import copy_rows

    copy_rows(duck, query, {}, into=into, columns=("a", "b"), pipe=pipe)


def in_time(act: Callable[[], object]) -> BaseException | None:
    """Do something that may hang in a thread of its own, and return what it raised."""
    from django.db import connection

    raised: list[BaseException | None] = []

    def work() -> None:
        try:
            act()
            raised.append(None)
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(PATIENCE_SECONDS)
    assert raised, "it hangs"
    return raised[0]


TEXTS = [
    "",
    "x",
    " ",
    ",",
    '"',
    '""',
    "\\",
    "\\N",
    "\\.",
    "a\nb",
    "a\r\nb",
    "\r",
    "é🎒",
    "{}",
    None,
]


@pytest.mark.django_db
def test_every_text_arrives_as_it_is(duck: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    session().execute("create temporary table copied (a text, b text) on commit drop")
    duck.execute("create table texts (a varchar, b varchar)")
    duck.executemany(
        "insert into texts values (?, ?)", [(str(n), it) for n, it in enumerate(TEXTS)]
    )
    copy(duck, "select a, b from texts", tmp_path / "pipe")
    rows = session().execute("select a, b from copied order by a::int").fetchall()
    assert rows == [(str(number), text) for number, text in enumerate(TEXTS)]
    assert not (tmp_path / "pipe").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 300_000])
def test_every_row_arrives(count: int, duck: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    session().execute("create temporary table copied (a text, b text) on commit drop")
    copy(duck, f"select i as a, repeat('x', 20) as b from range({count}) t(i)", tmp_path / "pipe")
    assert session().execute("select count(*) from copied").fetchall() == [(count,)]


BROKEN: dict[str, tuple[str, str]] = {
    "no such table in PostgreSQL": ("select 1 as a, 2 as b", "nowhere"),
    "no such table in DuckDB": ("select a, b from nowhere", "copied"),
    "row that PostgreSQL refuses at once": ("select 'x' as a, 1 as b", "numbers"),
    "row that PostgreSQL refuses late": (
        "select if(i < 3000000, i::varchar, 'x') as a, i as b from range(4000000) t(i)", "numbers",
    ),
    "row that DuckDB refuses late": (
        "select i as a, if(i < 500000, i, error('bad')) as b from range(600000) t(i)", "copied",
    ),
}  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", BROKEN)
def test_failure_on_either_side_ends_both(name: str, tmp_path: Path) -> None:
    from django.db import transaction

    query, into = BROKEN[name]

    def act() -> None:
        with duckdb.connect() as duck, transaction.atomic():
            for table, kind in (("copied", "text"), ("numbers", "bigint")):
                session().execute(
                    f"create temporary table {table} (a {kind}, b {kind}) on commit drop"
                )
            copy(duck, query, tmp_path / "pipe", into=into)

    assert isinstance(in_time(act), Exception)
    assert not (tmp_path / "pipe").exists()


@pytest.mark.django_db(transaction=True)
def test_lost_connection_ends_the_copy(tmp_path: Path) -> None:
    """PostgreSQL goes away between two statements, before the first row is on its way."""
    from django.db import connection

    def act() -> None:
        with duckdb.connect() as duck:
            connection.ensure_connection()
            raw: Any = connection.connection
            raw.close()
            copy(duck, "select i as a, i as b from range(5000000) t(i)", tmp_path / "pipe")

    assert isinstance(in_time(act), Exception)


@pytest.mark.django_db(transaction=True)
def test_single_column_may_hold_what_looks_like_the_end(
    duck: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    from django.db import connection

    from rollbook.apply.copying import copy_rows

    ids = ["\\.", "a", ""]
    duck.execute("create table ids as select unnest(?) as id", [ids])
    with connection.cursor() as cursor:
        cursor.execute("create temporary table taken (id text)")
        copy_rows(
            duck,
            "select id from ids",
            {},
            into="taken",
            columns=("id",),
            pipe=tmp_path / "pipe",
        )
        cursor.execute("select id from taken")
        assert sorted(row[0] for row in cursor.fetchall()) == sorted(ids)
