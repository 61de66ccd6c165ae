"""The table of findings: what goes into it, and how it is read."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from rollbook.oneroster import Resource
from rollbook.sqlfiles import read_sql
from rollbook.staging.data import Finding
from rollbook.validation.catalogue import rule_of, severity_of
from rollbook.validation.rules import CompiledRule

_HERE = "rollbook.validation"


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

    def add_refusals(self) -> None:
        """Add the rows that could not be read."""
        for (code,) in self._database.execute("select distinct code from refusals").fetchall():
            self._database.execute(
                read_sql(_HERE, "refused"), {"code": code, "severity": self._severity(code)}
            )

    def match(
        self, resource: Resource, conditions: Iterable[CompiledRule], *, source: str = ""
    ) -> None:
        """Run all conditions on a resource in one scan.

        Args:
            source: The view to look at. Without it, these are the rows of the file: of one that is
                marked as gone only the id is looked at.
        """
        rules = [*conditions]
        if not rules:
            return
        about_ids = [rule for rule in rules if rule.field == "sourcedId" and not source]
        others = [rule for rule in rules if rule not in about_ids]
        is_here = "true" if source else "coalesce(t.status, 'active') <> 'tobedeleted'"
        cases = [self._case(rule, "true") for rule in about_ids]
        cases += [self._case(rule, is_here) for rule in others]
        names = {
            "cases": ",\n        ".join(cases),
            "is_here": is_here,
            "bad_ids": _any(about_ids),
            "bad": _any(others),
        }
        self._database.execute(
            read_sql(_HERE, "matches", resource=resource, source=source or resource, **names)
        )

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

    def _case(self, rule: CompiledRule, is_here: str) -> str:
        drops = str(rule_of(rule.code).drops_value).lower()
        return (
            f"case when {is_here} and ({rule.sql}) then {{'code': '{rule.code}', "
            f"'severity': '{self._severity(rule.code)}', 'drops_value': {drops}, "
            f"'field': '{rule.field}', 'value': left(t.\"{rule.field}\", 500)}} end"
        )


def _any(rules: Iterable[CompiledRule]) -> str:
    return "\n    or ".join(f"({rule.sql})" for rule in rules) or "false"
