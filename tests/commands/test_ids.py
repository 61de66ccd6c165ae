"""`rollbook ids`: what waits, and deciding about it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.commands.conftest import Command
from tests.flows.test_identity import district_package, give_id, somebody_else
from tests.packages import USERS
from tests.rosters import deliver, make_district, records_of

from rollbook.commands.exit_codes import ExitCode

pytestmark = pytest.mark.django_db(transaction=True)
HOW = ("--district", "oak", "--reason", "The new system gave new ids.", "--as", "m@oak.example")


@pytest.fixture
def district(person: Any) -> Any:
    """A district whose last night brought two new ids and one that is somebody else's."""
    from rollbook.districts.models import Membership, Role

    district = make_district()
    Membership.objects.create(district=district, person=person, role=Role.DATA_MANAGER)
    deliver(district, district_package())
    package = give_id(give_id(district_package(), "stu-1", "p-9"), "stu-2", "p:8")
    deliver(district, somebody_else(package, "stu-3"))
    return district


def test_list_says_who_and_why(command: Command, district: Any) -> None:
    code, said, _ = command("ids", "--district", "Oak")
    assert code == ExitCode.OK
    assert "3 ids wait for a decision." in said
    assert "users:stu-1:p-9" in said
    assert "another under the id, it seems; another name and birth date (certain)" in said


def test_run_that_leaves_ids_says_who_decides(command: Command, district: Any) -> None:
    code, said, _ = command("show", "--run", "2", "--district", "Oak")
    said = " ".join(said.split())
    assert code == ExitCode.OK
    assert "Who acts next: An owner or a data manager of the district. Decide about" in said
    assert "Ids that wait: 3. `rollbook ids` lists them." in said
    assert "Replaced" in said


def test_list_for_programs_names_each_pair(command: Command, district: Any) -> None:
    _, said, _ = command("ids", "--district", "oak", "--json")
    rows = json.loads(said)
    assert [row["pair"] for row in rows] == [
        "users:stu-1:p-9",
        "users:stu-2:p:8",
        "users:stu-3:stu-3",
    ]
    assert (rows[0]["kind"], rows[0]["confidence"], rows[0]["run"]) == ("rekeyed", "certain", 2)
    assert command("ids", "--district", "oak", "--source", "1", "--json")[1] == said


def test_nothing_waits(command: Command) -> None:
    make_district()
    assert command("ids", "--district", "oak")[:2] == (0, "No id waits for a decision.\n")


def test_one_pair_is_decided_and_published(command: Command, district: Any, person: Any) -> None:
    from rollbook.runs.models import IdentityPair

    code, said, _ = command("ids", "decide", *HOW, "--same", "--pair", "users:stu-2:p:8")
    assert code == ExitCode.OK
    assert "Run 3: The changes of this delivery are in the roster" in said
    assert "1 new id" in said
    assert "Ids that wait for a person's decision: 2." in said
    assert records_of(district.pk, USERS)["stu-2"]["sourced_id"] == "p:8"
    pair = IdentityPair.objects.get(was="stu-2")
    assert (pair.decided_by, pair.settled_run) == (person, 3)
    assert pair.decision_reason == "The new system gave new ids."


def test_all_are_decided_at_once(command: Command, district: Any) -> None:
    code, said, _ = command("ids", "decide", *HOW, "--different", "--all")
    assert code == ExitCode.OK
    assert "2 created" in said
    assert "1 replaced" in said
    assert not {"stu-1", "stu-2", "stu-3"} & {*records_of(district.pk, USERS)}


def test_certain_ones_leave_the_others(command: Command, district: Any) -> None:
    from rollbook.runs.models import IdentityPair

    IdentityPair.objects.filter(was="stu-1").update(confidence="likely")
    assert command("ids", "decide", *HOW, "--same", "--certain")[0] == ExitCode.OK
    # Certainly somebody else is not certainly the same.
    assert {pair.was for pair in IdentityPair.objects.filter(verdict="")} == {"stu-1", "stu-3"}
    assert command("ids", "decide", *HOW, "--different", "--certain")[0] == ExitCode.OK
    assert IdentityPair.objects.get(verdict="").was == "stu-1"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--all",), "Say either --same or --different."),
        (("--all", "--same", "--different"), "Say either --same or --different."),
        (("--same",), "Say which: --all, --certain, or --pair for each."),
        (("--same", "--all", "--certain"), "Say which"),
    ],
)
def test_wrong_calls_say_what_is_missing(
    command: Command, arguments: tuple[str, ...], sentence: str
) -> None:
    code, _, error = command("ids", "decide", *HOW, *arguments)
    assert code == ExitCode.USAGE
    assert sentence in error


def test_pair_that_does_not_wait_decides_nothing(command: Command, district: Any) -> None:
    from rollbook.runs.models import IdentityPair

    named = ("--pair", "users:stu-1:p-9", "--pair", "users:stu-9:p-9")
    code, _, error = command("ids", "decide", *HOW, "--same", *named)
    assert code == ExitCode.FAILED
    assert "users:stu-9:p-9 does not wait. Nothing was decided" in error
    assert IdentityPair.objects.filter(verdict="").count() == 3


def test_nothing_to_decide_is_said(command: Command, district: Any) -> None:
    from rollbook.runs.models import IdentityPair

    IdentityPair.objects.all().delete()
    code, _, error = command("ids", "decide", *HOW, "--same", "--all")
    assert (code, error.strip()) == (
        ExitCode.FAILED,
        "No such id waits for a decision; there is nothing to do.",
    )


@pytest.mark.parametrize("role", ["read_only", None])
def test_who_may_not_decide_is_told_who_may(
    command: Command, district: Any, role: str | None
) -> None:
    from rollbook.districts.models import Membership

    if role:
        Membership.objects.update(role=role)
    else:
        Membership.objects.all().delete()
    code, _, error = command("ids", "decide", *HOW, "--same", "--all")
    assert code == ExitCode.FAILED
    assert "m@oak.example may not decide for Oak. An owner or a data manager" in error


def test_list_needs_a_district(command: Command) -> None:
    code, _, error = command("ids")
    assert code == ExitCode.USAGE
    assert "Name the district: --district NAME." in error


def test_replaced_record_is_no_addition_and_no_removal(command: Command, district: Any) -> None:
    command("ids", "decide", *HOW, "--different", "--pair", "users:stu-3:stu-3")
    newest, *_ = json.loads(command("runs", "--district", "Oak", "--json")[1])
    assert (newest["create"], newest["abandon"]) == (0, 0)
    assert newest["replace"] > 1  # the person, and what hangs on the person
    assert f" {newest['replace']} " in command("runs", "--district", "Oak", "--limit", "1")[1]
