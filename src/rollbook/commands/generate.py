"""`rollbook generate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def generate(
    out: Annotated[Path, typer.Argument(help="Folder to write the files to, or a .zip file.")],
    students: Annotated[int, typer.Option(min=1, help="How many students the district has.")] = 500,
    seed: Annotated[int, typer.Option(help="The same seed makes the same district.")] = 1,
    day: Annotated[int, typer.Option(min=1, help="1 is the first day; later days differ.")] = 1,
    churn: Annotated[
        float, typer.Option(min=0, max=1, help="Share of records that change from day to day.")
    ] = 0.01,
    name: Annotated[str, typer.Option(help="What the district is called.")] = "Oakwood Unified",
) -> None:
    """Write the roster of a made-up district, of any size, as OneRoster CSV."""
    from rich.console import Console
    from rich.progress import Progress

    from rollbook.generate import generate_district

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Writing files", total=None)

        def show(rows: int) -> None:
            progress.update(task, completed=rows, description=f"{rows:,} rows written")

        generate_district(
            out, students=students, seed=seed, day=day, churn=churn, name=name, on_progress=show
        )
    typer.echo(f"A district of {students} students is in {out}.")
