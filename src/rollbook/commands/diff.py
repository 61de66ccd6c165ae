"""`rollbook diff`: what one export changes over another, without a server."""

from __future__ import annotations

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
    demand_usable,
    read_before,
    read_package,
    reading_with,
)
from rollbook.commands.progress import show_progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollbook.progress import OnProgress
    from rollbook.reports.changes.data import ChangesReport
    from rollbook.staging.formats.options import Derivation

    _Writer = Callable[[ChangesReport, TextIO], None]


class ChangesFormat(StrEnum):
    """How the changes are written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def diff(
    old: Annotated[Path, typer.Argument(help="The export that is taken as published.")],
    new: Annotated[Path, typer.Argument(help="The export that is compared with it.")],
    report_format: Annotated[
        ChangesFormat, typer.Option("--format", help="How the changes are written.")
    ] = ChangesFormat.TEXT,
    out: OutPath = None,
    mapping: MapFile = None,
    without: Without = None,
    show_values: ShowValues = False,
    quiet: Quiet = False,
    memory_limit: MemoryLimit = DEFAULT_MEMORY_LIMIT,
) -> int:
    """Show what an export would change over another: created, updated, removed, re-keyed.

    Needs no database and changes nothing. Exits with 0 whether anything differs or not, 2 when one
    of the two cannot be read or would not be used, 3 when the command was called wrongly.
    """
    import tempfile

    with tempfile.TemporaryDirectory(prefix="rollbook-diff-") as folder:
        with show_progress(quiet=quiet) as on_progress:
            report = _compare(
                old, new, mapping, without, Path(folder), memory_limit, show_values, on_progress
            )
        write_report(changes_writer(report_format), report, out, quiet=quiet)
    if out:
        from rollbook.reports.changes.sentences import what_differs

        say(f"{what_differs(report)} The report is in {out}.", quiet=quiet)
    return ExitCode.OK


def _compare(
    old: Path,
    new: Path,
    mapping: Path | None,
    without: list[Derivation] | None,
    folder: Path,
    memory_limit: str,
    show_values: bool,
    on_progress: OnProgress,
) -> ChangesReport:
    from datetime import UTC, datetime

    from rollbook.diff.compute import compute_change_set
    from rollbook.reports.changes.data import ChangesReport
    from rollbook.staging.data import Workspace
    from rollbook.validation.problems import find_problems

    (folder / "old").mkdir()
    (folder / "new").mkdir()
    reading = reading_with(mapping, without=without)
    before = read_before(old, Workspace(folder / "old", memory_limit), on_progress, reading)
    reading = before.reading_after(reading)
    staged = read_package(new, Workspace(folder / "new", memory_limit), on_progress, reading)
    on_progress(f"Checking {new.name}")
    valid = find_problems(staged, published=before.snapshot, on_progress=on_progress)
    demand_usable(new.name, valid)
    on_progress("Comparing")
    return ChangesReport(
        old=old.resolve().name,
        new=new.resolve().name,
        changes=compute_change_set(valid),
        set_aside=sum(valid.set_aside.values()) + sum(file.refused for file in staged.read),
        shows_values=show_values,
        made_at=datetime.now(UTC).astimezone(),
    )


def changes_writer(report_format: ChangesFormat) -> _Writer:
    """Return what writes changes in a format."""
    match report_format:
        case ChangesFormat.TEXT:
            from rollbook.reports.changes.text import write_changes_text as write
        case ChangesFormat.JSON:
            from rollbook.reports.changes.json import write_changes_json as write
        case ChangesFormat.HTML:
            from rollbook.reports.changes.html import write_changes_html as write
    return write
