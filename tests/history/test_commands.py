"""The commands about the past, as a person and as a program call them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.history.past import go_on, renamed
from tests.history.test_restore import without_students
from tests.packages import USERS, small_district
from tests.rosters import deliver, expected_roster, records_of, roster_of

FULL = small_district(students=4)
Call = Callable[..., tuple[int, str]]


@pytest.fixture
def call(
    district: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Call a command in this process, its work done at once instead of by a worker."""
    from rollbook.commands import database, sync
    from rollbook.commands.main import run
    from rollbook.processes import drain

    @contextmanager
    def here(**_: object) -> Iterator[None]:
        yield

    def drain_here() -> None:
        from rollbook.history.erasing import run_erasure
        from rollbook.history.models import Erasure

        for erasure in Erasure.objects.filter(state="waiting"):
            run_erasure(erasure.district_id, erasure.number)

    monkeypatch.setattr(database, "ready_database", here)
    monkeypatch.setattr(sync, "wait_for", go_on)
    monkeypatch.setattr(drain, "drain_runs", drain_here)

    def call(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        code = run([*arguments, *(["--district", "Oak"] if arguments[0] != "retain" else [])])
        said = capsys.readouterr()
        return code, said.out + said.err

    return call


@pytest.fixture
def staff(district: Any) -> None:
    """Somebody of each role, by its name: owner@oak.example."""
    from django.contrib.auth.models import User

    from rollbook.districts.models import Membership, Role

    for role in Role:
        person = User.objects.create(username=role, email=f"{role}@oak.example")
        Membership.objects.create(district=district, person=person, role=role)


@pytest.fixture
def two_runs(district: Any) -> None:
    deliver(district, FULL)
    deliver(district, renamed(without_students(FULL, 3), stu_1="Two"))


@pytest.mark.usefixtures("two_runs")
def test_runs_and_show_say_where_a_run_stands(call: Call) -> None:
    code, said = call("runs", "--json")
    assert code == 0
    assert [(it["run"], it["source"], it["state"]) for it in json.loads(said)] == [
        (2, 1, "published"),
        (1, 1, "published"),
    ]
    assert "Published" in call("runs")[1]
    code, said = call("show", "--run", "2", "--changes", "--json")
    facts = json.loads(said)
    assert facts["happened"].startswith("The changes of this delivery are in the roster")
    assert {it["change"] for it in facts["changes"]} == {"update", "abandon"}
    code, said = call("show", "--run", "2", "--changes")
    assert code == 0
    assert "update users stu-1" in said
    assert call("show", "--run", "9")[0] == 1
    assert call("show")[0] == 3
    assert call("show", "--run", "1", "--record", "stu-1")[0] == 3


@pytest.mark.usefixtures("two_runs")
def test_show_writes_a_roster_and_tells_a_story(call: Call, tmp_path: Path) -> None:
    code, said = call("show", "--run", "1", "--export", str(tmp_path / "out"))
    assert code == 0
    assert "users.parquet: 10 rows" in said
    assert call("show", "--run", "1", "--export", str(tmp_path / "out"))[0] == 1
    code, said = call("show", "--record", "stu-1")
    assert code == 0
    assert "givenName: Zoë -> Two" in said
    (users, *_) = json.loads(call("show", "--record", "stu-1", "--json")[1])
    assert [it["change"] for it in users["events"]] == ["create", "update"]
    assert call("show", "--record", "nobody")[0] == 1


@pytest.mark.usefixtures("two_runs")
def test_compare_writes_what_diff_writes(call: Call) -> None:
    code, said = call("compare", "2", "1", "--quiet")
    assert code == 0
    assert "Run 1 compared with Run 2." in said
    code, said = call("compare", "1", "2", "--format", "json", "--quiet")
    report = json.loads(said)
    assert report["summary"]["users"] == {"create": 0, "update": 1, "abandon": 2, "rekey": 0}
    code, said = call("compare", "1", "9", "--quiet")
    assert (code, "There is no run 9." in said) == (1, True)


@pytest.mark.usefixtures("two_runs", "staff")
def test_restore_waits_for_the_run_and_says_what_came_of_it(district: Any, call: Call) -> None:
    manager = ("--as", "data_manager@oak.example")
    code, said = call("restore", "1", "--reason", "A bad night.", *manager, "--json")
    assert code == 0
    assert json.loads(said)[0]["state"] == "published"
    assert roster_of(district.pk) == expected_roster(FULL)
    assert call("restore", "3", "--reason", "Again.", *manager)[0] == 1


@pytest.mark.usefixtures("staff")
def test_restore_that_is_held_says_why_and_who_decides(district: Any, call: Call) -> None:
    deliver(district, FULL)
    deliver(district, small_district(students=40))
    code, said = call("restore", "1", "--reason", "x", "--as", "owner@oak.example")
    assert code == 0
    assert "would be removed; more than 10% needs a person's yes." in said
    assert "An owner or a data manager of the district: Read the reasons" in said


@pytest.mark.usefixtures("two_runs", "staff")
def test_restore_needs_a_reason_and_somebody_who_may(district: Any, call: Call) -> None:
    before = roster_of(district.pk)
    for nobody in ("nobody@oak.example", "read_only@oak.example"):
        code, said = call("restore", "1", "--reason", "Bad night.", "--as", nobody)
        assert (code, "may not decide for Oak. An owner or a data manager" in said) == (1, True)
    assert call("restore", "1", "--reason", "Bad night.")[0] == 3
    code, said = call("restore", "1", "--reason", " ", "--as", "owner@oak.example")
    assert (code, "Say why, in a sentence." in said) == (3, True)
    assert roster_of(district.pk) == before


@pytest.mark.usefixtures("two_runs", "staff")
def test_erase_asks_first_and_shows_its_log(
    district: Any, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    import typer

    how = ("--reason", "Asked.", "--as", "owner@oak.example")
    assert "Nobody has been erased." in call("erase")[1]

    def refuse(*_: object, **__: object) -> bool:
        raise typer.Abort

    with monkeypatch.context() as answers:
        answers.setattr(typer, "confirm", refuse)
        assert call("erase", "stu-1", *how)[0] == 130
    assert "stu-1" in records_of(district.pk, USERS)
    code, said = call("erase", "stu-1", *how, "--yes")
    assert code == 0
    assert "0 hits" in said
    assert "stu-1" not in records_of(district.pk, USERS)
    assert json.loads(call("erase", "--json")[1])[0]["state"] == "done"
    lift = ("erase", "--lift", "1", "--as", "owner@oak.example")
    assert call(*lift)[0] == 0
    assert call(*lift)[0] == 1


@pytest.mark.usefixtures("two_runs", "staff")
def test_only_an_owner_erases_and_says_why(district: Any, call: Call) -> None:
    why, owner = ("--reason", "Asked."), ("--as", "owner@oak.example")
    for missing in (owner, why, ("--reason", " ", *owner)):
        assert call("erase", "stu-1", *missing, "--yes")[0] == 3
    assert call("erase", "--lift", "1")[0] == 3
    assert call("erase", "stu-1", "--lift", "1", *why, *owner)[0] == 3
    code, said = call("erase", "stu-1", *why, "--as", "data_manager@oak.example", "--yes")
    assert (code, "An owner of the district may" in said) == (1, True)
    assert "stu-1" in records_of(district.pk, USERS)
    assert "Nobody has been erased." in call("erase")[1]


@pytest.mark.usefixtures("two_runs")
def test_retain_tells_what_it_would_let_go(call: Call) -> None:
    code, said = call("retain", "--dry-run")
    assert code == 0
    assert "Would let go: 0 snapshots" in said
    assert json.loads(call("retain", "--json")[1])[0]["district"] == "Oak"
