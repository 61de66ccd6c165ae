"""Each guard: what holds, and the near miss that does not."""

from __future__ import annotations

import pytest
from tests.guard.statistics import NAMES, at_school, figured, tallied

from rollbook.diff.measures import Drift, Figure, Statistics, Tally
from rollbook.guard.data import Decision, Policy, Verdict
from rollbook.guard.judge import judge_change_set
from rollbook.guard.policy import read_policy

PLAIN = Policy()


def codes(
    statistics: Statistics, policy: Policy = PLAIN, past: tuple[Statistics, ...] = ()
) -> list[str]:
    """Return the codes of the reasons, in their order."""
    return [reason.code for reason in judge(statistics, policy, past).reasons]


def judge(
    statistics: Statistics, policy: Policy = PLAIN, past: tuple[Statistics, ...] = ()
) -> Verdict:
    verdict = judge_change_set(statistics, past=past, policy=policy)
    assert verdict.decision is not Decision.GO or not verdict.reasons
    return verdict


REMOVALS = [
    # subject, active, abandon, held
    ("users", 1000, 100, False),  # exactly the share
    ("users", 1000, 101, True),
    ("users", 100, 10, False),  # share and floor
    ("users", 100, 11, True),
    ("users", 109, 11, True),
    ("users", 110, 11, False),  # exactly 10 %
    ("users", 20, 10, False),  # half of them, and no more than the floor
    ("users", 20, 11, True),
    ("users", 10, 10, True),  # emptied
    ("users", 1, 1, True),
    ("users", 0, 0, False),
    ("users", 1_000_000, 100_000, False),
    ("users", 1_000_000, 100_001, True),
    ("teachers", 74, 11, True),
    ("teachers", 74, 10, False),
    ("orgs", 20, 2, False),
    ("orgs", 20, 3, True),  # no floor
    ("orgs", 10, 1, False),
    ("academicSessions", 9, 1, True),
    ("academicSessions", 30, 3, False),
]


@pytest.mark.parametrize(("subject", "active", "abandon", "is_held"), REMOVALS)
def test_removals(subject: str, active: int, abandon: int, is_held: bool) -> None:
    resource = "users" if subject == "teachers" else subject
    beside = {"courses": Tally(active=1)}  # so that not the whole roster goes
    tallies = {subject: Tally(active=active, abandon=abandon), **beside}
    found = codes(Statistics(tallies=tallies))
    assert found == ([f"{resource}.removals.too_many"] if is_held else [])


def test_shares_are_of_the_whole_districts_records() -> None:
    """After composing sources: what others have published counts, too."""
    assert codes(tallied("users", active=100, others=900, abandon=100)) == []
    assert codes(tallied("users", active=100, others=899, abandon=100)) == [
        "users.removals.too_many"
    ]
    assert codes(tallied("users", active=100, others=9_000, abandon=100)) == []  # not emptied


@pytest.mark.parametrize(
    ("subject", "active", "update", "is_held"),
    [
        ("classes", 100, 75, True),  # the limit itself
        ("classes", 100, 74, False),
        ("classes", 12, 10, False),  # no more than the floor
        ("classes", 14, 11, True),
        ("academicSessions", 4, 3, True),
        ("academicSessions", 4, 2, False),
    ],
)
def test_updates(subject: str, active: int, update: int, is_held: bool) -> None:
    found = codes(tallied(subject, active=active, update=update))
    assert found == ([f"{subject}.updates.too_many"] if is_held else [])


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ({"active": 40, "abandon": 11}, "users.removals.too_many_at_school"),
        ({"active": 40, "abandon": 10}, None),
        ({"active": 110, "abandon": 11}, None),
        ({"active": 40, "update": 30}, "users.updates.too_many_at_school"),
        ({"active": 40, "update": 29}, None),
    ],
)
def test_limits_of_one_school(counts: dict[str, int], code: str | None) -> None:
    assert codes(at_school("students", **counts)) == ([code] if code else [])


def test_a_school_that_goes_always_holds() -> None:
    assert codes(tallied("schools", active=100, abandon=1)) == ["orgs.removals.school_lost"]
    assert codes(tallied("offices", active=100, abandon=1)) == []


