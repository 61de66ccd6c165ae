"""A report for a spreadsheet, values included: it is the district's own."""

from __future__ import annotations

import csv
from typing import TextIO

from rollbook.reports.data import CheckReport, line_of, rows_of
from rollbook.validation.catalogue import rule_of
from rollbook.validation.data import JudgedFinding

_HEADER = (
    "severity",
    "file",
    "record",
    "line",
    "sourcedId",
    "field",
    "value",
    "message",
    "repair",
    "who",
    "rows",
    "code",
)
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(report: CheckReport, out: TextIO) -> None:
    """Write a row per finding, below a header."""
    writer = csv.writer(out)
    writer.writerow(_HEADER)
    for judged in report.findings():
        cells = _as_cells(judged)
        writer.writerow(["" if cell is None else _harmless(str(cell)) for cell in cells])


def _as_cells(judged: JudgedFinding) -> tuple[object, ...]:
    finding, rule = judged.finding, rule_of(judged.finding.code)
    return (
        judged.severity,
        finding.file,
        finding.record,
        line_of(finding),
        finding.sourced_id,
        finding.field,
        finding.value,
        rule.title,
        rule.repair,
        rule.who,
        rows_of(finding),
        finding.code,
    )


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking a value for a formula. Source: OWASP, "CSV Injection"."""
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else text
