"""A report for a terminal: what was read, what was found, each rule with its first places."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rich.text import Text

from rollbook.reports.console import (
    SEVERITY_STYLES,
    open_console,
    open_table,
    print_line,
    print_lines,
    print_table,
)
from rollbook.reports.data import CheckReport
from rollbook.reports.masking import visible
from rollbook.reports.places import Places, first_of_each, further_rows_of, place_of
from rollbook.reports.sentences import what_happens_next, what_was_found, what_was_read
from rollbook.reports.wording import MASKED, severity_noun
from rollbook.staging.data import Finding
from rollbook.validation.catalogue import Rule

if TYPE_CHECKING:
    from rich.console import Console

_EXAMPLES = 3


def write_text(report: CheckReport, out: TextIO) -> None:
    """Write the report for a person to read from top to bottom."""
    console = open_console(out)
    print_lines(console, visible(what_was_read(report), longest=None))
    console.print()
    _write_files(report, console)
    print_lines(console, what_was_found(report), style="bold")
    console.print()
    if report.rules():
        places = first_of_each(report, most=_EXAMPLES)
        _write_rules(report, places, console)
        _write_details(report, places, console)
    print_lines(console, f"Next: {what_happens_next(report)}")
    if report.rules() and not report.shows_values:
        print_lines(console, MASKED, style="dim")


def _write_files(report: CheckReport, console: Console) -> None:
    if not report.staged.read:
        return
    table = open_table(console)
    table.add_column("File", overflow="fold")
    for name in ("Rows", "Refused", "Set aside"):
        table.add_column(name, justify="right")
    for file in report.staged.read:
        amounts = (file.rows, file.refused, report.valid.set_aside.get(file.name, 0))
        table.add_row(Text(visible(file.name)), *(f"{amount:,}" for amount in amounts))
    print_table(console, table)


def _write_rules(report: CheckReport, places: Places, console: Console) -> None:
    table = open_table(console)
    table.add_column("Weight", no_wrap=True)
    table.add_column("Times", justify="right", no_wrap=True)
    table.add_column("What is wrong", ratio=1)
    table.add_column("Where", overflow="fold")
    table.add_column("Who repairs it", no_wrap=True)
    for rule, count in report.rules():
        file = places[rule.code][0].file
        table.add_row(
            _weight(rule), f"{count:,}", Text(visible(rule.title)), Text(visible(file)), rule.who
        )
    print_table(console, table)


def _write_details(report: CheckReport, places: Places, console: Console) -> None:
    for rule, count in report.rules():
        heading = Text.assemble(_weight(rule, capital=True), "  ", (visible(rule.title), "bold"))
        console.print(heading, soft_wrap=True)
        print_lines(console, rule.meaning, indent=2)
        print_lines(console, f"Repair ({rule.who}): {rule.repair}", indent=2)
        for finding in places[rule.code]:
            print_line(console, _example(finding, report), indent=4)
        if count > len(places[rule.code]):
            print_line(console, f"and {count - len(places[rule.code]):,} more", indent=4)
        print_line(console, f"code {rule.code}", indent=2, style="dim")
        console.print()


def _weight(rule: Rule, *, capital: bool = False) -> Text:
    word = severity_noun(rule.severity)
    return Text(word.upper() if capital else word, style=SEVERITY_STYLES[rule.severity])


def _example(finding: Finding, report: CheckReport) -> str:
    said = f"{visible(finding.file)}, {place_of(finding)}"
    if finding.field:
        said += f", {visible(finding.field)}"
    if finding.value:
        said += f": {visible(report.shown(finding))}"
    further = further_rows_of(finding)
    return f"{said}, {further}" if further else said
