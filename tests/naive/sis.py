"""A made-up student information system: what it says today, and what happens in it overnight.

Every event is a function of the system, a source of chance and a tag for new ids, so that a chain
of events can lose one of them and the others stay nearly as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.packages import (
    CLASSES,
    COURSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    ORGS,
    SESSIONS,
    USERS,
    Package,
    Row,
)

from rollbook.oneroster import Resource

GIVEN = ("Zoë", "Ann", "Bjørn", "Chidi", "Dana", "Eve", "Farid", "Gus", "Hana", "Ilya", "Jo", "Kim")
FAMILY = ("Müller", "O'Neil", "Okoye", "Park", "Quinn", "Ruiz", "Sato", "Tran", "Ueda", "Vega")


@dataclass
class Sis:
    """One system: its export of today, and people who left."""

    package: Package
    left: list[tuple[Row, Row | None, list[Row]]] = field(default_factory=list)

    def people(self, *roles: str) -> list[Row]:
        """Return the users of some roles."""
        return [row for row in self.package.rows.get(USERS, []) if row.get("role") in roles]

    def about(self, user: Row) -> Row | None:
        """Return the demographics of a user."""
        for row in self.package.rows.get(DEMOGRAPHICS, []):
            if row["sourcedId"] == user["sourcedId"]:
                return row
        return None

    def places(self, user: Row) -> list[Row]:
        """Return the enrollments of a user."""
        enrollments = self.package.rows.get(ENROLLMENTS, [])
        return [row for row in enrollments if row["userSourcedId"] == user["sourcedId"]]

    def rename(self, resource: Resource, old: str, new: str) -> None:
        """Give a record another id, wherever the export names it."""
        self.package.rename(resource, old, new)

    def is_taken(self, resource: Resource, sourced_id: str) -> bool:
        """Say whether a record has that id."""
        return any(row["sourcedId"] == sourced_id for row in self.package.rows.get(resource, []))


Event = Callable[[Sis, Random, str], None]
EVENTS: dict[str, Event] = {}


def event(happen: Event) -> Event:
    """Note something that can happen."""
    EVENTS[happen.__name__] = happen
    return happen


@event
def change_values(sis: Sis, chance: Random, tag: str) -> None:
    """Change a plain value here and there."""
    plain = {
        USERS: ("middleName", "phone", "givenName", "email", "username"),
        CLASSES: ("title", "location", "classCode"),
        COURSES: ("title", "courseCode"),
        ORGS: ("name",),
        SESSIONS: ("title",),
        DEMOGRAPHICS: ("cityOfBirth",),
        ENROLLMENTS: ("beginDate",),
    }
    for _ in range(chance.randint(1, 3)):
        resource = chance.choice([it for it in plain if sis.package.rows.get(it)])
        row = chance.choice(sis.package.rows[resource])
        name = chance.choice(plain[resource])
        value = f"{name}-{tag}-{chance.randint(0, 9)}"
        row[name] = f"2026-09-{chance.randint(10, 28)}" if name == "beginDate" else value


@event
def turn_links(sis: Sis, chance: Random, tag: str) -> None:
    """Name others as parents, another org as the parent, another year."""
    students, parents = sis.people("student"), sis.people("parent")
    if students and parents:
        chance.choice(students)["agentSourcedIds"] = chance.choice(["", *_ids(parents)])
        chance.choice(parents)["agentSourcedIds"] = ",".join(chance.sample(_ids(students), 1))
    if courses := sis.package.rows.get(COURSES):
        chance.choice(courses)["schoolYearSourcedId"] = chance.choice(
            ["", *_ids(sis.package.rows[SESSIONS])]
        )


@event
def add_student(sis: Sis, chance: Random, tag: str) -> None:
    """Enroll somebody new, with birth date, number and address or without."""
    schools = [
        row["sourcedId"] for row in sis.package.rows.get(ORGS, []) if row["type"] == "school"
    ]
    if not schools:
        return
    school = chance.choice(schools)
    sourced_id = f"stu-{tag}"
    parents = sis.people("parent")
    sis.package.add(
        USERS,
        sourcedId=sourced_id,
        enabledUser="true",
        orgSourcedIds=school,
        role="student",
        username=sourced_id,
        userIds=chance.choice(["", f"{{State:{tag}}}"]),
        givenName=chance.choice(GIVEN),
        familyName=f"{chance.choice(FAMILY)} {tag}",
        identifier=chance.choice(["", tag]),
        email=chance.choice(["", f"{tag}@oak.example"]),
        agentSourcedIds=chance.choice(["", *_ids(parents)]),
    )
    if chance.random() < 0.7 and DEMOGRAPHICS in sis.package.rows:
        sis.package.add(DEMOGRAPHICS, sourcedId=sourced_id, birthDate=_birth_date(chance))
    _enroll_somewhere(sis, chance, sourced_id, school)


@event
def add_contact(sis: Sis, chance: Random, tag: str) -> None:
    """Add a parent of somebody."""
    some = chance.choice(sis.people("parent", "student") or [{}])
    if some:
        sis.package.add(
            USERS,
            sourcedId=f"par-{tag}",
            enabledUser="true",
            orgSourcedIds=some["orgSourcedIds"],
            role=chance.choice(["parent", "guardian"]),
            username=f"par-{tag}",
            givenName=chance.choice(GIVEN),
            familyName=f"{chance.choice(FAMILY)} {tag}",
            email=chance.choice(["", f"par-{tag}@home.example"]),
            agentSourcedIds=(
                some["sourcedId"] if some["role"] == "student" else some["agentSourcedIds"]
            ),
        )


@event
def remove_person(sis: Sis, chance: Random, tag: str) -> None:
    """Let somebody leave, cleanly or with rows that still name them."""
    people = sis.people("student", "student", "parent", "guardian")
    if len(people) > 2:
        _remove(sis, chance.choice(people), is_clean=chance.random() < 0.7)


@event
def remove_class(sis: Sis, chance: Random, tag: str) -> None:
    """Close a class, cleanly or with enrollments that still name it."""
    classes = sis.package.rows.get(CLASSES, [])
    if len(classes) > 2:
        gone = chance.choice(classes)["sourcedId"]
        sis.package.drop(CLASSES, gone)
        rows = sis.package.rows[ENROLLMENTS]
        if chance.random() < 0.7 and any(row["classSourcedId"] != gone for row in rows):
            rows[:] = [row for row in rows if row["classSourcedId"] != gone]


@event
def move_student(sis: Sis, chance: Random, tag: str) -> None:
    """Move a student to another school, all in one night."""
    schools = [
        row["sourcedId"] for row in sis.package.rows.get(ORGS, []) if row["type"] == "school"
    ]
    students = sis.people("student")
    if len(schools) > 1 and students:
        student = chance.choice(students)
        school = chance.choice([it for it in schools if it != student["orgSourcedIds"]])
        student["orgSourcedIds"] = school
        _leave_classes(sis, student)
        _enroll_somewhere(sis, chance, student["sourcedId"], school)


@event
def rekey_person(sis: Sis, chance: Random, tag: str) -> None:
    """Give somebody another id, and perhaps leave less by which they are known."""
    people = sis.people("student", "student", "teacher", "parent", "guardian")
    if people:
        _rekey(sis, chance, chance.choice(people), f"key-{tag}")


@event
def rekey_twins(sis: Sis, chance: Random, tag: str) -> None:
    """Make two students equal in what tells people apart, then give one or both another id."""
    students = sis.people("student")
    if len(students) < 2:
        return
    one, other = chance.sample(students, 2)
    same = ["givenName", "familyName", *(it for it in _EVIDENCE if chance.random() < 0.8)]
    for name in same:
        other[name] = one.get(name, "")
    born, also = sis.about(one), sis.about(other)
    if born and also:
        also["birthDate"] = born.get("birthDate", "")
    if chance.random() < 0.7:  # else they are twins from now on
        _rekey(sis, chance, one, f"twin-{tag}")
        if chance.random() < 0.5:
            _rekey(sis, chance, other, f"also-{tag}")


@event
def reassign_id(sis: Sis, chance: Random, tag: str) -> None:
    """Give somebody's id to another person."""
    people = sis.people("student")
    if people:
        _become_somebody_else(sis, chance, chance.choice(people), tag)


