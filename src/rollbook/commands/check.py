"""`rollbook check`: the server's own checks, without a server."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from rollbook.commands.exit_codes import ExitCode
from rollbook.commands.output import OutPath, Quiet, ShowValues, say, write_report
from rollbook.commands.packages import (
    DEFAULT_MEMORY_LIMIT,
    MapFile,
    MemoryLimit,
    Without,
    read_before,
    read_package,
    reading_with,
)
from rollbook.commands.progress import show_progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollbook.progress import OnProgress
    from rollbook.reports.data import CheckReport
    from rollbook.staging.data import Workspace
    from rollbook.staging.formats.options import Derivation

    _Writer = Callable[[CheckReport, TextIO], None]


class ReportFormat(StrEnum):
    """How the findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    HTML = "html"
    CSV = "csv"


class FailOn(StrEnum):
    """From which severity on the command fails."""

    ERROR = "error"
    WARNING = "warning"


def check(
    path: Annotated[Path, typer.Argument(help="The export: a ZIP, or a folder of its files.")],
    previous: Annotated[
        Path | None,
        typer.Option(help="The export before it: what is gone or looks different is reported."),
    ] = None,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Hold the export to the letter of the standard."),
    ] = False,
    mapping: MapFile = None,
    without: Without = None,
    previous_mapping: Annotated[
        Path | None,
        typer.Option("--previous-map", help="The mapping file of the export before, if another."),
    ] = None,
    report_format: Annotated[
        ReportFormat, typer.Option("--format", help="How the report is written.")
    ] = ReportFormat.TEXT,
    out: OutPath = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="From which severity on to exit with 1.")
    ] = FailOn.ERROR,
    show_values: ShowValues = False,
    quiet: Quiet = False,
    memory_limit: MemoryLimit = DEFAULT_MEMORY_LIMIT,
) -> int:
    """Check an export and report every problem in it.

    Needs no database and changes nothing. Exits with 0 when the export is clean, 1 when something
    was found, 2 when it cannot be read, 3 when the command was called wrongly.
    """
    import tempfile

    with tempfile.TemporaryDirectory(prefix="rollbook-check-") as folder:
        plan = _Plan(
            path, previous, strict, mapping, previous_mapping, without, Path(folder), memory_limit
        )
        with show_progress(quiet=quiet) as on_progress:
            report = _check(plan, show_values=show_values, on_progress=on_progress)
        write_report(
            _writer(report_format),
            report,
            out,
            quiet=quiet,
            is_for_spreadsheets=report_format is ReportFormat.CSV,
        )
    if out:
        from rollbook.reports.sentences import what_was_found

        say(f"{what_was_found(report)} The report is in {out}.", quiet=quiet)
    return _exit_code(report, fail_on)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to check, and how."""

    path: Path
    previous: Path | None
    is_strict: bool
    mapping: Path | None
    previous_mapping: Path | None
    without: list[Derivation] | None
    folder: Path
    memory_limit: str

    def workspace(self, name: str) -> Workspace:
        from rollbook.staging.data import Workspace

        folder = self.folder / name
        folder.mkdir()
        return Workspace(folder, self.memory_limit)


def _check(plan: _Plan, *, show_values: bool, on_progress: OnProgress) -> CheckReport:
    from datetime import UTC, datetime

    from rollbook.reports.data import CheckReport
    from rollbook.validation.drift import shape_of
    from rollbook.validation.problems import find_problems

    reading = reading_with(plan.mapping, plan.previous_mapping, without=plan.without)
    reading, before = replace(reading, strict=plan.is_strict), None
    if plan.previous:
        earlier = reading_with(plan.previous_mapping or plan.mapping, without=plan.without)
        before = read_before(plan.previous, plan.workspace("before"), on_progress, earlier)
        reading = before.reading_after(reading)
    staged = read_package(plan.path, plan.workspace("now"), on_progress, reading)
    on_progress(f"Checking {plan.path.name}")
    valid = find_problems(
        staged,
        published=before.snapshot if before else None,
        previous=shape_of(before.staged) if before else None,
        strict=plan.is_strict,
        on_progress=on_progress,
    )
    return CheckReport(
        plan.path.resolve().name,
        staged,
        valid,
        shows_values=show_values,
        is_strict=plan.is_strict,
        checked_at=datetime.now(UTC).astimezone(),
    )


def _exit_code(report: CheckReport, fail_on: FailOn) -> ExitCode:
    from rollbook.validation.severity import Severity

    failing = [Severity.ERROR] + [Severity.WARNING] * (fail_on is FailOn.WARNING)
    return ExitCode.FAILED if any(map(report.count_of, failing)) else ExitCode.OK


def _writer(report_format: ReportFormat) -> _Writer:
    match report_format:
        case ReportFormat.TEXT:
            from rollbook.reports.text import write_text as write
        case ReportFormat.JSON:
            from rollbook.reports.json import write_json as write
        case ReportFormat.SARIF:
            from rollbook.reports.sarif import write_sarif as write
        case ReportFormat.HTML:
            from rollbook.reports.html import write_html as write
        case ReportFormat.CSV:
            from rollbook.reports.csv import write_csv as write
    return write
