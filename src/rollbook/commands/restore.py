"""`rollbook restore`: bring an earlier roster back, through the guard."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from rollbook.commands.deciding import AsJson, OfDistrict, Who, Why, find_decider, find_run
from rollbook.commands.exit_codes import ExitCode

if TYPE_CHECKING:
    from rollbook.runs.models import SyncRun


def restore(
    run: Annotated[int, typer.Argument(min=1, help="The published run to restore.")],
    district: OfDistrict,
    reason: Why,
    by: Who,
    school: Annotated[
        str, typer.Option(help="The sourcedId of one school; without it the whole district.")
    ] = "",
    as_json: AsJson = False,
) -> int:
    """Restore a published run, whole or one school of it, as a new run through the same guard.

    Nothing is published that the guard would hold: such a run waits for `rollbook approve`, or for
    a decision on its page. Exits with 0 when the new runs are published, held or change nothing, 1
    when one failed or the run cannot be restored, 3 when the command was called wrongly.
    """
    from rollbook.commands.database import ready_database

    with ready_database():
        from rollbook.commands.sync import find_district, report_run, wait_for
        from rollbook.history.restores import restore_run
        from rollbook.runs.models import RunState

        target = find_district(district)
        restored, person = find_run(target, run), find_decider(target, by)
        restores = restore_run(restored, school=school, acting_user=person, reason=reason)
        for it in restores:
            wait_for(it)
        if as_json:
            typer.echo(json.dumps([_row(it) for it in restores], indent=2))
        for it in () if as_json else restores:
            report_run(it)
        is_failed = any(it.state == RunState.FAILED for it in restores)
    return ExitCode.FAILED if is_failed else ExitCode.OK


def _row(run: SyncRun) -> dict[str, object]:
    from rollbook.runs.states import words_of

    words = words_of(run)
    return {
        "run": run.number,
        "source": run.source_number,
        "state": run.state,
        "happened": words.happened,
        "next": words.next_step,
        "reasons": run.reasons,
    }
