"""`rollbook erase`: take a person out of everything that is stored."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rollbook.commands.deciding import AsJson, OfDistrict, find_decider
from rollbook.commands.exit_codes import ExitCode
from rollbook.commands.past import Yes, moment

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from rollbook.districts.models import District
    from rollbook.history.models import Erasure

_POLL_SECONDS = 0.3
_QUESTION = (
    "This takes the person out of the roster, of every snapshot and delivery, and out of all that "
    "runs found and changed, for good. Nobody can bring it back. Go on?"
)


def erase(
    district: OfDistrict,
    person: Annotated[
        str | None,
        typer.Argument(help="The person's sourcedId, served id or uid. Without it: the log."),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why, without the person's name; it is kept.")] = "",
    lift: Annotated[
        int | None, typer.Option(help="Lift erasure NUMBER: deliveries may name the person again.")
    ] = None,
    by: Annotated[
        str, typer.Option("--as", help="E-mail address of the owner who erases or lifts.")
    ] = "",
    yes: Yes = False,
    as_json: AsJson = False,
) -> int:
    """Erase a person for good and prove it; without a person, show the log of erasures.

    Exits with 0 when nothing of the person is left, 1 when something is or the work could not be
    done, 3 when the command was called wrongly, 130 when the question was not answered with yes.
    """
    from rollbook.commands.database import ready_database

    if person is not None and lift is not None:
        raise typer.BadParameter("Either erase a person or lift an erasure.")
    if person is not None and not reason.strip():
        raise typer.BadParameter("Say why with --reason.")
    if (person is not None or lift is not None) and not by:
        raise typer.BadParameter("Say who with --as.")
    if person is not None and not yes:
        typer.confirm(_QUESTION, abort=True, err=True)
    with ready_database():
        from rollbook.commands.sync import find_district
        from rollbook.districts.models import Role
        from rollbook.history.asking import ask_erasure

        target = find_district(district)
        if person is None and lift is None:
            _print([*_log(target)], as_json=as_json)
            return ExitCode.OK
        user = find_decider(target, by, at_least=Role.OWNER)
        if person is None:
            return _lift(target, lift or 0, user)
        erasure = ask_erasure(target, person, acting_user=user, reason=reason)
        _wait_for(erasure)
        _print([_row(erasure)], as_json=as_json)
        return ExitCode.OK if erasure.state == "done" else ExitCode.FAILED


def _lift(district: District, number: int, user: User) -> int:
    from rollbook.errors import ConfigurationError
    from rollbook.history.asking import lift_erasure
    from rollbook.history.models import Erasure

    erasure = Erasure.objects.filter(district=district, number=number).first()
    if erasure is None:
        raise ConfigurationError(f"{district.name} has no erasure {number}.")
    lift_erasure(erasure, acting_user=user)
    typer.echo(f"Erasure {number} is lifted: the next delivery that names the person counts.")
    return ExitCode.OK


def _wait_for(erasure: Erasure) -> None:
    """Work on the erasure here, or wait for the worker that took it."""
    from rollbook.history.models import ErasureState
    from rollbook.processes.drain import drain_runs

    while erasure.state in (ErasureState.WAITING, ErasureState.WORKING):
        drain_runs()
        erasure.refresh_from_db()
        if erasure.state in (ErasureState.WAITING, ErasureState.WORKING):
            time.sleep(_POLL_SECONDS)


def _log(district: District) -> list[dict[str, Any]]:
    from rollbook.history.models import Erasure

    return [_row(it) for it in Erasure.objects.filter(district=district).order_by("-number")]


def _row(erasure: Erasure) -> dict[str, Any]:
    return {
        "erasure": erasure.number,
        "state": erasure.state,
        "asked": moment(erasure.asked_at),
        "done": moment(erasure.done_at),
        "reason": erasure.reason,
        "removed": erasure.removed,
        "files": erasure.files,
        "rewritten_files": erasure.rewritten_files,
        "lost_files": erasure.lost_files,
        "found": erasure.found,
        "problem": erasure.problem,
    }


def _print(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    for row in rows or ():
        typer.echo(f"Erasure {row['erasure']}, {row['asked']} UTC: {row['state']}. {row['reason']}")
        removed = ", ".join(
            f"{amount:,} {name}" for name, amount in row["removed"].items() if amount
        )
        typer.echo(
            f"  Removed: {removed or 'nothing'}. Files written anew: {row['rewritten_files']}."
        )
        if row["lost_files"]:
            typer.echo(f"  Files not kept, as they cannot be cleared: {row['lost_files']}.")
        if row["found"]:
            found = row["found"]
            typer.echo(f"  Searched {found['places']:,} places afterwards: {found['hits']:,} hits.")
        if row["problem"]:
            typer.echo(f"  {row['problem']}")
    if not rows:
        typer.echo("Nobody has been erased.")
