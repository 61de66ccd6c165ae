"""A report for programs, values included: it is the district's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TextIO

from rollbook.reports.data import CheckReport
from rollbook.validation.catalogue import rule_of
from rollbook.validation.data import JudgedFinding


def write_json(report: CheckReport, out: TextIO) -> None:
    """Write `{"format", "files", "summary", "findings"}`, a finding per line."""
    head = {
        "format": report.staged.format,
        "files": [
            {"name": file.name, "rows": file.rows, "refused": file.refused}
            for file in report.staged.read
        ],
        "summary": dict(report.valid.finding_counts),
    }
    out.write(json.dumps(head, ensure_ascii=False)[:-1])
    out.write(', "findings": [')
    for text in _separated(report.findings()):
        out.write(text)
    out.write("\n]}\n")


def _separated(findings: Iterator[JudgedFinding]) -> Iterator[str]:
    separator = "\n"
    for judged in findings:
        yield separator + json.dumps(_as_json(judged), ensure_ascii=False)
        separator = ",\n"


def _as_json(judged: JudgedFinding) -> dict[str, object]:
    finding, rule = judged.finding, rule_of(judged.finding.code)
    return {
        "code": finding.code,
        "severity": judged.severity,
        "file": finding.file,
        "record": finding.record,
        "sourcedId": finding.sourced_id,
        "field": finding.field,
        "value": finding.value,
        "message": rule.title,
        "repair": rule.repair,
    }
