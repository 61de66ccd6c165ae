"""A report for code hosts and editors. Source: SARIF 2.1.0 (OASIS)."""

from __future__ import annotations

import json
from typing import TextIO

from rollbook.reports.data import CheckReport
from rollbook.validation.catalogue import Rule, rule_of
from rollbook.validation.data import JudgedFinding
from rollbook.validation.severity import Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def write_sarif(report: CheckReport, out: TextIO) -> None:
    """Write one run with a result per finding; a record is a region's line."""
    rules = [_as_rule(rule) for rule, _ in report.rules()]
    driver = {"name": "rollbook", "rules": rules}
    out.write('{"version": "2.1.0", "runs": [{"tool": ')
    out.write(json.dumps({"driver": driver}))
    out.write(', "results": [')
    separator = "\n"
    for judged in report.findings():
        out.write(separator + json.dumps(_as_result(judged, report), ensure_ascii=False))
        separator = ",\n"
    out.write("\n]}]}\n")


def _as_rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.meaning},
        "help": {"text": rule.repair},
    }


def _as_result(judged: JudgedFinding, report: CheckReport) -> dict[str, object]:
    finding = judged.finding
    rule = rule_of(finding.code)
    value = f": {report.shown(finding.value)}" if finding.value else ""
    location: dict[str, object] = {"artifactLocation": {"uri": finding.file}}
    if finding.record:
        location["region"] = {"startLine": finding.record}
    return {
        "ruleId": finding.code,
        "level": _LEVELS[judged.severity],
        "message": {"text": f"{rule.title}{value}. {rule.repair}"},
        "locations": [{"physicalLocation": location}],
    }