@event
def swap_ids(sis: Sis, chance: Random, tag: str) -> None:
    """Let two students change ids."""
    students = sis.people("student")
    if len(students) > 1:
        one, other = chance.sample(_ids(students), 2)
        sis.rename(USERS, one, "between")
        sis.rename(USERS, other, one)
        sis.rename(USERS, "between", other)


@event
def return_person(sis: Sis, chance: Random, tag: str) -> None:
    """Let somebody come back, as themselves or under an id that was theirs."""
    if not sis.left:
        return
    user, about, places = sis.left.pop(chance.randrange(len(sis.left)))
    orgs = {row["sourcedId"] for row in sis.package.rows.get(ORGS, [])}
    if sis.is_taken(USERS, user["sourcedId"]) or (orgs and user["orgSourcedIds"] not in orgs):
        return
    sis.package.rows[USERS].append(user)
    if about:
        sis.package.rows[DEMOGRAPHICS].append(about)
    for place in places:
        is_there = sis.is_taken(CLASSES, place["classSourcedId"])
        if is_there and not sis.is_taken(ENROLLMENTS, place["sourcedId"]):
            sis.package.rows[ENROLLMENTS].append(place)
    if chance.random() < 0.4:
        _become_somebody_else(sis, chance, user, tag)


@event
def begin_next_year(sis: Sis, chance: Random, tag: str) -> None:
    """Teach a class of last year again under its id, in terms of the next."""
    if not sis.package.rows.get(CLASSES):
        return
    newest = max(int(row["schoolYear"]) for row in sis.package.rows[SESSIONS]) + 1
    days = {"startDate": f"{newest - 1}-08-17", "endDate": f"{newest}-06-05"}
    term = f"t-{newest}{tag}"
    sis.package.add(
        SESSIONS, sourcedId=term, title=term, type="term", schoolYear=str(newest), **days
    )
    some = chance.sample(sis.package.rows[CLASSES], k=chance.randint(1, 2))
    for row in some:
        row["termSourcedIds"] = term if chance.random() < 0.8 else f"t-1,{term}"
        if chance.random() < 0.5:  # other children
            rows = sis.package.rows[ENROLLMENTS]
            gone = [it for it in rows if it["classSourcedId"] == row["sourcedId"]][:1]
            if len(rows) > len(gone) + 2:
                sis.package.drop(ENROLLMENTS, *(it["sourcedId"] for it in gone))


