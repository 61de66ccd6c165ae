"""`rollbook convert`: a package in another format, and what that format cannot say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rollbook.commands.exit_codes import ExitCode
from rollbook.commands.output import Quiet, demand_new
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

# What `--to` takes. It is read to show the help, so it must not load DuckDB.
from rollbook.staging.formats.data import Format

if TYPE_CHECKING:
    from rollbook.convert.data import Conversion, Loss
    from rollbook.validation.data import ValidRoster


def convert(
    path: Annotated[Path, typer.Argument(help="A ZIP of roster files, or their folder.")],
    out: Annotated[Path, typer.Argument(help="Folder to write the files to, or a .zip file.")],
    to: Annotated[Format, typer.Option("--to", help="The format to write.")],
    previous: Annotated[
        Path | None,
        typer.Option(help="The complete export before, for one that lists changes only."),
    ] = None,
    mapping: MapFile = None,
    without: Without = None,
    quiet: Quiet = False,
    memory_limit: MemoryLimit = DEFAULT_MEMORY_LIMIT,
) -> int:
    """Write a package in another format, and list what cannot be carried over."""
    import tempfile

    from rollbook.convert.losses import lost_secrets
    from rollbook.convert.write import write_package
    from rollbook.staging.data import Workspace
    from rollbook.validation.problems import find_problems

    demand_new(out)
    with (
        tempfile.TemporaryDirectory(prefix="rollbook-convert-") as folder,
        show_progress(quiet=quiet) as on_progress,
    ):
        reading, before = reading_with(mapping, without=without), None
        if previous:
            base = Workspace(Path(folder) / "before", memory_limit=memory_limit)
            base.folder.mkdir()
            before = read_before(previous, base, on_progress, reading)
            reading = before.reading_after(reading)
        workspace = Workspace(Path(folder) / "now", memory_limit=memory_limit)
        workspace.folder.mkdir()
        staged = read_package(path, workspace, on_progress, reading)
        published = before.snapshot if before else None
        valid = find_problems(staged, published=published, on_progress=on_progress)
        if valid.stops:
            _refuse(path, valid)
            return ExitCode.UNREADABLE
        on_progress(f"Writing {out.name}")
        conversion = write_package(
            workspace,
            to=to,
            out=out,
            is_whole=before is not None,
            on_file=lambda name, _: on_progress(f"Wrote {name}"),
        )
    if not quiet:
        _show(conversion, [*lost_secrets(staged.read), *conversion.losses], valid, out)
    return ExitCode.OK


def _refuse(path: Path, valid: ValidRoster) -> None:
    from rollbook.validation.catalogue import rule_of

    typer.secho(f"{path} cannot be converted.", fg="red", err=True)
    for finding in valid.stops:
        rule = rule_of(finding.code)
        typer.echo(f"  {finding.file}: {rule.title}. {rule.repair}", err=True)


def _show(conversion: Conversion, losses: list[Loss], valid: ValidRoster, out: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    written = Table("File", "Rows", title=f"Written to {out}", title_justify="left")
    written.columns[1].justify = "right"
    for name, rows in conversion.row_counts.items():
        written.add_row(name, f"{rows:,}")
    console.print(written)
    lost = Table("Of", "What", "Count", "Why", title="Not carried over", title_justify="left")
    lost.columns[2].justify = "right"
    for resource, counts in valid.counts.items():
        aside = counts.refused + counts.set_aside
        if aside:
            why = "The rows were set aside; `rollbook check` tells why."
            lost.add_row(resource, "row", f"{aside:,}", why)
    for loss in losses:
        lost.add_row(loss.resource, loss.subject, f"{loss.count:,}", loss.reason)
    console.print(lost if lost.row_count else "Everything was carried over.")
