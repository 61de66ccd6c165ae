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
    from rollbook.runs.states import notices_of, words_of

    kinds = ("create", "update", "abandon", "rekey", "replace", "set_aside")
    counts = {
        kind: sum(resource.get(kind, 0) for resource in run.counts.values()) for kind in kinds
    }
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
        "findings": sum(run.finding_counts.values()),
        "notices": [notice["sentence"] for notice in notices_of(run)],
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
    for name in ("Created", "Updated", "Removed", "Set aside", "Findings"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        numbers = [row[name] for name in ("create", "update", "abandon", "set_aside", "findings")]
        received = row["received_at"][:16].replace("T", " ")
        table.add_row(
            str(row["run"]),
            str(row["source"] or "-"),
            row["label"],
            received,
            *(f"{number:,}" for number in numbers),
        )
    Console().print(table)
    newest = rows[0]
    for sentence in newest["notices"]:
        typer.echo(f"Run {newest['run']} needs a look: {sentence}")
