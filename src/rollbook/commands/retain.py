"""`rollbook retain`: let go what has aged."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from rollbook.commands.deciding import AsJson
from rollbook.commands.exit_codes import ExitCode


def retain(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Change nothing; tell what would be let go.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Thin out snapshots, end old deliveries and details, as a worker does every night.

    The settings ROLLBOOK_KEEP_... say how long what is kept. What is published, and what a run that
    is not over refers to, always stays. Exits with 0.
    """
    from rollbook.commands.database import ready_database

    with ready_database():
        from django.utils import timezone

        from rollbook.history.policy import policy_of_installation
        from rollbook.history.retention import retain_all

        done = retain_all(policy=policy_of_installation(), now=timezone.now(), is_dry_run=dry_run)
    rows = [{"district": it.district, **it.counts} for it in done]
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return ExitCode.OK
    verb = "Would let go" if dry_run else "Let go"
    for row in rows:
        amounts = [f"{amount:,} {name}" for name, amount in row.items() if name != "district"]
        typer.echo(f"{row['district']}. {verb}: {', '.join(amounts)}.")
    return ExitCode.OK
