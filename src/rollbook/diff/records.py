"""Read a comparison record by record, and count it by school."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rollbook.diff.compute import label_of
from rollbook.diff.data import RekeyedChanges, RekeyedCounts
from rollbook.oneroster import RESOURCES, Kind, Resource, fields_of
from rollbook.sqlfiles import read_sql

_HERE = "rollbook.diff"
_KINDS = ("create", "update", "abandon", "rekey")
Values = Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What becomes of one record.

    Attributes:
        change: create, update, abandon or rekey.
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
    counts: Mapping[str, RekeyedCounts]


def read_changes(
    changes: RekeyedChanges, *, most_of_each: int | None = None
) -> Iterator[RecordChange]:
    """Yield every change, parents first and by id, without holding them all in memory.

    Args:
        most_of_each: At most so many of each resource and kind of change; None: all.
    """
    with changes.workspace.connect() as database:
        for resource in RESOURCES:
            rows = f"select * from ({records_sql(resource)}) as r"
            if most_of_each is not None:
                rows += (
                    " qualify row_number() over (partition by r.change order by r.sourcedId)"
                    f" <= {most_of_each:d}"
                )
            result = database.execute(f"{rows} order by r.sourcedId")
            while batch := result.fetchmany(10_000):
                yield from (_as_change(resource, row) for row in batch)


def _as_change(resource: Resource, row: tuple[Any, ...]) -> RecordChange:
    sourced_id, was, evidence, change, file, record, label, fields = row
    return RecordChange(
        resource, sourced_id, was, evidence, change, file, record, label, json.loads(fields)
    )


def records_sql(resource: Resource) -> str:
    """Return the select of a resource's changes in words."""
    names = [*(it.name for it in fields_of(resource) if it.is_kept), "metadata"]
    pairs = [f"{{'k': '{name}', 'v': [p.\"{name}\", n.\"{name}\"]}}" for name in names[1:]]
    return read_sql(
        _HERE,
        "compared_records",
        resource=resource,
        pairs=", ".join(pairs),
        label=label_of(resource),
    )


def count_by_school(changes: RekeyedChanges) -> list[SchoolCounts]:
    """Return what changes at each school, by its name; terms belong to none."""
    selects = [select for resource in RESOURCES for select in _orgs_of(resource)]
    schools: dict[str, tuple[str, dict[str, dict[str, int]]]] = {}
    with changes.workspace.connect() as database:
        database.execute(f"create or replace view changed_places as {' union all '.join(selects)}")
        rows = database.execute(read_sql(_HERE, "schools")).fetchall()
        for org, name, resource, change, amount in rows:
            _, counts = schools.setdefault(org, (name, {}))
            counts.setdefault(resource, dict.fromkeys(_KINDS, 0))[change] = amount
    return [
        SchoolCounts(org, name, {resource: RekeyedCounts(**it) for resource, it in counts.items()})
        for org, (name, counts) in schools.items()
    ]


def _orgs_of(resource: Resource) -> Iterator[str]:
    """Yield selects of the orgs that a resource's changed records belong to, before and after."""
    begin = f"select '{resource}' as resource, c.sourcedId, c.change, "
    compared = f'from "compared_{resource}" as c '
    if resource is Resource.ORGS:
        yield f"{begin} c.sourcedId as org {compared}"
        return
    fields = fields_of(resource)
    own = next((it for it in fields if it.refers_to is Resource.ORGS), None)
    user = next((it for it in fields if it.refers_to is Resource.USERS), None)
    for side in ("before", "next"):
        joins = f'inner join "{side}_{resource}" as t on c.sourcedId = t.sourcedId '
        if own:
            org = f't."{own.name}"'
            value = f"unnest(string_split({org}, ','))" if own.kind is Kind.REFS else org
            yield f"{begin} {value} as org {compared} {joins}"
        elif user:
            joins += f'inner join "{side}_users" as u on t."{user.name}" = u.sourcedId '
            value = "unnest(string_split(u.orgSourcedIds, ','))"
            yield f"{begin} {value} as org {compared} {joins}"
