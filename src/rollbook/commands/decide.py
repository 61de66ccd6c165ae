"""`rollbook approve` and `rollbook discard`: decide about a held run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rollbook.commands.deciding import AsJson, OfDistrict, Who, Why, find_decider, find_run
from rollbook.commands.exit_codes import ExitCode

if TYPE_CHECKING:
    from rollbook.runs.models import SyncRun

RunNumber = Annotated[int, typer.Argument(metavar="RUN", help="The number of the held run.")]
Digest = Annotated[
    str,
    typer.Option(
        "--digest",
        help="Of the changes that were looked at, at least its first 8 characters: `rollbook show` "
        "tells it. The run is approved only if it still is this.",
    ),
]
_SHORTEST_DIGEST = 8


def approve(
    run: RunNumber,
    district: OfDistrict,
    digest: Digest,
    reason: Why,
    by: Who,
    removals_wait: Annotated[
        bool,
        typer.Option(
            "--removals-wait", help="Publish additions and updates; removals are asked again."
        ),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Approve a held run, and wait until it is published.

    Exits with 0 when it is published, or approved by the first of two people; with 1 when it does
    not wait for a decision, is not what was looked at, or is held again; 3 when called wrongly.
    """
    from rollbook.commands.database import ready_database

    with ready_database():
        from rollbook.commands.sync import find_district, wait_for
        from rollbook.runs.decisions import approve_run
        from rollbook.runs.models import RunState

        target = find_district(district)
        found = find_run(target, run)
        goes_on = approve_run(
            found,
            digest=_whole_digest(found, digest),
            reason=reason,
            acting_user=find_decider(target, by),
            removals_wait=removals_wait,
        )
        found.refresh_from_db()
        if goes_on:
            wait_for(found)
        _tell(found, as_json=as_json, waits_for_second=not goes_on)
        is_done = not goes_on or found.state in (RunState.PUBLISHED, RunState.UNCHANGED)
        return ExitCode.OK if is_done else ExitCode.FAILED


def discard(
    run: RunNumber,
    district: OfDistrict,
    reason: Why,
    by: Who,
    as_json: AsJson = False,
) -> int:
    """Discard a held run: nothing of it is published, and the roster stays as it is.

    Exits with 0 when it is discarded, 1 when it does not wait for a decision, 3 when called
    wrongly.
    """
    from rollbook.commands.database import ready_database

    with ready_database():
        from rollbook.commands.sync import find_district
        from rollbook.runs.decisions import discard_run

        target = find_district(district)
        found = find_run(target, run)
        discard_run(found, reason=reason, acting_user=find_decider(target, by))
        found.refresh_from_db()
        _tell(found, as_json=as_json, waits_for_second=False)
    return ExitCode.OK


def _whole_digest(run: SyncRun, beginning: str) -> str:
    """Return the run's digest if it begins so, else what was given, which is then refused."""
    is_long_enough = len(beginning) >= _SHORTEST_DIGEST
    return run.digest if is_long_enough and run.digest.startswith(beginning) else beginning


def _tell(run: SyncRun, *, as_json: bool, waits_for_second: bool) -> None:
    from rollbook.runs.models import RunState
    from rollbook.runs.states import words_of

    words = words_of(run)
    if as_json:
        told: dict[str, Any] = {
            "run": run.number,
            "state": run.state,
            "waits_for_second": waits_for_second,
            "removals_wait": run.removals_wait,
            "reasons": [
                {"code": reason["code"], "sentence": reason["sentence"]} for reason in run.reasons
            ],
        }
        typer.echo(json.dumps(told, indent=2))
        return
    typer.echo(f"Run {run.number}: {words.happened}")
    for reason in run.reasons if run.state in (RunState.HELD, RunState.FAILED) else ():
        typer.echo(f"  {reason['sentence']}")
    typer.echo(f"{words.who}: {words.next_step}")
