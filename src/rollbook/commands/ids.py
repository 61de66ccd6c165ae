"""`rollbook ids`: ids that wait for a person, and deciding about them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rollbook.commands.deciding import OfDistrict, Who, Why, find_decider
from rollbook.commands.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from rollbook.districts.models import District
    from rollbook.runs.models import IdentityPair, PairVerdict, SyncRun

SourceName = Annotated[
    str, typer.Option("--source", help="The number or the name of one source; without: all.")
]
Same = Annotated[
    bool, typer.Option("--same", help="One record: it goes on, and applications keep it.")
]
Different = Annotated[
    bool, typer.Option("--different", help="Two: the old one goes, a new one comes.")
]
Every = Annotated[bool, typer.Option("--all", help="All ids that wait, of either kind.")]
Certain = Annotated[
    bool,
    typer.Option(
        "--certain",
        help="With --same all who certainly have a new id, with --different all ids that are "
        "certainly somebody else's.",
    ),
]
Pairs = Annotated[
    list[str] | None,
    typer.Option(
        "--pair",
        metavar="RESOURCE:WAS:NEW",
        help="One of the list, as `rollbook ids --json` names it; may be given again.",
    ),
]

ids = typer.Typer(rich_markup_mode=None)


@ids.callback(invoke_without_command=True)
def list_ids(
    context: typer.Context,
    district: Annotated[
        str, typer.Option(help="The district's name, or its name in addresses.")
    ] = "",
    source: SourceName = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """List the ids that wait for a decision; `rollbook ids decide` decides about them.

    Exits with 0, also when none waits, and with 3 when called wrongly.
    """
    if context.invoked_subcommand:
        return
    if not district:
        raise typer.BadParameter("Name the district: --district NAME.")
    from rollbook.commands.database import ready_database

    with ready_database():
        from rollbook.commands.sync import find_district

        rows = [_row(pair) for pair in _waiting(find_district(district), source)]
    typer.echo(json.dumps(rows, indent=2)) if as_json else _print_table(rows)


@ids.command()
def decide(
    district: OfDistrict,
    reason: Why,
    person: Who,
    same: Same = False,
    different: Different = False,
    every: Every = False,
    certain: Certain = False,
    pair: Pairs = None,
    source: SourceName = "",
) -> int:
    """Decide about ids that wait.

    The run that follows takes the latest delivery up again, and the command waits until it rests.

    Exits with 0 when the decision is published, with 1 when nothing fits, somebody else decided
    first, or the run is held or fails, and with 3 when called wrongly.
    """
    if same == different:
        raise typer.BadParameter("Say either --same or --different.")
    if [every, certain, bool(pair)].count(True) != 1:
        raise typer.BadParameter("Say which: --all, --certain, or --pair for each.")
    from rollbook.commands.database import ready_database

    with ready_database():
        from rollbook.commands.sync import find_district
        from rollbook.runs.models import PairVerdict

        target = find_district(district)
        acting_user = find_decider(target, person)
        verdict = PairVerdict.SAME if same else PairVerdict.DIFFERENT
        chosen = _waiting(target, source)
        if certain:
            chosen = _certain(chosen, verdict)
        elif pair:
            chosen = _named(chosen, set(pair))
        runs = _decide(target, chosen, verdict=verdict, reason=reason, acting_user=acting_user)
        return _wait_for(runs)


def _certain(pairs: QuerySet[IdentityPair], verdict: PairVerdict) -> QuerySet[IdentityPair]:
    """Return the certain pairs of the kind for which a verdict is the likely one."""
    from rollbook.runs.models import PairKind, PairVerdict

    kind = PairKind.REKEYED if verdict == PairVerdict.SAME else PairKind.REASSIGNED
    return pairs.filter(confidence="certain", kind=kind)


def _waiting(district: District, source: str) -> QuerySet[IdentityPair]:
    from rollbook.commands.sources import find_source
    from rollbook.runs.identity import waiting_pairs

    pairs = waiting_pairs(district.pk)
    if source:
        pairs = pairs.filter(source_number=find_source(district, source).number)
    return pairs.order_by("source_number", "resource", "was", "sourced_id")


def _named(pairs: QuerySet[IdentityPair], names: Collection[str]) -> QuerySet[IdentityPair]:
    """Return the pairs of these names.

    Raises:
        DecisionRefusedError: One does not wait, or its name fits two.
    """
    from django.db.models import F, TextField, Value
    from django.db.models.functions import Concat

    from rollbook.runs.errors import DecisionRefusedError

    parts = (F("resource"), Value(":"), F("was"), Value(":"), F("sourced_id"))
    name = Concat(*parts, output_field=TextField())
    chosen = pairs.annotate(name=name).filter(name__in=names)
    found = list(chosen.values_list("name", flat=True))
    for wanted in names:
        fitting = found.count(wanted)
        if fitting != 1:
            how = "waits in several sources: add --source" if fitting else "does not wait"
            raise DecisionRefusedError(
                f"{wanted} {how}. Nothing was decided; `rollbook ids` lists what waits."
            )
    return chosen


def _decide(
    district: District,
    chosen: QuerySet[IdentityPair],
    *,
    verdict: PairVerdict,
    reason: str,
    acting_user: User,
) -> list[SyncRun | None]:
    """Decide about all pairs or none, source by source, and return the runs that follow."""
    from collections import Counter

    from django.db import transaction

    from rollbook.runs.errors import DecisionRefusedError
    from rollbook.runs.identity import decide_waiting

    amounts = Counter(chosen.values_list("source_number", flat=True))
    if not amounts:
        raise DecisionRefusedError("No such id waits for a decision; there is nothing to do.")
    with transaction.atomic():
        return [
            decide_waiting(
                district.pk,
                number,
                chosen,
                amount=amounts[number],
                verdict=verdict,
                reason=reason,
                acting_user=acting_user,
            )
            for number in sorted(amounts)
        ]


def _wait_for(runs: Sequence[SyncRun | None]) -> int:
    from rollbook.commands.sync import report_run, wait_for

    codes = []
    for run in runs:
        if run is None:
            typer.echo("Decided. The next delivery of the source brings it into effect.")
            continue
        wait_for(run)
        codes.append(report_run(run))
    return max(codes, default=ExitCode.OK)


def _name(pair: IdentityPair) -> str:
    return f"{pair.resource}:{pair.was}:{pair.sourced_id}"


def _row(pair: IdentityPair) -> dict[str, Any]:
    return {
        "pair": _name(pair),
        "source": pair.source_number,
        "kind": pair.kind,
        "resource": pair.resource,
        "was": pair.was,
        "sourced_id": pair.sourced_id,
        "name_before": pair.label_before,
        "name_after": pair.label_after,
        "evidence": pair.evidence,
        "confidence": pair.confidence,
        "run": pair.run_number,
    }


def _print_table(rows: list[dict[str, Any]]) -> None:
    from rollbook.dashboards.wording import counted

    if not rows:
        typer.echo("No id waits for a decision.")
        return
    typer.echo(f"{counted(len(rows), 'id')} wait{'s' if len(rows) == 1 else ''} for a decision.")
    for row in rows:
        names = dict.fromkeys(name for name in (row["name_before"], row["name_after"]) if name)
        what = "the same under another id" if row["kind"] == "rekeyed" else "another under the id"
        typer.echo(
            f"  {row['pair']}\n    {' → '.join(names) or 'Without a name'}: {what}, it seems; "
            f"{row['evidence']} ({row['confidence']}), source {row['source']}, run {row['run']}"
        )
