"""`rollbook sources`, and a delivery of one of several."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.commands.conftest import Command
from tests.packages import small_district
from tests.rosters import make_district

from rollbook.commands.exit_codes import ExitCode

pytestmark = pytest.mark.django_db(transaction=True)
BY = ("--district", "Oak", "--as", "m@oak.example")


@pytest.fixture
def district(person: Any) -> Any:
    from rollbook.districts.models import Membership, Role

    district = make_district()
    Membership.objects.create(district=district, person=person, role=Role.OWNER)
    return district


def test_source_is_added_and_listed_with_what_it_owns(command: Command, district: Any) -> None:
    limits = ("--owns", "contacts,demographics", "--school", "101", "--grace-days", "3")
    code, said, _ = command("sources", "add", "Families", *BY, *limits)
    line = (
        "  2  Families: Owns parents and guardians and demographics of school 101. "
        "People who are gone stay for 3 days.\n"
    )
    assert (code, said) == (ExitCode.OK, line)
    code, said, _ = command("sources", "--district", "oak")
    assert (code, said) == (ExitCode.OK, f"  1  SIS export: Owns everything.\n{line}")


def test_list_for_programs(command: Command, district: Any) -> None:
    command("sources", "add", "Families", *BY, "--owns", "contacts")
    _, said, _ = command("sources", "--district", "oak", "--json")
    assert json.loads(said)[1] == {
        "source": 2,
        "name": "Families",
        "owns": ["contacts"],
        "schools": [],
        "grace_days": 0,
        "is_additive": False,
        "begins_on": None,
        "ends_on": None,
    }


def test_additive_source_has_its_days(command: Command, district: Any) -> None:
    from rollbook.sources.models import Source

    days = ("--from", "2027-07-01", "--to", "2027-07-31")
    assert command("sources", "add", "Summer", *BY, "--additive", *days)[0] == ExitCode.OK
    source = Source.objects.get(name="Summer")
    assert (source.is_additive, str(source.begins_on), str(source.ends_on)) == (
        True,
        "2027-07-01",
        "2027-07-31",
    )


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("--owns", "pupils"), ExitCode.FAILED, "A source can own: orgs"),
        (("--additive",), ExitCode.FAILED, "An additive source needs its first and its last day"),
        (("--from", "2027-07-01"), ExitCode.USAGE, "add --additive"),
        (("--grace-days", "-1"), ExitCode.USAGE, "--grace-days"),
    ],
)
def test_source_that_cannot_be_is_refused_in_a_sentence(
    command: Command, district: Any, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    from rollbook.sources.models import Source

    given, _, error = command("sources", "add", "Summer", *BY, *arguments)
    assert given == code
    assert sentence in error
    assert not Source.objects.filter(name="Summer").exists()


def test_limits_change_what_is_named_and_leave_the_rest(command: Command, district: Any) -> None:
    from rollbook.sources.models import Source

    command("sources", "add", "Families", *BY, "--owns", "contacts", "--school", "101")
    assert command("sources", "limit", "families", *BY, "--grace-days", "5")[0] == ExitCode.OK
    source = Source.objects.get(number=2)
    assert (source.owns, source.schools, source.grace_days) == (["contacts"], ["101"], 5)
    command("sources", "limit", "2", *BY, "--every-kind", "--every-school", "--grace-days", "0")
    source.refresh_from_db()
    assert (source.owns, source.schools, source.grace_days) == ([], [], 0)


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("1",), ExitCode.USAGE, "Say what changes"),
        (("1", "--owns", "students", "--every-kind"), ExitCode.USAGE, "Say either"),
        (("9", "--grace-days", "1"), ExitCode.FAILED, "Oak has no source '9'. Its sources: 1 SIS"),
        (("1", "--owns", "pupils"), ExitCode.FAILED, "A source can own: orgs"),
    ],
)
def test_limits_that_cannot_be_are_refused(
    command: Command, district: Any, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    given, _, error = command("sources", "limit", *arguments, *BY)
    assert given == code
    assert sentence in error


def test_reader_sets_nothing_up(command: Command, district: Any) -> None:
    from rollbook.districts.models import Membership
    from rollbook.sources.models import Source

    Membership.objects.update(role="read_only")
    code, _, error = command("sources", "add", "Families", *BY)
    assert code == ExitCode.FAILED
    assert "m@oak.example may not decide for Oak." in error
    assert not Source.objects.filter(name="Families").exists()


def test_delivery_goes_to_the_source_that_is_named(
    command: Command, district: Any, tmp_path: Path
) -> None:
    from rollbook.runs.models import SyncRun

    package = str(small_district().write(tmp_path / "delivery"))
    command("sources", "add", "Families", *BY, "--owns", "contacts")
    assert command("sync", package, "--district", "oak")[0] == ExitCode.OK
    code, said, _ = command("sync", package, "--district", "oak", "--source", "families")
    assert code == ExitCode.OK, said
    assert [run.source_number for run in SyncRun.objects.order_by("number")] == [1, 2]
    code, _, error = command("sync", package, "--district", "oak", "--source", "Clubs")
    assert code == ExitCode.FAILED
    assert "Oak has no source 'Clubs'. Its sources: 1 SIS export, 2 Families." in error
