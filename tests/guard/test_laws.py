"""Laws of the guard, for any statistics and any policy."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rollbook.diff.measures import SUBJECTS, Drift, Figure, Statistics, Tally
from rollbook.guard.data import Decision
from rollbook.guard.guards import GUARDS
from rollbook.guard.judge import judge_change_set
from rollbook.guard.policy import read_policy

# How long an example takes says more of the machine than of the guard.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SCHOOLS = ("sch-1", "sch-2")
COUNTS = st.integers(0, 60)
_FIXED = [guard.name for guard in GUARDS if guard.is_fixed]
_OF_DISTRICT = [guard.name for guard in GUARDS if guard.is_of_district]
_SHARED = [guard.name for guard in GUARDS if guard.default.percent is not None]


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    active = draw(COUNTS)
    abandon = draw(st.integers(0, active))
    update = draw(st.integers(0, active - abandon))
    return Tally(active, draw(COUNTS), update, abandon, others=draw(st.sampled_from([0, 30])))


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    measure, subject, field = draw(
        st.sampled_from(
            [
                ("field", "students", "email"),
                ("field", "teachers", "username"),
                ("field", "students", "phone"),
                ("grades", "students", None),
                ("guardians", "students", None),
                ("dates", "academicSessions", None),
                ("teacherless", "classes", None),
                ("emptied_schools", "students", None),
            ]
        )
    )
    of = draw(COUNTS)
    school = draw(st.sampled_from([None, *SCHOOLS]))
    return Figure(measure, subject, draw(st.integers(0, of)), of, field, school)


STATISTICS = st.builds(
    Statistics,
    tallies=st.dictionaries(st.sampled_from(SUBJECTS), tallies(), max_size=5),
    schools=st.dictionaries(
        st.sampled_from(SCHOOLS),
        st.dictionaries(st.sampled_from(["students", "classes"]), tallies(), max_size=2),
        max_size=2,
    ),
    figures=st.lists(figures(), max_size=5).map(tuple),
    drift=st.lists(
        st.just(Drift("users.drift.column_lost", "users.csv", field="email")), max_size=1
    ).map(tuple),
)
SCOPES = st.sampled_from(["district", "resources.users", "resources.students", "schools.sch-1"])
NAMES = st.sampled_from([guard.name for guard in GUARDS])


@st.composite
def parts_of_a_setting(draw: st.DrawFn, name: str) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if draw(st.booleans()) and name in _SHARED:
        said["percent"] = draw(st.integers(0, 90))
    if draw(st.booleans()):
        said["records"] = draw(st.integers(0, 60))
    if draw(st.booleans()) and name not in _FIXED:
        said["on"] = draw(st.booleans())
    if draw(st.booleans()):
        said["per_school"] = draw(st.booleans()) and name not in _OF_DISTRICT
    return said


@st.composite
def policies(draw: st.DrawFn) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for scope, name in draw(st.sets(st.tuples(SCOPES, NAMES), max_size=4)):
        group, _, of = scope.partition(".")
        if group == "schools" and name in _OF_DISTRICT:
            continue
        rules = value.setdefault(group, {})
        if of:
            rules = rules.setdefault(of, {})
        rules[name] = draw(parts_of_a_setting(name))
    return value


def scopes_of(value: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        *([value["district"]] if "district" in value else []),
        *value.get("resources", {}).values(),
        *value.get("schools", {}).values(),
    ]


@PATIENT
@given(STATISTICS, policies(), st.data())
def test_loosening_a_limit_never_makes_a_go_into_a_hold(
    statistics: Statistics, value: dict[str, Any], data: st.DataObject
) -> None:
    looser = json.loads(json.dumps(value))
    for rules in scopes_of(looser):
        for name, said in rules.items():
            if "percent" in said:
                said["percent"] = data.draw(st.integers(said["percent"], 90))
            if "records" in said:
                said["records"] = data.draw(st.integers(said["records"], 100))
            if said.get("per_school"):
                said["per_school"] = data.draw(st.booleans())
            if said.get("on") and name not in _FIXED:
                said["on"] = data.draw(st.booleans())
    before = judge_change_set(statistics, policy=read_policy(value))
    after = judge_change_set(statistics, policy=read_policy(looser))
    assert after.decision is before.decision or (before.decision, after.decision) == (
        Decision.HOLD,
        Decision.GO,
    )


@PATIENT
@given(STATISTICS, policies(), st.randoms())
def test_reasons_do_not_depend_on_the_order_of_what_was_counted(
    statistics: Statistics, value: dict[str, Any], random: Any
) -> None:
    def shuffled(items: Any) -> Any:
        listed = list(items)
        random.shuffle(listed)
        return listed

    figures = {(it.measure, it.subject, it.field, it.school): it for it in statistics.figures}
    known = Statistics(
        tallies=statistics.tallies,
        schools=statistics.schools,
        figures=tuple(figures.values()),
        drift=statistics.drift,
    )
    turned = Statistics(
        tallies=dict(shuffled(known.tallies.items())),
        schools=dict(shuffled(known.schools.items())),
        figures=tuple(shuffled(known.figures)),
        drift=known.drift,
    )
    policy = read_policy(value)
    assert judge_change_set(known, policy=policy) == judge_change_set(turned, policy=policy)


@PATIENT
@given(STATISTICS)
def test_statistics_survive_being_stored(statistics: Statistics) -> None:
    assert Statistics.from_json(json.loads(json.dumps(statistics.as_json()))) == statistics


@PATIENT
@given(STATISTICS, policies())
def test_what_empties_a_resource_never_goes(statistics: Statistics, value: dict[str, Any]) -> None:
    emptied = {**statistics.tallies, "courses": Tally(active=3, abandon=3)}
    kept = Statistics(tallies=emptied, schools=statistics.schools, figures=statistics.figures)
    assert judge_change_set(kept, policy=read_policy(value)).decision is not Decision.GO
