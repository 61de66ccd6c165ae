"""Changes for programs, values included: it is the district's own."""

from __future__ import annotations

from dataclasses import asdict
from typing import TextIO

from rollbook.diff.records import RecordChange
from rollbook.reports.changes.data import ChangesReport
from rollbook.reports.json import write_streamed


def write_changes_json(report: ChangesReport, out: TextIO) -> None:
    """Write `{"summary", "schools", "changes"}`, a change per line."""
    head: dict[str, object] = {
        "summary": {name: asdict(counts) for name, counts in report.counts.items()},
        "schools": {
            school.sourced_id: {
                "name": school.name,
                "summary": {name: asdict(counts) for name, counts in school.counts.items()},
            }
            for school in report.schools()
        },
    }
    write_streamed(head, "changes", map(_as_json, report.records()), out)


def _as_json(change: RecordChange) -> dict[str, object]:
    entry: dict[str, object] = {
        "resource": change.resource,
        "sourcedId": change.sourced_id,
        "change": change.change,
    }
    if change.was is not None:
        entry |= {"from": change.was, "evidence": change.evidence}
    return {**entry, "file": change.file, "record": change.record, "fields": change.fields}
