"""The table of defects: how a row is spoilt, and which findings that must give.

A new rule gets its defect here: name, codes, and a function that spoils one record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rollbook.generate.defects.roster import Expected, NoRecordLeftError, Roster, Told
from rollbook.generate.sessions import SCHOOL_YEAR, SEMESTER_1
from rollbook.oneroster import Resource

ORGS, SESSIONS, COURSES = Resource.ORGS, Resource.ACADEMIC_SESSIONS, Resource.COURSES
CLASSES, USERS = Resource.CLASSES, Resource.USERS
ENROLLMENTS, DEMOGRAPHICS = Resource.ENROLLMENTS, Resource.DEMOGRAPHICS

Suits = Callable[[dict[str, str]], object]
Plant = Callable[[Roster], Iterator[Expected]]


@dataclass(frozen=True, slots=True)
class DefectKind:
    """One way in which rosters are wrong.

    Attributes:
        name: `<resource>.<field>`, and what is done to it.
        code: The finding that it must give; there may be others, which `plant` tells.
        plant: Spoils one record and yields what must be found.
    """

    name: str
    code: str
    plant: Plant


def _is_student_place(row: dict[str, str]) -> bool:
    return row["role"] == "student"


def _is_dated_student_place(row: dict[str, str]) -> bool:
    return row["role"] == "student" and bool(row["beginDate"])


def _is_contact(row: dict[str, str]) -> bool:
    return row["role"] in ("parent", "guardian", "relative")


def _is_contact_with_phone(row: dict[str, str]) -> bool:
    return _is_contact(row) and bool(row["phone"])


def _is_contact_with_email(row: dict[str, str]) -> bool:
    return _is_contact(row) and bool(row["email"])


def _is_student(row: dict[str, str]) -> bool:
    return row["role"] == "student" and bool(row["agentSourcedIds"])


def _has_several_subjects(row: dict[str, str]) -> bool:
    return "," in row["subjects"]


def _is_primary_teacher(row: dict[str, str]) -> bool:
    return row["primary"] == "true"


def _is_any(_: dict[str, str]) -> bool:
    return True


def _finding(roster: Roster, code: str, number: int, value: str | None) -> Expected:
    """Return the finding of a code at a row, which need not be in the roster's files yet."""
    resource, field, _ = code.split(".")
    return Expected(code, Resource(resource).filename, number + 2, field, value)


def _altered(
    code: str,
    suits: Suits,
    change: Callable[[str, int], str],
    *,
    sets_aside: bool = False,
    told: Told = Told.EACH_ROW,
) -> DefectKind:
    """Return a defect of one value.

    Args:
        change: Makes the new value of the old one and a number that is never given twice.
        sets_aside: Whether the row does not go on.
    """
    name, field, _ = code.split(".")
    resource = Resource(name)

    def plant(roster: Roster) -> Iterator[Expected]:
        number = roster.pick(resource, suits)
        file = roster.files[resource]
        consequences = list(roster.set_aside(resource, number)) if sets_aside else []
        value = change(file.get(number, field), roster.serial())
        file.set(number, field, value)
        yield replace(_finding(roster, code, number, value or None), told=told)
        yield from consequences

    return DefectKind(f"{name}.{field} {code.rsplit('.', 1)[1]}", code, plant)


def _habit(code: str, suits: Suits, change: Callable[[str, int], str]) -> DefectKind:
    """Return a defect of one value that is put right, and told once for the whole column."""
    return _altered(code, suits, change, told=Told.EACH_COLUMN)


def _word(text: str) -> Callable[[str, int], str]:
    return lambda _, __: text


def _appended(code: str, suits: Suits, words: dict[str, str]) -> DefectKind:
    """Return a defect of a row that is there again with some other values."""
    resource = Resource(code.split(".", maxsplit=1)[0])

    def plant(roster: Roster) -> Iterator[Expected]:
        number = roster.pick(resource, suits)
        file = roster.files[resource]
        again = file.append(**file.values(number) | words)
        sourced_id = file.get(number, "sourcedId")
        if words:
            yield _finding(roster, code, number, sourced_id)
        yield _finding(roster, code, again, sourced_id)

    return DefectKind(f"{resource} {code.rsplit('.', 1)[1]}", code, plant)


