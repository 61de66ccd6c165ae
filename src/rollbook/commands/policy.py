"""`rollbook policy`: what a district lets pass without asking."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rollbook.commands.deciding import find_decider
from rollbook.commands.exit_codes import ExitCode

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from rollbook.districts.models import District


def policy(
    district: Annotated[str, typer.Option(help="The district's name, or its name in addresses.")],
    rules: Annotated[
        Path | None,
        typer.Option(
            "--set",
            help="The new policy, TOML or JSON: docs/guards.md shows one.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    once: Annotated[
        bool, typer.Option("--once", help="Only for the next run; then it is as before.")
    ] = False,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take the exception that waits back.")
    ] = False,
    source: Annotated[
        str,
        typer.Option(help="With --once or --withdraw: the number or name of that run's source."),
    ] = "1",
    reason: Annotated[str, typer.Option(help="With --set: why, in a sentence.")] = "",
    by: Annotated[
        str, typer.Option("--as", help="With --set or --withdraw: e-mail address of who does it.")
    ] = "",
) -> int:
    """Show a district's policy, as JSON; with --set, change it, or make an exception for one run.

    Exits with 0 when all went well, 1 when the file is no policy, an exception waits already or
    none does, 3 when called wrongly.
    """
    from rollbook.commands.database import ready_database
    from rollbook.commands.policy_files import read_policy_file

    _demand_sense(rules, once=once, withdraw=withdraw, reason=reason, by=by)
    value = read_policy_file(rules) if rules else {}
    with ready_database():
        from rollbook.commands.sync import find_district

        target = find_district(district)
        if rules is None and not withdraw:
            typer.echo(json.dumps(_shown(target), indent=2))
            return ExitCode.OK
        person = find_decider(target, by)
        if withdraw:
            _withdraw(target, source, person)
        else:
            _set(target, value, source if once else "", reason=reason.strip(), acting_user=person)
    return ExitCode.OK


def _demand_sense(rules: Path | None, *, once: bool, withdraw: bool, reason: str, by: str) -> None:
    if rules and withdraw:
        raise typer.BadParameter("Either set something, or withdraw an exception.")
    if rules and not (reason.strip() and by):
        raise typer.BadParameter("With --set, say why with --reason and who with --as.")
    if once and not rules:
        raise typer.BadParameter("--once needs the rules: --set FILE.")
    if withdraw and not by:
        raise typer.BadParameter("With --withdraw, say who with --as.")


def _set(
    district: District, value: dict[str, Any], source: str, *, reason: str, acting_user: User
) -> None:
    """Set the policy; of a source that is named, allow its next run to be judged so."""
    from rollbook.commands.sources import find_source
    from rollbook.policies.setting import allow_once, set_policy

    if not source:
        set_policy(district, value, reason=reason, acting_user=acting_user)
        typer.echo("The policy counts from the next run on.")
        return
    found = find_source(district, source)
    allow_once(district, value, reason=reason, acting_user=acting_user, source_number=found.number)
    typer.echo(f"The next run of {found.name} is judged by these rules, the one after as before.")


def _withdraw(district: District, source: str, acting_user: User) -> None:
    from rollbook.commands.sources import find_source
    from rollbook.policies.setting import withdraw_waiting

    found = find_source(district, source)
    withdraw_waiting(district, source_number=found.number, acting_user=acting_user)
    typer.echo(f"The exception is withdrawn: the next run of {found.name} is judged as any other.")


def _shown(district: District) -> dict[str, Any]:
    from rollbook.policies.models import GuardOverride, GuardPolicy

    newest = GuardPolicy.objects.filter(district=district).order_by("-number").first()
    waiting = GuardOverride.objects.filter(district=district, run_number=None, withdrawn_at=None)
    return {
        "policy": newest.rules if newest else {},
        "set_at": newest.created_at.isoformat() if newest else None,
        "reason": newest.reason if newest else None,
        "waiting_exceptions": [
            {"source": it.source_number, "rules": it.rules, "reason": it.reason} for it in waiting
        ],
    }
