"""Know erased people again by a keyed hash of source and id, and keep them out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import duckdb

from rollbook.history.hashing import hash_sql, hashes_of, paddings
from rollbook.history.models import ErasedId
from rollbook.history.recognising import recognise
from rollbook.history.subject import terms_of
from rollbook.oneroster import Field, Resource, fields_of
from rollbook.sqlfiles import read_sql
from rollbook.staging.data import Finding, Snapshot, StagedRoster

_HERE = "rollbook.history"
CODE = "users.sourcedId.erased"


@dataclass(frozen=True, slots=True)
class ErasedRows:
    """A delivery without the rows of erased people.

    Attributes:
        staged: The delivery, with a note for each file that named one.
        ids: The ids that they have in it: what the stored file must lose too.
        terms: What else tells who they are, and nobody else of the delivery.
    """

    staged: StagedRoster
    ids: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()


def digests_of(district_id: int, source_number: int, ids: Iterable[str]) -> list[str]:
    """Return the hashes under which ids of a source are remembered."""
    return hashes_of(district_id, [f"{source_number}:{it}" for it in ids])


def remember(district_id: int, erasure: int, digests: Iterable[str]) -> None:
    """Note by which hashes the person of an erasure is known."""
    ErasedId.objects.bulk_create(
        [
            ErasedId(district_id=district_id, digest=it, erasure_number=erasure)
            for it in sorted({*digests})
        ],
        ignore_conflicts=True,
    )


def drop_erased(
    database: duckdb.DuckDBPyConnection, district_id: int, *, source_number: int, prefix: str
) -> None:
    """Take erased people out of the table `<prefix>_users`; what hangs on them falls with them."""
    if not _load_digests(database, district_id):
        return
    people = f'select distinct u.sourcedId as value from "{prefix}_users" as u'
    _match(database, people, district_id, source_number)
    database.execute(
        f'delete from "{prefix}_users" as u '
        "where u.sourcedId in (select e.sourcedId from erased_people as e)"
    )


def set_erased_aside(
    staged: StagedRoster, *, published: Snapshot | None, district_id: int, source_number: int
) -> ErasedRows:
    """Take the rows of erased people, and links to them, out of the tables of a delivery.

    Who comes under a new id is known by it from now on. Each file that named one gets a note that
    says of which erasure, and nothing of the person.

    Args:
        published: What the source has published: nobody in it was erased.
    """
    nobody = ErasedRows(staged)
    if Resource.USERS not in staged.files:
        return nobody
    with staged.workspace.connect() as database:
        if not _load_digests(database, district_id):
            return nobody
        links = [link for resource in staged.files for link in links_to_people(resource)]
        selects = [_values(link) for link in links]
        named = f"select distinct n.value from ({' union all '.join(selects)}) as n"
        _match(database, named, district_id, source_number)
        for sourced_id, erasure in recognise(database, staged, published, district_id=district_id):
            remember(district_id, erasure, digests_of(district_id, source_number, [sourced_id]))
        rows = database.execute("select sourcedId from erased_people").fetchall()
        if not rows:
            return nobody
        notes = _note_files(database, [link for link in links if not link.is_list])
        terms = _find_terms(database)
        for resource in staged.files:
            _filter(database, resource)
        for table in ("refusals", "tolerations", "adapter_findings"):
            database.execute(read_sql(_HERE, "snapshots/forget_refused", table=table))
    findings = (*staged.findings, *notes)
    ids = frozenset(value for (value,) in rows)
    return ErasedRows(replace(staged, findings=findings), ids, terms)


def links_to_people(resource: Resource) -> list[Field]:
    """Return the fields of a resource that name a person, the person's own id among them."""
    fields = [field for field in fields_of(resource) if field.refers_to is Resource.USERS]
    own = [fields_of(resource)[0]] if resource is Resource.USERS else []
    return [*own, *fields]


