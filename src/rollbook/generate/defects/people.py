"""Defects of users and demographics."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from rollbook.generate.defects.additions import (
    add_class,
    add_person,
    enroll,
    is_contact,
    is_student,
    pick_values,
)
from rollbook.generate.defects.kind import (
    DefectKind,
    altered,
    changed,
    found,
    found_element,
    habit,
    is_any,
    unknown_element,
)
from rollbook.generate.defects.roster import Expected, Roster, Row, Told
from rollbook.generate.district import DISTRICT_ID
from rollbook.oneroster import Resource

USERS, ENROLLMENTS, DEMOGRAPHICS = Resource.USERS, Resource.ENROLLMENTS, Resource.DEMOGRAPHICS
_RACES = (
    "americanIndianOrAlaskaNative",
    "asian",
    "blackOrAfricanAmerican",
    "nativeHawaiianOrOtherPacificIslander",
    "white",
)


def _has_email(row: Row) -> bool:
    return is_contact(row) and bool(row["email"])


def _has_siblings(row: Row) -> bool:
    return is_contact(row) and "," in row["agentSourcedIds"]


def _is_of_one_race(row: Row) -> bool:
    return [row[race] for race in _RACES].count("true") == 1


def _name_of(row: Row) -> str:
    return f"{row['givenName']} {row['familyName']}".lower()


def _day(year: int) -> Callable[[str, int], str]:
    """Return a birth date from a year on, so that no two of one name share it."""
    return lambda _, serial: (date(year, 1, 1) + timedelta(days=serial % 600)).isoformat()


def _nobodys_address(_: str, serial: int) -> str:
    """Return an address of nobody, with letters for a number so that no two share it."""
    return f"none@no.{''.join('abcdefghij'[int(digit)] for digit in str(serial))}"


def _student_set_aside(roster: Roster) -> Iterator[Expected]:
    """A student without a username, who leaves a sibling to the guardians."""
    users = roster.files[USERS]
    guardian = users.values(roster.pick(USERS, _has_siblings))
    number = roster.user(guardian["agentSourcedIds"].split(",")[0])
    consequences = [*roster.set_aside(USERS, number)]
    users.set(number, "username", "")
    yield found(roster, "users.username.missing", number)
    yield from consequences


def _shared(code: str, suits: Callable[[Row], object], value: str = "") -> DefectKind:
    """Return a defect of two people with the same value; without one it is the first's own."""
    field = code.split(".")[1]

    def plant(roster: Roster) -> Iterator[Expected]:
        users = roster.files[USERS]
        one = other = roster.pick(USERS, suits)
        while _name_of(users.values(one)) == _name_of(users.values(other)):
            other = roster.pick(USERS, suits)
        text = value.replace("<n>", str(roster.serial())) or users.get(one, field)
        for number in (one, other):
            users.set(number, field, text)
        yield found(roster, code, min(one, other), rows=2)

    return DefectKind(code, code, plant)


def _two_records(roster: Roster) -> Iterator[Expected]:
    """A teacher who is a parent, too."""
    users = roster.files[USERS]
    teacher = roster.pick(USERS, lambda row: row["role"] == "teacher")
    parent = roster.pick(USERS, is_contact)
    for field in ("username", "givenName", "familyName"):
        users.set(parent, field, users.get(teacher, field))
    yield found(roster, "users.username.one_person", min(teacher, parent), rows=2)


def _entered_anew(roster: Roster) -> Iterator[Expected]:
    """A student who is there again under another id."""
    place = roster.files[ENROLLMENTS].values(roster.pick(ENROLLMENTS, _is_student_place))
    number = roster.user(place["userSourcedId"])
    row = roster.files[USERS].values(number)
    demographics = roster.files[DEMOGRAPHICS]
    born = next(one for one in demographics.rows if one[0] == row["sourcedId"])
    names = {name: row[name] for name in ("givenName", "familyName", "grades")}
    added = add_person(roster, "student", row["orgSourcedIds"], **names)
    again = roster.files[USERS].get(added, "sourcedId")
    birth_date = born[demographics.header.index("birthDate")]
    demographics.append(sourcedId=again, birthDate=birth_date)
    roster.files[ENROLLMENTS].append(
        **place | {"sourcedId": f"{place['sourcedId']}-{again}", "userSourcedId": again}
    )
    yield found(roster, "users.sourcedId.likely_duplicate", number, rows=2)


