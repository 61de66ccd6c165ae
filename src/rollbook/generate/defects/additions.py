"""Records that are added to a package: people, classes with somebody in them, orgs, a next year."""

from __future__ import annotations

from rollbook.generate.defects.roster import Roster, Row
from rollbook.generate.district import DISTRICT_ID
from rollbook.generate.sessions import SCHOOL_YEAR, SEMESTER_1, SEMESTER_2
from rollbook.oneroster import Resource

WHOLE_YEAR = f"{SEMESTER_1.sourced_id},{SEMESTER_2.sourced_id}"
_NEXT_YEAR = "ay-2028"


def is_student(row: Row) -> bool:
    """Whether a user is a student with a family."""
    return row["role"] == "student" and bool(row["agentSourcedIds"])


def is_contact(row: Row) -> bool:
    """Whether a user is a parent, guardian or relative."""
    return row["role"] in ("parent", "guardian", "relative")


def add_class(roster: Roster, *, student: Row | None = None, **words: str) -> int:
    """Add a class with a teacher and a student of one school, and return its number.

    Args:
        student: Who is in it, and at the first school of whom it is; else one is picked.
        words: What else is in the class's row.
    """
    if student is None:
        student = pick_values(roster, Resource.USERS)
    school = student["orgSourcedIds"].split(",")[0]
    number = add_empty_class(roster, school, **words)
    enroll(roster, number, student["sourcedId"])
    enroll(roster, number, roster.teacher_at(school), role="teacher", primary="true")
    return number


def add_empty_class(roster: Roster, school: str, **words: str) -> int:
    """Add a class in which nobody is, and return its number."""
    serial = roster.serial()
    values = {
        "sourcedId": f"c-extra-{serial}",
        "title": f"Workshop {serial}",
        "courseSourcedId": roster.files[Resource.COURSES].get(0, "sourcedId"),
        "classType": "scheduled",
        "schoolSourcedId": school,
        "termSourcedIds": WHOLE_YEAR,
    }
    return roster.files[Resource.CLASSES].append(**values | words)


def enroll(roster: Roster, number: int, user: str, **words: str) -> int:
    """Bring a user into the class of a number, as a student unless `words` say otherwise."""
    row = roster.files[Resource.CLASSES].values(number)
    values = {
        "sourcedId": f"e-extra-{roster.serial()}",
        "classSourcedId": row["sourcedId"],
        "schoolSourcedId": row["schoolSourcedId"],
        "userSourcedId": user,
        "role": "student",
    }
    return roster.files[Resource.ENROLLMENTS].append(**values | words)


def add_person(roster: Roster, role: str, school: str, **words: str) -> int:
    """Add somebody whom nobody knows, and return the number of the row."""
    serial = roster.serial()
    values = {
        "sourcedId": f"new-{serial}",
        "enabledUser": "true",
        "orgSourcedIds": school,
        "role": role,
        "username": f"new.{serial}",
        "givenName": f"Newcomer {serial}",
        "familyName": "Nobody",
        "email": f"new.{serial}@mail.example",
        "grades": "05" if role == "student" else "",
    }
    return roster.files[Resource.USERS].append(**values | words)


def add_org(roster: Roster, kind: str, **words: str) -> tuple[int, str]:
    """Add an org below the district, and return its number and id."""
    serial = roster.serial()
    values = {
        "sourcedId": f"org-extra-{serial}",
        "name": f"Annex {serial}",
        "type": kind,
        "parentSourcedId": DISTRICT_ID,
    }
    return roster.files[Resource.ORGS].append(**values | words), f"org-extra-{serial}"


def join_orgs(roster: Roster, number: int, *orgs: str, first: bool = False) -> Row:
    """Let a user belong to further orgs, before or behind the others, and return the row."""
    users = roster.files[Resource.USERS]
    own = users.get(number, "orgSourcedIds")
    users.set(number, "orgSourcedIds", ",".join([*orgs, own] if first else [own, *orgs]))
    return users.values(number)


def add_session(roster: Roster, **words: str) -> int:
    """Add a grading period of the first semester, and return its number."""
    serial = roster.serial()
    values = {
        "sourcedId": f"gpx{serial}-2027",
        "title": f"Extra period {serial}",
        "type": "gradingPeriod",
        "startDate": "2026-10-01",
        "endDate": "2026-11-01",
        "parentSourcedId": SEMESTER_1.sourced_id,
        "schoolYear": str(SCHOOL_YEAR.ends_on.year),
    }
    return roster.files[Resource.ACADEMIC_SESSIONS].append(**values | words)


def next_year(roster: Roster) -> str:
    """Return the id of the school year that follows, which is added when it is not there."""
    sessions = roster.files[Resource.ACADEMIC_SESSIONS]
    if _NEXT_YEAR not in {row[0] for row in sessions.rows}:
        add_session(
            roster,
            sourcedId=_NEXT_YEAR,
            title="2027-2028",
            type="schoolYear",
            startDate="2027-08-16",
            endDate="2028-06-03",
            parentSourcedId="",
            schoolYear="2028",
        )
    return _NEXT_YEAR


def pick_values(roster: Roster, resource: Resource) -> Row:
    """Claim a student, or any record of another resource, and return the row."""
    suits = is_student if resource is Resource.USERS else bool
    return roster.files[resource].values(roster.pick(resource, suits))
