"""The story of one record: every run that made, changed, re-keyed, removed or revived it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from rollbook.diff.naming import named_like
from rollbook.filestore import fetch_file
from rollbook.history.rosters import IDENTITIES, columns_of, union_of
from rollbook.oneroster import RESOURCES, Resource
from rollbook.roster.connection import open_cursor
from rollbook.roster.tables import table_of
from rollbook.runs.models import RecordChange, RunState, SyncRun

Fields = Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Event:
    """What one run did to a record.

    Attributes:
        change: create, update, rekey, abandon or revive.
        sourced_id: The record's id after the run; `was` before it, when it got another.
        fields: What differs, each with its value before and after.
        is_exact: Whether it was this run; where snapshots thinned out and changes ended, it may
            have been an earlier one since the event before.
    """

    run_number: int
    at: datetime
    change: str
    sourced_id: str
    was: str | None
    label: str
    fields: Fields
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Story:
    """A record and its events, the oldest first."""

    resource: Resource
    served_id: str
    events: tuple[Event, ...]


def tell_stories(district_id: int, record_id: str, folder: Path) -> list[Story]:
    """Tell the story of every record that has or had this sourced id, served id or uid.

    Runs are walked in their order. A snapshot says how a record was after its run; a change that
    was kept says what a run did whose snapshot thinned out.
    """
    runs = [*_published(district_id)]
    with duckdb.connect() as database:
        reader = _Reader(database, folder)
        stories = []
        for resource in RESOURCES:
            for served in sorted(_find_served(district_id, resource, record_id, runs, reader)):
                events = tuple(_events(district_id, resource, served, runs, reader))
                if events:
                    stories.append(Story(resource, served, events))
    return stories


def _published(district_id: int) -> Iterator[SyncRun]:
    runs = SyncRun.objects.filter(district_id=district_id, state=RunState.PUBLISHED)
    return runs.order_by("number").iterator()


@dataclass(slots=True)
class _State:
    """A record as a run left it."""

    sourced_id: str
    values: dict[str, str | None]


class _Reader:
    """Reads single records out of snapshots; a file that runs share is read once per record."""

    def __init__(self, database: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self._paths: dict[str, Path] = {}

    def find(
        self, run: SyncRun, resource: Resource, condition: str, value: str
    ) -> list[dict[str, Any]]:
        """Return the records of a snapshot for which a condition on $id holds, with `servedId`."""
        found = []
        for source, keys in run.snapshot.items():
            if resource not in keys:
                continue
            rows = self._of(int(source), keys, resource)
            result = self._database.execute(
                f"select * from ({rows}) where {condition}", {"id": value}
            )
            names = [column[0] for column in result.description or ()]
            found += [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        return found

    def _of(self, source: int, keys: Mapping[str, str], resource: Resource) -> str:
        rows = union_of({source: self._fetch(keys[resource])}, columns_of(resource), self._database)
        if IDENTITIES not in keys:
            return f"select *, sourcedId as servedId from ({rows})"
        columns = ("resource", "sourcedId", "servedId")
        known = union_of({source: self._fetch(keys[IDENTITIES])}, columns, self._database)
        return (
            f"select r.*, coalesce(i.servedId, r.sourcedId) as servedId from ({rows}) as r "
            f"left join ({known}) as i on i.resource = '{named_like(resource)}' "
            "and r.sourcedId = i.sourcedId"
        )

    def _fetch(self, key: str) -> Path:
        if key not in self._paths:
            place = self._folder / f"story-{len(self._paths)}.parquet"
            self._paths[key] = fetch_file(key, into=place)
        return self._paths[key]


def _find_served(
    district_id: int, resource: Resource, record_id: str, runs: list[SyncRun], reader: _Reader
) -> set[str]:
    """Find the records that have or had this id, in the roster, among those removed and before."""
    served: set[str] = set()
    with open_cursor() as cursor:
        cursor.execute(
            f"select served_id from {table_of(resource)} where district_id = %(district)s "
            "and (served_id = %(id)s or sourced_id = %(id)s or uid::text = lower(%(id)s)) "
            "union select served_id from roster_tombstone where district_id = %(district)s "
            "and resource = %(resource)s and (served_id = %(id)s or record ->> 'sourced_id' = "
            "%(id)s or record ->> 'uid' = lower(%(id)s))",
            {"district": district_id, "resource": str(resource), "id": record_id},
        )
        served.update(row[0] for row in cursor.fetchall())
    seen: set[tuple[str, ...]] = set()
    for run in runs:
        key = _files_key(run, resource)
        if key not in seen:
            seen.add(key)
            found = reader.find(run, resource, "sourcedId = $id or servedId = $id", record_id)
            served.update(it["servedId"] for it in found)
    return served


def _files_key(run: SyncRun, resource: Resource) -> tuple[str, ...]:
    return tuple(
        key
        for _, keys in sorted(run.snapshot.items())
        for name, key in sorted(keys.items())
        if name in (resource, IDENTITIES)
    )


def _events(
    district_id: int, resource: Resource, served: str, runs: list[SyncRun], reader: _Reader
) -> Iterator[Event]:
    """Yield what each run did to one record."""
    changes = _kept_changes(district_id, resource, served, runs, reader)
    before: _State | None = None
    was_there = False
    is_gap = False
    key: tuple[str, ...] | None = None
    for run in runs:
        if not run.snapshot:
            change = changes.get(run.number)
            is_gap |= change is None
            if change:
                yield _as_event(run, change, revived=was_there and change.change == "create")
                was_there = True
                before, key = _after(before, change), None
            continue
        if key == (key := _files_key(run, resource)):
            continue
        found = reader.find(run, resource, "servedId = $id", served)
        after = _state(found[0]) if found else None
        if event := _compare(run, before, after, was_there=was_there):
            yield replace(event, is_exact=not is_gap or run.number in changes)
        is_gap = False
        was_there |= after is not None
        before = after


def _kept_changes(
    district_id: int, resource: Resource, served: str, runs: list[SyncRun], reader: _Reader
) -> dict[int, RecordChange]:
    """Return the kept changes of a record by run, under whichever id it had."""
    ids = {served}
    for run in runs:
        ids.update(it["sourcedId"] for it in reader.find(run, resource, "servedId = $id", served))
    rows = RecordChange.objects.filter(
        district_id=district_id, resource=str(resource), sourced_id__in=ids
    )
    return {row.run_number: row for row in rows}


def _as_event(run: SyncRun, change: RecordChange, *, revived: bool) -> Event:
    return Event(
        run.number,
        run.finished_at or run.created_at,
        "revive" if revived else change.change,
        change.sourced_id,
        change.fields["sourcedId"][0] if "sourcedId" in change.fields else None,
        change.label,
        {name: (it[0], it[1]) for name, it in change.fields.items() if name != "sourcedId"},
    )


def _after(before: _State | None, change: RecordChange) -> _State | None:
    if change.change == "abandon":
        return None
    values = dict(before.values) if before else {}
    return _State(
        change.sourced_id,
        {**values, **{k: v[1] for k, v in change.fields.items() if k != "sourcedId"}},
    )


def _state(row: dict[str, Any]) -> _State:
    values = {k: v for k, v in row.items() if k not in ("source", "sourcedId", "servedId")}
    return _State(row["sourcedId"], values)


def _compare(
    run: SyncRun, before: _State | None, after: _State | None, *, was_there: bool
) -> Event | None:
    if before is None and after is None:
        return None
    old, new = before.values if before else {}, after.values if after else {}
    fields = {
        name: (old.get(name), new.get(name))
        for name in {**new, **old}
        if old.get(name) != new.get(name)
    }
    was = before.sourced_id if before and after and before.sourced_id != after.sourced_id else None
    if before is None:
        change = "revive" if was_there else "create"
    elif after is None:
        change = "abandon"
    elif was:
        change = "rekey"
    elif fields:
        change = "update"
    else:
        return None
    there = after or before
    assert there is not None  # noqa: S101  one of the two is, see above
    return Event(
        run.number,
        run.finished_at or run.created_at,
        change,
        there.sourced_id,
        was,
        _label(there.values),
        fields,
    )


def _label(values: Mapping[str, str | None]) -> str:
    for names in (("givenName", "familyName"), ("title",), ("name",)):
        if said := [values.get(name) or "" for name in names if values.get(name)]:
            return " ".join(said)
    return ""
