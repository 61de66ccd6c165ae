"""Stream rows from DuckDB into PostgreSQL by COPY, through a pipe, in constant memory; and back."""

from __future__ import annotations

import fcntl
import os
import select
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import duckdb
from psycopg import sql

from rollbook.roster.connection import open_cursor

_CHUNK_BYTES = 1024 * 1024
_PATIENCE_SECONDS = 0.2


def copy_rows(
    database: duckdb.DuckDBPyConnection,
    query: str,
    parameters: Mapping[str, object],
    *,
    into: str,
    columns: tuple[str, ...],
    pipe: Path,
) -> None:
    """Write the rows of a DuckDB query to a PostgreSQL table, inside the current transaction.

    Args:
        query: Selects text for each of `columns`; null is null. Rows sorted by the table's key
            arrive about three times as fast.
        pipe: A path on this machine where no file is.
    """
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe, mode=0o600)
    end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    if sys.platform == "linux":
        fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, _CHUNK_BYTES)  # 64 KB by itself
    statement = sql.SQL("copy {} ({}) from stdin (format csv)").format(
        sql.Identifier(into), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    try:
        with ThreadPoolExecutor(max_workers=1) as pool:
            writing = pool.submit(
                _write, database, query, parameters, pipe, is_single=len(columns) == 1
            )
            try:
                with open_cursor() as cursor, cursor.copy(statement) as copy:
                    for chunk in _chunks(end, writing):
                        copy.write(chunk)
                    writing.result()
            finally:
                _drain(end, writing, database)
    finally:
        os.close(end)
        pipe.unlink(missing_ok=True)


def fetch_rows(table: str, columns: tuple[str, ...], *, into: Path) -> None:
    """Write rows of a PostgreSQL table to a CSV file, inside the current transaction."""
    statement = sql.SQL("copy {} ({}) to stdout (format csv)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with open_cursor() as cursor, into.open("wb") as file, cursor.copy(statement) as copy:
        for chunk in copy:
            file.write(chunk)


def _write(
    database: duckdb.DuckDBPyConnection,
    query: str,
    parameters: Mapping[str, object],
    pipe: Path,
    *,
    is_single: bool,
) -> None:
    quoting = ", force_quote *" if is_single else ""
    # Up to version 17 PostgreSQL takes a line of `\.` for the end of the data; quoted it is an id.
    database.execute(
        f"copy ({query}) to '{pipe}' (format csv, header false, use_tmp_file false{quoting})",
        dict(parameters),
    )


def _drain(end: int, writing: Future[None], database: duckdb.DuckDBPyConnection) -> None:
    """Let the writer end after a failure, which is waited for.

    Closing the pipe would not do: a writer that has not opened it yet would wait for a reader for
    ever.
    """
    while not writing.done():
        database.interrupt()
        with suppress(BlockingIOError):
            while os.read(end, _CHUNK_BYTES):
                pass
        with suppress(TimeoutError, duckdb.Error):
            writing.exception(timeout=0.005)


def _chunks(end: int, writing: Future[None]) -> Iterator[bytes]:
    """Yield what comes through the pipe until its writer is done."""
    while True:
        is_done = writing.done()
        select.select([end], [], [], 0 if is_done else _PATIENCE_SECONDS)
        try:
            chunk = os.read(end, _CHUNK_BYTES)
        except BlockingIOError:
            continue
        if chunk:
            yield chunk
        elif is_done:
            return
        elif not writing.done():
            # No writer has opened the pipe yet, or it has just closed it; waiting on a pipe
            # without a writer returns at once, so look again a moment later.
            with suppress(TimeoutError):
                writing.exception(timeout=0.005)
