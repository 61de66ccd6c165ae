"""What a machine may run out of while it works on a run: told as that, and not as a mistake."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg.errors

from rollbook.errors import TransientError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_END = "Your data is as it was, and nothing is lost. {who} Then deliver again."


class ShortageError(TransientError):
    """There is too little of something for this run: it is tried again, and the operator acts.

    Attributes:
        code: What is short, public and stable.
    """

    def __init__(self, code: str, sentence: str, *, who: str) -> None:
        super().__init__(f"{sentence} {_END.format(who=who)}")
        self.code = code


@contextmanager
def naming_shortages() -> Iterator[None]:
    """Raise what comes of a full disk or of too little memory as a `ShortageError`."""
    try:
        yield
    except Exception as error:
        shortage = _shortage_of(error)
        if shortage is None:
            raise
        raise shortage from error


def _shortage_of(error: BaseException) -> ShortageError | None:
    """Look at an error and at what caused it."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, (psycopg.errors.DiskFull, psycopg.errors.ConfigurationLimitExceeded)):
            return _full_disk("of the database")
        if isinstance(cause, OSError) and cause.errno in _FULL:
            return _full_disk("of the machine that works on runs")
        if shortage := _shortage_of_duckdb(cause):
            return shortage
        cause = cause.__cause__
    return None


def _shortage_of_duckdb(error: BaseException) -> ShortageError | None:
    import duckdb  # not above: pages queue jobs, and never load it

    text = str(error)
    # It may be what came of it: a transaction that could not be committed, say.
    is_full = isinstance(error, duckdb.Error) and any(
        os.strerror(number) in text for number in _FULL
    )
    is_out_of_memory = isinstance(error, duckdb.OutOfMemoryException)
    if is_full or (is_out_of_memory and "max_temp_directory_size" in text):
        return _full_disk("of the machine that works on runs")
    if is_out_of_memory:
        return ShortageError(
            "rollbook.memory_short",
            "The delivery needs more memory than Rollbook may use.",
            who="Whoever runs Rollbook gives it more by ROLLBOOK_MEMORY_LIMIT.",
        )
    return None


def _full_disk(whose: str) -> ShortageError:
    return ShortageError(
        "rollbook.disk_full",
        f"The disk {whose} is full.",
        who="Whoever runs Rollbook makes room there.",
    )
