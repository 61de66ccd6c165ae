"""Past runs under another policy."""

from __future__ import annotations

import json

from tests.guard.statistics import tallied

from rollbook.guard.data import Decision, Policy
from rollbook.guard.policy import read_policy
from rollbook.guard.simulate import PastRun, count_decisions, simulate

HELD = PastRun(
    2,
    tallied("classes", active=100, abandon=20),
    decision=Decision.HOLD,
    codes=("classes.removals.too_many",),
    is_published=False,
)
WENT = PastRun(3, tallied("classes", active=100, abandon=8))
AS_IT_WAS = Policy()
LOOSER = read_policy({"district": {"removals": {"percent": 20}}})
STRICTER = read_policy({"district": {"removals": {"percent": 5, "records": 0}}})


def test_same_policy_says_the_same() -> None:
    replays = simulate(AS_IT_WAS, [WENT, HELD])
    assert [replay.run.number for replay in replays] == [2, 3]
    assert [replay.differs for replay in replays] == [False, False]
    assert [replay.verdict.reasons[0].code for replay in replays[:1]] == [*HELD.codes]


def test_looser_policy_lets_go_and_stricter_one_holds() -> None:
    assert count_decisions(simulate(LOOSER, [HELD, WENT])) == {
        "runs": 2,
        "held_then": 1,
        "held_now": 0,
        "differ": 1,
    }
    assert count_decisions(simulate(STRICTER, [HELD, WENT])) == {
        "runs": 2,
        "held_then": 1,
        "held_now": 2,
        "differ": 1,
    }


def test_what_is_usual_comes_from_runs_published_before_of_the_same_source() -> None:
    quiet = [PastRun(number, tallied("users", active=100, create=1)) for number in (1, 2, 3)]
    burst = tallied("users", active=100, create=50)
    assert simulate(AS_IT_WAS, [*quiet, PastRun(4, burst)])[-1].verdict.decision is Decision.HOLD
    other_source = simulate(AS_IT_WAS, [*quiet, PastRun(4, burst, source=2)])[-1]
    assert other_source.verdict.decision is Decision.GO
    unpublished = [PastRun(it.number, it.statistics, is_published=False) for it in quiet]
    assert (
        simulate(AS_IT_WAS, [*unpublished, PastRun(4, burst)])[-1].verdict.decision is Decision.GO
    )


def test_removals_that_wait_do_not_hold_the_rest() -> None:
    patient = read_policy({"removals_wait": True})
    most = PastRun(4, tallied("classes", active=100, abandon=60))
    changed = PastRun(5, tallied("classes", active=100, abandon=20, update=80))
    verdicts = [it.verdict for it in simulate(patient, [HELD, WENT, most, changed])]
    assert [(str(it.decision), it.removals_wait) for it in verdicts] == [
        ("go", True),
        ("go", False),
        ("hold", False),  # over half the classes
        ("hold", False),  # updates hold, too
    ]


def test_replays_can_be_printed_for_programs() -> None:
    (replay, _) = simulate(LOOSER, [HELD, WENT])
    assert json.loads(json.dumps(replay.as_json())) == {
        "run": 2,
        "then": {"decision": "hold", "reasons": ["classes.removals.too_many"]},
        "now": {"decision": "go", "reasons": [], "removals_wait": False},
        "differs": True,
    }
