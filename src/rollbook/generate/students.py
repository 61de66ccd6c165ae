"""The students of the district: who they are, and their rows of users.csv."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rollbook.convert.package import list_of
from rollbook.generate.addresses import phone_of
from rollbook.generate.district import District, state_number, student_number
from rollbook.generate.draws import draw
from rollbook.generate.families import Family
from rollbook.generate.guardians import guardian_ids, home_phone
from rollbook.generate.levels import Level
from rollbook.generate.names import (
    Name,
    doubled,
    given_name,
    paired,
    respelled,
    weighted_cultures,
)


@dataclass(frozen=True, slots=True)
class Student:
    """One student as on the first day; what changes later is in the journal."""

    index: int
    family: Family
    bits: int

    @property
    def is_female(self) -> bool:
        """Which list of given names fits."""
        return bool(self.bits & 1)

    @property
    def given(self) -> Name:
        """The given name, now and then of another culture than the family's."""
        culture = self.family.culture
        if self.bits >> 1 & 7 == 0:
            cultures = weighted_cultures()
            culture = cultures[(self.bits >> 4 & 0xFF) % len(cultures)]
        return given_name(culture, self.bits >> 12 & 0xFF, is_female=self.is_female)

    @property
    def middle(self) -> str:
        """A middle name, an initial, or nothing."""
        choice = self.bits >> 20 & 15
        if choice > 5:
            return ""
        name = given_name(self.family.culture, self.bits >> 24 & 0xFF, is_female=self.is_female)
        return name.text[0] if choice < 3 else name.text

    @property
    def surname(self) -> Name:
        """The family's name, or for one in thirty-two the other parent's."""
        if self.bits >> 32 & 31 == 0:
            return self.family.other_surname
        return self.family.child_surname


def students_in(district: District, seats: range, stream: int) -> Iterator[tuple[int, Student]]:
    """Yield seat and student for the seats of one group, from the stream `students`."""
    for seat, index in zip(seats, district.journal.students_at(seats), strict=True):
        yield seat, Student(index, district.families.family_of(index), draw(stream, index))


def student_rows(district: District) -> Iterator[dict[str, str]]:
    """Yield the rows of users.csv for students, by school and grade."""
    stream = district.stream("students")
    for group in district.layout.groups:
        school = district.layout.school_of(group)
        for seat, student in students_in(district, group.seats, stream):
            yield {
                "orgSourcedIds": school.sourced_id,
                "grades": _grade(district, student, group.grade_of(seat), school.level),
                **_identity(district, student),
                **_name_fields(district, student),
                **_contact_fields(district, student, school.level),
            }


def _identity(district: District, student: Student) -> dict[str, str]:
    number = student_number(student.index)
    username = _username(student, number)
    state_id = f"{{State:{state_number(student.index)}}}"
    ids = [state_id, f"{{LDAP:{username}}}"] if student.bits & 2 else [state_id]
    return {
        "sourcedId": number,
        "enabledUser": "true" if student.bits >> 37 & 127 else "false",
        "role": "student",
        "username": username,
        "userIds": list_of(ids),
        "identifier": number,
    }


def _username(student: Student, number: str) -> str:
    """Return a login that survives corrections of the name."""
    return f"{student.given.slug[0]}{student.surname.slug}{number}"


def _name_fields(district: District, student: Student) -> dict[str, str]:
    """Return the names; corrections change the given name, the family name, both, neither."""
    given, surname = student.given, student.surname
    changes = district.journal.names.get(student.index, 0)
    if changes & 1:
        given = respelled(given)
    if changes & 2:
        surname = other_surname(student)
    return {"givenName": given.text, "familyName": surname.text, "middleName": student.middle}


def other_surname(student: Student) -> Name:
    """Return both parents' names, joined in another way than before."""
    family = student.family
    joined = doubled(family.surname, family.other_surname)
    return joined if joined != student.surname else paired(family.surname, family.other_surname)


def _contact_fields(district: District, student: Student, level: Level) -> dict[str, str]:
    """Return addresses: some of the youngest have no e-mail, older ones may have a telephone."""
    number = student_number(student.index)
    local = _username(student, number)
    has_new_address = district.journal.emails.get(student.index, 0) % 2 == 1
    if has_new_address:
        local = f"{student.given.slug}.{student.surname.slug}.{number}"
    is_young = level is Level.ELEMENTARY and student.bits >> 44 & 3 == 0
    has_mobile = level is Level.HIGH and student.bits >> 46 & 3 == 0
    return {
        "agentSourcedIds": list_of(guardian_ids(student.family)),
        "email": f"{local}@students.{district.domain}" if has_new_address or not is_young else "",
        "sms": phone_of(student.bits >> 50) if has_mobile else "",
        "phone": home_phone(district, student.family) if student.bits >> 48 & 1 else "",
    }


def _grade(district: District, student: Student, grade: str, level: Level) -> str:
    """Return the grade on record, which a correction moves to the next of the school."""
    if student.index not in district.journal.regraded:
        return grade
    place = level.grades.index(grade) + 1
    return level.grades[place] if place < len(level.grades) else level.grades[-2]