FIGURES = [
    # measure, subject, field, of, at the limit, code
    ("field", "students", "email", 200, 20, "users.email.many_changed"),
    ("field", "teachers", "username", 200, 20, "users.username.many_changed"),
    ("field", "students", "orgSourcedIds", 200, 20, "users.orgSourcedIds.many_changed"),
    ("field", "classes", "schoolSourcedId", 200, 20, "classes.schoolSourcedId.many_changed"),
    ("field", "contacts", "agentSourcedIds", 200, 20, "users.agentSourcedIds.many_changed"),
    ("grades", "students", None, 200, 20, "users.grades.shifted"),
    ("guardians", "students", None, 200, 20, "users.guardians.changed"),
    ("teacherless", "classes", None, 200, 20, "classes.teachers.missing"),
    ("dates", "academicSessions", None, 30, 3, "academicSessions.dates.moved_on"),
    ("waiting_ids", "users", None, 200, 20, "users.ids.many_wait"),
]
WITHOUT_SCHOOLS = ("dates", "waiting_ids")


@pytest.mark.parametrize(("measure", "subject", "field", "of", "limit", "code"), FIGURES)
@pytest.mark.parametrize("school", [None, "sch-1"])
def test_fields_and_meaning(
    measure: str,
    subject: str,
    field: str | None,
    of: int,
    limit: int,
    code: str,
    school: str | None,
) -> None:
    expected = code if school is None else f"{code}_at_school"
    has_schools = measure not in WITHOUT_SCHOOLS or school is None
    past_it = figured(measure, subject, limit + 1, of, field=field, school=school)
    assert codes(past_it) == ([expected] if has_schools else [])
    assert codes(figured(measure, subject, limit, of, field=field, school=school)) == []
    if subject != "academicSessions":  # of these none is little
        assert codes(figured(measure, subject, 10, 12, field=field, school=school)) == []


def test_other_fields_are_looked_at_where_a_district_wants_it() -> None:
    statistics = figured("field", "students", 60, 100, field="phone")
    assert codes(statistics) == []
    policy = read_policy({"district": {"other_fields": {"on": True}}})
    assert codes(statistics, policy) == ["users.phone.many_changed"]
    assert codes(figured("field", "students", 50, 100, field="phone"), policy) == []


def test_an_emptied_school_holds() -> None:
    statistics = figured("emptied_schools", "students", 1, 20, school="sch-1")
    (reason,) = judge(statistics).reasons
    assert reason.code == "orgs.schools.emptied"
    assert reason.sentence == (
        "One school would have no students any more, which needs a person's yes: "
        "Oak Elementary had 20."
    )
    tolerant = read_policy({"schools": {"sch-1": {"emptied_schools": {"records": 20}}}})
    assert codes(statistics, tolerant) == []
    smaller = read_policy({"schools": {"sch-1": {"emptied_schools": {"records": 19}}}})
    assert codes(statistics, smaller) == ["orgs.schools.emptied"]
    off = read_policy({"schools": {"sch-1": {"emptied_schools": {"on": False}}}})
    assert codes(statistics, off) == []


USUAL = tuple(tallied("users", active=1_000, create=20) for _ in range(3))


@pytest.mark.parametrize(
    ("create", "past", "is_held"),
    [
        (251, USUAL, True),
        (250, USUAL, False),  # no more than a quarter
        (251, USUAL[:2], False),  # too few runs to say what is usual
        (251, (*USUAL, tallied("users", active=1_000, create=26)), False),  # not so unusual
        (251, (*USUAL[:2], Statistics(is_first=True)), False),  # a first load says nothing
    ],
)
def test_growth(create: int, past: tuple[Statistics, ...], is_held: bool) -> None:
    found = codes(tallied("users", active=1_000, create=create), past=past)
    assert found == (["users.creates.unusual"] if is_held else [])


