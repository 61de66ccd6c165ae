"""The entry to this stage: find every problem, and say which rows may go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from rollbook.oneroster import RESOURCES, Field, Ownership, Resource
from rollbook.progress import OnProgress, silent
from rollbook.sqlfiles import read_sql
from rollbook.staging.data import Finding, Mode, Snapshot, StagedRoster
from rollbook.validation.catalogue import rule_of
from rollbook.validation.data import RowCounts, ValidRoster
from rollbook.validation.drift import DeliveryShape, find_file_drift, find_id_drift
from rollbook.validation.findings import Findings
from rollbook.validation.kept import define_kept, define_restated
from rollbook.validation.notes import present_notes
from rollbook.validation.ownership import leave_out_others
from rollbook.validation.relations import find_relations
from rollbook.validation.rules import (
    compared_columns,
    conditions_of,
    named,
    reference_rules_of,
    references_of,
    row_rules_of,
)
from rollbook.validation.severity import Severity
from rollbook.validation.standing import (
    define_live,
    define_valid,
    fill_in_columns,
    has_rows,
    has_unreadable_row,
    present_absent,
    present_others,
    present_published,
    repair,
)
from rollbook.validation.user_roles import derive_user_roles

_HERE = "rollbook.validation"
_EVERYTHING = Ownership()
_REFERRED_TO = {field.refers_to for resource in RESOURCES for field in references_of(resource)}


def find_problems(
    staged: StagedRoster,
    *,
    published: Snapshot | None,
    others: Sequence[Snapshot] = (),
    ownership: Ownership = _EVERYTHING,
    strict: bool = False,
    previous: DeliveryShape | None = None,
    on_progress: OnProgress = silent,
) -> ValidRoster:
    """Check a staged delivery against the rules and against what is published.

    Resources are taken parents first, so that a row set aside takes its dependants with it in the
    same pass, unless the published record stands in for it.

    Args:
        published: What the source has published; None before its first publish.
        others: What the district's other sources have published: references may name it.
        ownership: What the source owns; its other rows are left out.
        strict: Hold the package to the letter of the standard: what is tolerated in practice is an
            error then, too.
        previous: What the last delivery looked like; without it nothing is said about drift.

    Source: design, "Severity"; OneRoster 1.1 CSV (fact base sections 3, 6, 8 and 9).
    """
    stops = [finding for finding in staged.findings if rule_of(finding.code).stops]
    counts: dict[Resource, RowCounts] = {}
    with staged.workspace.connect() as database:
        findings = Findings(database, strict=strict)
        findings.add(staged.findings)
        findings.add_unclear_rows()
        findings.add_of_adapters()
        if previous:
            findings.add(find_file_drift(staged, previous))
        if not stops:
            lacks_base = staged.has_delta and published is None
            has_base = strict or not lacks_base
            delivery = _Delivery(database, findings, staged, has_base, on_progress)
            counts = _check_all(delivery, published, others, ownership)
            stops = [*_find_unusable_files(database, staged, ownership)]
            if lacks_base:
                stops.append(Finding("package.delta.without_base", "manifest.csv"))
            findings.add(stops)
            if previous and published:
                findings.add(find_id_drift(database, staged))
        findings.fold_consequences()
        findings.name_columns(staged.columns)
        findings.add_lines(staged.lines)
        return ValidRoster(
            workspace=staged.workspace,
            published=published,
            counts=counts,
            set_aside=_count_set_aside(database, [*counts]),
            finding_counts=findings.count("code"),
            severity_counts={
                Severity(name): count for name, count in findings.count("severity").items()
            },
            stops=tuple(stops),
            others=tuple(others),
        )


def _find_unusable_files(
    database: duckdb.DuckDBPyConnection, staged: StagedRoster, ownership: Ownership
) -> Iterator[Finding]:
    """Yield required files of which no row goes on: a column is in the wrong words, for example."""
    for resource, file in staged.files.items():
        is_needed = resource.is_required and ownership.expects(resource)
        is_whole = is_needed and file.mode is Mode.BULK
        if is_whole and not has_rows(database, f"valid_{resource}"):
            yield Finding(f"{resource}.file.empty", file.name)


@dataclass(frozen=True, slots=True)
class _Delivery:
    """What is being checked.

    Attributes:
        has_base: What references name can be known: changes alone, without what they change, tell
            of some records only.
    """

    database: duckdb.DuckDBPyConnection
    findings: Findings
    staged: StagedRoster
    has_base: bool
    on_progress: OnProgress


def _check_all(
    delivery: _Delivery,
    published: Snapshot | None,
    others: Sequence[Snapshot],
    ownership: Ownership,
) -> dict[Resource, RowCounts]:
    database, staged = delivery.database, delivery.staged
    present_notes(database, published, others)
    for resource in RESOURCES:
        present_published(database, resource, published)
        present_others(database, resource, others)
        if resource not in staged.files:
            present_absent(database, resource)
        elif published:
            fill_in_columns(database, resource, staged)
    derive_user_roles(database, staged)
    if not ownership.is_everything:
        leave_out_others(database, delivery.findings, staged, ownership)
    for resource in RESOURCES:
        database.execute(read_sql(_HERE, "foreign", resource=resource))
    for done, resource in enumerate(RESOURCES):
        delivery.on_progress(f"Checking {resource}", done, len(RESOURCES) + 1)
        _check(delivery, resource)
    delivery.on_progress("Checking relations", len(RESOURCES), len(RESOURCES) + 1)
    if delivery.has_base:
        find_relations(database, delivery.findings, [*staged.files])
    return {resource: _count_rows(database, resource, staged) for resource in staged.files}


def _check(delivery: _Delivery, resource: Resource) -> None:
    """Run the rules of one resource; afterwards its rows that stand can be referred to."""
    database, is_there = delivery.database, resource in delivery.staged.files
    inward = [field for field in references_of(resource) if field.refers_to is resource]
    outward = [field for field in references_of(resource) if field.refers_to is not resource]
    if is_there:
        _check_rows(delivery, resource)
        _check_references(delivery, outward)
    database.execute(read_sql(_HERE, "set_aside", resource=resource))
    _define_standing(delivery, resource)
    if is_there and inward:
        _check_references(delivery, inward)
        define_valid(database, resource, repair(database, resource))
    define_restated(database, resource)
    define_live(database, resource)


def _check_rows(delivery: _Delivery, resource: Resource) -> None:
    delivery.findings.match(resource, conditions_of(resource))
    delivery.database.execute(
        read_sql(_HERE, "repeated", resource=resource, columns=compared_columns(resource))
    )
    for rule in row_rules_of(resource):
        delivery.findings.run(rule)


def _check_references(delivery: _Delivery, references: list[Field]) -> None:
    for field in references if delivery.has_base else ():
        names = {"resource": field.resource, "field": field.name, "target": field.refers_to}
        delivery.database.execute(read_sql(_HERE, "loose", named=named(field), **names))
        if has_rows(delivery.database, f"loose_{field.resource}_{field.name}"):
            delivery.database.execute(read_sql(_HERE, "dangling", **names))
            for rule in reference_rules_of(field):
                delivery.findings.run(rule)


def _define_standing(delivery: _Delivery, resource: Resource) -> None:
    database, file = delivery.database, delivery.staged.files.get(resource)
    define_valid(database, resource, repair(database, resource, to_itself=False))
    keeps_all = (
        file is None
        or file.mode is Mode.DELTA
        or file.has_unreadable
        or has_unreadable_row(database, resource)
    )
    define_kept(database, resource, among="published" if keeps_all else "set_aside")
    if resource in _REFERRED_TO:
        for name in ("standing", "missing", "known"):
            database.execute(read_sql(_HERE, name, resource=resource))


def _count_set_aside(
    database: duckdb.DuckDBPyConnection, resources: list[Resource]
) -> dict[str, int]:
    """Count the rows of each file that do not go on; one row may feed several resources."""
    places = [
        f'select t.file, t.record from "{resource}" as t '
        f'semi join (from "set_aside_{resource}" where not is_repeated) as a on t.row = a.row'
        for resource in resources
        if has_rows(database, f"set_aside_{resource}")
    ]
    if not places:
        return {}
    return dict(
        database.execute(
            f"select file, count(*) from ({' union '.join(places)}) group by file order by file"
        ).fetchall()
    )


def _count_rows(
    database: duckdb.DuckDBPyConnection, resource: Resource, staged: StagedRoster
) -> RowCounts:
    file = staged.files[resource]
    aside, kept = database.execute(
        f'select (select count(*) from "set_aside_{resource}" where not is_repeated), '
        f'(select count(*) from "kept_{resource}")'
    ).fetchone() or (0, 0)
    return RowCounts(
        rows=file.rows + file.refused, refused=file.refused, set_aside=aside, kept=kept
    )
