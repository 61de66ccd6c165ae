"""Leave out what a source does not own: another one speaks of it.

Source: design, "Ownership".
"""

from __future__ import annotations

import duckdb

from rollbook.oneroster import PEOPLE, Ownership, RecordKind, Resource, fields_of, kinds_of
from rollbook.staging.data import Finding, StagedRoster
from rollbook.validation.findings import Findings

_HANGING = (Resource.USER_PROFILES, Resource.ROLES)
_SCHOOL_OF = {
    Resource.ORGS: "sourcedId",
    Resource.COURSES: "orgSourcedId",
    Resource.CLASSES: "schoolSourcedId",
    Resource.ENROLLMENTS: "schoolSourcedId",
}


def note_schools(database: duckdb.DuckDBPyConnection, ownership: Ownership) -> None:
    """Make the table of schools that `owned_condition` asks."""
    database.execute("create or replace table owned_schools (sourcedId varchar)")
    if ownership.schools:
        rows = [[school] for school in sorted(ownership.schools)]
        database.executemany("insert into owned_schools values (?)", rows)


def owned_condition(resource: Resource, ownership: Ownership, *, users: str) -> str:
    """Return the condition that a record `p` is the source's.

    Args:
        users: The relation that tells of whom records about people are.
    """
    if resource is Resource.USERS:
        return _is_owned_person(ownership, "p")
    if resource in _HANGING:
        owned = _is_owned_person(ownership, "u")
        return f"p.userSourcedId in (select u.sourcedId from {users} as u where {owned})"
    (kind,) = kinds_of(resource)
    if not ownership.owns(kind):
        return "false"
    if not ownership.schools or resource is Resource.ACADEMIC_SESSIONS:
        return "true"
    if resource is Resource.DEMOGRAPHICS:
        known = f"(select * from {users} union all by name select * from others_users)"
        there = _is_at_school("u")
        return f"p.sourcedId in (select u.sourcedId from {known} as u where {there})"
    return f'p."{_SCHOOL_OF[resource]}" in (select s.sourcedId from owned_schools as s)'


def leave_out_others(
    database: duckdb.DuckDBPyConnection,
    findings: Findings,
    staged: StagedRoster,
    ownership: Ownership,
) -> None:
    """Take rows that are not the source's out of the staged tables, and count them by file."""
    note_schools(database, ownership)
    if Resource.USERS not in staged.files:
        database.execute("create or replace view every_users as from published_users")
    for resource in staged.files:
        database.execute(f'create or replace table "every_{resource}" as from "{resource}"')
    for resource in staged.files:
        owned = owned_condition(resource, ownership, users="every_users")
        database.execute(f'drop view if exists "{resource}"')
        database.execute(f'drop table if exists "{resource}"')
        database.execute(
            f'create view "{resource}" as '
            f'select p.* from "every_{resource}" as p where coalesce({owned}, false)'
        )
        left_out = database.execute(
            f'select p.file, count(*) from "every_{resource}" as p '
            f"where not coalesce({owned}, false) group by p.file order by p.file"
        ).fetchall()
        code = f"{resource}.row.not_owned"
        findings.add(Finding(code, file, rows=count) for file, count in left_out)


def _is_owned_person(ownership: Ownership, alias: str) -> str:
    told = {kind: _has_role(roles, alias) for kind, roles in PEOPLE.items()}
    nobody_else = " and ".join(f"not {condition}" for condition in told.values())
    # A role that is no word goes to the rules: it tells nothing about whose the person is.
    known = " or ".join([_has_role(_roles(), alias), f"coalesce({alias}.role like 'ext:%', false)"])
    told[RecordKind.STAFF] = f"({nobody_else} and ({known}))"
    roles = " or ".join(condition for kind, condition in told.items() if ownership.owns(kind))
    condition = f"({roles or 'false'} or not ({known}))"
    return f"{condition} and {_is_at_school(alias)}" if ownership.schools else condition


def _roles() -> tuple[str, ...]:
    return next(field.values for field in fields_of(Resource.USERS) if field.name == "role")


def _has_role(roles: tuple[str, ...], alias: str) -> str:
    words = ", ".join(f"'{role}'" for role in roles)
    return f"coalesce({alias}.role in ({words}), false)"


def _is_at_school(alias: str) -> str:
    orgs = f"list_transform(string_split({alias}.orgSourcedIds, ','), lambda it: trim(it))"
    return f"list_has_any({orgs}, (select coalesce(list(s.sourcedId), []) from owned_schools as s))"