def test_drift_holds_unless_switched_off() -> None:
    statistics = Statistics(
        drift=(Drift("users.drift.rows_collapsed", "users.csv", value="2000 → 300"),)
    )
    (reason,) = judge(statistics).reasons
    assert reason.code == "users.drift.rows_collapsed"
    assert reason.sentence.startswith("users.csv (2000 → 300): ")
    assert codes(statistics, read_policy({"district": {"drift": {"on": False}}})) == []
    assert codes(statistics, read_policy({"resources": {"users": {"drift": {"on": False}}}})) == []
    of_others = read_policy({"resources": {"orgs": {"drift": {"on": False}}}})
    assert codes(statistics, of_others) == ["users.drift.rows_collapsed"]


def test_nothing_to_judge_goes() -> None:
    assert judge(Statistics()).decision is Decision.GO
    first = Statistics(is_first=True, tallies={"users": Tally(create=9_000)})
    assert judge(first, past=USUAL).decision is Decision.GO


def test_nobody_can_approve_that_nothing_remains() -> None:
    tallies = {"users": Tally(active=5, abandon=5), "orgs": Tally(active=2, abandon=2)}
    verdict = judge(Statistics(tallies=tallies))
    assert verdict.decision is Decision.REFUSE
    assert [reason.code for reason in verdict.reasons] == ["roster.removals.everything"]
    tallies["orgs"] = Tally(active=2, abandon=1)
    assert judge(Statistics(tallies=tallies)).decision is Decision.HOLD


@pytest.mark.parametrize("kind", ["schools", "students", "teachers", "staff", "contacts"])
def test_two_people_decide_when_nearly_everybody_goes(kind: str) -> None:
    for abandon, needs_second in ((95, False), (96, kind != "contacts")):
        verdict = judge(tallied(kind, active=100, abandon=abandon))
        assert verdict.needs_second is needs_second


def test_removals_may_wait_unless_over_half_the_classes_go() -> None:
    assert judge(tallied("classes", active=100, abandon=50)).removals_may_wait
    assert not judge(tallied("classes", active=100, abandon=51)).removals_may_wait
    assert not judge(tallied("classes", active=100, update=80)).removals_may_wait


def test_kinds_say_it_better_than_their_resource() -> None:
    tallies = {
        "users": Tally(active=200, abandon=40),
        "students": Tally(active=100, abandon=40),
        "contacts": Tally(active=100),
    }
    (reason,) = judge(Statistics(tallies=tallies)).reasons
    assert (reason.code, reason.subject) == ("users.removals.too_many", "students")
    assert reason.sentence == (
        "40 of 100 students (40%) would be removed; more than 10% needs a person's yes."
    )
    small = {
        "users": Tally(active=40, abandon=11),
        "students": Tally(active=20, abandon=6),
        "contacts": Tally(active=20, abandon=5),
    }
    (reason,) = judge(Statistics(tallies=small)).reasons
    assert (reason.subject, reason.records.count) == ("users", 11)


def test_schools_are_named_worst_first_and_the_rest_is_counted() -> None:
    names = {f"s{number}": f"School {number}" for number in range(5)}
    schools = {
        name: {"students": Tally(active=40, abandon=20 + number)}
        for number, name in enumerate(names)
    }
    tallies = {"students": Tally(active=100_000, abandon=110)}
    (reason,) = judge(Statistics(tallies=tallies, schools=schools, names=names)).reasons
    assert reason.sentence == (
        "At 5 schools too many students would be removed without a person's yes: "
        "School 4 24 of 40 (60%, limit 10%); School 3 23 of 40 (58%, limit 10%); "
        "School 2 22 of 40 (55%, limit 10%); and 2 more."
    )
    assert reason.schools == ("s4", "s3", "s2", "s1", "s0")
    assert (reason.records.change, reason.records.count) == ("abandon", 110)


def test_sentences_say_what_an_amount_is_made_of() -> None:
    grades = figured("grades", "students", 60, 100, parts={"up": 57, "otherwise": 3})
    assert [reason.sentence for reason in judge(grades).reasons] == [
        "60 of 100 students (60%) would change grade: 57 one grade up, 3 otherwise; more than 10% "
        "needs a person's yes."
    ]
    email = figured("field", "staff", 30, 60, field="email", parts={"changed": 8, "blanked": 22})
    assert [reason.sentence for reason in judge(email).reasons] == [
        "30 of 60 staff (50%) would change or lose their e-mail address, 22 of them to nothing; "
        "more than 10% needs a person's yes."
    ]


