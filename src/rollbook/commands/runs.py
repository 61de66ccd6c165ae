"""`rollbook runs`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rollbook.runs.models import SyncRun


def runs(
    district: Annotated[str, typer.Option(help="The district's name, or its name in addresses.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many, newest first.")] = 20,
) -> None:
    """List the runs of a district, newest first."""
    from rollbook.commands.database import ready_database

    with ready_database():
        from rollbook.commands.sync import find_district
        from rollbook.runs.models import SyncRun

        found = SyncRun.objects.filter(district=find_district(district)).order_by("-number")
        rows = [_row(run) for run in found[:limit]]
    typer.echo(json.dumps(rows, indent=2)) if as_json else _print_table(rows)


def _row(run: SyncRun) -> dict[str, Any]:
    from rollbook.dashboards.wording import CHANGES, changes_of
    from rollbook.runs.states import words_of

    changes = [changes_of(counts) for counts in run.counts.values()]
    counts = {kind: sum(it[kind] for it in changes) for kind in CHANGES}
    return {
        "run": run.number,
        "source": run.source_number,
        "state": run.state,
        "label": words_of(run).label,
        "happened": words_of(run).happened,
        "restores_run": run.restores_run,
        "received_at": run.created_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        **counts,
        "set_aside": sum(it.get("set_aside", 0) for it in run.counts.values()),
        "findings": sum(run.finding_counts.values()),
    }


def _print_table(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    if not rows:
        typer.echo("No runs yet. Deliver a package with: rollbook sync PATH --district NAME")
        return
    table = Table(box=None, padding=(0, 1, 0, 0))
    for name in ("Run", "Source", "State", "Received, UTC"):
        table.add_column(name, no_wrap=True)
    for name in ("Created", "Updated", "Removed", "New ids", "Set aside", "Findings"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        numbers = [row[name] for name in ("create", "update", "abandon")]
        numbers += [row["rekey"] + row["replace"], row["set_aside"], row["findings"]]
        received = row["received_at"][:16].replace("T", " ")
        table.add_row(
            str(row["run"]),
            str(row["source"] or "-"),
            row["label"],
            received,
            *(f"{number:,}" for number in numbers),
        )
    Console().print(table)