def _unknown_element(code: str, suits: Suits) -> DefectKind:
    """Return a defect of a list that names one record too many."""
    name, field, _ = code.split(".")
    resource = Resource(name)

    def plant(roster: Roster) -> Iterator[Expected]:
        number = roster.pick(resource, suits)
        file = roster.files[resource]
        unknown = f"none-{roster.serial()}"
        file.set(number, field, f"{file.get(number, field)},{unknown}".removeprefix(","))
        yield _finding(roster, code, number, unknown)

    return DefectKind(f"{name}.{field} element unknown", code, plant)


def _too_long_id(roster: Roster) -> Iterator[Expected]:
    number = roster.pick(ENROLLMENTS, _is_student_place)
    value = f"e-{roster.serial():0300d}"
    roster.files[ENROLLMENTS].set(number, "sourcedId", value)
    code = "enrollments.sourcedId.too_long"
    yield Expected(code, ENROLLMENTS.filename, number + 2, "sourcedId", value)


def _refused(code: str, resource: Resource, spoil: Callable[[str], str]) -> DefectKind:
    """Return a defect of a row that cannot be read; `spoil` makes its line of what it was."""

    def plant(roster: Roster) -> Iterator[Expected]:
        suits = _is_student_place if resource is ENROLLMENTS else _is_any
        number = roster.pick(resource, suits)
        file = roster.files[resource]
        line = spoil(",".join(file.rows[number]))
        file.raw[number] = line.encode("utf-8", "surrogateescape") + b"\r\n"
        value = line.encode("utf-8", "replace").decode()
        yield Expected(code, resource.filename, number + 2, None, value)

    return DefectKind(code, code, plant)


def _session(code: str, **words: str) -> DefectKind:
    """Return a defect of a grading period that is added."""
    field = code.split(".")[1]

    def plant(roster: Roster) -> Iterator[Expected]:
        serial = roster.serial()
        values = {
            "sourcedId": f"gpx{serial}-2027",
            "title": f"Extra period {serial}",
            "type": "gradingPeriod",
            "startDate": "2026-10-01",
            "endDate": "2026-11-01",
            "parentSourcedId": SEMESTER_1.sourced_id,
            "schoolYear": str(SCHOOL_YEAR.ends_on.year),
        } | words
        number = roster.files[SESSIONS].append(**values)
        yield _finding(roster, code, number, values[field] or None)

    return DefectKind(f"{code} in a session", code, plant)


def _nobodys_demographics(roster: Roster) -> Iterator[Expected]:
    sourced_id = f"none-{roster.serial()}"
    number = roster.files[DEMOGRAPHICS].append(sourcedId=sourced_id, sex="female")
    yield _finding(roster, "demographics.sourcedId.unknown", number, sourced_id)


def _other_school(roster: Roster) -> Iterator[Expected]:
    """An enrollment at another school than its class."""
    number = roster.pick(ENROLLMENTS, _is_student_place)
    file = roster.files[ENROLLMENTS]
    own = file.get(number, "schoolSourcedId")
    schools = [row[0] for row in roster.files[ORGS].rows if "school" in row and row[0] != own]
    if not schools:
        raise NoRecordLeftError
    file.set(number, "schoolSourcedId", schools[0])
    yield _finding(roster, "enrollments.schoolSourcedId.not_of_class", number, schools[0])


def _same_place_again(roster: Roster) -> Iterator[Expected]:
    """A student who is in a class twice, under two ids."""
    number = roster.pick(ENROLLMENTS, _is_student_place)
    file = roster.files[ENROLLMENTS]
    values = file.values(number)
    again = file.append(**values | {"sourcedId": f"{values['sourcedId']}-again"})
    user = values["userSourcedId"]
    yield _finding(roster, "enrollments.userSourcedId.enrolled_twice", again, user)


def _second_primary(roster: Roster) -> Iterator[Expected]:
    """A class with two primary teachers."""
    number = roster.pick(ENROLLMENTS, _is_primary_teacher)
    teacher = roster.pick(USERS, _is_teacher)
    file = roster.files[ENROLLMENTS]
    user = roster.files[USERS].get(teacher, "sourcedId")
    values = file.values(number) | {
        "sourcedId": f"{file.get(number, 'sourcedId')}-and-{user}",
        "userSourcedId": user,
    }
    again = file.append(**values)
    yield _finding(roster, "enrollments.primary.second_primary", again, "true")


