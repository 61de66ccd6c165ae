"""A report for code hosts and editors. Source: SARIF 2.1.0 (OASIS)."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from typing import TextIO
from urllib.parse import quote

from rollbook.reports.data import CheckReport, line_of, rows_of
from rollbook.reports.masking import visible
from rollbook.reports.places import further_rows_of
from rollbook.staging.data import Finding
from rollbook.validation.catalogue import Rule, rule_of
from rollbook.validation.data import JudgedFinding
from rollbook.validation.severity import Severity

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def write_sarif(report: CheckReport, out: TextIO) -> None:
    """Write one run with a result per finding; a region's line is the line of the file."""
    rules = [_as_rule(rule) for rule, _ in report.rules()]
    driver: dict[str, object] = {"name": "rollbook", "rules": rules}
    if (number := _version()) is not None:
        driver["version"] = number
    out.write(f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{"tool": ')
    out.write(json.dumps({"driver": driver}, ensure_ascii=False))
    out.write(', "columnKind": "unicodeCodePoints", "results": [')
    separator = "\n"
    for judged in report.findings():
        out.write(separator + json.dumps(_as_result(judged, report), ensure_ascii=False))
        separator = ",\n"
    out.write("\n]}]}\n")


def _version() -> str | None:
    try:
        return version("rollbook")
    except PackageNotFoundError:  # it runs from its source
        return None


def _as_rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.meaning},
        "help": {"text": f"{rule.repair} (for: {rule.who})"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _as_result(judged: JudgedFinding, report: CheckReport) -> dict[str, object]:
    finding = judged.finding
    result: dict[str, object] = {
        "ruleId": finding.code,
        "level": _LEVELS[judged.severity],
        "message": {"text": _message(finding, report)},
        "locations": [{"physicalLocation": _location(finding)}],
        "occurrenceCount": rows_of(finding),
    }
    if finding.record:
        result["properties"] = {"record": finding.record}
    return result


def _message(finding: Finding, report: CheckReport) -> str:
    rule = rule_of(finding.code)
    value = f": {visible(report.shown(finding))}" if finding.value else ""
    further = f" ({more})" if (more := further_rows_of(finding)) else ""
    return f"{rule.title}{value}{further}. {rule.repair}"


def _location(finding: Finding) -> dict[str, object]:
    location: dict[str, object] = {"artifactLocation": {"uri": quote(finding.file)}}
    line = line_of(finding) or finding.record
    if line:
        location["region"] = {"startLine": line}
    return location