def test_reasons_come_in_a_stable_order() -> None:
    """Guards in the order of docs/guards.md, parents before children."""
    tallies = {
        "enrollments": Tally(active=100, abandon=50),
        "orgs": Tally(active=9, abandon=3),
        "schools": Tally(active=8, abandon=3),
        "classes": Tally(active=100, update=90, abandon=20),
    }
    figures = (
        Figure("grades", "students", 50, 100),
        Figure("field", "teachers", 30, 100, "email"),
        Figure("field", "students", 30, 100, "email"),
    )
    statistics = Statistics(tallies=tallies, figures=figures, names=NAMES)
    turned = Statistics(tallies=dict(reversed(tallies.items())), figures=figures[::-1], names=NAMES)
    expected = [
        ("orgs.removals.school_lost", "schools"),
        ("orgs.removals.too_many", "schools"),
        ("classes.removals.too_many", "classes"),
        ("enrollments.removals.too_many", "enrollments"),
        ("classes.updates.too_many", "classes"),
        ("users.email.many_changed", "students"),
        ("users.email.many_changed", "teachers"),
        ("users.grades.shifted", "students"),
    ]
    for value in (statistics, turned):
        assert [(it.code, it.subject) for it in judge(value).reasons] == expected


@pytest.mark.parametrize(
    ("amount", "of", "is_held"), [(10, 20, False), (11, 110, False), (11, 109, True)]
)
def test_rows_of_many_that_cannot_be_used(amount: int, of: int, is_held: bool) -> None:
    found = codes(figured("stale", "students", amount, of))
    assert found == (["users.stale.many_new"] if is_held else [])
    found = codes(figured("stale", "students", amount, of, school="sch-1"))
    assert found == (["users.stale.many_new_at_school"] if is_held else [])


def test_records_stale_for_long_are_told_and_hold_nothing() -> None:
    verdict = judge(figured("long_stale", "students", 1, 1_000))
    assert (verdict.decision, verdict.reasons) == (Decision.GO, ())
    assert [notice.code for notice in verdict.notices] == ["users.stale.too_long"]
    assert "Nothing is held for it." in verdict.notices[0].sentence
    off = read_policy({"resources": {"users": {"long_stale": {"on": False}}}})
    assert judge(figured("long_stale", "students", 1, 1_000), off).notices == ()


def test_drift_that_was_let_through_is_not_asked_about_again() -> None:
    def drifting(*drifts: Drift) -> Statistics:
        return Statistics(drift=drifts)

    ids = Drift("users.drift.prefix_changed", "users.csv", "sourcedId", "1 → S1")
    same = Drift("users.drift.prefix_changed", "users.csv", "sourcedId", "7 → S7")
    bytes_ = Drift("users.drift.encoding_changed", "users.csv", None, "utf-8 → cp1252")
    others = Drift("users.drift.encoding_changed", "users.csv", None, "utf-8 → utf-16")
    assert codes(drifting(ids)) == [ids.code]
    assert codes(drifting(same), past=(drifting(ids, bytes_),)) == []
    assert codes(drifting(ids), past=(drifting(ids), drifting())) == [ids.code]
    assert codes(drifting(ids, bytes_), past=(drifting(ids),)) == [bytes_.code]
    assert codes(drifting(others), past=(drifting(bytes_),)) == [others.code]


def test_ids_that_were_let_wait_are_asked_about_when_more_do() -> None:
    def waiting(amount: int) -> Statistics:
        return figured("waiting_ids", "users", amount, 100)

    assert codes(waiting(40)) == ["users.ids.many_wait"]
    assert codes(waiting(40), past=(waiting(40),)) == []
    assert codes(waiting(41), past=(waiting(40),)) == ["users.ids.many_wait"]
    assert codes(waiting(40), past=(waiting(40), Statistics())) == ["users.ids.many_wait"]
