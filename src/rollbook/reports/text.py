"""A report for a terminal: what was read, then each rule with its count and first places."""

from __future__ import annotations

from collections import defaultdict
from typing import TextIO

from rollbook.reports.data import CheckReport
from rollbook.staging.data import Finding
from rollbook.validation.catalogue import Rule

_EXAMPLES = 3


def write_text(report: CheckReport, out: TextIO) -> None:
    """Write the report in lines of plain text."""
    out.write(
        f"{report.name}: {report.staged.format.full_name}, because {report.staged.because}\n\n"
    )
    for file in report.staged.read:
        refused = f", {file.refused:,} refused" if file.refused else ""
        out.write(f"  {file.name:<22} {file.rows:>12,} rows{refused}\n")
    out.write("\n")
    examples = _first_of_each(report)
    for rule, count in report.rules():
        _write_rule(rule, count, examples[rule.code], report, out)
    severities = report.valid.severity_counts
    counts = ", ".join(f"{count:,} {name}" for name, count in severities.items())
    out.write(f"{counts or 'Nothing to repair: every row passed every check'}.\n")


def _first_of_each(report: CheckReport) -> dict[str, list[Finding]]:
    examples: dict[str, list[Finding]] = defaultdict(list)
    for judged in report.findings():
        if len(examples[judged.finding.code]) < _EXAMPLES:
            examples[judged.finding.code].append(judged.finding)
    return examples


def _write_rule(
    rule: Rule, count: int, examples: list[Finding], report: CheckReport, out: TextIO
) -> None:
    out.write(f"{rule.severity.upper()}  {rule.title}  ({count:,} × {rule.code})\n")
    out.write(f"    {rule.meaning}\n")
    out.write(f"    Repair ({rule.who}): {rule.repair}\n")
    for finding in examples:
        place = f"record {finding.record}" if finding.record else "the file"
        value = f": {report.shown(finding.value)}" if finding.value else ""
        out.write(f"      {finding.file}, {place}{value}\n")
    if count > len(examples):
        out.write(f"      and {count - len(examples):,} more\n")
    out.write("\n")
