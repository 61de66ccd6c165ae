"""`rollbook policy`: what a district lets pass without asking."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rollbook.commands.deciding import find_decider
from rollbook.commands.exit_codes import ExitCode

if TYPE_CHECKING:
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
    source: Annotated[int, typer.Option(help="With --once: the source of that run.")] = 1,
    reason: Annotated[str, typer.Option(help="With --set: why, in a sentence.")] = "",
    by: Annotated[
        str, typer.Option("--as", help="With --set: e-mail address of who sets it.")
    ] = "",
) -> int:
    """Show a district's policy, as JSON; with --set, change it, or make an exception for one run.

    Exits with 0 when all went well, 1 when the file is no policy or an exception waits already, 3
    when called wrongly.
    """
    from rollbook.commands.database import ready_database
    from rollbook.commands.policy_files import read_policy_file

    if rules and not (reason and by):
        raise typer.BadParameter("With --set, say why with --reason and who with --as.")
    if once and not rules:
        raise typer.BadParameter("--once needs the rules: --set FILE.")
    value = read_policy_file(rules) if rules else {}
    with ready_database():
        from rollbook.commands.sync import find_district
        from rollbook.policies.setting import allow_once, set_policy

        target = find_district(district)
        if rules and once:
            allow_once(
                target,
                value,
                reason=reason,
                acting_user=find_decider(target, by),
                source_number=source,
            )
            typer.echo("The next run is judged by these rules, the one after it as before.")
        elif rules:
            set_policy(target, value, reason=reason, acting_user=find_decider(target, by))
            typer.echo("The policy counts from the next run on.")
        else:
            typer.echo(json.dumps(_shown(target), indent=2))
    return ExitCode.OK


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
