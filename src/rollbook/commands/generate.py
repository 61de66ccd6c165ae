"""`rollbook generate`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rollbook.commands.output import demand_new

# What `--format` takes. It is read to show the help, so it must not load DuckDB.
from rollbook.staging.formats.data import Format

if TYPE_CHECKING:
    from rollbook.generate.formats import DistrictPlan


def generate(
    out: Annotated[Path, typer.Argument(help="Folder to write the files to, or a .zip file.")],
    students: Annotated[int, typer.Option(min=1, help="How many students the district has.")] = 500,
    seed: Annotated[int, typer.Option(help="The same seed makes the same district.")] = 1,
    day: Annotated[int, typer.Option(min=1, help="1 is the first day; later days differ.")] = 1,
    churn: Annotated[
        float, typer.Option(min=0, max=1, help="Share of records that change from day to day.")
    ] = 0.01,
    name: Annotated[str, typer.Option(help="What the district is called.")] = "Oakwood Unified",
    to: Annotated[
        Format, typer.Option("--format", help="The format of the files.")
    ] = Format.ONEROSTER_1_1,
    defects: Annotated[
        int,
        typer.Option(
            min=0,
            help="Known defects to plant in OneRoster 1.1 or 1.2; OUT.expected.json lists them.",
        ),
    ] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing when all went well.")] = False,
) -> None:
    """Write the roster of a made-up district, of any size, in any format."""
    from rich.console import Console
    from rich.progress import Progress

    from rollbook.generate.defects.plant import expected_path
    from rollbook.generate.formats import FORMATS_WITH_DEFECTS, DistrictPlan

    demand_new(out)
    if defects and expected_path(out).exists():
        raise typer.BadParameter(f"{expected_path(out)} is there already. Remove it first.")
    if defects and to not in FORMATS_WITH_DEFECTS:
        raise typer.BadParameter("--defects needs --format oneroster-1.1 or oneroster-1.2.")
    plan = DistrictPlan(students=students, seed=seed, day=day, churn=churn, name=name)
    with Progress(console=Console(stderr=True, quiet=quiet), transient=True) as progress:
        task = progress.add_task("Writing files", total=None)

        def show(rows: int) -> None:
            progress.update(task, completed=rows, description=f"{rows:,} rows written")

        said = _write(out, plan, to=to, defects=defects, show=show)
    if not quiet:
        typer.echo(said)


def _write(
    out: Path, plan: DistrictPlan, *, to: Format, defects: int, show: Callable[[int], None]
) -> str:
    """Write the district and return what to say of it."""
    from rollbook.generate.formats import generate_in_format, generate_plain, generate_with_defects

    said = f"A district of {plan.students} students is in {out}."
    try:
        if defects:
            expected = generate_with_defects(out, plan, defects=defects, to=to, on_progress=show)
            return f"{said} Its {defects} defects are listed in {expected}."
        if to is Format.ONEROSTER_1_1:
            generate_plain(out, plan, on_progress=show)
        else:
            generate_in_format(out, plan, to=to, on_progress=show)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    return said
