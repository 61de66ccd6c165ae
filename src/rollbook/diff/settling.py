"""Let what cannot or need not happen today wait, and tell records that take another's id apart.

A person whose identity waits for a decision is frozen, with all that hangs on them. One who is gone
stays for the days of grace. What a source does not own any more, it does not remove. And where an
id was given to somebody else, or to next year's class, the old record goes and a new one comes.

Source: design, "Identity", "Ownership", "Guard".
"""

from __future__ import annotations

from dataclasses import replace

import duckdb

from rollbook.diff.columns import columns_of, struct_of
from rollbook.diff.data import Standpoint
from rollbook.diff.pairs import Found, count_changes, define_changes, hanging_fields
from rollbook.oneroster import RESOURCES, Resource, fields_of
from rollbook.sqlfiles import read_sql
from rollbook.validation.kept import Staying, needs_of, restated_sql
from rollbook.validation.ownership import note_schools, owned_condition
from rollbook.validation.standing import has_rows

_HERE = "rollbook.diff"
_NOBODY = "select null::varchar as was where false"
_STAYING = Staying(published="before", among="staying", standing="lasting", pruned="lasting")


def settle(database: duckdb.DuckDBPyConnection, standpoint: Standpoint, found: Found) -> None:
    """Make `next_<resource>` of what comes, and bring `changes_<resource>` in line with it."""
    _find_who_leaves(database, standpoint, found)
    note_schools(database, standpoint.ownership)
    has_waiting = Resource.USERS in found.waiting or _is_anybody_leaving(database)
    may_stay = (
        has_waiting
        or standpoint.removals_wait
        or not standpoint.ownership.is_everything
        or bool(found.rekeyed | found.waiting)
        or _is_any_in_doubt(database)
    )
    for resource in RESOURCES:
        if may_stay:
            _find_what_stays(database, resource, standpoint, found, has_waiting=has_waiting)
        _define_next(database, resource, found, may_stay=may_stay, has_waiting=has_waiting)
        _replace_links(database, resource, found)
        if may_stay:
            _define_lasting(database, resource, found)
        if resource in found.replaced:
            _execute_all(database, "note_replaced", resource=resource, **_sides(resource))
            found.amounts[resource] = count_changes(database, resource)
    if Resource.USERS in found.replaced:
        database.execute(read_sql(_HERE, "note_relinked", **_sides(Resource.USERS)))
        found.amounts[Resource.USERS] = count_changes(database, Resource.USERS)


def find_replaced(database: duckdb.DuckDBPyConnection, found: Found) -> None:
    """Find people and classes that give their id to another, before their links are compared."""
    _find_replaced_people(database, found)
    _find_next_years_classes(database, found)


def _find_who_leaves(
    database: duckdb.DuckDBPyConnection, standpoint: Standpoint, found: Found
) -> None:
    if Resource.USERS not in found.waiting:
        database.execute("create or replace table waiting_users (was varchar, sourcedId varchar)")
    names = {"today": standpoint.today.isoformat(), "days": standpoint.grace_days}
    database.execute(read_sql(_HERE, "leaving_now", **names))


def _is_anybody_leaving(database: duckdb.DuckDBPyConnection) -> bool:
    row = database.execute("select 1 from leaving_now where not is_over limit 1").fetchone()
    return row is not None


def _is_any_in_doubt(database: duckdb.DuckDBPyConnection) -> bool:
    return any(has_rows(database, f"doubtful_{resource}") for resource in RESOURCES)


def _find_replaced_people(database: duckdb.DuckDBPyConnection, found: Found) -> None:
    row = database.execute("select 1 from pairs where kind = 'reassigned' limit 1").fetchone()
    if row:
        names = {"coming": found.coming[Resource.USERS]}
        database.execute(read_sql(_HERE, "replaced_people", **names))
        if has_rows(database, "replaced_users"):
            found.replaced.add(Resource.USERS)


def _find_next_years_classes(database: duckdb.DuckDBPyConnection, found: Found) -> None:
    """Find classes whose id is used again; only when the sessions know another last year."""
    coming = {name: found.coming[name] for name in (Resource.CLASSES, Resource.ACADEMIC_SESSIONS)}
    years = [
        database.execute(f'select max(schoolYear) from "{side}_academicSessions"').fetchone()
        for side in ("before", coming[Resource.ACADEMIC_SESSIONS])
    ]
    if years[0] == years[1]:
        return
    sides = {
        "before": class_years_sql(classes="before_classes", sessions="before_academicSessions"),
        "after": class_years_sql(
            classes=f"{coming[Resource.CLASSES]}_classes",
            sessions=f"{coming[Resource.ACADEMIC_SESSIONS]}_academicSessions",
        ),
    }
    database.execute(read_sql(_HERE, "classes_of_next_year", **sides))
    if has_rows(database, "replaced_classes"):
        found.replaced.add(Resource.CLASSES)


