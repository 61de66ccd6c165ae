"""`rollbook sources`: the ways in of a district, and setting them up."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rollbook.commands.deciding import OfDistrict, Who, find_decider

if TYPE_CHECKING:
    from rollbook.districts.models import District
    from rollbook.sources.models import Source

Owns = Annotated[
    list[str] | None,
    typer.Option(
        "--owns",
        metavar="KIND",
        help="A kind of record that it owns, or several with commas: orgs, academicSessions, "
        "courses, classes, students, teachers, staff, contacts, enrollments, demographics.",
    ),
]
Schools = Annotated[
    list[str] | None,
    typer.Option(
        "--school", metavar="ID", help="The sourcedId of a school it speaks of; may be given again."
    ),
]
Grace = Annotated[
    int | None,
    typer.Option(
        "--grace-days", min=0, max=366, help="For how many days people who are gone stay."
    ),
]
_DAY = "%Y-%m-%d"

sources = typer.Typer(rich_markup_mode=None)


@sources.callback(invoke_without_command=True)
def list_sources(
    context: typer.Context,
    district: Annotated[
        str, typer.Option(help="The district's name, or its name in addresses.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """List the sources of a district with what they own; `add` and `limit` set them up.

    Exits with 0 when all went well and 3 when called wrongly.
    """
    if context.invoked_subcommand:
        return
    if not district:
        raise typer.BadParameter("Name the district: --district NAME.")
    from rollbook.commands.database import ready_database

    with ready_database():
        from rollbook.commands.sync import find_district
        from rollbook.sources.models import Source

        target = find_district(district)
        found = list(Source.objects.filter(district=target).order_by("number"))
        if as_json:
            typer.echo(json.dumps([_row(source) for source in found], indent=2))
            return
        for source in found:
            _tell(source, target)
        if not found:
            typer.echo("No source yet. The first comes with the first delivery.")


@sources.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What people call it: “Families”.")],
    district: OfDistrict,
    person: Who,
    owns: Owns = None,
    school: Schools = None,
    grace_days: Grace = None,
    additive: Annotated[
        bool, typer.Option("--additive", help="It only adds, between two days.")
    ] = False,
    begins: Annotated[
        datetime | None,
        typer.Option("--from", formats=[_DAY], help="First day of an additive source."),
    ] = None,
    ends: Annotated[
        datetime | None,
        typer.Option("--to", formats=[_DAY], help="Last day of an additive source, included."),
    ] = None,
) -> None:
    """Add a source beside those that a district has.

    Exits with 0 when it is there, 1 when it cannot be set up like that, 3 when called wrongly.
    """
    if (begins or ends) and not additive:
        raise typer.BadParameter("--from and --to are for an additive source: add --additive.")
    from rollbook.commands.database import ready_database

    with ready_database():
        from rollbook.commands.sync import find_district
        from rollbook.sources.setup import add_source

        target = find_district(district)
        source = add_source(
            target,
            name,
            owns=_split(owns),
            schools=school or (),
            grace_days=grace_days or 0,
            is_additive=additive,
            begins_on=_day(begins),
            ends_on=_day(ends),
            acting_user=find_decider(target, person),
        )
        _tell(source, target)


@sources.command()
def limit(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Its number or its name.")],
    district: OfDistrict,
    person: Who,
    owns: Owns = None,
    school: Schools = None,
    grace_days: Grace = None,
    every_kind: Annotated[
        bool, typer.Option("--every-kind", help="It owns every kind of record again.")
    ] = False,
    every_school: Annotated[
        bool, typer.Option("--every-school", help="It speaks of every school again.")
    ] = False,
) -> None:
    """Change what a source owns.

    What is not named stays as it was. What the source has published and does not own any more
    stays in the roster.

    Exits with 0 when it is changed, 1 when it cannot be like that, 3 when called wrongly.
    """
    if (owns and every_kind) or (school and every_school):
        raise typer.BadParameter("Say either what it owns, or that it is everything.")
    if not (owns or school or every_kind or every_school or grace_days is not None):
        raise typer.BadParameter("Say what changes: --owns, --school or --grace-days, for example.")
    from rollbook.commands.database import ready_database

    with ready_database():
        from rollbook.commands.sync import find_district
        from rollbook.sources.setup import limit_source

        target = find_district(district)
        found = find_source(target, source)
        limit_source(
            found,
            owns=() if every_kind else _split(owns) or found.owns,
            schools=() if every_school else school or found.schools,
            grace_days=found.grace_days if grace_days is None else grace_days,
            acting_user=find_decider(target, person),
        )
        _tell(found, target)


def find_source(district: District, wanted: str) -> Source:
    """Return the source of that number or name; the first is there before any delivery.

    Raises:
        ConfigurationError: There is none, or several have that name.
    """
    from rollbook.errors import ConfigurationError
    from rollbook.sources.deliveries import first_source
    from rollbook.sources.models import Source

    first_source(district)
    known = list(Source.objects.filter(district=district).order_by("number"))
    found = [it for it in known if str(it.number) == wanted] or [
        it for it in known if it.name.casefold() == wanted.casefold()
    ]
    if len(found) == 1:
        return found[0]
    named = ", ".join(f"{it.number} {it.name}" for it in known)
    how_many = "has several sources" if found else "has no source"
    raise ConfigurationError(f"{district.name} {how_many} {wanted!r}. Its sources: {named}.")


def _split(owns: list[str] | None) -> list[str]:
    return [kind.strip() for given in owns or () for kind in given.split(",") if kind.strip()]


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _row(source: Source) -> dict[str, Any]:
    return {
        "source": source.number,
        "name": source.name,
        "owns": source.owns,
        "schools": source.schools,
        "grace_days": source.grace_days,
        "is_additive": source.is_additive,
        "begins_on": source.begins_on.isoformat() if source.begins_on else None,
        "ends_on": source.ends_on.isoformat() if source.ends_on else None,
    }


def _tell(source: Source, district: District) -> None:
    from zoneinfo import ZoneInfo

    from django.utils import timezone

    from rollbook.sources.words import owns_what, stays_how_long, when_open

    today = timezone.localdate(timezone=ZoneInfo(district.time_zone))
    notes = (when_open(source, today=today), stays_how_long(source))
    said = " ".join([f"Owns {owns_what(source)}.", *(note for note in notes if note)])
    typer.echo(f"{source.number:>3}  {source.name}: {said}")
