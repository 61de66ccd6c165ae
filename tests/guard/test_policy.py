"""What a district may say, and which of its rules counts where."""

from __future__ import annotations

from typing import Any

import pytest
from tests.guard.statistics import at_school, tallied
from tests.guard.test_guards import codes

from rollbook.guard.data import Policy, Setting
from rollbook.guard.errors import PolicyError
from rollbook.guard.guards import guard_named
from rollbook.guard.policy import read_override, read_policy, setting_for

REMOVALS = guard_named("removals")


def percent(policy: Policy, subject: str, school: str | None = None) -> float | None:
    return setting_for(policy, REMOVALS, subject, school=school).percent


def test_the_nearer_rule_wins() -> None:
    policy = read_policy(
        {
            "district": {"removals": {"percent": 20}},
            "resources": {
                "users": {"removals": {"percent": 30}},
                "students": {"removals": {"percent": 40}},
            },
            "schools": {"sch-1": {"removals": {"percent": 50}}},
        }
    )
    assert percent(Policy(), "users") == 10
    assert percent(policy, "classes") == 20
    assert percent(policy, "users") == 30
    assert percent(policy, "teachers") == 30  # its resource speaks for it
    assert percent(policy, "students") == 40
    assert percent(policy, "students", "sch-2") == 40
    assert percent(policy, "students", "sch-1") == 50


def test_what_a_rule_does_not_say_stays_as_it_was() -> None:
    policy = read_policy({"district": {"removals": {"percent": 20}}})
    assert setting_for(policy, REMOVALS, "users") == Setting(percent=20, records=10)


def test_only_a_rule_of_its_own_makes_removals_of_orgs_small() -> None:
    everywhere = read_policy({"district": {"removals": {"records": 50}}})
    assert setting_for(everywhere, REMOVALS, "users").records == 50
    assert setting_for(everywhere, REMOVALS, "orgs").records == 0
    of_orgs = read_policy({"resources": {"orgs": {"removals": {"records": 2}}}})
    assert setting_for(of_orgs, REMOVALS, "orgs").records == 2
    assert setting_for(of_orgs, REMOVALS, "schools").records == 2


def test_an_exception_wins_over_every_rule_of_the_policy() -> None:
    policy = read_policy({"resources": {"students": {"removals": {"percent": 5}}}})
    once = policy.with_override(read_override({"district": {"removals": {"percent": 90}}}))
    assert percent(once, "students") == 90
    assert percent(policy, "students") == 5


def test_limits_count_per_district_resource_and_school() -> None:
    everywhere = tallied("classes", active=100, abandon=30)
    assert codes(everywhere, read_policy({"district": {"removals": {"percent": 30}}})) == []
    assert (
        codes(everywhere, read_policy({"resources": {"classes": {"removals": {"percent": 30}}}}))
        == []
    )
    here = at_school("students", active=100, abandon=30)
    for allowed, school in (([], "sch-1"), (["users.removals.too_many_at_school"], "sch-2")):
        policy = read_policy({"schools": {school: {"removals": {"percent": 30}}}})
        assert codes(here, policy) == allowed
    off = read_policy({"district": {"removals": {"per_school": False}}})
    assert codes(here, off) == []


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (
            {"district": {"removals": {"percent": 91}}},
            "district.removals.percent is a number from 0 to 90.",
        ),
        ({"district": {"removals": {"percent": -1}}}, "from 0 to 90"),
        ({"district": {"removals": {"percent": "9"}}}, "from 0 to 90"),
        ({"district": {"removals": {"percent": True}}}, "from 0 to 90"),
        ({"district": {"removals": {"percent": float("nan")}}}, "from 0 to 90"),
        ({"district": {"updates": {"percent": 101}}}, "from 0 to 100"),
        ({"resources": {"academicSessions": {"removals": {"percent": 101}}}}, "from 0 to 100"),
        ({"district": {"removals": {"on": False}}}, "district.removals cannot be switched off"),
        (
            {"schools": {"s": {"removals": {"on": False}}}},
            "schools.s.removals cannot be switched off",
        ),
        ({"district": {"lost_schools": {"on": False}}}, "cannot be switched off"),
        ({"district": {"lost_schools": {"percent": 5}}}, "has no share"),
        ({"district": {"removals": {"records": 1_001}}}, "a whole number from 0 to 1,000"),
        ({"district": {"removals": {"records": 1.5}}}, "a whole number"),
        ({"district": {"updates": {"on": "no"}}}, "district.updates.on is true or false."),
        (
            {"district": {"removal": {"percent": 5}}},
            "there is no guard 'removal'; there are lost_schools",
        ),
        ({"district": {"removals": {"share": 5}}}, "'share' is not known"),
        ({"district": {"removals": 5}}, "district.removals is a table"),
        ({"district": 5}, "district has a setting for each guard"),
        ({"resources": {"pupils": {}}}, "resources.pupils is not known; there are orgs, schools"),
        ({"resources": []}, "resources has a table for each of them"),
        ({"districts": {}}, "'districts' is not known"),
        (
            {"schools": {"s": {"creates": {"percent": 5}}}},
            "schools.s.creates says nothing: this guard looks at the district as a whole.",
        ),
        ({"district": {"dates": {"per_school": True}}}, "district.dates says nothing"),
        ({"removals_wait": "yes"}, "removals_wait is true or false."),
    ],
)
def test_what_no_policy_can_say(value: dict[str, Any], problem: str) -> None:
    with pytest.raises(PolicyError) as caught:
        read_policy(value)
    (sentence,) = caught.value.problems
    assert problem in sentence


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(PolicyError) as caught:
        read_policy({"district": {"removals": {"percent": 99, "on": False}, "nothing": {}}})
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"district": {"removals": {"percent": 90}, "updates": {"on": False}}},
        {"resources": {"academicSessions": {"removals": {"percent": 100}}}},
        {"resources": {"users": {"creates": {"percent": 1_000}}}},
        {"removals_wait": True},
    ],
)
def test_what_a_policy_may_say(value: dict[str, Any]) -> None:
    assert read_policy(value).removals_wait is value.get("removals_wait", False)


@pytest.mark.parametrize("value", [{}, {"removals_wait": True}, {"district": {}}])
def test_an_exception_must_say_something_about_a_guard(value: dict[str, Any]) -> None:
    with pytest.raises(PolicyError):
        read_override(value)