def class_years_sql(*, classes: str, sessions: str) -> str:
    """Return the select of classes and the first and last school year of their terms."""
    return read_sql(_HERE, "class_years", classes=classes, sessions=sessions)


def _find_what_stays(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    standpoint: Standpoint,
    found: Found,
    *,
    has_waiting: bool,
) -> None:
    # What is kept was kept without knowing which of the ids that it names only changed.
    is_doubtful = resource in found.rekeyed | found.waiting and _refers_to_itself(resource)
    names = {
        "coming": found.coming[resource],
        "waits": _waits(resource, standpoint),
        "kept": "kept" if is_doubtful else "doubtful",
        "waiting": f'from "waiting_{resource}"' if resource in found.waiting else _NOBODY,
    }
    hanging = hanging_fields(resource, Resource.USERS)
    database.execute(f'create or replace table "withheld_{resource}" (sourcedId varchar)')
    if has_waiting and resource is Resource.USERS:
        statements = ["people_withheld", "people_who_stay"]
    elif has_waiting and hanging:
        statements = ["links_withheld", "links_that_stay"]
        names["field"] = hanging[0].name
    else:
        statements = ["records_that_stay"]
    for statement in statements:
        database.execute(read_sql(_HERE, statement, resource=resource, **names))


def _refers_to_itself(resource: Resource) -> bool:
    return any(field.refers_to is resource for field in fields_of(resource))


def _waits(resource: Resource, standpoint: Standpoint) -> str:
    """Return the condition that a removed record `p` stays whoever it is."""
    if standpoint.removals_wait:
        return "true"
    if standpoint.ownership.is_everything:
        return "false"
    owned = owned_condition(resource, standpoint.ownership, users="before_users")
    return f"not coalesce({owned}, false)"


def _define_next(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    found: Found,
    *,
    may_stay: bool,
    has_waiting: bool,
) -> None:
    columns, coming = columns_of(resource), found.coming[resource]
    if not may_stay or not (
        has_rows(database, f"stays_{resource}") or has_rows(database, f"withheld_{resource}")
    ):
        names = {"columns": columns, "source": coming}
        database.execute(read_sql(_HERE, "next", resource=resource, **names))
        return
    needs = needs_of(resource, replace(_STAYING, among="stays"))
    database.execute(read_sql(_HERE, "staying", resource=resource, needs=needs))
    if _refers_to_itself(resource):
        # What records of one kind may refer to among themselves is not known before they are.
        names = {"resource": resource, "coming": coming}
        database.execute(read_sql(_HERE, "lasting_meanwhile", **names))
    restated = restated_sql(database, resource, _STAYING)
    names = {"columns": columns, "coming": coming, "restated": restated}
    database.execute(read_sql(_HERE, "next_with_staying", resource=resource, **names))
    if has_waiting and resource is Resource.USERS:
        database.execute(read_sql(_HERE, "agents_for_now"))
    define_changes(database, resource, before="before", after="next")
    found.amounts[resource] = count_changes(database, resource)


def _define_lasting(database: duckdb.DuckDBPyConnection, resource: Resource, found: Found) -> None:
    replaced = (
        f'select r.sourcedId from "replaced_{resource}" as r'
        if resource in found.replaced
        else "select null::varchar as sourcedId where false"
    )
    database.execute(read_sql(_HERE, "lasting", resource=resource, replaced=replaced))


def _replace_links(database: duckdb.DuckDBPyConnection, resource: Resource, found: Found) -> None:
    """Find what hangs on replaced records; people and classes themselves are known."""
    hangs = [
        f'{side}."{field.name}" in (select r.sourcedId from "replaced_{target}" as r)'
        for target in (Resource.USERS, Resource.CLASSES)
        if target in found.replaced and resource not in (Resource.USERS, Resource.CLASSES)
        for field in hanging_fields(resource, target)
        for side in ("n", "p")
    ]
    if hangs:
        names = {"resource": resource, "hangs": " or ".join(hangs)}
        database.execute(read_sql(_HERE, "replaced_links", **names))
        if has_rows(database, f"replaced_{resource}"):
            found.replaced.add(resource)


def _sides(resource: Resource) -> dict[str, str]:
    return {"old": struct_of(resource, "p"), "new": struct_of(resource, "n")}


def _execute_all(database: duckdb.DuckDBPyConnection, name: str, **names: object) -> None:
    for statement in read_sql(_HERE, name, **names).split(";"):
        database.execute(statement)
