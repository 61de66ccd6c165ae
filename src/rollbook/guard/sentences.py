"""Say why a change set is held, in a sentence with the numbers and the limit."""

from __future__ import annotations

from collections.abc import Mapping

from rollbook.diff.measures import Drift, Statistics
from rollbook.guard.data import Excess, Reason, Records
from rollbook.guard.guards import NOUNS, Guard, code_of
from rollbook.validation.catalogue import rule_of

_TOLD = 3  # so many schools are named; the others are counted
_PARTS: Mapping[str, Mapping[str, str]] = {
    "grades": {"up": "one grade up", "down": "one grade down", "otherwise": "otherwise"},
    "guardians": {
        "exchanged": "lose one and get another",
        "lost": "only lose",
        "gained": "only get",
    },
    "dates": {"year": "to a later school year", "days": "by months"},
    "teacherless": {
        "lost": "lose their last one",
        "new": "are new without one",
        "found": "get one at last",
    },
}
_LOOK = (
    "Nothing is held for it. An owner or a data manager of the district reads the findings of "
    "these records and asks whoever makes the exports to repair the rows, or to leave them out."
)
_CHANGES = {
    "removals": "abandon",
    "lost_schools": "abandon",
    "updates": "update",
    "creates": "create",
}


def reason_of(guard: Guard, excess: Excess, statistics: Statistics) -> Reason:
    """Return the reason for what passes a guard's limit."""
    if guard.is_of_school:
        sentence = _say_emptied(excess, statistics)
    elif excess.is_at_schools:
        sentence = _say_schools(guard, excess, statistics)
    else:
        sentence = _say_district(guard, excess)
    schools = tuple(school for school, *_ in excess.places if school is not None)
    count = len(schools) if guard.is_of_school else sum(it[1] for it in excess.places)
    return Reason(
        code=code_of(guard, excess.subject, excess.field, at_schools=excess.is_at_schools),
        sentence=sentence,
        guard=guard.name,
        subject=excess.subject,
        field=excess.field or "",
        schools=schools,
        records=Records(change=_CHANGES.get(guard.name), count=count),
    )


def reason_of_drift(drift: Drift, subject: str) -> Reason:
    """Return the reason for what looks otherwise than in the delivery before."""
    rule = rule_of(drift.code)
    about = [drift.file, *([drift.field] if drift.field else [])]
    value = f" ({drift.value})" if drift.value else ""
    return Reason(
        code=drift.code,
        sentence=f"{', '.join(about)}{value}: {rule.title}. {rule.repair}",
        guard="drift",
        subject=subject,
        field=drift.field or "",
    )


def _say_district(guard: Guard, excess: Excess) -> str:
    _, amount, of, percent = excess.places[0]
    noun = NOUNS[excess.subject]
    if guard.name == "lost_schools":
        return (
            f"{amount:,} of {of:,} schools would be removed; losing a school always needs a "
            "person's yes."
        )
    if guard.name == "creates":
        return _say_creates(excess)
    happens = guard.happens.format(field=excess.field)
    sentence = f"{amount:,} of {of:,} {noun} ({_share(amount, of)}) {happens}"
    if guard.name == "removals" and amount == of:
        return f"{sentence}; that none is left always needs a person's yes."
    if guard.is_notice:
        return f"{sentence}. {_LOOK}"
    return f"{sentence}{_say_parts(guard, excess)}; {_say_limit(guard, percent)}"


def _say_creates(excess: Excess) -> str:
    _, amount, of, percent = excess.places[0]
    usual = excess.parts.get("usual", 0)
    return (
        f"{amount:,} {NOUNS[excess.subject]} would be created, where there are {of:,}; in the last "
        f"runs it was never more than {usual:,}. More than {_percent(percent)} at once needs a "
        "person's yes."
    )


def _say_limit(guard: Guard, percent: float | None) -> str:
    than = (
        f"{_percent(percent)} or more" if guard.holds_at_limit else f"more than {_percent(percent)}"
    )
    return f"{than} needs a person's yes."


def _say_parts(guard: Guard, excess: Excess) -> str:
    names = _PARTS.get(guard.name)
    if names is None:
        blanked = excess.parts.get("blanked", 0)
        return f", {blanked:,} of them to nothing" if blanked else ""
    told = [f"{amount:,} {names[part]}" for part in names if (amount := excess.parts.get(part))]
    return f": {', '.join(told)}"


def _say_schools(guard: Guard, excess: Excess, statistics: Statistics) -> str:
    told = [
        f"{_name(school, statistics)} {amount:,} of {of:,} ({_share(amount, of)}, "
        f"limit {_percent(percent)})"
        for school, amount, of, percent in excess.places[:_TOLD]
    ]
    happens = guard.happens.format(field=excess.field)
    return (
        f"At {_schools(len(excess.places))} too many {NOUNS[excess.subject]} {happens} without a "
        f"person's yes: {_listed(told, len(excess.places))}."
    )


def _say_emptied(excess: Excess, statistics: Statistics) -> str:
    told = [f"{_name(school, statistics)} had {of:,}" for school, _, of, _ in excess.places[:_TOLD]]
    return (
        f"{_schools(len(excess.places)).capitalize()} would have no {NOUNS[excess.subject]} any "
        f"more, which needs a person's yes: {_listed(told, len(excess.places))}."
    )


def _name(school: str | None, statistics: Statistics) -> str:
    return statistics.names.get(school or "", school or "")


def _schools(count: int) -> str:
    return "one school" if count == 1 else f"{count:,} schools"


def _listed(told: list[str], count: int) -> str:
    rest = count - len(told)
    return "; ".join(told) + (f"; and {rest:,} more" if rest else "")


def _share(amount: int, of: int) -> str:
    """Return a share so that nothing near a limit looks as if it were at it."""
    share = amount * 100 / of if of else 100.0
    return f"{share:.0f}%" if share >= 10.5 or share == round(share) else f"{share:.1f}%"


def _percent(percent: float | None) -> str:
    return f"{percent or 0:g}%"
