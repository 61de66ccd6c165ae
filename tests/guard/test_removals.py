from __future__ import annotations

import pytest

from rollbook.guard.data import Decision, Policy, Removals
from rollbook.guard.judge import guard_removals
from rollbook.oneroster import Resource

USERS, ORGS, SESSIONS = Resource.USERS, Resource.ORGS, Resource.ACADEMIC_SESSIONS

CASES = [
    # resource, active, abandon, held
    (USERS, 1000, 0, False),
    (USERS, 1000, 100, False),  # exactly the share
    (USERS, 1000, 101, True),
    (USERS, 100, 10, False),  # share and floor
    (USERS, 100, 11, True),
    (USERS, 109, 11, True),
    (USERS, 110, 11, False),  # exactly 10 %
    (USERS, 20, 10, False),  # half of them, and no more than the floor
    (USERS, 20, 11, True),
    (USERS, 10, 10, True),  # emptied
    (USERS, 1, 1, True),  # emptied
    (USERS, 0, 0, False),
    (USERS, 1_000_000, 100_000, False),
    (USERS, 1_000_000, 100_001, True),
    (ORGS, 20, 2, False),
    (ORGS, 20, 3, True),  # no floor
    (ORGS, 5, 1, True),
    (ORGS, 1, 1, True),
    (ORGS, 10, 1, False),
    (SESSIONS, 9, 1, True),
    (SESSIONS, 30, 3, False),
]


@pytest.mark.parametrize(("resource", "active", "abandon", "is_held"), CASES)
def test_removals(resource: Resource, active: int, abandon: int, is_held: bool) -> None:
    verdict = guard_removals({resource: Removals(active, abandon)}, policy=Policy())
    assert verdict.decision is (Decision.HOLD if is_held else Decision.GO)
    assert [reason.code for reason in verdict.reasons] == (
        [f"{resource}.removals.too_many"] if is_held else []
    )


def test_every_resource_that_loses_too_much_is_a_reason() -> None:
    removals = {USERS: Removals(100, 50), ORGS: Removals(3, 0), SESSIONS: Removals(4, 2)}
    verdict = guard_removals(removals, policy=Policy())
    assert [reason.sentence for reason in verdict.reasons] == [
        "50 of 100 users (50%) would be removed; more than 10% needs a person's yes.",
        "2 of 4 academicSessions (50%) would be removed; more than 10% needs a person's yes.",
    ]


def test_policy_of_a_district_counts() -> None:
    policy = Policy(removal_share=0.5, removal_floor=0, without_floor=frozenset())
    for abandon, decision in ((5, Decision.GO), (6, Decision.HOLD)):
        verdict = guard_removals({ORGS: Removals(10, abandon)}, policy=policy)
        assert verdict.decision is decision


def test_nothing_to_judge_goes() -> None:
    assert guard_removals({}, policy=Policy()).decision is Decision.GO
