"""Search everything that is stored for a person: tables, snapshots, deliveries."""

from __future__ import annotations

import zipfile
from pathlib import Path

import duckdb
from psycopg import Cursor, sql

from rollbook.filestore import fetch_file
from rollbook.history.erase_reasons import count_in_reasons
from rollbook.history.erase_records import erased_records
from rollbook.history.erase_snapshots import Dependants, files_of, ids_in
from rollbook.history.erased import links_to_people
from rollbook.history.redaction import Traces, find_traces
from rollbook.history.rosters import literal
from rollbook.history.subject import Subject, pattern_of
from rollbook.oneroster import RESOURCES, Resource
from rollbook.roster.connection import open_cursor
from rollbook.runs.models import SyncRun
from rollbook.sources.models import Delivery
from rollbook.sqlfiles import read_sql

_HERE = "rollbook.history"
# Ids in tombstones, change log and grants tell applications that a record is gone, until they have
# had their time. Who asked for the erasure wrote its reason, and hashes are no ids.
_NOTICES = ("roster_tombstone", "roster_change_log", "sharing_grant")
_LOGS = ("history_erasure", "history_erased_id")


def search_everywhere(
    district_id: int, subject: Subject, dependants: Dependants, folder: Path
) -> dict[str, int]:
    """Return how often the person is found, by place; all places are named, hits or none."""
    found = _search_tables(district_id, subject, dependants)
    erased = erased_records(subject, dependants)
    found["runs_syncrun.reasons"] = count_in_reasons(district_id, erased)
    found |= _search_snapshots(district_id, subject, folder)
    found |= _search_deliveries(district_id, subject, folder)
    return found


def _search_tables(district_id: int, subject: Subject, dependants: Dependants) -> dict[str, int]:
    """Look through every column of every table of districts, for ids as values and for terms."""
    found = {}
    with open_cursor() as cursor:
        tables = cursor.execute(read_sql(_HERE, "tables_of_districts")).fetchall()
        for (table,) in tables:
            if table in _LOGS:
                continue
            # A user name may be the id, which stands there for now.
            known = {it.casefold() for it in subject.every_id} if table in _NOTICES else set()
            found[table] = _count(
                cursor,
                "select count(*) from {table} as t where t.district_id = %(district)s "
                "and lower(t::text) ~ %(pattern)s",
                table,
                {"district": district_id, "pattern": pattern_of(subject.terms - known)},
            )
        for table, column, ids in _columns_with_ids(subject, dependants):
            found[f"{table}.{column}"] = _count(
                cursor,
                "select count(*) from {table} as t where t.district_id = %(district)s "
                "and t.{column} = any(%(ids)s)",
                table,
                {"district": district_id, "ids": ids},
                column=column,
            )
    return found


def _columns_with_ids(subject: Subject, dependants: Dependants) -> list[tuple[str, str, list[str]]]:
    served = [*subject.served]
    hanging = [it for resource in RESOURCES for it in dependants.of_resource(resource)]
    return [
        ("roster_user", "served_id", served),
        ("roster_demographics", "served_id", served),
        ("roster_enrollment", "user_served_id", served),
        ("roster_user_role", "user_served_id", served),
        ("roster_user_profile", "user_served_id", served),
        ("roster_user_org", "user_served_id", served),
        ("runs_finding", "value", [*subject.every_id]),
        ("runs_recordchange", "sourced_id", hanging),
        ("runs_finding", "sourced_id", hanging),
    ]


def _count(
    cursor: Cursor,
    query: str,
    table: str,
    values: dict[str, object],
    *,
    column: str = "district_id",
) -> int:
    statement = sql.SQL(query).format(table=sql.Identifier(table), column=sql.Identifier(column))
    row = cursor.execute(statement, values).fetchone()
    return row[0] if row else 0


def _search_snapshots(district_id: int, subject: Subject, folder: Path) -> dict[str, int]:
    runs = SyncRun.objects.filter(district_id=district_id).exclude(snapshot={})
    found: dict[str, int] = {}
    with duckdb.connect() as database:
        for source, name, key in files_of(runs.values_list("snapshot", flat=True)):
            path = fetch_file(key, into=folder / "proof.parquet")
            found[key] = _search_parquet(database, path, source, name, subject)
    return found


def _search_parquet(
    database: duckdb.DuckDBPyConnection, path: Path, source: int, name: str, subject: Subject
) -> int:
    conditions = ["regexp_matches(lower(to_json(t)::varchar), $pattern)"]
    for link in links_to_people(Resource(name)) if name in RESOURCES else ():
        ids = "$own" if link.name == "sourcedId" else "$ids"
        value = f"string_split(t.\"{link.name}\", ',')"
        conditions.append(f"list_has_any(list_transform({value}, lambda id: trim(id)), {ids})")
    told = " or ".join(f"coalesce({it}, false)" for it in conditions)
    parameters: dict[str, object] = {
        "pattern": subject.pattern,
        "own": [*subject.of(source)],
        "ids": [*ids_in(subject, source)],
    }
    row = database.execute(
        f"select count(*) from read_parquet({literal(path)}) as t where {told}",
        {it: value for it, value in parameters.items() if f"${it}" in told},
    ).fetchone()
    return row[0] if row else 0


def _search_deliveries(district_id: int, subject: Subject, folder: Path) -> dict[str, int]:
    found = {}
    stored = Delivery.objects.filter(district=district_id).exclude(stored_as="")
    for delivery in stored:
        package = fetch_file(delivery.stored_as, into=folder / "proof.zip")
        traces = Traces(subject.of(delivery.source_number), subject.terms)
        try:
            found[delivery.stored_as] = find_traces(package, traces)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
            found[delivery.stored_as] = 1  # what cannot be searched proves nothing
    return found
