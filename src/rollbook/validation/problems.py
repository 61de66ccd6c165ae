"""The entry to this stage: find every problem, and say which rows may go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import duckdb

from rollbook.oneroster import RESOURCES, Field, Resource, fields_of
from rollbook.sqlfiles import read_sql
from rollbook.staging.data import Finding, Snapshot, StagedRoster
from rollbook.validation.catalogue import rule_of
from rollbook.validation.data import RowCounts, ValidRoster
from rollbook.validation.kept import define_kept, define_restated
from rollbook.validation.rules import (
    CompiledRule,
    named,
    references_of,
    rules_of_references,
    rules_of_rows,
)
from rollbook.validation.severity import Severity

_HERE = "rollbook.validation"

_FINDINGS = """
    create or replace table findings (
        resource varchar, code varchar, severity varchar, file varchar, record bigint,
        sourcedId varchar, field varchar, value varchar
    )
"""
_REFERRED_TO = {field.refers_to for resource in RESOURCES for field in references_of(resource)}


def find_problems(staged: StagedRoster, *, published: Snapshot | None) -> ValidRoster:
    """Check a staged delivery against the rules and against what is published.

    Resources are taken parents first, so that a row set aside takes its dependants with it in the
    same pass, unless the published record stands in for it.

    Args:
        published: The district's last snapshot; None before the first publish.

    Source: design, "Severity"; OneRoster 1.1 CSV (fact base sections 3, 6 and 8).
    """
    stops = [finding for finding in staged.findings if rule_of(finding.code).stops]
    counts: dict[Resource, RowCounts] = {}
    with staged.workspace.connect() as database:
        database.execute(_FINDINGS)
        _insert_findings(database, staged.findings)
        _insert_refusals(database)
        if not stops:
            for resource in RESOURCES:
                _present_published(database, resource, published)
                _check(database, resource, staged, published)
                if resource in staged.files:
                    counts[resource] = _count_rows(database, resource, staged)
            stops = list(_find_unusable_files(database, staged))
            _insert_findings(database, stops)
        return ValidRoster(
            workspace=staged.workspace,
            published=published,
            counts=counts,
            finding_counts=_count_findings(database, "code"),
            severity_counts={
                Severity(name): count
                for name, count in _count_findings(database, "severity").items()
            },
            stops=tuple(stops),
        )


def _insert_findings(database: duckdb.DuckDBPyConnection, findings: Iterable[Finding]) -> None:
    rows = [
        (
            finding.code.split(".")[0],
            finding.code,
            rule_of(finding.code).severity,
            finding.file,
            finding.record,
            finding.sourced_id,
            finding.field,
            finding.value,
        )
        for finding in findings
    ]
    if rows:
        database.executemany("insert into findings values (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _insert_refusals(database: duckdb.DuckDBPyConnection) -> None:
    codes = database.execute("select distinct code from refusals").fetchall()
    for (code,) in codes:
        database.execute(
            "insert into findings select r.resource, r.code, ?, r.file, r.record, null, null, "
            "r.value from refusals as r where r.code = ?",
            [rule_of(code).severity, code],
        )


def _find_unusable_files(
    database: duckdb.DuckDBPyConnection, staged: StagedRoster
) -> Iterator[Finding]:
    """Yield required files of which no row goes on: a column is in the wrong words, for example."""
    for resource, file in staged.files.items():
        usable = database.execute(f'select 1 from "valid_{resource}" limit 1').fetchone()
        if resource.is_required and usable is None:
            yield Finding(f"{resource}.file.empty", file.name)


def _present_published(
    database: duckdb.DuckDBPyConnection, resource: Resource, published: Snapshot | None
) -> None:
    """Create the view of the last snapshot; without one it is empty and of the same shape."""
    columns = [f'"{field.name}"' for field in fields_of(resource) if field.is_kept]
    if published and resource in published.files:
        path = str(published.files[resource]).replace("'", "''")
        select = f"select {', '.join([*columns, 'metadata'])} from read_parquet('{path}')"
    else:
        nulls = [f"null::varchar as {column}" for column in [*columns, "metadata"]]
        select = f"select {', '.join(nulls)} where false"
    database.execute(f'create or replace view "published_{resource}" as {select}')


def _check(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    staged: StagedRoster,
    published: Snapshot | None,
) -> None:
    """Run the rules of one resource; afterwards its rows that stand can be referred to."""
    if resource in staged.files:
        _fill_in_columns(database, resource, staged, published)
    else:
        _present_absent(database, resource)
    _run_rules(database, rules_of_rows(resource))
    _run_rules(database, rules_of_references(resource, to_itself=False))
    database.execute(read_sql(_HERE, "set_aside", resource=resource))
    repaired = {field: _repair(database, field) for field in _repairable(database, resource)}
    _define_standing(database, resource, staged, repaired)
    rules = list(rules_of_references(resource, to_itself=True))
    if rules:
        _run_rules(database, rules)
        repaired |= {field: _repair(database, field) for field in _repairable(database, resource)}
        _define_valid(database, resource, repaired)
    define_restated(database, resource)


def _fill_in_columns(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    staged: StagedRoster,
    published: Snapshot | None,
) -> None:
    """Let an optional column that the file lacks say what is published: it is "not stated".

    Done before any rule runs, so that what it refers to is checked like everything else.
    """
    columns = staged.files[resource].columns
    fields = fields_of(resource)
    missing = [field.name for field in fields if field.is_kept and field.name not in columns]
    if {field.name for field in fields}.issuperset(columns):
        missing.append("metadata")
    if missing and published:
        stated = ", ".join(f'p."{name}" as "{name}"' for name in missing)
        database.execute(f'alter view "{resource}" rename to "stated_{resource}"')
        database.execute(
            f'create or replace view "{resource}" as select t.* replace ({stated}) '
            f'from "stated_{resource}" as t '
            f'left join "published_{resource}" as p on t.sourcedId = p.sourcedId'
        )


def _present_absent(database: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    """Let a resource without a file be an empty table, so that rules need not ask."""
    columns = [f'null::varchar as "{field.name}"' for field in fields_of(resource)]
    select = ", ".join(
        ["null::varchar as file", "null::bigint as record", *columns, "null::varchar as metadata"]
    )
    database.execute(f'create or replace view "{resource}" as select {select} where false')


def _run_rules(database: duckdb.DuckDBPyConnection, rules: Iterable[CompiledRule]) -> None:
    for rule in rules:
        known = rule_of(rule.code)
        database.execute(
            "insert into findings select ?, ?, ?, r.file, r.record, r.sourcedId, r.field, r.value "
            f"from ({rule.sql}) as r",
            [rule.code.split(".")[0], rule.code, known.severity],
        )


def _define_standing(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    staged: StagedRoster,
    repaired: Mapping[Field, str],
) -> None:
    _define_valid(database, resource, repaired)
    keeps_all = resource not in staged.files or _has_unreadable_row(database, resource)
    define_kept(database, resource, among="published" if keeps_all else "set_aside")
    if resource in _REFERRED_TO:
        database.execute(read_sql(_HERE, "standing", resource=resource))


def _define_valid(
    database: duckdb.DuckDBPyConnection, resource: Resource, repaired: Mapping[Field, str]
) -> None:
    fields, joins = [], []
    for field in fields_of(resource):
        value = f't."{field.name}"'
        if field in repaired:
            table = repaired[field]
            joins.append(f'left join "{table}" on t.record = "{table}".record')
            value = f'if("{table}".record is null, {value}, "{table}".value)'
        if field.is_kept:
            fields.append(f'{value} as "{field.name}"')
    database.execute(
        read_sql(
            _HERE, "valid", resource=resource, fields=", ".join(fields), joins="\n".join(joins)
        )
    )


def _repairable(database: duckdb.DuckDBPyConnection, resource: Resource) -> list[Field]:
    rows = database.execute(
        "select distinct field from findings where resource = ? and severity = 'warning' "
        "and record > 1 and code not like '%.unusual_id'",
        [resource],
    ).fetchall()
    names = {name for (name,) in rows}
    return [field for field in fields_of(resource) if field.name in names and field.is_kept]


def _repair(database: duckdb.DuckDBPyConnection, field: Field) -> str:
    """Make the table of what stands in for values that cannot be used, and return its name."""
    names = {"resource": field.resource, "field": field.name, "target": field.refers_to}
    if field.is_list:
        database.execute(read_sql(_HERE, "repair_many", named=named(field), **names))
    else:
        published = f'p."{field.name}"'
        if field.refers_to:
            standing = f'select s.sourcedId from "standing_{field.refers_to}" as s'
            published = f"case when {published} in ({standing}) then {published} end"
        database.execute(read_sql(_HERE, "repair_one", value=published, **names))
    return f"repair_{field.resource}_{field.name}"


def _has_unreadable_row(database: duckdb.DuckDBPyConnection, resource: Resource) -> bool:
    row = database.execute(
        "select 1 from findings where resource = ? and severity = 'error' and record > 1 "
        "and sourcedId is null limit 1",
        [resource],
    ).fetchone()
    return row is not None


def _count_rows(
    database: duckdb.DuckDBPyConnection, resource: Resource, staged: StagedRoster
) -> RowCounts:
    file = staged.files[resource]
    aside, kept = database.execute(
        f'select (select count(*) from "set_aside_{resource}" where not is_repeated), '
        f'(select count(*) from "kept_{resource}")'
    ).fetchone() or (0, 0)
    refused = file.refused
    return RowCounts(
        rows=file.rows + refused, refused=refused, set_aside=aside - refused, kept=kept
    )


def _count_findings(database: duckdb.DuckDBPyConnection, column: str) -> dict[str, int]:
    rows = database.execute(
        f"select {column}, count(*) from findings group by {column} order by {column}"
    ).fetchall()
    return dict(rows)
