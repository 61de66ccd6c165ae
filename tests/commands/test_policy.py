"""`rollbook policy`: setting a policy, and exceptions for one run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.commands.conftest import Command
from tests.rosters import make_district

from rollbook.commands.exit_codes import ExitCode

pytestmark = pytest.mark.django_db(transaction=True)
OAK = ("--district", "Oak")
BY = ("--as", "m@oak.example")
WHY = ("--reason", "Summer.")


@pytest.fixture(autouse=True)
def district(person: Any) -> Any:
    from rollbook.districts.models import Membership, Role

    district = make_district()
    Membership.objects.create(district=district, person=person, role=Role.DATA_MANAGER)
    return district


@pytest.fixture
def rules(tmp_path: Path) -> tuple[str, str]:
    file = tmp_path / "policy.toml"
    file.write_text("[district]\nremovals = { percent = 60 }\n")
    return ("--set", str(file))


def waiting(command: Command) -> list[int]:
    shown = json.loads(command("policy", *OAK)[1])
    return [it["source"] for it in shown["waiting_exceptions"]]


def test_exception_can_be_taken_back(command: Command, rules: tuple[str, str]) -> None:
    once = ("policy", *OAK, *rules, "--once", *WHY, *BY)
    assert command(*once)[0] == ExitCode.OK
    code, _, error = command(*once)
    assert (code, "`rollbook policy --withdraw`" in error) == (ExitCode.FAILED, True)
    assert waiting(command) == [1]
    assert command("policy", *OAK, "--withdraw", *BY)[0] == ExitCode.OK
    assert waiting(command) == []
    code, _, error = command("policy", *OAK, "--withdraw", *BY)
    assert (code, "No exception waits" in error) == (ExitCode.FAILED, True)


def test_exception_is_for_a_source_that_is_there(command: Command, rules: tuple[str, str]) -> None:
    command("sources", "add", "Families", *OAK, *BY)
    once = ("policy", *OAK, *rules, "--once", *WHY, *BY)
    code, _, error = command(*once, "--source", "77")
    assert (code, "has no source '77'" in error) == (ExitCode.FAILED, True)
    code, said, _ = command(*once, "--source", "families")
    assert (code, "The next run of Families" in said) == (ExitCode.OK, True)
    assert waiting(command) == [2]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--once",), "--once needs the rules"),
        (("--withdraw",), "say who with --as"),
        (("--set", BY, WHY, "--withdraw"), "Either set something"),
        (("--set", BY), "say why with --reason"),
        (("--set", BY, ("--reason", " ")), "say why with --reason"),
        (("--set", WHY), "who with --as"),
    ],
)
def test_wrong_calls_say_what_is_missing(
    command: Command, rules: tuple[str, str], arguments: tuple[Any, ...], sentence: str
) -> None:
    given: list[str] = []
    for it in arguments:
        given += rules if it == "--set" else [it] if isinstance(it, str) else it
    code, _, error = command("policy", *OAK, *given)
    assert (code, sentence in error) == (ExitCode.USAGE, True), error
