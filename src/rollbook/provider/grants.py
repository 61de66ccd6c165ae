"""What a connection may see, as SQL.

Grants are stored for orgs, classes and users. What may be seen of other resources follows from
them: an enrollment when its class and its user are granted, demographics with their user, a course
and a session when a granted class names them.

A connection that is granted the whole district needs no look at its grants to read what is live;
that is `Coverage.WHOLE`, and it halves the work of a page.

Source: docs, design "Grant"; fact base section 23 for what a connection learns of removals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from rollbook.oneroster import Resource
from rollbook.sqlfiles import read_sql


class Coverage(Enum):
    """How much of the district's live roster a connection is granted."""

    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Tie:
    """A record is seen when what its column names is granted.

    Attributes:
        resource: Whose grant is asked for.
        column: Where a row holds the served id of the granted record.
    """

    resource: Resource
    column: str = "served_id"


# All ties of a resource must hold.
_TIES = {
    Resource.ORGS: (Tie(Resource.ORGS),),
    Resource.ACADEMIC_SESSIONS: (Tie(Resource.ACADEMIC_SESSIONS),),
    Resource.COURSES: (Tie(Resource.COURSES),),
    Resource.CLASSES: (Tie(Resource.CLASSES),),
    Resource.USERS: (Tie(Resource.USERS),),
    Resource.ENROLLMENTS: (
        Tie(Resource.CLASSES, "class_served_id"),
        Tie(Resource.USERS, "user_served_id"),
    ),
    Resource.DEMOGRAPHICS: (Tie(Resource.USERS),),
}
_DERIVED = {
    Resource.COURSES: "known_courses",
    Resource.ACADEMIC_SESSIONS: "known_sessions",
}

# A grant that was in force when the record `t` was removed: what the record was then may be told.
_WAS_ACTIVE = "({0}.is_active or {0}.change_number >= t.change_number)"


@dataclass(frozen=True, slots=True)
class Sight:
    """How a statement finds out what the connection sees of a resource.

    Attributes:
        joins: Tie a row to its grants, in force or withdrawn; a row without any is not seen at all.
        is_full: Condition under which all of the record is told, and not only that it is gone.
    """

    joins: str
    is_full: str


def sight_of_live(resource: Resource, coverage: Coverage) -> Sight:
    """Return the sight of the roster's own rows, `r`."""
    if coverage is Coverage.WHOLE:
        return Sight(joins="", is_full="true")
    aliases = list(_named_ties(resource))
    return Sight(
        joins="\n".join(_join(tie, alias, f"r.{tie.column}") for alias, tie in aliases),
        is_full=" and ".join(f"{alias}.is_active" for alias, _ in aliases),
    )


def sight_of_removed(resource: Resource, coverage: Coverage) -> Sight:
    """Return the sight of tombstones, `t`.

    Grants of a removed record are withdrawn, so they are looked at whatever the coverage is. Only
    courses and sessions, which say nothing of persons, follow the coverage alone.
    """
    if coverage is Coverage.WHOLE and resource in _DERIVED:
        return Sight(joins="", is_full="true")
    aliases = list(_named_ties(resource))
    return Sight(
        joins="\n".join(_join_of_removed(tie, alias) for alias, tie in aliases),
        is_full=" and ".join(_WAS_ACTIVE.format(alias) for alias, _ in aliases),
    )


def is_granted(resource: Resource, served_id: str, *, when_removed: bool = False) -> str:
    """Return the condition that a record named by an SQL expression is granted.

    Args:
        when_removed: It counts whether it was granted when the record `t` was removed.
    """
    active = _WAS_ACTIVE.format("x") if when_removed else "x.is_active"
    if resource in _DERIVED:
        return (
            f"{served_id} in (select x.served_id from ({_derived(resource)}) as x where {active})"
        )
    return f"""exists (
        select from sharing_grant as x
        where {_of_connection("x", resource)} and x.served_id = {served_id} and {active}
    )"""


def _named_ties(resource: Resource) -> Iterator[tuple[str, Tie]]:
    for number, tie in enumerate(_TIES[resource], start=1):
        yield f"g{number}", tie


def _join_of_removed(tie: Tie, alias: str) -> str:
    if tie.column == "served_id":
        return _join(tie, alias, "t.served_id")
    # Under row-level security PostgreSQL searches an index by plain columns only, as what it does
    # not know to be leak-proof comes after the policy. `offset 0` keeps the key a column.
    key = f"(select t.record ->> '{tie.column}' as served_id offset 0) as {alias}_key"
    return f"cross join lateral {key}\n{_join(tie, alias, f'{alias}_key.served_id')}"


def _join(tie: Tie, alias: str, served_id: str) -> str:
    if tie.resource in _DERIVED:
        return f"join ({_derived(tie.resource)}) as {alias} on {alias}.served_id = {served_id}"
    return (
        f"join sharing_grant as {alias}"
        f" on {_of_connection(alias, tie.resource)} and {alias}.served_id = {served_id}"
    )


def _of_connection(alias: str, resource: Resource) -> str:
    return (
        f"{alias}.district_id = %(district)s and {alias}.connection_number = %(connection)s"
        f" and {alias}.resource = '{resource}'"
    )


def _derived(resource: Resource) -> str:
    package = "rollbook.provider"
    classes = read_sql(package, "known_classes")
    return read_sql(package, _DERIVED[resource], known_classes=classes)
