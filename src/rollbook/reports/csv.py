"""A report for a spreadsheet, values included: it is the district's own."""

from __future__ import annotations

import csv
from typing import TextIO

from rollbook.reports.data import CheckReport
from rollbook.validation.catalogue import rule_of

_HEADER = (
    "severity",
    "file",
    "record",
    "sourcedId",
    "field",
    "value",
    "message",
    "repair",
    "code",
)


def write_csv(report: CheckReport, out: TextIO) -> None:
    """Write a row per finding, below a header."""
    writer = csv.writer(out)
    writer.writerow(_HEADER)
    for judged in report.findings():
        finding, rule = judged.finding, rule_of(judged.finding.code)
        cells = (
            judged.severity,
            finding.file,
            finding.record,
            finding.sourced_id,
            finding.field,
            finding.value,
            rule.title,
            rule.repair,
            finding.code,
        )
        writer.writerow(["" if cell is None else _harmless(str(cell)) for cell in cells])


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking a value for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
