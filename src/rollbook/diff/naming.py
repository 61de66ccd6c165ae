"""Under which id a record is served, and what the next delivery must know to keep it so.

Nearly always that is the record's own id, and nothing is written down. The exceptions are the notes
of a snapshot: `identities`, records served under another id than their own; `departed`, people and
classes that left, so that they are known when they return and nobody else takes their place; and
`leaving`, people within their days of grace.

Source: design, "Identity"; decision 8.
"""

from __future__ import annotations

import duckdb

from rollbook.diff.data import Standpoint
from rollbook.diff.pairs import IS_ANOTHER, Found
from rollbook.diff.settling import class_years_sql
from rollbook.oneroster import RESOURCES, Resource, fields_of
from rollbook.sqlfiles import read_sql
from rollbook.validation.data import ValidRoster
from rollbook.validation.notes import NOTES
from rollbook.validation.standing import has_rows

_HERE = "rollbook.diff"
_NOTHING = "select null::varchar as sourcedId where false"
_RECOGNISED = (Resource.USERS, Resource.CLASSES)


def name_records(
    database: duckdb.DuckDBPyConnection, standpoint: Standpoint, found: Found, valid: ValidRoster
) -> frozenset[Resource]:
    """Name what is new, tell what left, and make the notes of the next snapshot.

    Returns:
        The resources of which some ids are served under another: in `served_<resource>`.
    """
    for name in ("identities", "departed"):
        columns = ", ".join(f'"{column}" varchar' for column in NOTES[name])
        database.execute(f'create or replace table "{name}_next" ({columns})')
    noted, renamed = _noted(database), set()
    for resource in RESOURCES:
        has_others = any(resource in other.files for other in valid.others)
        is_odd = resource in noted | found.rekeyed | found.replaced or has_others
        is_odd = is_odd and named_like(resource) is resource
        if is_odd:
            _name(database, resource, found, may_be_taken=resource in noted or has_others)
            if has_rows(database, f"served_{resource}"):
                renamed.add(resource)
        if valid.published:
            _note_departed(database, resource, standpoint, found, is_odd=is_odd)
    if valid.published:
        database.execute(read_sql(_HERE, "leaving"))
    else:
        database.execute("create or replace table leaving_next (sourcedId varchar, since varchar)")
    return frozenset(renamed)


def named_like(resource: Resource) -> Resource:
    """Return whose ids a resource has: demographics have the id of their user."""
    return fields_of(resource)[0].refers_to or resource


def do_notes_differ(database: duckdb.DuckDBPyConnection) -> bool:
    """Whether days of grace began or ended."""
    row = database.execute(
        "select 1 from leaving_before as b full outer join leaving_next as n "
        "on b.sourcedId = n.sourcedId and b.since = n.since "
        "where b.sourcedId is null or n.sourcedId is null limit 1"
    ).fetchone()
    return row is not None


def _noted(database: duckdb.DuckDBPyConnection) -> set[Resource]:
    """Return the resources of which any note speaks."""
    notes = ("departed_before", "others_departed", "identities_before", "others_identities")
    named = " union ".join(f"select resource from {note}" for note in notes)
    return {Resource(name) for (name,) in database.execute(named).fetchall()}


def _name(
    database: duckdb.DuckDBPyConnection, resource: Resource, found: Found, *, may_be_taken: bool
) -> None:
    """Make `served_<resource>`."""
    for name in ("rekeys", "replaced"):
        if resource not in getattr(found, "rekeyed" if name == "rekeys" else name):
            columns = "was varchar, sourcedId varchar"
            database.execute(f'create or replace table "{name}_{resource}" ({columns})')
    if may_be_taken or resource in found.replaced:
        _find_fresh(database, resource)
    else:
        columns = "sourcedId varchar, servedId varchar"
        database.execute(f'create or replace table "fresh_{resource}" ({columns})')
    database.execute(read_sql(_HERE, "identities", resource=resource))
    database.execute(read_sql(_HERE, "served", resource=resource))


def _find_fresh(database: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    """Name the new records: each is served under its own id, unless that is another's."""
    facts, is_another = _NOTHING, "false"
    if resource is Resource.USERS:
        facts = _facts_of_people("next_users", "next_demographics")
        is_another = f"coalesce(v.verdict <> 'same', {IS_ANOTHER})"
    elif resource is Resource.CLASSES:
        facts = class_years_sql(classes="next_classes", sessions="next_academicSessions")
        is_another = "coalesce(e.schoolYear not between n.first_year and n.last_year, false)"
    names = {"resource": resource, "facts": facts, "is_another": is_another}
    database.execute(read_sql(_HERE, "fresh", **names))


def _facts_of_people(users: str, demographics: str) -> str:
    return read_sql(_HERE, "facts_of_people", users=users, demographics=demographics)


def _note_departed(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    standpoint: Standpoint,
    found: Found,
    *,
    is_odd: bool,
) -> None:
    """Make `left_<resource>`, and note who left.

    Of links only those are noted that were served under another id than their own.
    """
    amounts = found.amounts[resource]
    has_left = bool(amounts.get("abandon") or amounts.get("replace"))
    if has_left:
        database.execute(
            read_sql(_HERE, "left", resource=resource, named_like=named_like(resource))
        )
    if is_odd:
        database.execute(read_sql(_HERE, "departed_before", resource=resource))
    if not has_left or not (is_odd or resource in _RECOGNISED):
        return
    facts, known, is_told = "null as schoolYear", _NOTHING, "l.servedId <> l.sourcedId"
    if resource is Resource.USERS:
        facts, is_told = "k.givenName, k.familyName, k.birthDate", "true"
        known = _facts_of_people("before_users", "published_demographics")
    elif resource is Resource.CLASSES:
        facts, is_told = "k.last_year as schoolYear", "true"
        known = class_years_sql(classes="before_classes", sessions="before_academicSessions")
    names = {"facts": facts, "known": known, "is_told": is_told}
    today = standpoint.today.isoformat()
    database.execute(read_sql(_HERE, "departed", resource=resource, today=today, **names))
