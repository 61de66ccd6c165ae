"""The entry to this stage: weigh what a change set does against a district's policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rollbook.diff.measures import KINDS, SUBJECTS, Drift, Figure, Statistics, Tally
from rollbook.guard.data import Decision, Excess, Policy, Reason, Setting, Verdict
from rollbook.guard.guards import (
    EVERYTHING,
    FEWEST_RUNS,
    GUARDS,
    UNUSUAL,
    Guard,
    guard_named,
    guard_of_field,
)
from rollbook.guard.policy import setting_for
from rollbook.guard.sentences import reason_of, reason_of_drift
from rollbook.oneroster import RESOURCES, Resource

_TWO_PEOPLE = ("schools", "students", "teachers", "staff")
_TWO_PEOPLE_PERCENT = 95
_RESOURCES = tuple(map(str, RESOURCES))


def judge_change_set(
    statistics: Statistics, *, past: Sequence[Statistics] = (), policy: Policy
) -> Verdict:
    """Say whether a change set may be published by itself.

    Args:
        past: Of the last published runs of the same source.

    Returns:
        Go; hold, with a reason for each limit that is passed, guards in their order and parents
        before children; or refuse, when nothing of the roster would remain.

    Source: design, "Guard".
    """
    if _is_everything_gone(statistics):
        return Verdict(Decision.REFUSE, (_NOTHING_REMAINS,))
    found = tuple(_reasons(statistics, past, policy))
    reasons = tuple(it for it in found if not guard_named(it.guard).is_notice)
    return Verdict(
        Decision.HOLD if reasons else Decision.GO,
        reasons,
        notices=tuple(it for it in found if guard_named(it.guard).is_notice),
        needs_second=_needs_second(statistics),
        removals_may_wait=_may_removals_wait(statistics),
    )


_NOTHING_REMAINS = Reason(
    EVERYTHING,
    "Nothing of the roster would remain. No approval can make that right: whoever makes the "
    "exports sends a complete one. Nothing of the roster has changed.",
)


def _is_everything_gone(statistics: Statistics) -> bool:
    tallies = [statistics.tally(name) for name in _RESOURCES]
    is_any = any(it.base for it in tallies)
    return is_any and not any(it.base + it.create - it.abandon for it in tallies)


def _needs_second(statistics: Statistics) -> bool:
    tallies = [statistics.tally(kind) for kind in _TWO_PEOPLE]
    return any(it.abandon * 100 > it.base * _TWO_PEOPLE_PERCENT for it in tallies)


def _may_removals_wait(statistics: Statistics) -> bool:
    """Whether removals can be left for later: not when over half the classes go, for then the old
    year's would stand beside the new year's."""
    is_any = any(statistics.tally(name).abandon for name in _RESOURCES)
    classes = statistics.tally(Resource.CLASSES)
    return is_any and classes.abandon * 2 <= classes.base


def _reasons(
    statistics: Statistics, past: Sequence[Statistics], policy: Policy
) -> Iterator[Reason]:
    for guard in GUARDS:
        if guard.name == "drift":
            yield from _drift(guard, statistics, past, policy)
            continue
        figures = [*_figures(guard, statistics, past)]
        excesses = [*_excesses(guard, figures, policy)]
        for excess in excesses:
            if not _is_told_elsewhere(excess, excesses):
                yield reason_of(guard, excess, statistics)


def _drift(
    guard: Guard, statistics: Statistics, past: Sequence[Statistics], policy: Policy
) -> Iterator[Reason]:
    """Yield what looks otherwise, unless the last run looked so, too, and was let through.

    Ids that wait for a decision look otherwise than those that are published until it has been
    carried out; whoever has approved the first such run is not asked about each that follows.
    """
    known = {_likeness(drift) for drift in past[-1].drift} if past else set()
    for drift in statistics.drift:
        if _likeness(drift) in known:
            continue
        name = drift.code.partition(".")[0]
        subject = name if name in _RESOURCES else ""
        if setting_for(policy, guard, subject).on:
            yield reason_of_drift(drift, subject)


def _likeness(drift: Drift) -> tuple[str | None, ...]:
    """Return what makes two drifts one; what is said of ids is an example of them."""
    value = None if drift.field == "sourcedId" else drift.value
    return drift.code, drift.file, drift.field, value


def _is_told_elsewhere(excess: Excess, excesses: Sequence[Excess]) -> bool:
    """Whether another reason says it better.

    Of a resource that is not emptied, one of its kinds; of schools, the whole district.
    """
    if excess.is_at_schools:
        told = False
        subjects: tuple[str, ...] = (excess.subject,)
    else:
        _, amount, of, _ = excess.places[0]
        told = amount == of
        subjects = KINDS.get(Resource(excess.subject), ()) if excess.subject in _RESOURCES else ()
    return not told and any(
        other.subject in subjects and other.field == excess.field and not other.is_at_schools
        for other in excesses
    )


def _figures(guard: Guard, statistics: Statistics, past: Sequence[Statistics]) -> Iterator[Figure]:
    """Yield the figures that a guard looks at, subjects in their order."""
    if guard.name == "lost_schools":
        tally = statistics.tally("schools")
        if tally.abandon:
            yield Figure(guard.name, "schools", tally.abandon, tally.base)
    elif guard.name in ("removals", "updates"):
        yield from _tallied(guard, statistics)
    elif guard.name == "creates":
        yield from _unusual(guard, statistics, past)
    elif guard.name == "waiting_ids":
        yield from _newly_waiting(statistics, past)
    elif guard.fields or guard.name == "other_fields":
        fields = (it for it in statistics.figures if it.measure == "field")
        yield from _in_order(it for it in fields if guard_of_field(it.field) is guard)
    else:
        yield from _in_order(it for it in statistics.figures if it.measure == guard.name)


def _tallied(guard: Guard, statistics: Statistics) -> Iterator[Figure]:
    for subject in SUBJECTS:
        tally = statistics.tally(subject)
        yield Figure(guard.name, subject, _amount(guard, tally), tally.base)
        for school, tallies in sorted(statistics.schools.items()):
            if subject in tallies:
                at = tallies[subject]
                yield Figure(guard.name, subject, _amount(guard, at), at.base, school=school)


def _amount(guard: Guard, tally: Tally) -> int:
    """Return what counts of a tally: of removals, those of the records' own accord."""
    return tally.abandon - tally.following if guard.name == "removals" else tally.update


