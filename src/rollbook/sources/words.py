"""What a source is, in plain words: what it owns, of which schools, and when it brings anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rollbook.oneroster import RecordKind
from rollbook.sources.models import Source

KINDS: dict[RecordKind, str] = {
    RecordKind.ORGS: "schools and offices",
    RecordKind.ACADEMIC_SESSIONS: "terms",
    RecordKind.COURSES: "courses",
    RecordKind.CLASSES: "classes",
    RecordKind.STUDENTS: "students",
    RecordKind.TEACHERS: "teachers",
    RecordKind.STAFF: "other staff",
    RecordKind.CONTACTS: "parents and guardians",
    RecordKind.ENROLLMENTS: "enrollments",
    RecordKind.DEMOGRAPHICS: "demographics",
}
_SCHOOLS_NAMED = 5


def owns_what(source: Source) -> str:
    """Return what a source owns, to stand inside a sentence: "students and classes of all schools".

    Kinds stand in the order of the standard, whatever the order in which they were given.
    """
    kinds = [words for kind, words in KINDS.items() if kind in source.owns]
    what = _listed(kinds) if kinds else "everything"
    return f"{what} of {_schools(source.schools)}" if source.schools else what


def stays_how_long(source: Source) -> str:
    """Return for how long people who are gone stay, as a sentence; empty when they do not."""
    if not source.grace_days:
        return ""
    days = "1 day" if source.grace_days == 1 else f"{source.grace_days} days"
    return f"People who are gone stay for {days}."


def when_open(source: Source, *, today: date) -> str:
    """Return when an additive source brings anything, as a sentence; empty for any other."""
    if not source.is_additive or source.begins_on is None or source.ends_on is None:
        return ""
    span = f"from {_day(source.begins_on)} to {_day(source.ends_on)}"
    if source.is_open_on(today):
        return f"It adds to the roster {span}."
    state = "has not begun" if today < source.begins_on else "is over"
    return f"It adds to the roster {span}: that {state}, so nothing of it is taken today."


def _schools(schools: Sequence[str]) -> str:
    more = len(schools) - _SCHOOLS_NAMED
    named = [*schools[:_SCHOOLS_NAMED], *([f"{more} more"] if more > 0 else [])]
    return f"{'school' if len(schools) == 1 else 'schools'} {_listed(named)}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
