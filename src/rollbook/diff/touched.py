"""The records that change, each with what it is and where; and lists of their ids."""

from __future__ import annotations

from collections.abc import Collection

import duckdb

from rollbook.diff.data import ChangeSet
from rollbook.diff.measures import resource_of
from rollbook.diff.pairs import hanging_fields
from rollbook.oneroster import Resource
from rollbook.oneroster.kinds import PEOPLE, RecordKind
from rollbook.sqlfiles import read_sql

_HERE = "rollbook.diff"

GOOD_NEWS = "found"  # the part of a measure that makes up for the others

MEANT = {
    "create": ("create", "replace"),
    "update": ("update",),
    "abandon": ("abandon", "replace", "leave"),
    "rekey": ("rekey",),
}
"""What counts as which change: one who takes another's id is one who comes and one who goes."""

COUNTED = MEANT | {
    "create": (*MEANT["create"], "replace_along"),
    "abandon": (*MEANT["abandon"], "go_along", "replace_along"),
    "following": ("go_along", "replace_along"),
}
"""The same of all changes, and which of them follow from a person or a class that goes."""

AT_SCHOOLS = (Resource.CLASSES, Resource.USERS, Resource.ENROLLMENTS)
GUARDED_FIELDS: dict[Resource, tuple[str, ...]] = {
    Resource.USERS: ("email", "username", "orgSourcedIds", "agentSourcedIds"),
    Resource.CLASSES: ("schoolSourcedId",),
}
"""Fields that are counted by school, too: who somebody is and where, and who belongs to whom."""


def touch_records(database: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    """Make `touched_<resource>`: what each record that changes is, and where.

    All that is measured is measured on these few.
    """
    database.execute(
        read_sql(
            _HERE,
            "statistics/touched",
            resource=resource,
            subject_before=subject_of(resource, "p"),
            subject_after=subject_of(resource, "n"),
            schools_before=schools_of(resource, "p"),
            schools_after=schools_of(resource, "n"),
        )
    )
    if resource is Resource.USERS:
        _touch_who_leaves(database)
    if hangs := _hangs_on_what_goes(resource):
        database.execute(
            read_sql(_HERE, "statistics/followers", resource=resource, hangs=" or ".join(hangs))
        )


def _hangs_on_what_goes(resource: Resource) -> list[str]:
    """Return the conditions that a record `p` is nothing without a person or class that goes."""
    return [
        f'p."{field.name}" in (select c.sourcedId from "changes_{target}" as c '
        "where c.change in ('abandon', 'replace'))"
        for target in (Resource.USERS, Resource.CLASSES)
        for field in hanging_fields(resource, target)
    ]


def _touch_who_leaves(database: duckdb.DuckDBPyConnection) -> None:
    """Count people as removed on the day on which their days of grace begin, and only then."""
    names = {
        "subject": subject_of(Resource.USERS, "p"),
        "schools": schools_of(Resource.USERS, "p"),
    }
    for statement in read_sql(_HERE, "statistics/leavers", **names).split(";"):
        database.execute(statement)


def subject_of(resource: Resource, alias: str) -> str:
    """Return the expression of what kind of its resource a record is."""
    if resource is Resource.ORGS:
        return f"if({alias}.type = 'school', 'schools', 'offices')"
    if resource is Resource.USERS:
        kinds = " ".join(
            f"when {alias}.role = '{role}' then '{kind}'"
            for kind, roles in PEOPLE.items()
            for role in roles
        )
        return f"case {kinds} else '{RecordKind.STAFF}' end"
    return f"'{resource}'"


def school_of(resource: Resource, alias: str) -> str:
    """Return the expression that makes a row of each school of a record."""
    if resource is Resource.USERS:
        return f"unnest({schools_of(resource, alias)})"
    return f"{alias}.schoolSourcedId"


def schools_of(resource: Resource, alias: str) -> str:
    """Return the expression of the list of a record's schools; null where it has none."""
    if resource is Resource.USERS:
        orgs = f"string_split({alias}.orgSourcedIds, ',')"
        return f"list_transform({orgs}, lambda org: trim(org))"
    if resource in AT_SCHOOLS:
        return f"[{alias}.schoolSourcedId]"
    return "null::varchar[]"


def select_ids(
    changes: ChangeSet,
    *,
    subject: str,
    change: str | None,
    field: str | None,
    measure: str | None,
    schools: Collection[str],
    most: int,
) -> tuple[str, ...]:
    """Return the first ids of records behind a number of the statistics of this change set.

    Args:
        change: Those that are created, updated or abandoned; else by `field` or `measure`.
        schools: Only records of these; empty: of all.
    """
    resource = resource_of(subject)
    if change:
        changes_meant = ", ".join(f"'{it}'" for it in MEANT[change])
        table, where = f'"touched_{resource}"', f"t.change in ({changes_meant})"
    elif field:
        sql = read_sql(_HERE, "statistics/changed_field", resource=resource, field=field)
        table, where = f"({sql})", "true"
    else:
        table, where = f'"befallen_{measure}"', f"t.part <> '{GOOD_NEWS}'"
    columns = "t.subject"
    places = "t.schools"
    if change == "create":
        columns, places = "t.subject_after", "t.schools_after"
    parameters: list[object] = []
    if subject != resource or measure:
        where += f" and {columns} = ?"
        parameters.append(subject)
    if schools:
        where += f" and list_has_any({places}, ?)"
        parameters.append(sorted(schools))
    with changes.workspace.connect() as database:
        rows = database.execute(
            f"select t.sourcedId from {table} as t where {where} order by t.sourcedId limit ?",
            [*parameters, most],
        ).fetchall()
    return tuple(sourced_id for (sourced_id,) in rows)
