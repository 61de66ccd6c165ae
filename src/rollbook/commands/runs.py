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
    from rollbook.runs.states import notices_of, words_of

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
        "notices": [notice["sentence"] for notice in notices_of(run)],
    }


def _print_table(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    if not rows:
        typer.echo("No runs yet. Deliver a package with: rollbook sync PATH --district NAME")
        return
    # Eighty columns are few: what is the same for all, or nothing for all, has no column.
    has_sources = any(row["source"] > 1 for row in rows)
    has_new_ids = any(_new_ids(row) for row in rows)
    table = Table(box=None, padding=(0, 1, 0, 0))
    for name in ("Run", *(["Source"] if has_sources else []), "State", "Received, UTC"):
        table.add_column(name, no_wrap=True)
    headings = ("Created", "Updated", "Removed", *(["New ids"] if has_new_ids else []))
    for name in (*headings, "Set aside", "Findings"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        numbers = [row["create"], row["update"], row["abandon"]]
        numbers += [_new_ids(row)] if has_new_ids else []
        table.add_row(
            str(row["run"]),
            *([str(row["source"] or "-")] if has_sources else []),
            row["label"],
            row["received_at"][:16].replace("T", " "),
            *(f"{number:,}" for number in (*numbers, row["set_aside"], row["findings"])),
        )
    Console().print(table)
    newest = rows[0]
    for sentence in newest["notices"]:
        typer.echo(f"Run {newest['run']} needs a look: {sentence}")


def _new_ids(row: dict[str, Any]) -> int:
    return int(row["rekey"] + row["replace"])
