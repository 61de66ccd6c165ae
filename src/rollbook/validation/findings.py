"""The table of findings: what goes into it, and how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from rollbook.oneroster import Resource
from rollbook.sqlfiles import read_sql
from rollbook.staging.data import Finding, FindLines
from rollbook.validation.catalogue import rule_of, severity_of
from rollbook.validation.rules import CompiledRule

_HERE = "rollbook.validation"
_ACTIVE = "coalesce(t.status, 'active') <> 'tobedeleted'"
_LINES_LIMIT = 10_000  # findings per file whose physical lines are looked for


class Findings:
    """The findings of one delivery, in the workspace's database.

    Args:
        strict: The package is held to the letter of the standard.
    """

    def __init__(self, database: duckdb.DuckDBPyConnection, *, strict: bool) -> None:
        self._database = database
        self._strict = strict
        database.execute(read_sql(_HERE, "make_findings"))

    def add(self, findings: Iterable[Finding]) -> None:
        """Add findings that were made in Python: about files and headers."""
        rows = [
            (
                finding.code.split(".")[0],
                finding.code,
                severity_of(finding.code, strict=self._strict),
                finding.file,
                finding.record,
                finding.line,
                finding.sourced_id,
                finding.field,
                finding.value,
                finding.rows,
            )
            for finding in findings
        ]
        if rows:
            self._database.executemany(
                "insert into findings (resource, code, severity, file, record, line, sourcedId, "
                "field, value, rows) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )

    def add_unclear_rows(self) -> None:
        """Add the rows that could not be read, or only with leniency."""
        for table in ("refusals", "tolerations"):
            for (code,) in self._database.execute(f"select distinct code from {table}").fetchall():
                self._database.execute(
                    read_sql(_HERE, "unclear_rows", table=table),
                    {"code": code, "severity": self._severity(code)},
                )

    def add_of_adapters(self) -> None:
        """Add what adapters of other formats found row by row."""
        codes = self._database.execute("select distinct code from adapter_findings").fetchall()
        for (code,) in codes:
            self._database.execute(
                read_sql(_HERE, "of_adapters"), {"code": code, "severity": self._severity(code)}
            )

    def name_columns(self, columns: Iterable[tuple[str, str, str, str]]) -> None:
        """Call fields as the file does: file, resource, field, the file's own column."""
        rows = [*columns]
        if rows:
            self._database.execute(
                "create or replace table own_columns "
                "(file varchar, resource varchar, field varchar, name varchar)"
            )
            self._database.executemany("insert into own_columns values (?, ?, ?, ?)", rows)
            self._database.execute(
                "update findings set field = o.name from own_columns as o where "
                "findings.file = o.file and findings.resource = o.resource "
                "and findings.field = o.field"
            )

    def add_lines(self, lines: Mapping[str, FindLines]) -> None:
        """Add the physical lines of the first records of files that number them differently."""
        for file, find_lines in lines.items():
            records = self._database.execute(
                "select distinct record from findings where file = ? and record > 1 "
                "and line is null order by record limit ?",
                [file, _LINES_LIMIT],
            ).fetchall()
            found = find_lines([record for (record,) in records])
            if found:
                self._database.execute(
                    "create or replace table own_lines (record bigint, line bigint)"
                )
                self._database.executemany("insert into own_lines values (?, ?)", [*found.items()])
                self._database.execute(
                    "update findings set line = o.line from own_lines as o "
                    "where findings.file = ? and findings.record = o.record",
                    [file],
                )

    def match(
        self, resource: Resource, conditions: Iterable[CompiledRule], *, source: str = ""
    ) -> None:
        """Run all conditions on a resource: one scan, and two more if any of them is met.

        Within `where` a condition is looked at only as far as it must be, so a resource without a
        fault, which most are, is done in a third of the time.

        Args:
            source: The view to look at. Without it, these are the rows of the file: of one that is
                marked as gone only the id is looked at.
        """
        rules = [(rule, _condition(rule, is_staged=not source)) for rule in conditions]
        if not rules or not self._is_any_met([rule for rule, _ in rules], resource, source):
            return
        met = self._met([condition for _, condition in rules], source or resource)
        found = [pair for pair, is_met in zip(rules, met, strict=True) if is_met]
        cases = ",\n        ".join(self._case(rule, condition) for rule, condition in found)
        bad = "\n    or ".join(f"({condition})" for _, condition in found)
        names = {"source": source or resource, "cases": cases, "bad": bad}
        self._database.execute(read_sql(_HERE, "matches", resource=resource, **names))

    def _is_any_met(self, rules: list[CompiledRule], resource: Resource, source: str) -> bool:
        of_ids = [rule.sql for rule in rules if rule.field == "sourcedId"]
        others = [rule.sql for rule in rules if rule.field != "sourcedId"]
        bad = [_any_of(of_ids), f"({_ACTIVE if not source else 'true'} and {_any_of(others)})"]
        query = f'select 1 from "{source or resource}" as t where {" or ".join(bad)} limit 1'
        return self._database.execute(query).fetchone() is not None

    def _met(self, conditions: list[str], source: str) -> tuple[bool | None, ...]:
        """Say of each condition whether any row meets it."""
        columns = ",\n    ".join(f"bool_or({condition})" for condition in conditions)
        row = self._database.execute(f'select\n    {columns}\nfrom "{source}" as t').fetchone()
        return row or ()

    def run(self, rule: CompiledRule) -> None:
        """Run a rule that selects the bad rows itself."""
        known = rule_of(rule.code)
        self._database.execute(
            "insert into findings by name "
            "select $resource as resource, $code as code, $severity as severity, "
            f"$drops as drops_value, r.* from (\n{rule.sql}\n) as r",
            {
                "resource": rule.code.split(".")[0],
                "code": rule.code,
                "severity": self._severity(rule.code),
                "drops": known.drops_value,
            },
        )

    def fold_consequences(self) -> None:
        """Leave one finding for each record set aside of all rows that follow from it."""
        self._database.execute(read_sql(_HERE, "fold"))

    def count(self, column: str) -> dict[str, int]:
        """Count findings by a column."""
        return dict(
            self._database.execute(
                f"select {column}, count(*) from findings group by all order by all"
            ).fetchall()
        )

    def _severity(self, code: str) -> str:
        return str(severity_of(code, strict=self._strict))

    def _case(self, rule: CompiledRule, condition: str) -> str:
        drops = str(rule_of(rule.code).drops_value).lower()
        return (
            f"case when {condition} then {{'code': '{rule.code}', "
            f"'severity': '{self._severity(rule.code)}', 'drops_value': {drops}, "
            f"'field': '{rule.field}', 'value': left(t.\"{rule.field}\", 500)}} end"
        )


def _condition(rule: CompiledRule, *, is_staged: bool) -> str:
    if is_staged and rule.field != "sourcedId":
        return f"{_ACTIVE} and ({rule.sql})"
    return rule.sql


def _any_of(conditions: list[str]) -> str:
    return "(" + "\n    or ".join(f"({it})" for it in conditions or ["false"]) + ")"