def _is_student_place(row: Row) -> bool:
    return row["role"] == "student"


def _newcomer(code: str, role: str) -> DefectKind:
    """Return a defect of somebody who is added and belongs to nothing and nobody."""

    def plant(roster: Roster) -> Iterator[Expected]:
        school = pick_values(roster, USERS)["orgSourcedIds"]
        yield found(roster, code, add_person(roster, role, school))

    return DefectKind(code, code, plant)


def _one_way_agent(roster: Roster) -> Iterator[Expected]:
    """A guardian who names a child that does not name them."""
    child = pick_values(roster, USERS)
    words = {"agentSourcedIds": child["sourcedId"]}
    number = add_person(roster, "guardian", child["orgSourcedIds"], **words)
    yield found(roster, "users.agentSourcedIds.one_way", number, told=Told.EACH_COLUMN)


def _many_guardians(roster: Roster) -> Iterator[Expected]:
    """A student with seven guardians or eight."""
    users = roster.files[USERS]
    number = roster.pick(USERS, is_student)
    child = users.values(number)
    agents = child["agentSourcedIds"].split(",")
    words = {"agentSourcedIds": child["sourcedId"]}
    for _ in range(6):
        added = add_person(roster, "guardian", child["orgSourcedIds"], **words)
        agents.append(users.get(added, "sourcedId"))
    users.set(number, "agentSourcedIds", ",".join(agents))
    yield found(roster, "users.agentSourcedIds.many_guardians", number)


def _child_of_student(roster: Roster) -> Iterator[Expected]:
    """A student whose brother or friend is said to be an agent."""
    users = roster.files[USERS]
    number = roster.pick(USERS, is_student)
    other = pick_values(roster, USERS)["sourcedId"]
    users.set(number, "agentSourcedIds", f"{users.get(number, 'agentSourcedIds')},{other}")
    yield found_element(roster, "users.agentSourcedIds.student_agent", number, other)


def _at_district(roster: Roster) -> Iterator[Expected]:
    """A student who is at the district and at no school, though in a class."""
    model = pick_values(roster, USERS)
    number = add_person(roster, "student", DISTRICT_ID)
    student = roster.files[USERS].get(number, "sourcedId")
    place = enroll(roster, add_class(roster, student=model), student)
    yield found(roster, "users.orgSourcedIds.no_school", number)
    yield found(roster, "enrollments.userSourcedId.not_at_school", place)


def _nobodys_demographics(roster: Roster) -> Iterator[Expected]:
    sourced_id = f"none-{roster.serial()}"
    number = roster.files[DEMOGRAPHICS].append(sourcedId=sourced_id, sex="female")
    yield found(roster, "demographics.sourcedId.unknown", number)


def _adults_demographics(roster: Roster) -> Iterator[Expected]:
    contact = roster.files[USERS].get(roster.pick(USERS, is_contact), "sourcedId")
    number = roster.files[DEMOGRAPHICS].append(sourcedId=contact, sex="female")
    yield found(roster, "demographics.sourcedId.not_a_student", number)


