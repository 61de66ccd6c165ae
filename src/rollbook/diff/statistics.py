"""Measure a change set: what changes where, and what the changes mean.

Everything is counted in DuckDB from the records that change; of what is published only the columns
that shares are taken of are read. Each measure is a select of the records that something befalls,
so that whoever is shown a number can be shown the records, too (`select_ids`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import duckdb

from rollbook.diff.data import ChangeSet, Verdict
from rollbook.diff.measures import KINDS, Drift, Figure, Statistics, Tally
from rollbook.diff.stale import MEASURES as STALE
from rollbook.diff.stale import StaleDays, note_days, tell_stale
from rollbook.diff.touched import (
    AT_SCHOOLS,
    COUNTED,
    GOOD_NEWS,
    GUARDED_FIELDS,
    school_of,
    subject_of,
    touch_records,
)
from rollbook.oneroster import RESOURCES, Resource, fields_of
from rollbook.sqlfiles import read_sql

_HERE = "rollbook.diff"
_EVERYWHERE = "null::varchar"
# What may befall records, each with the resources of which one at least must change for it.
_MEASURES: Mapping[str, tuple[str, tuple[Resource, ...]]] = {
    "grades": ("statistics/grades", (Resource.USERS,)),
    "guardians": ("statistics/guardians", (Resource.USERS,)),
    "dates": ("statistics/dates", (Resource.ACADEMIC_SESSIONS,)),
    "teacherless": ("statistics/teacherless", (Resource.CLASSES, Resource.ENROLLMENTS)),
    "emptied_schools": ("statistics/emptied", (Resource.USERS, Resource.CLASSES)),
}
# Classes lose teachers though they themselves stay as they are.
_NEEDED_BY = {Resource.CLASSES: (Resource.CLASSES, Resource.ENROLLMENTS)}

Places = Mapping[tuple[str, str | None], int]


def measure_changes(
    changes: ChangeSet,
    *,
    rows: Mapping[str, tuple[int, int]] | None = None,
    drift: tuple[Drift, ...] = (),
    stale_days: StaleDays | None = None,
) -> Statistics:
    """Return a change set in numbers; its tables in the workspace are read, and some are added.

    Args:
        rows: For each file of this delivery and the one before, its rows before and now.
        drift: What validation found about the delivery against the one before.
        stale_days: The records that were stale before, and for how long.
    """
    if changes.published is None:
        tallies = {
            str(resource): Tally(create=counts.create, others=counts.others)
            for resource, counts in changes.counts.items()
            if counts.total
        }
        return Statistics(is_first=True, tallies=tallies, rows=rows or {}, drift=drift)
    with changes.workspace.connect() as database:
        for resource in RESOURCES:
            touch_records(database, resource)
        active = _count_active(database, changes)
        tallies, schools = _tally(database, changes, active)
        figures = (
            *_count_fields(database, changes),
            *_count_befallen(database, changes, active),
            *_count_waiting(database, changes),
            *_count_stale(database, changes, active, stale_days or {}),
        )
        named = {*schools, *(it.school for it in figures if it.school)}
        names = {org: name for org, name in _org_names(database) if org in named}
    return Statistics(
        tallies=tallies,
        schools=schools,
        names=names,
        figures=figures,
        rows=rows or {},
        drift=drift,
    )


def _count_active(database: duckdb.DuckDBPyConnection, changes: ChangeSet) -> Places:
    """Count what is published by kind, and by school where the resource has one.

    The table `active_places` holds it, too. Where nothing changes and nothing is stale, nobody
    looks.
    """
    database.execute(
        "create or replace table active_places (subject varchar, school varchar, amount bigint)"
    )
    for resource in RESOURCES:
        is_changed = _is_any_changed(changes, _NEEDED_BY.get(resource, (resource,)))
        if not is_changed and resource not in changes.stale:
            continue
        levels = [_EVERYWHERE] if resource in KINDS else []
        levels += [school_of(resource, "p")] if resource in AT_SCHOOLS else []
        for school in levels:
            names = {"subject": subject_of(resource, "p"), "school": school}
            database.execute(read_sql(_HERE, "statistics/active", resource=resource, **names))
    rows = database.execute("from active_places").fetchall()
    return {(subject, place): amount for subject, place, amount in rows}


def _tally(
    database: duckdb.DuckDBPyConnection, changes: ChangeSet, active: Places
) -> tuple[dict[str, Tally], dict[str, dict[str, Tally]]]:
    """Count the changes of each subject, everywhere and at each school where any is."""
    changed: dict[tuple[str, str | None], dict[str, int]] = {}
    tallies: dict[str, Tally] = {}
    for resource, counts in changes.counts.items():
        if counts.total or counts.leaving:
            sql = read_sql(_HERE, "statistics/tallies", resource=resource)
            for subject, school, change, amount in database.execute(sql).fetchall():
                it = changed.setdefault((subject, school), {})
                for meant in (name for name, changes in COUNTED.items() if change in changes):
                    it[meant] = it.get(meant, 0) + amount
        tallies[str(resource)] = Tally(
            active=counts.active,
            create=counts.create,
            update=counts.update,
            abandon=counts.abandon + counts.leaving - counts.due,
            rekey=counts.rekey,
            others=counts.others,
            following=changed.get((str(resource), None), {}).get("following", 0),
        )
    for subject, place in active:
        if place is None:
            changed.setdefault((subject, None), {})
    schools: dict[str, dict[str, Tally]] = {}
    for (subject, school), it in sorted(changed.items(), key=lambda item: str(item[0])):
        tally = Tally(active=active.get((subject, school), 0), **it)
        if school is not None:
            schools.setdefault(school, {})[subject] = tally
        elif subject not in tallies:
            tallies[subject] = tally
    return tallies, schools


def _count_fields(database: duckdb.DuckDBPyConnection, changes: ChangeSet) -> Iterator[Figure]:
    """Yield how many records change or lose each field that any changes, of those that have it."""
    for resource in RESOURCES:
        if not changes.counts[resource].update + changes.counts[resource].rekey:
            continue
        names = [it.name for it in fields_of(resource) if it.is_kept][1:]
        found = _count_changed(database, resource, _EVERYWHERE, names)
        yield from _as_figures(database, resource, _EVERYWHERE, found)
        if names := [name for name in GUARDED_FIELDS.get(resource, ()) if name in _fields(found)]:
            found = _count_changed(database, resource, "unnest(t.schools)", names)
            yield from _as_figures(database, resource, school_of(resource, "p"), found)


_Changed = Mapping[tuple[str, str | None, str], tuple[int, int]]


def _fields(found: _Changed) -> set[str]:
    return {name for _, _, name in found}


def _count_changed(
    database: duckdb.DuckDBPyConnection, resource: Resource, school: str, names: list[str]
) -> _Changed:
    """Return how often each field changes, and how often to nothing: by subject, school, field."""
    columns, counts = [], []
    for name in names:
        differs = f'p."{name}" is not null and n."{name}" is distinct from p."{name}"'
        columns += [
            f'{differs} as "changed_{name}"',
            f'{differs} and n."{name}" is null as "blanked_{name}"',
        ]
        counts += [
            f'count(*) filter (where d."changed_{name}")',
            f'count(*) filter (where d."blanked_{name}")',
        ]
    sql = read_sql(
        _HERE,
        "statistics/fields",
        resource=resource,
        school=school,
        columns=", ".join(columns),
        counts=", ".join(counts),
    )
    return {
        (subject, place, name): (amounts[2 * at], amounts[2 * at + 1])
        for subject, place, *amounts in database.execute(sql).fetchall()
        for at, name in enumerate(names)
        if amounts[2 * at]
    }


def _as_figures(
    database: duckdb.DuckDBPyConnection, resource: Resource, school: str, found: _Changed
) -> Iterator[Figure]:
    if not found:
        return
    names = sorted(_fields(found))
    sql = read_sql(
        _HERE,
        "statistics/valued",
        resource=resource,
        subject=subject_of(resource, "p"),
        school=school,
        columns=", ".join(f'p."{name}"' for name in names),
        counts=", ".join(f'count(p."{name}")' for name in names),
    )
    valued = {
        (subject, place, name): amount
        for subject, place, *amounts in database.execute(sql).fetchall()
        for name, amount in zip(names, amounts, strict=True)
    }
    for (subject, place, name), (changed, blanked) in sorted(found.items(), key=str):
        parts = {"changed": changed - blanked, "blanked": blanked}
        of = valued.get((subject, place, name), changed)
        yield Figure("field", subject, changed, of, name, place, _present(parts))


def _count_befallen(
    database: duckdb.DuckDBPyConnection, changes: ChangeSet, active: Places
) -> Iterator[Figure]:
    """Yield what the changes mean: students who move up, classes that lose their teacher."""
    for measure, (sql, needs) in _MEASURES.items():
        if not _is_any_changed(changes, needs):
            continue
        database.execute(read_sql(_HERE, "statistics/befallen", measure=measure))
        database.execute(read_sql(_HERE, sql))
        yield from _as_befallen(database, changes, active, measure)


def _as_befallen(
    database: duckdb.DuckDBPyConnection, changes: ChangeSet, active: Places, measure: str
) -> Iterator[Figure]:
    counts = database.execute(
        read_sql(_HERE, "statistics/befallen_counts", measure=measure)
    ).fetchall()
    parts: dict[tuple[str, str | None], dict[str, int]] = {}
    for subject, school, part, amount in counts:
        parts.setdefault((subject, school), {})[part] = amount
    for (subject, school), it in sorted(parts.items(), key=str):
        amount = max(sum(it.values()) - 2 * it.get(GOOD_NEWS, 0), 0)
        of = _of(changes, active, subject, school)
        yield Figure(measure, subject, amount, of, None, school, it)


def _count_stale(
    database: duckdb.DuckDBPyConnection, changes: ChangeSet, active: Places, days: StaleDays
) -> Iterator[Figure]:
    """Yield how many records are stale for the first time, and how many have been for long."""
    if not changes.stale:
        return
    note_days(database, days)
    for measure in STALE:
        database.execute(read_sql(_HERE, "statistics/befallen", measure=measure))
        for resource in RESOURCES:
            if resource in changes.stale:
                tell_stale(database, resource, measure=measure)
        yield from _as_befallen(database, changes, active, measure)


def _count_waiting(database: duckdb.DuckDBPyConnection, changes: ChangeSet) -> Iterator[Figure]:
    """Yield how many records wait for a decision about their ids."""
    measure = "waiting_ids"
    waiting = [pair for pair in changes.pairs if pair.verdict is Verdict.WAITING]
    if not waiting:
        return
    database.execute(read_sql(_HERE, "statistics/befallen", measure=measure))
    for resource, amount in Counter(pair.resource for pair in waiting).items():
        database.execute(read_sql(_HERE, "statistics/waiting_ids", resource=resource))
        of = changes.counts[resource].active + changes.counts[resource].others
        yield Figure(measure, str(resource), amount, of)


def _of(changes: ChangeSet, active: Places, subject: str, school: str | None) -> int:
    if (subject, school) in active:
        return active[subject, school]
    is_resource = school is None and subject in list(RESOURCES)
    return changes.counts[Resource(subject)].active if is_resource else 0


def _is_any_changed(changes: ChangeSet, resources: Iterable[Resource]) -> bool:
    counts = [changes.counts[resource] for resource in resources]
    return any(it.total or it.leaving for it in counts)


def _present(parts: dict[str, int]) -> dict[str, int]:
    return {name: amount for name, amount in parts.items() if amount}


def _org_names(database: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return database.execute(
        "select p.sourcedId, p.name from before_orgs as p union all "
        "select n.sourcedId, n.name from next_orgs as n "
        "anti join before_orgs as p on n.sourcedId = p.sourcedId"
    ).fetchall()
