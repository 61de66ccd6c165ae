"""The school year 2026-2027: a year, two semesters, four grading periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Session:
    """An academic session. `ends_on` is the first day after it, as the standard counts."""

    sourced_id: str
    title: str
    type: str
    begins_on: date
    ends_on: date
    parent: str


SCHOOL_YEAR = Session(
    "ay-2027", "2026-2027", "schoolYear", date(2026, 8, 17), date(2027, 6, 5), parent=""
)
SEMESTER_1 = Session(
    "s1-2027", "Semester 1", "semester", date(2026, 8, 17), date(2026, 12, 19), parent="ay-2027"
)
SEMESTER_2 = Session(
    "s2-2027", "Semester 2", "semester", date(2027, 1, 4), date(2027, 6, 5), parent="ay-2027"
)
_QUARTERS = (
    ("gp1-2027", "Quarter 1", date(2026, 8, 17), date(2026, 10, 17), SEMESTER_1),
    ("gp2-2027", "Quarter 2", date(2026, 10, 19), date(2026, 12, 19), SEMESTER_1),
    ("gp3-2027", "Quarter 3", date(2027, 1, 4), date(2027, 3, 20), SEMESTER_2),
    ("gp4-2027", "Quarter 4", date(2027, 3, 29), date(2027, 6, 5), SEMESTER_2),
)
SESSIONS = (
    SCHOOL_YEAR,
    SEMESTER_1,
    SEMESTER_2,
    *(
        Session(sourced_id, title, "gradingPeriod", begins_on, ends_on, parent.sourced_id)
        for sourced_id, title, begins_on, ends_on, parent in _QUARTERS
    ),
)


def session_rows() -> Iterator[dict[str, str]]:
    """Yield the rows of academicSessions.csv."""
    for session in SESSIONS:
        yield {
            "sourcedId": session.sourced_id,
            "title": session.title,
            "type": session.type,
            "startDate": session.begins_on.isoformat(),
            "endDate": session.ends_on.isoformat(),
            "parentSourcedId": session.parent,
            "schoolYear": str(SCHOOL_YEAR.ends_on.year),
        }


def begin_date(sessions: tuple[Session, ...], *, day: int) -> date:
    """Return when somebody who came on a day of the generated calendar begins a class.

    Day 1 is the first day of school. Late days stop at the last day of the first semester, so that
    the date is inside every class of the year.
    """
    last_day = SEMESTER_1.ends_on - timedelta(days=1)
    came_on = min(SCHOOL_YEAR.begins_on + timedelta(days=day - 1), last_day)
    return max(came_on, sessions[0].begins_on)