def _is_teacher(row: dict[str, str]) -> bool:
    return row["role"] == "teacher"


def _class_without(role: str, code: str) -> DefectKind:
    """Return a class that is added with a teacher and no student, or the reverse."""
    there = {"teacher": _is_student, "student": _is_teacher}[role]

    def plant(roster: Roster) -> Iterator[Expected]:
        user = roster.files[USERS].values(roster.pick(USERS, there))
        school = user["orgSourcedIds"].split(",")[0]
        model = roster.files[CLASSES].values(roster.pick(CLASSES, _is_any))
        sourced_id = f"c-extra-{roster.serial()}"
        added = model | {"sourcedId": sourced_id, "schoolSourcedId": school}
        number = roster.files[CLASSES].append(**added)
        roster.files[ENROLLMENTS].append(
            sourcedId=f"e-{sourced_id}",
            classSourcedId=sourced_id,
            schoolSourcedId=school,
            userSourcedId=user["sourcedId"],
            role="teacher" if role == "student" else "student",
            primary="true" if role == "student" else "",
        )
        yield _finding(roster, code, number, sourced_id)

    return DefectKind(f"classes without {role}", code, plant)


def _new_student(roster: Roster) -> Iterator[Expected]:
    """A student who is in no class."""
    users = roster.files[USERS]
    model = users.values(roster.pick(USERS, _is_student))
    serial = roster.serial()
    number = users.append(**_stranger(model, f"S-{serial}") | {"agentSourcedIds": ""})
    yield _finding(roster, "users.sourcedId.no_class", number, f"S-{serial}")


def _new_guardian(roster: Roster) -> Iterator[Expected]:
    """A guardian who has no child."""
    users = roster.files[USERS]
    model = users.values(roster.pick(USERS, _is_contact))
    serial = roster.serial()
    number = users.append(**_stranger(model, f"G-{serial}") | {"agentSourcedIds": ""})
    yield _finding(roster, "users.agentSourcedIds.no_child", number, None)


def _one_way_agent(roster: Roster) -> Iterator[Expected]:
    """A guardian who names a child that does not name them."""
    users = roster.files[USERS]
    child = users.get(roster.pick(USERS, _is_student), "sourcedId")
    model = users.values(roster.pick(USERS, _is_contact))
    guardian = _stranger(model, f"G-{roster.serial()}") | {"agentSourcedIds": child}
    number = users.append(**guardian)
    yield _finding(roster, "users.agentSourcedIds.one_way", number, child)


def _stranger(model: dict[str, str], sourced_id: str) -> dict[str, str]:
    """Return a new person at the place of another."""
    return model | {
        "sourcedId": sourced_id,
        "username": f"new.{sourced_id.lower()}",
        "userIds": "",
        "identifier": "",
        "givenName": f"Newcomer {sourced_id}",
        "email": f"new.{sourced_id.lower()}@mail.example",
        "sms": "",
        "phone": "",
    }


def _codes_missing(roster: Roster) -> Iterator[Expected]:
    """A course with more subjects than codes of subjects."""
    courses = roster.files[COURSES]
    serial = roster.serial()
    number = courses.append(
        sourcedId=f"crs-X{serial}",
        schoolYearSourcedId=SCHOOL_YEAR.sourced_id,
        title=f"Seminar {serial}",
        courseCode=f"X{serial}",
        orgSourcedId=courses.get(0, "orgSourcedId"),
        subjects="Reading,Writing",
        subjectCodes="51008",
    )
    yield _finding(roster, "courses.subjectCodes.not_as_many", number, "51008")


def _as_month_day_year(value: str, _: int) -> str:
    return date.fromisoformat(value).strftime("%m/%d/%Y")


def _before_term(_: str, __: int) -> str:
    return (SCHOOL_YEAR.begins_on - timedelta(days=200)).isoformat()


