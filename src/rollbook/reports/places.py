"""Where findings are: the first of each rule, and the words for a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields

from rollbook.reports.data import CheckReport, line_of, rows_of
from rollbook.staging.data import Finding

Places = Mapping[str, list[Finding]]

_FIRST_OF_EACH = """
    select f.*
    from findings as f
    qualify
        row_number() over (partition by f.code order by f.file, f.record, f.field, f.value) <= $most
    order by f.code, f.file, f.record, f.field, f.value
"""
_ATTRIBUTES = {"sourcedId": "sourced_id"}
_KNOWN = {field.name for field in fields(Finding)}


def first_of_each(report: CheckReport, *, most: int) -> Places:
    """Return the first findings of each rule by file and record, at most so many of each.

    The database picks them, so that a million findings of one rule never pass through Python.
    """
    places: dict[str, list[Finding]] = defaultdict(list)
    with report.valid.workspace.connect() as database:
        result = database.execute(_FIRST_OF_EACH, {"most": most})
        names = [_ATTRIBUTES.get(column[0], column[0]) for column in result.description]
        for row in result.fetchall():
            values = dict(zip(names, row, strict=True))
            finding = Finding(**{name: values[name] for name in _KNOWN & values.keys()})
            places[finding.code].append(finding)
    return places


def place_of(finding: Finding) -> str:
    """Return where a finding is: "record 12 (line 15 of the file)"."""
    if finding.record is None:
        return "the whole file"
    if finding.record == 1:
        return "the header"
    line = line_of(finding)
    return f"record {finding.record:,}" + (f" (line {line:,} of the file)" if line else "")


def further_rows_of(finding: Finding) -> str:
    """Return what else a finding stands for: "and 24 further rows for the same reason"."""
    more = rows_of(finding) - 1
    if not more:
        return ""
    return f"and {more:,} further {'row' if more == 1 else 'rows'} for the same reason"