def _unusual(guard: Guard, statistics: Statistics, past: Sequence[Statistics]) -> Iterator[Figure]:
    """Yield subjects with far more new records than in any of the last runs.

    A first load, or runs too few to tell, make nothing unusual.
    """
    last = [it for it in past if not it.is_first]
    if statistics.is_first or len(last) < FEWEST_RUNS:
        return
    for subject in SUBJECTS:
        tally = statistics.tally(subject)
        usual = max(it.tally(subject).create for it in last)
        if tally.base and tally.create > usual * UNUSUAL:
            parts = {"usual": usual}
            yield Figure(guard.name, subject, tally.create, tally.base, parts=parts)


def _newly_waiting(statistics: Statistics, past: Sequence[Statistics]) -> Iterator[Figure]:
    """Yield resources of which more ids wait than in the last run, which was let through."""
    last = past[-1].figures if past else ()
    known = {it.subject: it.amount for it in last if it.measure == "waiting_ids"}
    for figure in statistics.figures:
        if figure.measure == "waiting_ids" and figure.amount > known.get(figure.subject, 0):
            yield figure


def _in_order(figures: Iterator[Figure]) -> list[Figure]:
    return sorted(
        figures, key=lambda it: (SUBJECTS.index(it.subject), it.field or "", it.school or "")
    )


def _excesses(guard: Guard, figures: Sequence[Figure], policy: Policy) -> Iterator[Excess]:
    """Yield what passes its limit, one for the district and one for all schools together."""
    found: dict[tuple[str, str | None, bool], list[tuple[Figure, Setting]]] = {}
    for figure in figures:
        setting = setting_for(policy, guard, figure.subject, school=figure.school)
        if _passes_limit(guard, figure, setting):
            key = (figure.subject, figure.field, figure.school is not None)
            found.setdefault(key, []).append((figure, setting))
    for (subject, field, _), places in found.items():
        places.sort(key=lambda it: (-it[0].amount / max(it[0].of, 1), -it[0].amount, it[0].school))
        yield Excess(
            guard=guard.name,
            subject=subject,
            field=field,
            places=tuple((it.school, it.amount, it.of, setting.percent) for it, setting in places),
            parts=places[0][0].parts,
        )


def _passes_limit(guard: Guard, figure: Figure, setting: Setting) -> bool:
    is_at_school = figure.school is not None
    is_looked_at = setting.on and (setting.per_school or guard.is_of_school or not is_at_school)
    if not is_looked_at or not figure.amount:
        return False
    if guard.is_of_school:
        return is_at_school and figure.of > setting.records
    is_resource = figure.subject in _RESOURCES and not is_at_school
    if guard.name == "removals" and is_resource and figure.amount == figure.of:
        return True
    if figure.amount <= setting.records:
        return False
    if setting.percent is None:
        return True
    share, limit = figure.amount * 100, setting.percent * figure.of
    return share >= limit if guard.holds_at_limit else share > limit
