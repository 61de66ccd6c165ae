"""`rollbook check`: the server's own checks, without a server."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from rollbook.commands.exit_codes import ExitCode

if TYPE_CHECKING:
    from rollbook.reports.data import CheckReport
    from rollbook.staging.data import Snapshot


class ReportFormat(StrEnum):
    """How the findings are written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    SARIF = "sarif"


class FailOn(StrEnum):
    """From which severity on the command fails."""

    ERROR = "error"
    WARNING = "warning"


def check(
    path: Annotated[Path, typer.Argument(help="A ZIP of OneRoster CSV files, or their folder.")],
    previous: Annotated[
        Path | None, typer.Option(help="The package before it, to check against.")
    ] = None,
    report_format: Annotated[
        ReportFormat, typer.Option("--format", help="How findings are written.")
    ] = ReportFormat.TEXT,
    out: Annotated[Path | None, typer.Option(help="A file to write to.")] = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="From which severity on to exit with 1.")
    ] = FailOn.ERROR,
    show_values: Annotated[
        bool, typer.Option("--show-values", help="Do not mask values in text and SARIF.")
    ] = False,
    memory_limit: Annotated[str, typer.Option(help="For example 512MB or 2GB.")] = "1GB",
) -> int:
    """Check a package and report every problem; needs no database and changes nothing."""
    import tempfile

    from rollbook.reports.data import CheckReport
    from rollbook.staging.data import Workspace
    from rollbook.staging.stage import stage_files
    from rollbook.validation.problems import find_problems
    from rollbook.validation.severity import Severity

    with tempfile.TemporaryDirectory(prefix="rollbook-check-") as folder:
        workspace = Workspace(Path(folder), memory_limit=memory_limit)
        published = _snapshot_of(previous, Path(folder), memory_limit) if previous else None
        staged = stage_files(path, workspace=workspace)
        valid = find_problems(staged, published=published)
        _write(CheckReport(path.name, staged, valid, shows_values=show_values), report_format, out)
        counts = valid.severity_counts
        failing = [Severity.ERROR] + [Severity.WARNING] * (fail_on is FailOn.WARNING)
        return ExitCode.FAILED if any(counts.get(name) for name in failing) else ExitCode.OK


def _snapshot_of(path: Path, folder: Path, memory_limit: str) -> Snapshot:
    """Stage a package as if it had been published, and return its snapshot."""
    from rollbook.diff.compute import compute_change_set
    from rollbook.diff.snapshot import write_snapshot
    from rollbook.staging.data import Workspace
    from rollbook.staging.stage import stage_files
    from rollbook.validation.problems import find_problems

    before = folder / "previous"
    before.mkdir()
    staged = stage_files(path, workspace=Workspace(before, memory_limit=memory_limit))
    return write_snapshot(compute_change_set(find_problems(staged, published=None)))


def _write(report: CheckReport, report_format: ReportFormat, path: Path | None) -> None:
    if path is None:
        _writer(report_format)(report, sys.stdout)
        return
    with path.open("w", encoding="utf-8", newline="") as out:
        _writer(report_format)(report, out)


def _writer(report_format: ReportFormat) -> _Writer:
    from rollbook.reports.csv import write_csv
    from rollbook.reports.json import write_json
    from rollbook.reports.sarif import write_sarif
    from rollbook.reports.text import write_text

    return {
        ReportFormat.TEXT: write_text,
        ReportFormat.JSON: write_json,
        ReportFormat.CSV: write_csv,
        ReportFormat.SARIF: write_sarif,
    }[report_format]


if TYPE_CHECKING:
    from collections.abc import Callable

    _Writer = Callable[[CheckReport, TextIO], None]