def _load_digests(database: duckdb.DuckDBPyConnection, district_id: int) -> bool:
    rows = [*ErasedId.objects.filter(district=district_id).values_list("digest", "erasure_number")]
    database.execute("create or replace table erased_digests (digest varchar, erasure integer)")
    if rows:
        database.executemany("insert into erased_digests values (?, ?)", rows)
    return bool(rows)


def _match(
    database: duckdb.DuckDBPyConnection, values: str, district_id: int, source_number: int
) -> None:
    """Make the table of the ids among some that belonged to erased people."""
    database.execute("create or replace table erased_people (sourcedId varchar, erasure integer)")
    database.execute(f"create or replace temporary view named as {values}")
    hashed = hash_sql("$source || ':' || n.value")
    for parameters in paddings(district_id):
        database.execute(
            read_sql(_HERE, "snapshots/erased_people", hashed=hashed),
            {"source": str(source_number), **parameters},
        )


def _values(link: Field) -> str:
    value = f't."{link.name}"'
    if link.is_list:
        value = f"trim(unnest(string_split({value}, ',')))"
    return f'select {value} as value from "{link.resource}" as t'


def _note_files(database: duckdb.DuckDBPyConnection, links: list[Field]) -> list[Finding]:
    """Return a note for each file and erasure; it counts rows and names nobody."""
    selects = [
        f'select t.file, t.record, e.erasure from "{link.resource}" as t '
        f'inner join erased_people as e on t."{link.name}" = e.sourcedId'
        for link in links
    ]
    rows = database.execute(
        "select file, erasure, count(distinct record) "
        f"from ({' union all '.join(selects)}) group by all order by all"
    ).fetchall()
    return [
        Finding(CODE, file, value=f"erasure {erasure}", rows=amount)
        for file, erasure, amount in rows
    ]


def _find_terms(database: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Find what tells who the erased people of a delivery are, and nobody else of it."""
    among = "(select e.sourcedId from erased_people as e)"
    people = "select t.* from users as t where t.sourcedId"
    terms = _terms_of(database.execute(f"{people} in {among}"))
    same = ", ".join(f'lower(trim(t."{name}"))' for name in ("email", "phone", "sms", "username"))
    names = "lower(trim(t.givenName)) || ' ' || lower(trim(t.familyName))"
    others = f"{people} not in {among} and list_has_any([{same}, {names}], $terms::varchar[])"
    terms -= _terms_of(database.execute(others, {"terms": [*terms]}))
    database.execute(
        "create or replace table erased_terms as select unnest($terms::varchar[]) as term",
        {"terms": [*terms]},
    )
    return terms


def _terms_of(result: duckdb.DuckDBPyConnection) -> frozenset[str]:
    names = [column[0] for column in result.description or ()]
    return terms_of(dict(zip(names, row, strict=True)) for row in result.fetchall())


def _filter(database: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    links = links_to_people(resource)
    if not links:
        return
    among = "(select e.sourcedId from erased_people as e)"
    conditions = [
        f'(t."{link.name}" is null or t."{link.name}" not in {among})'
        for link in links
        if not link.is_list
    ]
    pruned = [
        f"nullif(array_to_string(list_filter(string_split(t.\"{link.name}\", ','), "
        f"lambda id: not list_contains(e.ids, trim(id))), ','), '') as \"{link.name}\""
        for link in links
        if link.is_list
    ]
    tells = "len(list_filter(e.terms, lambda term: contains(lower(t.metadata), term))) > 0"
    pruned.append(f"if({tells}, null, t.metadata) as metadata")
    database.execute(f'alter view "{resource}" rename to "with_erased_{resource}"')
    database.execute(
        f'create or replace view "{resource}" as select t.* replace ({", ".join(pruned)}) '
        f'from "with_erased_{resource}" as t '
        "cross join (select (select list(p.sourcedId) from erased_people as p) as ids, "
        "(select coalesce(list(s.term), []) from erased_terms as s) as terms) as e "
        f"where {' and '.join(conditions) or 'true'}"
    )
