"""The SQL of a route: which records it holds, counted, found by place, and rendered.

A collection is the union of two branches, each walked in the order of `served_id`: the live rows
of the roster, and the tombstones of removed ones. Collections below another record, and the
standard's own wish, have live rows only.

Parameters: district, connection, root, withdrawn_at, the ids of the path by their names, and where
a statement says so `after`, `limit`, `skip` or `id`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rollbook.oneroster import Resource
from rollbook.provider.grants import (
    Coverage,
    is_granted,
    sight_of_live,
    sight_of_removed,
)
from rollbook.provider.oneroster.relations import RELATIONS
from rollbook.provider.oneroster.rendering import bare_json, record_json
from rollbook.provider.oneroster.routes import Only, Route
from rollbook.roster.tables import table_of

# The records in whose name a path speaks. Of courses and sessions only granted classes are told.
_PARENTS = {"school": Resource.ORGS, "class": Resource.CLASSES, "user": Resource.USERS}


@dataclass(frozen=True, slots=True)
class Branch:
    """One of the two places that records come from.

    Attributes:
        key: The served id, by which the branch is ordered and found.
        body: One record as the text of a JSON object.
        source: What stands after `from`: enough to find and count records.
        detail: Further joins, needed for the body alone.
        where: Which records belong to the route and are seen by the connection.
    """

    key: str
    body: str
    source: str
    detail: str
    where: str


@cache
def page_statement(route: Route, coverage: Coverage) -> str:
    """Return a select of one row: count, last served id, joined bodies, whether more follows.

    One record more than the page holds is read, so that the last page knows that it is the last.

    Parameters: `after`, the served id behind which the page begins; `limit`.
    """
    one_more = _merged([_ordered(branch) for branch in _branches(route, coverage)])
    return f"""
    select
        count(*) filter (where n <= %(limit)s),
        max(served_id) filter (where n <= %(limit)s),
        string_agg(body, ',') filter (where n <= %(limit)s),
        count(*) > %(limit)s
    from (select page.*, row_number() over () as n from ({one_more}) as page) as numbered"""


@cache
def place_statement(route: Route, coverage: Coverage) -> str:
    """Return a select of the served id that `skip` others precede; no row past the end."""
    keys = "\nunion all\n".join(
        f"select {b.key} as served_id from {b.source} where {b.where}"
        for b in _branches(route, coverage)
    )
    return f"{keys} order by served_id offset %(skip)s limit 1"


@cache
def single_statement(route: Route, coverage: Coverage) -> str:
    """Return a select of the body of the record `id`; no row where it is not seen."""
    return "\nunion all\n".join(
        f"select {b.body} from {b.source} {b.detail} where {b.where} and {b.key} = %(id)s"
        for b in _branches(route, coverage)
    )


@cache
def count_statement(route: Route, coverage: Coverage, *, only_removed: bool) -> str:
    """Return a select of how many records the collection has, or how many of them are removed."""
    branches = _branches(route, coverage)
    counts = (
        f"(select count(*) from {b.source} where {b.where})"
        for b in (branches[1:] if only_removed else branches)
    )
    return "select " + (" + ".join(counts) or "0")


def _ordered(branch: Branch) -> str:
    return f"""select {branch.key} as served_id, {branch.body} as body
        from {branch.source} {branch.detail}
        where {branch.where} and {branch.key} > %(after)s
        order by {branch.key} limit %(limit)s + 1"""


def _merged(pages: list[str]) -> str:
    if len(pages) == 1:
        return pages[0]
    return f"({') union all ('.join(pages)}) order by served_id limit %(limit)s + 1"


def _branches(route: Route, coverage: Coverage) -> tuple[Branch, ...]:
    if route.related:
        return (_live(route, coverage),)
    return (_live(route, coverage), _removed(route, coverage))


def _live(route: Route, coverage: Coverage) -> Branch:
    sight = sight_of_live(route.resource, coverage)
    whole = record_json(route.resource, route.version, coverage, removed=False)
    bare = bare_json("r.served_id", "%(withdrawn_at)s::timestamptz")
    conditions = ["r.district_id = %(district)s", *_conditions(route, coverage)]
    if route.related:
        conditions.append(sight.is_full)
    if route.only:
        conditions.append(_belongs(route.only, f'r."{route.only.column}"'))
    return Branch(
        key="r.served_id",
        body=_told(sight.is_full, whole, bare),
        source=f"{table_of(route.resource)} as r {sight.joins}",
        detail="",
        where=" and ".join(conditions),
    )


def _removed(route: Route, coverage: Coverage) -> Branch:
    sight = sight_of_removed(route.resource, coverage)
    whole = record_json(route.resource, route.version, coverage, removed=True)
    conditions = ["t.district_id = %(district)s", f"t.resource = '{route.resource}'"]
    if route.only:
        conditions.append(_belongs(route.only, f"t.record ->> '{route.only.column}'"))
    row = f"jsonb_populate_record(null::{table_of(route.resource)}, t.record)"
    return Branch(
        key="t.served_id",
        body=_told(sight.is_full, whole, bare_json("t.served_id", "t.removed_at")),
        source=f"roster_tombstone as t {sight.joins}",
        detail=f"cross join lateral {row} as r",
        where=" and ".join(conditions),
    )


def _told(is_full: str, whole: str, bare: str) -> str:
    return whole if is_full == "true" else f"case when {is_full} then {whole} else {bare} end"


def _belongs(only: Only, value: str) -> str:
    values = ", ".join(f"'{word}'" for word in only.values)
    return f"{value} in ({values})"


def _conditions(route: Route, coverage: Coverage) -> list[str]:
    """Return what a path asks of a live row, and that its own ids are granted."""
    is_part = coverage is Coverage.PART
    class_is_seen = is_granted(Resource.CLASSES, "c.served_id") if is_part else "true"
    words = {"role": route.role, "class_c_is_seen": class_is_seen}
    related = [RELATIONS[name].format(**words) for name in route.related]
    parents = [_PARENTS[name] for name in route.variables if name in _PARENTS]
    named = [f"%({name})s" for name in route.variables if name in _PARENTS]
    granted = [is_granted(*pair) for pair in zip(parents, named, strict=True)] if is_part else []
    return related + granted
