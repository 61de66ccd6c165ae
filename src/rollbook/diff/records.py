"""Read a comparison record by record, and count it by school."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rollbook.diff.compute import record_rows_sql
from rollbook.diff.data import ChangeSet, KindCounts
from rollbook.oneroster import RESOURCES, Kind, Resource, fields_of
from rollbook.sqlfiles import read_sql

_HERE = "rollbook.diff"
_KINDS = ("create", "update", "abandon", "rekey")
Values = Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What becomes of one record.

    Attributes:
        change: create, update, abandon or rekey; one that is replaced is abandoned and created.
        was: Its id before, of a re-keyed record.
        evidence: Why that is the same record: "e-mail, number".
        file: Where it stands in the new package; None where it does not.
        label: Its name, if its kind has one.
        fields: What differs, each with its value before and after.
    """

    resource: Resource
    sourced_id: str
    was: str | None
    evidence: str | None
    change: str
    file: str | None
    record: int | None
    label: str
    fields: Values


@dataclass(frozen=True, slots=True)
class SchoolCounts:
    """What changes at one school or office."""

    sourced_id: str
    name: str
    counts: Mapping[str, KindCounts]


def read_changes(changes: ChangeSet, *, most_of_each: int | None = None) -> Iterator[RecordChange]:
    """Yield every change, parents first and by id, without holding them all in memory.

    Args:
        most_of_each: At most so many of each resource and kind of change; None: all.
    """
    with changes.workspace.connect() as database:
        for resource in RESOURCES:
            rows = f"select * from ({record_rows_sql(resource)}) as r"
            if most_of_each is not None:
                rows += (
                    " qualify row_number() over (partition by r.change order by r.sourcedId)"
                    f" <= {most_of_each:d}"
                )
            result = database.execute(f"{rows} order by r.sourcedId")
            while batch := result.fetchmany(10_000):
                for row in batch:
                    yield from _as_changes(resource, row)


def _as_changes(resource: Resource, row: tuple[Any, ...]) -> Iterator[RecordChange]:
    """Yield one change, or two where one record takes the place of another with its id."""
    sourced_id, was, evidence, change, file, record, label, text = row
    fields = {name: (before, after) for name, (before, after) in json.loads(text).items()}
    if change != "replace":
        yield RecordChange(resource, sourced_id, was, evidence, change, file, record, label, fields)
        return
    gone = {name: (before, None) for name, (before, _) in fields.items() if before is not None}
    new = {name: (None, after) for name, (_, after) in fields.items() if after is not None}
    yield RecordChange(resource, sourced_id, None, None, "abandon", None, None, label, gone)
    yield RecordChange(resource, sourced_id, None, None, "create", file, record, label, new)


def count_by_school(changes: ChangeSet) -> list[SchoolCounts]:
    """Return what changes at each school, by its name; terms belong to none."""
    selects = [select for resource in RESOURCES for select in _orgs_of(resource)]
    schools: dict[str, tuple[str, dict[str, dict[str, int]]]] = {}
    with changes.workspace.connect() as database:
        database.execute(f"create or replace view changed_places as {' union all '.join(selects)}")
        rows = database.execute(read_sql(_HERE, "schools")).fetchall()
        for org, name, resource, change, amount in rows:
            _, counts = schools.setdefault(org, (name, {}))
            known = counts.setdefault(resource, dict.fromkeys(_KINDS, 0))
            for kind in ("create", "abandon") if change == "replace" else (change,):
                known[kind] += amount
    return [
        SchoolCounts(org, name, {resource: KindCounts(**it) for resource, it in counts.items()})
        for org, (name, counts) in schools.items()
    ]


def _orgs_of(resource: Resource) -> Iterator[str]:
    """Yield selects of the orgs that a resource's changed records belong to, before and after."""
    begin = f"select '{resource}' as resource, c.sourcedId, c.change, "
    changed = f'from "changes_{resource}" as c '
    if resource is Resource.ORGS:
        yield f"{begin} c.sourcedId as org {changed}"
        return
    fields = fields_of(resource)
    own = next((it for it in fields if it.refers_to is Resource.ORGS), None)
    user = next((it for it in fields if it.refers_to is Resource.USERS), None)
    for side in ("before", "next"):
        joins = f'inner join "{side}_{resource}" as t on c.sourcedId = t.sourcedId '
        if own:
            org = f't."{own.name}"'
            value = f"unnest(string_split({org}, ','))" if own.kind is Kind.REFS else org
            yield f"{begin} {value} as org {changed} {joins}"
        elif user:
            joins += f'inner join "{side}_users" as u on t."{user.name}" = u.sourcedId '
            value = "unnest(string_split(u.orgSourcedIds, ','))"
            yield f"{begin} {value} as org {changed} {joins}"
