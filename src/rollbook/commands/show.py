"""`rollbook show`: one run, its roster as files, or the story of a record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rollbook.commands.deciding import AsJson, OfDistrict, find_run
from rollbook.commands.exit_codes import ExitCode
from rollbook.commands.past import past_of

if TYPE_CHECKING:
    from rollbook.districts.models import District
    from rollbook.runs.models import SyncRun
    from rollbook.staging.data import Workspace

_CHANGES_SHOWN = 50


def show(
    district: OfDistrict,
    run: Annotated[int | None, typer.Option("--run", min=1, help="The run's number.")] = None,
    record: Annotated[
        str | None,
        typer.Option(help="Tell the story of a record instead: its sourcedId, served id or uid."),
    ] = None,
    changes: Annotated[bool, typer.Option("--changes", help="List the changed records.")] = False,
    export: Annotated[
        Path | None,
        typer.Option(
            help="Write the roster as this run left it to a new folder, a file per resource.",
            file_okay=False,
        ),
    ] = None,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Write CSV files instead of Parquet.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Show one run, write its whole roster as files for DuckDB, or tell a record's story.

    Exits with 0 when it was found, 1 when there is no such run, record or snapshot, 3 when the
    command was called wrongly.
    """
    if (run is None) == (record is None):
        raise typer.BadParameter("Name a run with --run, or a record with --record.")
    with past_of(district) as (target, workspace):
        if record is not None:
            return _tell(target, record, workspace, as_json=as_json)
        found = find_run(target, run or 0)
        if export is not None:
            return _export(found, export, workspace, as_csv=as_csv)
        facts = _facts(found, with_changes=changes)
        typer.echo(json.dumps(facts, indent=2)) if as_json else _print(facts)
    return ExitCode.OK


def _export(run: SyncRun, folder: Path, workspace: Workspace, *, as_csv: bool) -> int:
    from rollbook.history.export import ExportFormat, export_roster
    from rollbook.history.rosters import fetch_roster, find_kept_run

    kept = find_kept_run(run.district_id, run.number)
    roster = fetch_roster(kept, folder=workspace.folder / "export")
    wanted = ExportFormat.CSV if as_csv else ExportFormat.PARQUET
    for name, rows in export_roster(roster, folder, file_format=wanted, workspace=workspace):
        typer.echo(f"{name}: {rows:,} rows")
    typer.echo(f"The roster as run {run.number} left it is in {folder}.")
    return ExitCode.OK


def _tell(district: District, record: str, workspace: Workspace, *, as_json: bool) -> int:
    from rollbook.history.answers import story_as_json
    from rollbook.history.timeline import tell_stories

    stories = [story_as_json(it) for it in tell_stories(district.pk, record, workspace.folder)]
    if as_json:
        typer.echo(json.dumps(stories, indent=2))
    for story in () if as_json else stories:
        typer.echo(f"{story['resource']} {story['served_id']}")
        for event in story["events"]:
            _print_event(event)
    if not stories:
        typer.echo("No published run has had a record of this id.", err=True)
        return ExitCode.FAILED
    return ExitCode.OK


def _print_event(event: dict[str, Any]) -> None:
    renamed = f", before {event['was']}" if event["was"] else ""
    about = "" if event["is_exact"] else " (or an earlier run whose details are not kept any more)"
    said = f"  Run {event['run_number']}, {event['at'][:16].replace('T', ' ')}: {event['change']}"
    typer.echo(f"{said} {event['sourced_id']}{renamed} {event['label']}{about}")
    if event["change"] in ("update", "rekey"):
        for name, (before, after) in sorted(event["fields"].items()):
            typer.echo(f"      {name}: {before or '(empty)'} -> {after or '(empty)'}")


def _facts(run: SyncRun, *, with_changes: bool) -> dict[str, Any]:
    from rollbook.dashboards.queries.ids import count_waiting
    from rollbook.dashboards.repairs import words_with_work
    from rollbook.runs.models import RecordChange, StageRecord
    from rollbook.runs.states import notices_of

    waiting = count_waiting(run)
    words = words_with_work(run, waiting_ids=waiting)
    stages = StageRecord.objects.filter(district=run.district_id, run_number=run.number)
    facts: dict[str, Any] = {
        "run": run.number,
        "source": run.source_number,
        "restores_run": run.restores_run,
        "restores_school": run.restores_school,
        "base_run": run.base_run,
        "state": run.state,
        "label": words.label,
        "happened": words.happened,
        "who": words.who,
        "next": words.next_step,
        "reasons": run.reasons,
        "notices": notices_of(run),
        "waiting_ids": waiting,
        "received_at": run.created_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "digest": run.digest,
        "change_number": run.change_number,
        "has_snapshot": bool(run.snapshot),
        "stages": [
            {"stage": it.stage, "facts": it.facts, "finished": it.finished_at is not None}
            for it in stages.order_by("started_at")
        ],
        "counts": run.counts,
        "findings": run.finding_counts,
        "severities": run.severity_counts,
    }
    if with_changes:
        rows = RecordChange.objects.filter(district=run.district_id, run_number=run.number)
        facts["changes"] = [
            {
                "resource": it.resource,
                "sourcedId": it.sourced_id,
                "change": it.change,
                "fields": it.fields,
            }
            for it in rows.order_by("resource", "sourced_id").iterator()
        ]
    return facts


def _print(facts: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from rollbook.dashboards.wording import CHANGES, changes_of

    console = Console(highlight=False)
    of = f", restores run {facts['restores_run']}" if facts["restores_run"] else ""
    console.print(Text(f"Run {facts['run']} of source {facts['source']}{of}: {facts['label']}"))
    console.print(Text(f"{facts['happened']} Who acts next: {facts['who']}. {facts['next']}"))
    for reason in facts["reasons"]:
        console.print(Text(f"- {reason['sentence']}"))
    for notice in facts["notices"]:
        console.print(Text(f"- Needs a look: {notice['sentence']}"))
    if waiting := facts["waiting_ids"]:
        console.print(Text(f"Ids that wait: {waiting:,}. `rollbook ids` lists them."))
    for stage in facts["stages"]:
        said = ", ".join(f"{number:,} {label}" for label, number in stage["facts"])
        console.print(Text(f"{stage['stage']}: {said or '-'}"))
    table = Table(box=None, padding=(0, 1, 0, 0))
    table.add_column("Resource")
    for heading in ("Rows", "Set aside", *CHANGES.values()):
        table.add_column(heading, justify="right")
    for resource, counts in facts["counts"].items():
        numbers = (counts.get("rows", 0), counts.get("set_aside", 0), *changes_of(counts).values())
        table.add_row(resource, *(f"{number:,}" for number in numbers))
    console.print(table)
    for code, amount in facts["findings"].items():
        console.print(Text(f"{code}: {amount:,}"))
    listed = facts.get("changes", [])
    for change in listed[:_CHANGES_SHOWN]:
        names = ", ".join(sorted(change["fields"])) if change["change"] == "update" else ""
        console.print(
            Text(f"{change['change']} {change['resource']} {change['sourcedId']} {names}")
        )
    if len(listed) > _CHANGES_SHOWN:
        console.print(f"and {len(listed) - _CHANGES_SHOWN:,} more; --json lists all")
    digest = facts["digest"] or "none"
    console.print(Text(f"Digest of the changes: {digest}", style="dim"))