PEOPLE_KINDS: tuple[DefectKind, ...] = (
    altered("users.familyName.missing", is_contact, "", sets_aside=True),
    DefectKind("student without username", "users.username.missing", _student_set_aside),
    altered("users.role.unknown_value", is_contact, "mother", sets_aside=True),
    altered("users.enabledUser.unknown_value", is_contact, "maybe", sets_aside=True),
    altered("users.orgSourcedIds.missing", is_contact, ""),
    unknown_element("users.agentSourcedIds.unknown", is_student),
    unknown_element("users.orgSourcedIds.unknown", is_contact),
    # Names.
    altered("users.givenName.placeholder_name", is_contact, "Test"),
    altered("users.familyName.placeholder_name", is_contact, "Vacant"),
    altered("users.givenName.only_digits", is_contact, "12<n>"),
    altered("users.givenName.two_names", is_contact, "Chen, Mia"),
    altered("users.familyName.lost_letter", is_contact, "Mu\ufffdoz"),
    altered("users.familyName.control_character", is_contact, "Sm\u200bith"),
    altered("users.familyName.long_text", is_contact, "Longname " * 30 + "Oak"),
    altered("users.middleName.spreadsheet_error", is_contact, "#NAME?"),
    # What people log in with and are known by.
    altered("users.username.has_blank", is_contact, "first last <n>"),
    _shared("users.username.shared", is_contact),
    DefectKind("one person, two records", "users.username.one_person", _two_records),
    altered("users.identifier.spreadsheet_number", is_student, "10<n>.0"),
    _shared("users.identifier.shared", is_student),
    altered("users.userIds.malformed", is_contact, "Fed 12-<n>"),
    altered("users.userIds.repeated_element", is_contact, "{Fed:r<n>},{Fed:r<n>}"),
    _shared("users.userIds.shared", is_contact, "{Fed:s<n>}"),
    DefectKind("student entered anew", "users.sourcedId.likely_duplicate", _entered_anew),
    # How people are reached.
    altered("users.email.malformed", _has_email, "see.office-<n>.example"),
    altered("users.email.placeholder_address", _has_email, _nobodys_address),
    _shared("users.email.shared", _has_email),
    altered("users.phone.not_a_phone", is_contact, "ask the office"),
    altered("users.sms.placeholder_phone", is_contact, "555-555-5555"),
    changed(
        "users.sourcedId.no_contact",
        is_contact,
        lambda _, __: {"email": "", "sms": "", "phone": ""},
    ),
    # Schools and grades.
    altered("users.grades.missing", is_student, ""),
    altered("users.grades.unusual_grade", is_student, "Senior", told=Told.EACH_VALUE),
    DefectKind("student at the district", "users.orgSourcedIds.no_school", _at_district),
    _newcomer("users.sourcedId.no_enrollment", "student"),
    _newcomer("users.sourcedId.teaches_nothing", "teacher"),
    # Families.
    _newcomer("users.sourcedId.no_child", "guardian"),
    DefectKind("agent in one direction", "users.agentSourcedIds.one_way", _one_way_agent),
    changed(
        "users.agentSourcedIds.own_agent",
        is_contact,
        lambda row, _: {"agentSourcedIds": f"{row['agentSourcedIds']},{row['sourcedId']}"},
    ),
    altered("users.agentSourcedIds.empty_element", is_contact, lambda old, _: f"{old},"),
    DefectKind("student as agent", "users.agentSourcedIds.student_agent", _child_of_student),
    DefectKind("many guardians", "users.agentSourcedIds.many_guardians", _many_guardians),
    # Demographics.
    DefectKind("demographics of nobody", "demographics.sourcedId.unknown", _nobodys_demographics),
    DefectKind(
        "demographics of an adult", "demographics.sourcedId.not_a_student", _adults_demographics
    ),
    altered("demographics.sex.unknown_value", is_any, "unknown"),
    altered("demographics.birthDate.not_a_date", is_any, "2014-02-30"),
    altered("demographics.birthDate.before_1900", is_any, _day(1850)),
    altered("demographics.birthDate.implausible_age", is_any, _day(1931)),
    altered("demographics.birthDate.in_future", is_any, _day(2031)),
    altered("demographics.birthDate.unlike_grade", is_any, _day(2003)),
    altered(
        "demographics.countryOfBirthCode.not_a_place_code", is_any, "Mexico", told=Told.EACH_VALUE
    ),
    changed(
        "demographics.demographicRaceTwoOrMoreRaces.contradicted",
        _is_of_one_race,
        lambda _, __: {"demographicRaceTwoOrMoreRaces": "true"},
    ),
    # What systems write otherwise than the standard.
    habit("users.enabledUser.respelt", is_contact, "TRUE"),
    habit("users.identifier.placeholder", is_contact, "N/A"),
    habit("users.givenName.padded", is_contact, lambda old, _: f" {old}"),
    habit(
        "demographics.birthDate.rewritten",
        is_any,
        lambda old, _: date.fromisoformat(old).strftime("%m/%d/%Y"),
    ),
)
