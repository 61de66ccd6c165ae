"""A report for programs, values included: it is the district's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from rollbook.reports.data import CheckReport, line_of, rows_of
from rollbook.validation.catalogue import rule_of
from rollbook.validation.data import JudgedFinding


def write_json(report: CheckReport, out: TextIO) -> None:
    """Write `{"format", "because", "files", "summary", "findings"}`, a finding per line."""
    head = {
        "format": report.format,
        "because": report.because or None,
        "files": [
            {"name": file.name, "rows": file.rows, "refused": file.refused}
            for file in report.staged.read
        ],
        "summary": dict(report.valid.finding_counts),
    }
    write_streamed(head, "findings", map(_as_json, report.findings()), out)


def write_streamed(
    head: Mapping[str, object], name: str, entries: Iterable[dict[str, object]], out: TextIO
) -> None:
    """Write an object whose last member is a list, one entry after the other, each on its line."""
    out.write(json.dumps(head, ensure_ascii=False)[:-1])
    out.write(f', "{name}": [')
    out.writelines(_separated(entries))
    out.write("\n]}\n")


def _separated(entries: Iterable[dict[str, object]]) -> Iterator[str]:
    separator = "\n"
    for entry in entries:
        yield separator + json.dumps(entry, ensure_ascii=False)
        separator = ",\n"


def _as_json(judged: JudgedFinding) -> dict[str, object]:
    finding, rule = judged.finding, rule_of(judged.finding.code)
    return {
        "code": finding.code,
        "severity": judged.severity,
        "file": finding.file,
        "record": finding.record,
        "line": line_of(finding),
        "rows": rows_of(finding),
        "sourcedId": finding.sourced_id,
        "field": finding.field,
        "value": finding.value,
        "message": rule.title,
        "repair": rule.repair,
    }