KINDS: tuple[DefectKind, ...] = (
    # What a row cannot do without.
    _altered("enrollments.role.missing", _is_student_place, _word(""), sets_aside=True),
    _altered("users.familyName.missing", _is_contact, _word(""), sets_aside=True),
    _altered("users.username.missing", _is_student, _word(""), sets_aside=True),
    _altered("classes.title.missing", _is_any, _word(""), sets_aside=True),
    # Words and dates.
    _altered("enrollments.role.unknown_value", _is_student_place, _word("pupil"), sets_aside=True),
    _altered("users.role.unknown_value", _is_contact, _word("mother"), sets_aside=True),
    _altered("users.enabledUser.unknown_value", _is_contact, _word("maybe"), sets_aside=True),
    _altered("demographics.sex.unknown_value", _is_any, _word("unknown")),
    _altered("demographics.birthDate.not_a_date", _is_any, _word("2014-02-30")),
    _altered("enrollments.beginDate.not_a_date", _is_student_place, _word("September")),
    # References.
    _altered("enrollments.classSourcedId.unknown", _is_student_place, lambda _, n: f"none-{n}"),
    _altered("enrollments.userSourcedId.unknown", _is_student_place, lambda _, n: f"none-{n}"),
    _unknown_element("users.agentSourcedIds.unknown", _is_student),
    _unknown_element("users.orgSourcedIds.unknown", _is_contact),
    DefectKind("demographics of nobody", "demographics.sourcedId.unknown", _nobodys_demographics),
    # Ids.
    _appended("enrollments.sourcedId.duplicate", _is_student_place, {"endDate": "2027-06-04"}),
    _appended("users.sourcedId.duplicate", _is_contact, {"middleName": "Q"}),
    _appended("enrollments.sourcedId.repeated", _is_student_place, {}),
    _appended("demographics.sourcedId.repeated", _is_any, {}),
    DefectKind("enrollments.sourcedId too long", "enrollments.sourcedId.too_long", _too_long_id),
    _altered("enrollments.sourcedId.unusual_id", _is_student_place, lambda old, n: f"{old}#{n}"),
    # Sessions.
    _session("academicSessions.endDate.ends_before_start", endDate="2026-09-20"),
    _session("academicSessions.schoolYear.not_a_year", schoolYear="26-27"),
    _session("academicSessions.startDate.missing", startDate=""),
    # Rows that cannot be read.
    _refused("enrollments.row.too_short", ENROLLMENTS, lambda line: line.rsplit(",", 2)[0]),
    _refused("enrollments.row.too_long", ENROLLMENTS, lambda line: f"{line},"),
    _refused("enrollments.row.bad_quoting", ENROLLMENTS, lambda line: f'"{line[:5]}"{line[5:]}'),
    _refused("demographics.row.bad_encoding", DEMOGRAPHICS, lambda line: f"{line}\udce9"),
    # What systems write otherwise than the standard.
    _habit("users.enabledUser.respelt", _is_contact, _word("TRUE")),
    _habit("enrollments.role.respelt", _is_student_place, _word("Student")),
    _habit("demographics.birthDate.rewritten", _is_any, _as_month_day_year),
    _habit("users.identifier.placeholder", _is_contact, _word("N/A")),
    _habit("users.givenName.padded", _is_contact, lambda old, _: f" {old}"),
    _habit("classes.subjects.spaced", _has_several_subjects, lambda old, _: old.replace(",", ", ")),
    # What cannot be true.
    _altered("users.email.not_an_address", _is_contact_with_email, _word("see.office.example")),
    _altered("users.phone.not_a_number", _is_contact_with_phone, _word("ask the office")),
    _altered("enrollments.beginDate.outside_terms", _is_dated_student_place, _before_term),
    _altered("demographics.birthDate.implausible", _is_any, _word("1931-01-01")),
    DefectKind(
        "enrollment at another school", "enrollments.schoolSourcedId.not_of_class", _other_school
    ),
    DefectKind("enrolled twice", "enrollments.userSourcedId.enrolled_twice", _same_place_again),
    DefectKind("two primary teachers", "enrollments.primary.second_primary", _second_primary),
    _class_without("teacher", "classes.sourcedId.no_teacher"),
    _class_without("student", "classes.sourcedId.no_student"),
    DefectKind("student in no class", "users.sourcedId.no_class", _new_student),
    DefectKind("guardian of nobody", "users.agentSourcedIds.no_child", _new_guardian),
    DefectKind("agent in one direction", "users.agentSourcedIds.one_way", _one_way_agent),
    DefectKind("too few subject codes", "courses.subjectCodes.not_as_many", _codes_missing),
)
