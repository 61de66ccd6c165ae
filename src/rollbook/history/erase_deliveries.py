"""Take a person out of stored deliveries.

"Nothing stored is ever changed" has this one exception. Source: decision on forgetting.
"""

from __future__ import annotations

import csv
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from rollbook.errors import SourceDataError
from rollbook.filestore import delete_file, digest_of, fetch_file, store_file
from rollbook.history.erased import ErasedRows, links_to_people
from rollbook.history.redaction import Traces, find_traces, redact_package
from rollbook.history.subject import Subject
from rollbook.oneroster import Resource
from rollbook.runs.models import SyncRun
from rollbook.sources.models import Delivery
from rollbook.sqlfiles import read_sql
from rollbook.staging.data import Reading, StagedRoster, Workspace
from rollbook.staging.stage import stage_files

_HERE = "rollbook.history"
_UNREADABLE = (zipfile.BadZipFile, csv.Error, UnicodeError, RuntimeError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What became of one stored delivery.

    Attributes:
        old_key: The file that has to be deleted; `new_key` takes its place, if anything does.
        rows, cells: What was taken out.
    """

    old_key: str
    new_key: str
    rows: int
    cells: int
    before: str
    after: str | None


def rewrite_delivery(
    delivery: Delivery, subject: Subject, workspace: Workspace
) -> Rewritten | None:
    """Store a delivery anew without a person and return what was done; None: nothing to do.

    The old file is still there. What cannot be read, or still names the person afterwards, is not
    kept at all: a file that nobody can use is worth less than the promise.
    """
    package = fetch_file(delivery.stored_as, into=workspace.folder / "delivery.zip")
    ids = subject.of(delivery.source_number)
    traces = Traces(ids, subject.terms)
    with suppress(SourceDataError):  # it was never used; its files are judged by their columns
        traces = _locate(package, traces, _reading_of(delivery), workspace)
    return _rewrite(delivery, package, traces, workspace.folder)


def is_person_of(delivery: Delivery, subject: Subject, workspace: Workspace) -> bool:
    """Whether a stored delivery has a row of a person with one of the subject's ids."""
    package = fetch_file(delivery.stored_as, into=workspace.folder / "delivery.zip")
    ids = [*subject.of(delivery.source_number)]
    with TemporaryDirectory(dir=workspace.folder) as scratch, suppress(SourceDataError):
        apart = Workspace(Path(scratch), memory_limit=workspace.memory_limit)
        staged = stage_files(package, workspace=apart, reading=_reading_of(delivery))
        if Resource.USERS in staged.files:
            with apart.connect() as database:
                query = "select 1 from users where list_contains(?, sourcedId) limit 1"
                return database.execute(query, [ids]).fetchone() is not None
    return False


def cut_erased(run: SyncRun, erased: ErasedRows, workspace: Workspace) -> None:
    """Take people who were erased earlier out of a delivery that names them again."""
    if not erased.ids:
        return
    delivery = Delivery.objects.get(district_id=run.district_id, number=run.delivery_number or 0)
    with workspace.connect() as database:
        traces = Traces(erased.ids, erased.terms)
        traces = _place(database, erased.staged, traces, prefix="with_erased_")
    package = fetch_file(delivery.stored_as, into=workspace.folder / "delivery.zip")
    rewritten = _rewrite(delivery, package, traces, workspace.folder)
    if rewritten:
        note_rewritten(delivery, rewritten)
        delete_file(rewritten.old_key)


def note_rewritten(delivery: Delivery, rewritten: Rewritten) -> None:
    """Let the delivery name the file that took the place of the old one."""
    Delivery.objects.filter(pk=delivery.pk).update(
        stored_as=rewritten.new_key, stored_sha256=rewritten.after or ""
    )


def _rewrite(delivery: Delivery, package: Path, traces: Traces, folder: Path) -> Rewritten | None:
    before = digest_of(package)
    with TemporaryDirectory(dir=folder) as scratch:
        target = Path(scratch) / "delivery.zip"
        try:
            done = redact_package(package, target, traces)
            is_clean = find_traces(target, traces) == 0
        except _UNREADABLE:
            return Rewritten(delivery.stored_as, "", 0, 0, before, None)
        if not is_clean:
            return Rewritten(delivery.stored_as, "", done.rows, done.cells, before, None)
        if not done.total:
            return None
        key = store_file(target, delivery.stored_as)  # the storage finds a name that is free
        return Rewritten(delivery.stored_as, key, done.rows, done.cells, before, digest_of(target))


def _reading_of(delivery: Delivery) -> Reading:
    run = SyncRun.objects.filter(
        district_id=delivery.district_id, delivery_number=delivery.number
    ).first()
    prefixed = frozenset(run.read_as.get("prefixed", ()) if run else ())
    return Reading(prefixed=prefixed, is_first_load=False)


def _locate(package: Path, traces: Traces, reading: Reading, workspace: Workspace) -> Traces:
    """Stage a delivery once more, to learn from the readers which rows are whose."""
    with TemporaryDirectory(dir=workspace.folder) as scratch:
        apart = Workspace(Path(scratch), memory_limit=workspace.memory_limit)
        staged = stage_files(package, workspace=apart, reading=reading)
        with apart.connect() as database:
            database.execute("create table erased_people (sourcedId varchar)")
            if traces.ids:
                rows = [[it] for it in traces.ids]
                database.executemany("insert into erased_people values (?)", rows)
            return _place(database, staged, traces, prefix="")


def _place(
    database: duckdb.DuckDBPyConnection, staged: StagedRoster, traces: Traces, *, prefix: str
) -> Traces:
    """Tell the rows that are the person's from those that only name the person."""
    selects = []
    for resource in staged.files:
        links = links_to_people(resource)
        table = f'"{prefix if links else ""}{resource}"'
        among = "(select e.sourcedId from erased_people as e)"
        own = [f't."{it.name}" in {among}' for it in links if not it.is_list]
        listed = [
            f"list_has_any(list_transform(string_split(t.\"{it.name}\", ','), "
            "lambda id: trim(id)), (select list(e.sourcedId) from erased_people as e))"
            for it in links
            if it.is_list
        ]
        is_main = (
            f"t.sourcedId in {among} and t.role not in ('parent', 'guardian', 'relative')"
            if resource is Resource.USERS
            else "false"
        )
        selects.append(
            "select t.file, t.record, "
            f"coalesce({' or '.join(own) or 'false'}, false) as is_theirs, "
            f"coalesce({' or '.join(listed) or 'false'}, false) as names_them, "
            f"coalesce({is_main}, false) as is_main from {table} as t"
        )
    records = " union all ".join(selects)
    database.execute(f"create or replace temporary view records_of_rows as {records}")
    rows = database.execute(read_sql(_HERE, "snapshots/places_of_person")).fetchall()
    whole: dict[str, set[int]] = {}
    shared: dict[str, set[int]] = {}
    for file, record, is_whole in rows:
        (whole if is_whole else shared).setdefault(file, set()).add(record)
    refused = database.execute("select file, record from refusals").fetchall()
    understood: dict[str, set[int]] = {file.name: set() for file in staged.read}
    for file, record in refused:
        understood.setdefault(file, set()).add(record)
    return Traces(traces.ids, traces.terms, _frozen(whole), _frozen(shared), _frozen(understood))


def _frozen(places: dict[str, set[int]]) -> dict[str, frozenset[int]]:
    return {file: frozenset(records) for file, records in places.items()}
