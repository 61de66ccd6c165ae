"""Compare a delivery with the one before it, before anybody compares records.

A header that was renamed, ids without their leading zeros or a file that was cut off make every
record a stranger: these are the commonest disasters of rostering, and each is one plain finding.

Source: failures.md F1 and F5; design, "Drift".
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import PurePath
from typing import Any

import duckdb

from rollbook.oneroster import Resource
from rollbook.sqlfiles import read_sql
from rollbook.staging.data import Finding, Mode, StagedRoster

_HERE = "rollbook.validation"
_SMALL = 50  # that many rows fewer may be a change of every day
_ALIKE = {"cp1252", "latin-1"}  # told apart by a curly quote
_ALIKE_IN_ASCII = {*_ALIKE, "utf-8"}  # told apart by the first accent
# An id with digits as 9, letters as a and a UUID as u.
_FORM = (
    "regexp_replace(regexp_replace(regexp_replace(sourcedId, "
    r"'[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}', 'Ü'), "
    r"'[0-9]+', '9', 'g'), '[A-Za-z]+', 'a', 'g')"
)


@dataclass(frozen=True, slots=True)
class FileShape:
    """What one file looked like.

    Attributes:
        rows: Those that could be read.
        is_ascii: The encoding was a guess: no letter told it.
        is_delta: It listed changes only, so that its rows tell nothing of the next one's.
    """

    columns: tuple[str, ...]
    rows: int
    refused: int
    encoding: str | None = None
    is_ascii: bool = False
    delimiter: str | None = None
    is_delta: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryShape:
    """What a delivery looked like, small enough to be kept with its run.

    Attributes:
        files: By the name of the file in lower case, without folder.
        counts: Rows by resource.
        format: What it was written in; empty when nobody noted it.
    """

    files: Mapping[str, FileShape]
    counts: Mapping[str, int]
    format: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the shape as JSON can hold it."""
        return {
            "files": {name: asdict(file) for name, file in self.files.items()},
            "counts": dict(self.counts),
            "format": self.format,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> DeliveryShape:
        """Return the shape that `as_json` gave."""
        files = {
            name: FileShape(**{**file, "columns": tuple(file["columns"])})
            for name, file in value["files"].items()
        }
        return cls(files, dict(value["counts"]), value.get("format", ""))


def shape_of(staged: StagedRoster) -> DeliveryShape:
    """Return what a delivery looks like."""
    deltas = {file.name for file in staged.files.values() if file.mode is Mode.DELTA}
    files = {
        _key(file.name): FileShape(
            columns=file.columns,
            rows=file.rows,
            refused=file.refused,
            encoding=file.encoding,
            is_ascii=file.is_ascii,
            delimiter=file.delimiter,
            is_delta=file.name in deltas,
        )
        for file in staged.read
    }
    counts = {str(resource): file.rows for resource, file in staged.files.items()}
    return DeliveryShape(files, counts, str(staged.format))


def find_file_drift(staged: StagedRoster, previous: DeliveryShape) -> Iterator[Finding]:
    """Yield what became of files that were in the last delivery, too."""
    now = shape_of(staged)
    if previous.format and previous.format != now.format:
        change = f"{previous.format} → {now.format}"
        yield Finding("package.drift.format_changed", staged.read[0].name, value=change)
        previous = replace(previous, files={})  # only counts by resource can be compared
    names = {_key(file.name): file.name for file in staged.read}
    for key, file in now.files.items():
        if (before := previous.files.get(key)) is not None:
            subject, name = _subject(key), names[key]
            yield from _find_columns(subject, name, file, before)
            yield from _find_bytes(subject, name, file, before)
            if not (file.is_delta or before.is_delta):
                rows = file.rows + file.refused, before.rows + before.refused
                yield from _find_collapse(subject, name, *rows)
    known = {_subject(key) for key in now.files.keys() & previous.files.keys()}
    for resource, staged_file in staged.files.items():
        before_rows = previous.counts.get(resource, 0)
        if resource not in known and staged_file.mode is Mode.BULK:
            yield from _find_collapse(resource, staged_file.name, staged_file.rows, before_rows)


def find_id_drift(database: duckdb.DuckDBPyConnection, staged: StagedRoster) -> Iterator[Finding]:
    """Yield resources whose ids changed all together against those that are published.

    The views `<resource>` and `published_<resource>` must be there. Only ids that are new are
    looked at closely.
    """
    for resource, file in staged.files.items():
        if finding := _find_changed_ids(database, resource, file.name):
            yield finding


def _key(name: str) -> str:
    return PurePath(name.replace("\\", "/")).name.lower()


def _subject(key: str) -> str:
    """Return what findings about a file begin with: its resource, or its own name."""
    stem = PurePath(key).stem
    resources = {resource.lower(): str(resource) for resource in Resource}
    return resources.get(stem, re.sub(r"\W", "_", stem))


def _simple(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _find_columns(subject: str, name: str, now: FileShape, before: FileShape) -> Iterator[Finding]:
    """Yield columns that are gone, each with the new one that it became, if any."""
    gone = [column for column in before.columns if column and column not in now.columns]
    new = [column for column in now.columns if column and column not in before.columns]
    for column in gone:
        other = next((one for one in new if _simple(one) == _simple(column)), None)
        problem = "column_respelt"
        if other is None:
            close = difflib.get_close_matches(column, new, n=1, cutoff=0.6)
            other = close[0] if close else None
            problem = "column_renamed" if other else "column_lost"
        if other:
            new.remove(other)
        yield Finding(f"{subject}.drift.{problem}", name, field=column, value=other)


def _find_bytes(subject: str, name: str, now: FileShape, before: FileShape) -> Iterator[Finding]:
    is_guess = now.is_ascii or before.is_ascii
    for fact in ("encoding", "delimiter"):
        was, is_now = getattr(before, fact), getattr(now, fact)
        is_same = {was, is_now} <= (_ALIKE_IN_ASCII if is_guess else _ALIKE)
        if was and is_now and was != is_now and not is_same:
            value = f"{was} → {is_now}"
            yield Finding(f"{subject}.drift.{fact}_changed", name, value=value)


def _find_collapse(subject: str, name: str, now: int, before: int) -> Iterator[Finding]:
    if now * 2 < before and before - now > _SMALL:
        value = f"{before} → {now}"
        yield Finding(f"{subject}.drift.rows_collapsed", name, value=value, rows=before - now)


def _find_changed_ids(
    database: duckdb.DuckDBPyConnection, resource: Resource, name: str
) -> Finding | None:
    database.execute(read_sql(_HERE, "drift/fresh", resource=resource))
    fresh = _count(database, "fresh_ids")
    if not fresh:
        return None
    database.execute(read_sql(_HERE, "drift/vanished", resource=resource))
    vanished = _count(database, "vanished_ids")
    if not vanished:
        return None
    return _find_respelt(database, resource, name, min(fresh, vanished)) or _find_reshaped(
        database, resource, name
    )


def _find_respelt(
    database: duckdb.DuckDBPyConnection, resource: Resource, name: str, candidates: int
) -> Finding | None:
    """Return that ids came back spelt otherwise: two at least, and half of those that could.

    What stands before a number changes for all, or a tenth at least: the ids of two families who
    come and go may end alike.
    """
    found = database.execute(read_sql(_HERE, "drift/respelt", resource=resource)).fetchall()
    for problem, rows, before, now in found:
        is_rare = problem == "prefix_changed" and rows * 10 < _count(database, resource)
        if rows >= 2 and rows * 2 >= candidates and not is_rare:
            code = f"{resource}.drift.{problem}"
            value = f"{before} → {now}"
            return Finding(code, name, field="sourcedId", value=value, rows=rows)
    return None


def _find_reshaped(
    database: duckdb.DuckDBPyConnection, resource: Resource, name: str
) -> Finding | None:
    """Return that most ids are new and most of these look like none that is published."""
    fresh = _count(database, "fresh_ids")
    if fresh * 2 <= _count(database, resource):
        return None
    sql = read_sql(_HERE, "drift/shapes", resource=resource, form=_FORM)
    reshaped, example = database.execute(sql).fetchone() or (0, None)
    if reshaped * 2 <= fresh or reshaped < 2:
        return None
    code = f"{resource}.drift.shape_changed"
    return Finding(code, name, field="sourcedId", value=example, rows=reshaped)


def _count(database: duckdb.DuckDBPyConnection, table: str) -> int:
    row = database.execute(f'select count(*) from "{table}"').fetchone()
    return row[0] if row else 0
