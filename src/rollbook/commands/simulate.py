"""`rollbook simulate`: past runs under another policy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rollbook.guard.simulate import Replay


def simulate(
    district: Annotated[str, typer.Option(help="The district's name, or its name in addresses.")],
    policy: Annotated[
        Path,
        typer.Option(
            help="The policy to try, TOML or JSON: docs/guards.md shows one.",
            exists=True,
            dir_okay=False,
        ),
    ],
    runs: Annotated[int, typer.Option(min=1, help="How many of the last runs.")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Tell what a policy would have done with the last runs. Nothing is changed.

    Exits with 0 whatever comes out, 1 when the file is no policy, 3 when called wrongly.
    """
    from rollbook.commands.policy_files import read_policy_file
    from rollbook.guard.policy import read_policy
    from rollbook.guard.simulate import count_decisions
    from rollbook.guard.simulate import simulate as replay

    tried = read_policy(read_policy_file(policy))
    from rollbook.commands.database import ready_database

    with ready_database():
        from rollbook.commands.sync import find_district
        from rollbook.policies.reading import find_past_runs

        replays = replay(tried, find_past_runs(find_district(district).pk, most=runs))
    counts = count_decisions(replays)
    if as_json:
        told = {"counts": dict(counts), "runs": [it.as_json() for it in replays]}
        typer.echo(json.dumps(told, indent=2))
        return
    _print_table(replays)
    typer.echo(
        "{runs} runs: {held_then} were held, {held_now} would be; {differ} differ.".format(**counts)
    )


def _print_table(replays: Sequence[Replay]) -> None:
    from rich.console import Console
    from rich.table import Table

    if not replays:
        return
    table = Table(box=None, padding=(0, 1, 0, 0))
    for name in ("Run", "Then", "Now"):
        table.add_column(name, no_wrap=True)
    table.add_column("Why")
    for it in replays:
        why = " ".join(reason.sentence for reason in it.verdict.reasons)
        waits = ", removals wait" if it.verdict.removals_wait else ""
        now = f"{it.verdict.decision}{waits}{' *' if it.differs else ''}"
        table.add_row(str(it.run.number), str(it.run.decision), now, why)
    Console().print(table)
