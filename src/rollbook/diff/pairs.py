"""Recognise records that go on under another id, and ids that became somebody else's.

A pair is settled by a person, remembered, or left open; the command line takes every pair for what
it seems. Links are nobody: a place in a class goes on under another id without being asked about.

Source: design, "Re-key", "Id reassigned".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import duckdb

from rollbook.diff.columns import columns_of, differs, kept_fields, label_of, struct_of
from rollbook.diff.data import Pair, PairKey, PairKind, Verdict
from rollbook.diff.translating import (
    link_delivered,
    link_published,
    rename_delivered,
    rename_published,
)
from rollbook.oneroster import RESOURCES, Field, Kind, Resource, fields_of
from rollbook.sqlfiles import read_sql
from rollbook.validation.standing import has_rows

_HERE = "rollbook.diff"
# What is left of an id without letters and zeros before its number: `12` of `S-0012`. An id without
# a number stands for itself.
_NUMBER = (
    "coalesce(nullif(regexp_replace(p.sourcedId, '^[^1-9]*', ''), ''), "
    "ltrim(lower(p.sourcedId), '0'))"
)
IS_ANOTHER = (
    "coalesce(lower(trim(n.givenName)) <> lower(trim(e.givenName)) "
    "and lower(trim(n.familyName)) <> lower(trim(e.familyName)) "
    "and n.birthDate <> e.birthDate, false)"
)
"""The condition that `n` and `e` are two people: design, "Id reassigned"."""


@dataclass(slots=True)
class Found:
    """What a comparison has found so far.

    Attributes:
        undecided: What pairs are that nobody has decided about.
        rekeyed: Resources of which some records go on under another id: in `rekeys_<resource>`.
        waiting: Resources with pairs that wait for a person: in `waiting_<resource>`.
        replaced: Resources of which some records give their id to another.
        coming: Under which name the records to come are found, by resource.
        amounts: How many records change in which way, by resource.
    """

    undecided: Verdict
    rekeyed: set[Resource] = field(default_factory=set)
    waiting: set[Resource] = field(default_factory=set)
    replaced: set[Resource] = field(default_factory=set)
    coming: dict[Resource, str] = field(default_factory=dict)
    amounts: dict[Resource, dict[str, int]] = field(default_factory=dict)


def note_verdicts(
    database: duckdb.DuckDBPyConnection, verdicts: Mapping[PairKey, Verdict] | None
) -> None:
    """Make the tables of pairs and of what was decided about them."""
    database.execute(read_sql(_HERE, "make_pairs"))
    database.execute(read_sql(_HERE, "make_verdicts"))
    decided = [(*key, verdict) for key, verdict in (verdicts or {}).items() if verdict]
    if decided:
        database.executemany("insert into verdicts values (?, ?, ?, ?)", decided)


def compare(database: duckdb.DuckDBPyConnection, resource: Resource, found: Found) -> None:
    """Compare one resource, whose parents are compared, and find its pairs.

    Links to re-keyed parents are translated first, so an enrollment of a re-keyed student is the
    same enrollment. Afterwards there are `before_<resource>`, `changes_<resource>`, and the records
    to come under the name that `found.coming` gives.
    """
    before = link_published(database, resource, rekeyed=found.rekeyed)
    after = link_delivered(database, resource, waiting=found.waiting - {Resource.USERS})
    define_changes(database, resource, before=before, after=after, has_rekeys=False)
    amounts = count_changes(database, resource)
    found.coming[resource] = after
    is_rekeyed = is_waiting = False
    if _find_pairs(database, resource, found, amounts, {"before": before, "after": after}):
        undecided = Verdict.SAME if _is_link(resource) else found.undecided
        names = {"resource": resource, "undecided": undecided}
        is_rekeyed, is_waiting = database.execute(
            read_sql(_HERE, "pair_kinds", **names)
        ).fetchone() or (False, False)
        database.execute(read_sql(_HERE, "rekeys", **names))
        database.execute(read_sql(_HERE, "waiting", **names))
    if is_rekeyed:
        found.rekeyed.add(resource)
        rename_published(database, resource, linked=before)
    else:
        columns = columns_of(resource)
        database.execute(
            read_sql(_HERE, "before", resource=resource, columns=columns, source=before)
        )
    if is_waiting:
        found.waiting.add(resource)
        # People whose new id waits are frozen with all they have; see `settling`.
        if resource is not Resource.USERS:
            found.coming[resource] = rename_delivered(database, resource, given=after)
    if is_rekeyed or is_waiting:
        define_changes(database, resource, before="before", after=found.coming[resource])
        amounts = count_changes(database, resource)
    found.amounts[resource] = amounts


def define_changes(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    *,
    before: str,
    after: str,
    has_rekeys: bool = True,
) -> None:
    """Make the table of what differs, and the views of the two sides of it."""
    nothing = "null::varchar"
    names = {
        "before": before,
        "after": after,
        "differs": differs(resource),
        "old": struct_of(resource, "p"),
        "new": struct_of(resource, "n"),
        "was": "p.was" if has_rekeys else nothing,
        "evidence": "p.evidence" if has_rekeys else nothing,
    }
    database.execute(read_sql(_HERE, "changes", resource=resource, **names))
    for name in ("was", "becomes"):
        database.execute(read_sql(_HERE, name, resource=resource))


def count_changes(database: duckdb.DuckDBPyConnection, resource: Resource) -> dict[str, int]:
    """Return how many records of a resource change in which way."""
    return dict(database.execute(read_sql(_HERE, "amounts", resource=resource)).fetchall())


def read_pairs(database: duckdb.DuckDBPyConnection) -> Iterator[Pair]:
    """Yield the pairs that a person decides, or has decided, by id."""
    if not has_rows(database, "pairs"):
        return
    for resource in RESOURCES:
        if not _is_link(resource):
            rows = database.execute(
                read_sql(
                    _HERE,
                    "labelled_pairs",
                    resource=resource,
                    label_before=label_of(resource, records=("b",)),
                    label_after=label_of(resource, records=("n",)),
                )
            ).fetchall()
            for was, sourced_id, kind, evidence, confidence, before, after, verdict in rows:
                yield Pair(
                    resource,
                    was,
                    sourced_id,
                    PairKind(kind),
                    evidence,
                    confidence,
                    before or "",
                    after or "",
                    Verdict(verdict),
                )


def _is_link(resource: Resource) -> bool:
    """Whether a record is nothing but what it links or describes."""
    return bool(hanging_fields(resource, Resource.USERS))


def _find_pairs(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    found: Found,
    amounts: Mapping[str, int],
    sides: Mapping[str, str],
) -> bool:
    """Note the pairs of one resource; whether there are any."""
    is_about_people = resource is Resource.USERS and bool(amounts)
    has_both = bool(amounts.get("create") and amounts.get("abandon"))
    if is_about_people:
        database.execute(read_sql(_HERE, "reassigned", is_another=IS_ANOTHER, **sides))
    if has_both:
        _match(database, resource, found, sides)
    if not is_about_people and not has_both:
        return False
    row = database.execute("select 1 from pairs where resource = ? limit 1", [resource]).fetchone()
    return row is not None


def _match(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    found: Found,
    sides: Mapping[str, str],
) -> None:
    own_id = fields_of(resource)[0]
    if own_id.refers_to:
        if own_id.refers_to in found.rekeyed:
            names = {"resource": resource, "target": own_id.refers_to}
            database.execute(read_sql(_HERE, "pairs_that_follow", **names))
        return
    if resource is Resource.USERS:
        _match_people(database, sides)
    # A place in a class is what it links, whatever its id; elsewhere the ids must be alike too.
    is_link = _is_link(resource)
    database.execute(
        read_sql(
            _HERE,
            "pairs_by_id",
            resource=resource,
            number="null" if is_link else _NUMBER,
            content=_content(resource),
            evidence="same content" if is_link else "id written otherwise",
            is_settled_before=_is_settled(resource, found, "was"),
            is_settled_after=_is_settled(resource, found, "sourcedId"),
            **sides,
        )
    )


def _match_people(database: duckdb.DuckDBPyConnection, sides: Mapping[str, str]) -> None:
    """Note pairs of people. Everybody is looked at only if somebody who left and came share a key.

    Demographics are compared after users, so they are still as they came.
    """
    for side, raw, moved, change in (
        ("before", "published", "removed", "abandon"),
        ("after", "delivered", "added", "create"),
    ):
        tables = {"users": f"{sides[side]}_users", "demographics": f"{raw}_demographics"}
        moved_only = (
            f"semi join changes_users as c on u.sourcedId = c.sourcedId and c.change = '{change}'"
        )
        for name, only in ((f"person_keys_{side}", ""), (f"{moved}_keys", moved_only)):
            database.execute(read_sql(_HERE, "person_keys", name=name, moved_only=only, **tables))
    database.execute(read_sql(_HERE, "shared_keys"))
    if has_rows(database, "shared_keys"):
        database.execute(read_sql(_HERE, "pairs_of_users"))


def _is_settled(resource: Resource, found: Found, side: str) -> str:
    """Return the condition that a record `p` hangs on nobody who waits and nothing replaced."""
    conditions = []
    if Resource.USERS in found.waiting:
        conditions += [
            f'p."{field.name}" not in (select w.{side} from waiting_users as w)'
            for field in hanging_fields(resource, Resource.USERS)
        ]
    conditions += [
        f'p."{field.name}" not in (select r.sourcedId from "replaced_{target}" as r)'
        for target in (Resource.USERS, Resource.CLASSES)
        if target in found.replaced
        for field in hanging_fields(resource, target)
    ]
    return " and ".join(conditions) or "true"


def hanging_fields(resource: Resource, target: Resource) -> list[Field]:
    """Return the fields by which a record is nothing without the one they name."""
    return [
        field
        for field in fields_of(resource)
        if field.refers_to is target
        and resource is not target
        and not field.is_list
        and (field.required or field.kind is Kind.ID)
    ]


def _content(resource: Resource) -> str:
    """Return everything a record says but its id and its links to records of its own kind."""
    names = [
        f'p."{field.name}"'
        for field in kept_fields(resource)
        if field.kind is not Kind.ID and field.refers_to is not resource
    ]
    return f"to_json([{', '.join([*names, 'p.metadata'])}])::varchar"
