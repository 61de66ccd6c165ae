"""Changes for a terminal: counts by resource and by school, then the first records of each."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from rich.text import Text

from rollbook.diff.data import KindCounts
from rollbook.diff.records import RecordChange
from rollbook.reports.changes.data import KINDS, ChangesReport, amount_of
from rollbook.reports.changes.sentences import what_differs, what_to_look_at
from rollbook.reports.console import open_console, open_table, print_line, print_lines, print_table
from rollbook.reports.masking import visible
from rollbook.reports.wording import CHANGES, MASKED, resource_name

if TYPE_CHECKING:
    from rich.console import Console

_EXAMPLES = 5
_STYLES = {"create": "green", "update": "blue", "abandon": "red", "rekey": "yellow"}


def write_changes_text(report: ChangesReport, out: TextIO) -> None:
    """Write the changes for a person to read from top to bottom."""
    console = open_console(out)
    print_lines(console, visible(f"{report.new} compared with {report.old}.", longest=None))
    print_lines(console, visible(what_differs(report), longest=None), style="bold")
    console.print()
    if not report.changes.is_empty:
        named = [(resource_name(it), counts) for it, counts in report.counts.items()]
        _write_counts("Resource", named, console)
        _write_schools(report, console)
        _write_records(report, console)
    print_lines(console, visible(f"Next: {what_to_look_at(report)}", longest=None))
    if not report.shows_values and not report.changes.is_empty:
        print_lines(console, MASKED, style="dim")


def _write_counts(heading: str, rows: Iterable[tuple[str, KindCounts]], console: Console) -> None:
    table = open_table(console)
    table.add_column(heading, overflow="fold")
    for kind in KINDS:
        table.add_column(CHANGES[kind], justify="right")
    for name, counts in rows:
        table.add_row(Text(visible(name)), *(f"{amount_of(counts, kind):,}" for kind in KINDS))
    print_table(console, table)


def _write_schools(report: ChangesReport, console: Console) -> None:
    rows = []
    for school in report.schools():
        sums = {
            kind: sum(amount_of(counts, kind) for counts in school.counts.values())
            for kind in KINDS
        }
        rows.append((school.name or school.sourced_id, KindCounts(**sums)))
    if rows:
        _write_counts("School or office", rows, console)


def _write_records(report: ChangesReport, console: Console) -> None:
    changes = sorted(
        report.records(most_of_each=_EXAMPLES),
        key=lambda it: (list(report.counts).index(it.resource), KINDS.index(it.change)),
    )
    for (resource, kind), group in groupby(changes, key=lambda it: (it.resource, it.change)):
        listed, total = list(group), amount_of(report.counts[resource], kind)
        heading = f"{resource_name(resource)}: {CHANGES[kind].lower()}"
        print_line(console, heading, style=f"bold {_STYLES[kind]}")
        for change in listed:
            _write_record(change, report, console)
        if total > len(listed):
            print_line(console, f"and {total - len(listed):,} more", indent=2)
        console.print()


def _write_record(change: RecordChange, report: ChangesReport, console: Console) -> None:
    named = visible(report.shown(change.sourced_id))
    if change.was is not None:
        named = f"{visible(report.shown(change.was))} -> {named}"
    label = f"  {visible(report.shown(change.label))}" if change.label else ""
    place = f"  ({change.file}, record {change.record:,})" if change.record else ""
    print_line(console, f"{named}{label}{visible(place)}", indent=2)
    if change.change in ("update", "rekey"):
        for name, (before, after) in change.fields.items():
            print_line(
                console, f"{name}: {_shown(before, report)} -> {_shown(after, report)}", indent=6
            )


def _shown(value: str | None, report: ChangesReport) -> str:
    return "(empty)" if value is None else visible(report.shown(value))
