from __future__ import annotations

from typing import Any

import pytest
from tests.packages import small_district
from tests.rosters import make_district, receive


def test_every_state_says_what_happened_and_who_acts() -> None:
    from rollbook.runs.models import RunState
    from rollbook.runs.states import WORDS

    assert {*WORDS} == {*RunState}
    for words in WORDS.values():
        assert words.label
        assert words.who
        for sentence in (words.happened, words.next_step):
            assert sentence[0].isupper()
            assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("state", "approved", "moving", "waits"),
    [
        ("received", "", True, False),
        ("staged", "", True, False),
        ("validated", "", True, False),
        ("compared", "", True, False),
        ("held", "", False, True),
        ("held", "abc", True, False),
        ("published", "", False, False),
        ("published", "abc", False, False),
        ("unchanged", "", False, False),
        ("discarded", "", False, False),
        ("failed", "", False, False),
    ],
)
def test_where_a_run_stands(state: str, approved: str, moving: bool, waits: bool) -> None:
    from rollbook.runs.models import SyncRun
    from rollbook.runs.states import is_moving, waits_for_person

    run = SyncRun(state=state, approved_digest=approved)
    assert (is_moving(run), waits_for_person(run)) == (moving, waits)


@pytest.mark.parametrize(
    ("fields", "who", "happened"),
    [
        (
            {"state": "held", "digest": "abc", "first_approved_digest": "abc"},
            "Another owner",
            "One person has approved",
        ),
        (  # what the first has approved is not there any more
            {"state": "held", "digest": "abd", "first_approved_digest": "abc"},
            "An owner",
            "would change more than usual",
        ),
        (
            {"state": "published", "removals_wait": True},
            "An owner",
            "whom it would have removed is still there",
        ),
        (
            {"state": "unchanged", "removals_wait": True},
            "An owner",
            "whom it would have removed is still there",
        ),
        (
            {"state": "failed", "reasons": [{"code": "run.outside_dates"}]},
            "An owner",
            "The run had to stop",
        ),
        (
            {"state": "failed", "reasons": [{"code": "run.delta_while_ids_wait"}]},
            "An owner",
            "The run had to stop",
        ),
        (
            {"state": "failed", "reasons": [{"code": "run.delta_out_of_order"}]},
            "Whoever makes the exports",
            "The run had to stop",
        ),
        (
            {"state": "failed", "reasons": [{"code": "rollbook.fault"}]},
            "Whoever runs this installation",
            "Rollbook itself had a problem",
        ),
    ],
)
def test_what_is_left_to_decide_is_said(fields: dict[str, Any], who: str, happened: str) -> None:
    from rollbook.runs.models import SyncRun
    from rollbook.runs.states import words_of

    words = words_of(SyncRun(**fields))
    assert words.who.startswith(who)
    assert happened in words.happened


@pytest.mark.parametrize(("is_delta", "state"), [(True, "held"), (False, "discarded")])
def test_only_a_complete_delivery_takes_the_place_of_a_held_one(
    is_delta: bool, state: str, run: Any
) -> None:
    from rollbook.runs.models import SyncRun
    from rollbook.runs.recording import supersede_held_runs

    SyncRun.objects.filter(pk=run.pk).update(state="held")
    newer = receive(run.district, small_district(students=1))
    newer.read_as = {"shape": {"files": {"users.csv": {"is_delta": is_delta}}}}
    supersede_held_runs(newer)
    run.refresh_from_db()
    assert run.state == state


@pytest.fixture
def run(db: None) -> Any:
    return receive(make_district(), small_district(students=1))


@pytest.mark.parametrize("state", ["published", "unchanged", "discarded"])
def test_run_that_is_settled_takes_no_notes(state: str, run: Any) -> None:
    from rollbook.runs.errors import RunOverError
    from rollbook.runs.models import SyncRun
    from rollbook.runs.recording import begin_run, fail_run, hold_open, note

    SyncRun.objects.filter(pk=run.pk).update(state=state)
    assert begin_run(run.district_id, run.number) is None
    with pytest.raises(RunOverError):
        note(run, state="staged")
    with pytest.raises(RunOverError):
        hold_open(run)
    fail_run(run, "rollbook.fault", "Late.")
    run.refresh_from_db()
    assert (run.state, run.reasons) == (state, [])


@pytest.mark.parametrize("state", ["received", "staged", "validated", "compared"])
def test_run_that_was_interrupted_begins_again(state: str, run: Any) -> None:
    from rollbook.runs.models import StageRecord, SyncRun
    from rollbook.runs.recording import begin_run, record_stage

    SyncRun.objects.filter(pk=run.pk).update(state=state)
    with record_stage(run, "staging"):  # type: ignore[arg-type]
        pass
    again = begin_run(run.district_id, run.number)
    assert again is not None
    assert again.state == "received"
    assert again.started_at
    assert not StageRecord.objects.exists()


def test_stage_that_fails_stays_unfinished(run: Any) -> None:
    from rollbook.runs.models import Stage, StageRecord
    from rollbook.runs.recording import record_stage

    def fail() -> None:
        with record_stage(run, Stage.STAGING) as facts:
            facts.append(("files read", 1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    record = StageRecord.objects.get()
    assert (record.finished_at, record.facts) == (None, [])