@event
def move_terms_on(sis: Sis, chance: Random, tag: str) -> None:
    """Use the ids of the sessions again for the next year."""
    for row in sis.package.rows.get(SESSIONS, []):
        for name in ("startDate", "endDate"):
            row[name] = f"{int(row[name][:4]) + 1}{row[name][4:]}"
        row["schoolYear"] = str(int(row["schoolYear"]) + 1)


@event
def renumber_enrollments(sis: Sis, chance: Random, tag: str) -> None:
    """Give places in classes new ids, as some systems do every night."""
    for number, row in enumerate(sis.package.rows.get(ENROLLMENTS, [])):
        if chance.random() < 0.5:
            row["sourcedId"] = f"e-{tag}-{number}"
            if chance.random() < 0.1:
                row["beginDate"] = "2026-11-01"


@event
def spell_ids_otherwise(sis: Sis, chance: Random, tag: str) -> None:
    """Let all ids of a kind lose their leading zeros, or get a prefix."""
    resource = chance.choice([USERS, USERS, CLASSES, COURSES, ORGS, SESSIONS])
    rows = sis.package.rows.get(resource, [])
    if resource is USERS:
        rows = sis.people("student") if chance.random() < 0.5 else rows
    ids = _ids(rows)
    spell = chance.choice([lambda it: it.lstrip("0"), lambda it: f"0{it}", lambda it: f"S{it}"])
    new = {it: spell(it) for it in ids}
    if len({*new.values()}) == len(ids) and not {*new.values()} & {
        *_ids(sis.package.rows.get(resource, []))
    }:
        for old in ids:
            sis.rename(resource, old, new[old])


_EVIDENCE = ("email", "identifier", "userIds")


def _rekey(sis: Sis, chance: Random, person: Row, new: str) -> None:
    old = person["sourcedId"]
    if sis.is_taken(USERS, new):
        return
    sis.rename(USERS, old, new)
    for name in _EVIDENCE:
        if chance.random() < 0.3:
            person[name] = ""
    if chance.random() < 0.2:
        person["givenName"] = chance.choice(GIVEN)
    about = sis.about(person)
    if about and chance.random() < 0.3:
        about["birthDate"] = chance.choice(["", _birth_date(chance)])
    if chance.random() < 0.5:  # ids made of the person's
        for place in sis.places(person):
            place["sourcedId"] = f"{new}-{place['classSourcedId']}"


def _become_somebody_else(sis: Sis, chance: Random, user: Row, tag: str) -> None:
    user["givenName"], user["familyName"] = f"New {tag}", f"Person {tag}"
    for name in _EVIDENCE:
        if chance.random() < 0.7:
            user[name] = ""
    about = sis.about(user)
    if about:
        about["birthDate"] = chance.choice([_birth_date(chance), _birth_date(chance), ""])


def _remove(sis: Sis, person: Row, *, is_clean: bool) -> None:
    about, places = sis.about(person), sis.places(person)
    sourced_id = person["sourcedId"]
    sis.package.drop(USERS, sourced_id)
    sis.left.append((person, about, places))
    if not is_clean:
        sis.left[-1] = (dict(person), None, [])
        return
    if about:
        sis.package.drop(DEMOGRAPHICS, sourced_id)
    if places:
        _leave_classes(sis, person)
    for row in sis.package.rows[USERS]:
        agents = row.get("agentSourcedIds", "").split(",")
        row["agentSourcedIds"] = ",".join(it for it in agents if it != sourced_id)


def _leave_classes(sis: Sis, student: Row) -> None:
    sis.package.drop(ENROLLMENTS, *(row["sourcedId"] for row in sis.places(student)))


def _enroll_somewhere(sis: Sis, chance: Random, student: str, school: str) -> None:
    classes = [it for it in sis.package.rows.get(CLASSES, []) if it["schoolSourcedId"] == school]
    for it in chance.sample(classes, k=min(len(classes), chance.randint(0, 2))):
        sourced_id = f"{student}-{it['sourcedId']}"
        if not sis.is_taken(ENROLLMENTS, sourced_id):
            sis.package.add(
                ENROLLMENTS,
                sourcedId=sourced_id,
                classSourcedId=it["sourcedId"],
                schoolSourcedId=school,
                userSourcedId=student,
                role="student",
            )


def _birth_date(chance: Random) -> str:
    return f"20{chance.randint(10, 19)}-0{chance.randint(1, 9)}-{chance.randint(10, 28)}"


def _ids(rows: list[Row]) -> list[str]:
    return [row["sourcedId"] for row in rows]
