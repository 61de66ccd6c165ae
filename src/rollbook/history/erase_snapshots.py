"""Take a person out of stored snapshots: each file that names one is written anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from rollbook.filestore import digest_of, fetch_file, store_file
from rollbook.history.erased import links_to_people
from rollbook.history.rosters import literal
from rollbook.history.subject import Subject
from rollbook.oneroster import RESOURCES, Resource

_PEOPLE = (Resource.USERS, Resource.DEMOGRAPHICS)


@dataclass(frozen=True, slots=True)
class RewrittenFile:
    """One file of a snapshot that was written anew.

    Attributes:
        rows: Rows that are gone; rows that only lost a link are not counted.
    """

    old_key: str
    new_key: str
    resource: str
    rows: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Dependants:
    """Ids of records that are nothing without the person, by source and resource."""

    ids: Mapping[tuple[int, str], frozenset[str]]

    def of(self, source: int, resource: str) -> frozenset[str]:
        """Return those of one resource."""
        return self.ids.get((source, resource), frozenset())

    def of_resource(self, resource: str) -> frozenset[str]:
        """Return those of a resource in any source."""
        return frozenset().union(*(ids for (_, name), ids in self.ids.items() if name == resource))


def files_of(snapshots: Iterable[Mapping[str, Mapping[str, str]]]) -> list[tuple[int, str, str]]:
    """Return the source, name and key of every file that some run's snapshot has, each once."""
    return [
        *dict.fromkeys(
            (int(source), name, key)
            for snapshot in snapshots
            for source, keys in snapshot.items()
            for name, key in keys.items()
        )
    ]


def find_dependants(
    files: Iterable[tuple[int, str, str]], subject: Subject, folder: Path
) -> Dependants:
    """Find enrollments, roles and profiles of the person in every snapshot."""
    found: dict[tuple[int, str], set[str]] = {}
    with duckdb.connect() as database:
        for source, name, key in files:
            link = _own_link(name)
            ids = ids_in(subject, source)
            if link is None or not ids:
                continue
            path = fetch_file(key, into=folder / f"{source}-{name}.parquet")
            rows = database.execute(
                f"select sourcedId from read_parquet({literal(path)}) "
                f'where list_contains($ids, "{link}")',
                {"ids": [*ids]},
            ).fetchall()
            found.setdefault((source, name), set()).update(row[0] for row in rows)
    return Dependants({place: frozenset(ids) for place, ids in found.items()})


def rewrite_snapshots(
    files: Iterable[tuple[int, str, str]], subject: Subject, dependants: Dependants, folder: Path
) -> Iterator[RewrittenFile]:
    """Store each file that names the person anew; the old ones are still there."""
    with duckdb.connect() as database:
        for source, name, key in files:
            path = fetch_file(key, into=folder / f"{source}-{name}.parquet")
            statement, parameters = _rewriting(database, path, source, name, subject, dependants)
            if not statement:
                continue
            target = folder / f"{source}-{name}.rewritten.parquet"
            rows = _count(database, path)
            database.execute(
                f"copy ({statement}) to {literal(target)} (format parquet, compression zstd)",
                parameters,
            )
            before, after = digest_of(path), digest_of(target)
            new_key = store_file(target, key)  # the storage finds a name that is free
            rows -= _count(database, target)
            target.unlink()
            yield RewrittenFile(key, new_key, name, rows, before, after)


def ids_in(subject: Subject, source: int) -> frozenset[str]:
    """Return the ids by which files of a source may name the person.

    A source that does not know the person may link a person of another one.
    """
    return subject.of(source) or subject.every_id


def _rewriting(
    database: duckdb.DuckDBPyConnection,
    path: Path,
    source: int,
    name: str,
    subject: Subject,
    dependants: Dependants,
) -> tuple[str, dict[str, object]]:
    """Return the select of what stays; nothing when all of it does."""
    described = database.execute(f"select * from read_parquet({literal(path)}) limit 0").description
    columns = {column[0] for column in described or ()}
    parameters: dict[str, object] = {
        "ids": [*ids_in(subject, source)],
        "pattern": subject.pattern,
        "own": [*subject.of(source)],
    }
    if name in RESOURCES:
        goes, replaced = _in_resource(Resource(name), columns)
    else:
        goes, replaced = _in_notes(columns, source, dependants, parameters)
    hits = " or ".join([f"({goes})", *(f"({told})" for _, told, _ in replaced)])
    table = f"read_parquet({literal(path)}) as t"
    used = _used(parameters, hits)
    if database.execute(f"select 1 from {table} where {hits} limit 1", used).fetchone() is None:
        return "", {}
    values = ", ".join(f'{value} as "{column}"' for column, _, value in replaced)
    select = f"select t.*{f' replace ({values})' if values else ''} from {table} where not ({goes})"
    return select, _used(parameters, select)


def _used(parameters: Mapping[str, object], text: str) -> dict[str, object]:
    """Return the parameters that a statement names: DuckDB refuses others."""
    return {it: value for it, value in parameters.items() if re.search(rf"\${it}\b", text)}


def _in_resource(resource: Resource, columns: set[str]) -> tuple[str, list[tuple[str, str, str]]]:
    """Return which rows go, and for columns that may name the person: when, and what stays."""
    goes, replaced = ["false"], []
    for link in links_to_people(resource):
        if link.name not in columns:
            continue
        value = f't."{link.name}"'
        if not link.is_list:
            own = "$own" if link.name == "sourcedId" else "$ids"
            goes.append(f"coalesce(list_contains({own}, {value}), false)")
            continue
        split = f"list_transform(string_split({value}, ','), lambda id: trim(id))"
        others = f"list_filter({split}, lambda id: not list_contains($ids, id))"
        told = f"coalesce(list_has_any({split}, $ids), false)"
        stays = f"nullif(array_to_string({others}, ','), '')"
        replaced.append((link.name, told, f"if({told}, {stays}, {value})"))
    if "metadata" in columns:
        told = "coalesce(regexp_matches(lower(t.metadata), $pattern), false)"
        replaced.append(("metadata", told, f"if({told}, null, t.metadata)"))
    return " or ".join(goes), replaced


def _in_notes(
    columns: set[str], source: int, dependants: Dependants, parameters: dict[str, object]
) -> tuple[str, list[tuple[str, str, str]]]:
    """Do the same for the small files beside the records: they name records by their ids."""
    if "resource" not in columns:
        return "coalesce(list_contains($own, t.sourcedId), false)", []
    goes = []
    for resource in RESOURCES:
        ids = [*dependants.of(source, resource)]
        if resource in _PEOPLE:
            ids = [*parameters["own"]]  # type: ignore[misc]
        if ids:
            parameters[f"ids_{resource}"] = ids
            goes.append(
                f"(t.resource = '{resource}' and list_contains($ids_{resource}, t.sourcedId))"
            )
    return f"coalesce({' or '.join(goes) or 'false'}, false)", []


def _own_link(name: str) -> str | None:
    """Return the column by which a record belongs to a person; None: it does not."""
    if name not in RESOURCES or name in _PEOPLE:
        return None
    return next((it.name for it in links_to_people(Resource(name)) if not it.is_list), None)


def _count(database: duckdb.DuckDBPyConnection, path: Path) -> int:
    row = database.execute(f"select count(*) from read_parquet({literal(path)})").fetchone()
    return row[0] if row else 0
