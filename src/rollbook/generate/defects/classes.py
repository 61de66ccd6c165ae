"""Defects of courses, classes and enrollments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from rollbook.generate.defects.additions import (
    WHOLE_YEAR,
    add_class,
    add_empty_class,
    add_person,
    enroll,
    is_student,
    join_orgs,
    next_year,
    pick_values,
)
from rollbook.generate.defects.kind import (
    DefectKind,
    altered,
    changed,
    found,
    habit,
    is_any,
)
from rollbook.generate.defects.roster import Expected, Roster, Row
from rollbook.generate.district import DISTRICT_ID
from rollbook.generate.sessions import SCHOOL_YEAR, SEMESTER_1
from rollbook.oneroster import Resource

COURSES, CLASSES, USERS = Resource.COURSES, Resource.CLASSES, Resource.USERS
ENROLLMENTS = Resource.ENROLLMENTS
_MANY = 11  # teachers


def is_student_place(row: Row) -> bool:
    """Whether an enrollment is a student's."""
    return row["role"] == "student"


def _is_dated(row: Row) -> bool:
    return row["role"] == "student" and bool(row["beginDate"]) and bool(row["endDate"])


def _is_primary(row: Row) -> bool:
    return row["primary"] == "true"


def _has_several_subjects(row: Row) -> bool:
    return "," in row["subjects"]


def _is_whole_year(row: Row) -> bool:
    return row["termSourcedIds"] == WHOLE_YEAR


def _before_term(_: str, __: int) -> str:
    return (SCHOOL_YEAR.begins_on - timedelta(days=200)).isoformat()


def _class_set_aside(roster: Roster) -> Iterator[Expected]:
    """A class without a title, of a course and with teachers that have other ones."""
    classes = roster.files[CLASSES]
    number = roster.pick(CLASSES, is_any)
    while not _claim_around(roster, classes.values(number)):
        number = roster.pick(CLASSES, is_any)
    consequences = [*roster.set_aside(CLASSES, number)]
    classes.set(number, "title", "")
    yield found(roster, "classes.title.missing", number)
    yield from consequences


def _claim_around(roster: Roster, row: Row) -> bool:
    """Claim course and teachers of a class; no when one of them is taken or has no other class."""
    course = row["courseSourcedId"]
    teachers = [
        place["userSourcedId"]
        for _, place in roster.named_by(CLASSES, row["sourcedId"])
        if place["role"] == "teacher"
    ]
    if len([*roster.named_by(COURSES, course)]) < 2:
        return False
    if any(_count_of_classes(roster, teacher) < 2 for teacher in teachers):
        return False
    return roster.claim({course, *teachers})


def _count_of_classes(roster: Roster, teacher: str) -> int:
    named = roster.named_by(USERS, teacher)
    return sum(resource is ENROLLMENTS and row["role"] == "teacher" for resource, row in named)


def _class_without(role: str) -> DefectKind:
    """Return a class that is added with a teacher and no student, or the reverse."""
    code = f"classes.sourcedId.no_{role}"

    def plant(roster: Roster) -> Iterator[Expected]:
        student = pick_values(roster, USERS)
        school = student["orgSourcedIds"]
        number = add_empty_class(roster, school)
        if role == "teacher":
            enroll(roster, number, student["sourcedId"])
        else:
            enroll(roster, number, roster.teacher_at(school), role="teacher", primary="true")
        yield found(roster, code, number)

    return DefectKind(f"class without {role}", code, plant)


def _many_teachers(roster: Roster) -> Iterator[Expected]:
    number = add_class(roster)
    school = roster.files[CLASSES].get(number, "schoolSourcedId")
    for _ in range(_MANY - 1):
        _add_teacher(roster, number, school)
    yield found(roster, "classes.sourcedId.many_teachers", number)


def _two_primary_teachers(roster: Roster) -> Iterator[Expected]:
    number = add_class(roster)
    school = roster.files[CLASSES].get(number, "schoolSourcedId")
    _add_teacher(roster, number, school, primary="true")
    yield found(roster, "classes.sourcedId.two_primary_teachers", number)


def _add_teacher(roster: Roster, number: int, school: str, **words: str) -> None:
    teacher = add_person(roster, "teacher", school)
    user = roster.files[USERS].get(teacher, "sourcedId")
    enroll(roster, number, user, role="teacher", **words)


def _no_primary_teacher(roster: Roster) -> Iterator[Expected]:
    number = add_empty_class(roster, (student := pick_values(roster, USERS))["orgSourcedIds"])
    enroll(roster, number, student["sourcedId"])
    _add_teacher(roster, number, student["orgSourcedIds"], primary="false")
    yield found(roster, "classes.sourcedId.no_primary_teacher", number)


def _class_at_district(roster: Roster) -> Iterator[Expected]:
    """A class at the district, so that the places in it are at no school, too."""
    student = join_orgs(roster, roster.pick(USERS, is_student), DISTRICT_ID)
    number = add_empty_class(roster, DISTRICT_ID)
    teacher = add_person(roster, "teacher", DISTRICT_ID)
    user = roster.files[USERS].get(teacher, "sourcedId")
    places = (
        enroll(roster, number, student["sourcedId"]),
        enroll(roster, number, user, role="teacher", primary="true"),
    )
    yield found(roster, "classes.schoolSourcedId.not_a_school", number)
    for place in places:
        yield found(roster, "enrollments.schoolSourcedId.not_a_school", place)


def _several_years(roster: Roster) -> Iterator[Expected]:
    number = roster.pick(CLASSES, _is_whole_year)
    terms = f"{WHOLE_YEAR},{next_year(roster)}"
    roster.files[CLASSES].set(number, "termSourcedIds", terms)
    yield found(roster, "classes.termSourcedIds.several_years", number)


def _outside_course_year(roster: Roster) -> Iterator[Expected]:
    number = add_class(roster, termSourcedIds=next_year(roster))
    yield found(roster, "classes.termSourcedIds.outside_course_year", number)


def _course_of_other_school(roster: Roster) -> Iterator[Expected]:
    student = pick_values(roster, USERS)
    other = roster.other_school(student["orgSourcedIds"])
    course = _add_course(roster, orgSourcedId=other)
    words = {"courseSourcedId": roster.files[COURSES].get(course, "sourcedId")}
    number = add_class(roster, student=student, **words)
    yield found(roster, "classes.courseSourcedId.other_school", number)


def _add_course(roster: Roster, **words: str) -> int:
    serial = roster.serial()
    values = {
        "sourcedId": f"crs-X{serial}",
        "schoolYearSourcedId": SCHOOL_YEAR.sourced_id,
        "title": f"Seminar {serial}",
        "courseCode": f"X{serial}",
        "orgSourcedId": DISTRICT_ID,
    }
    return roster.files[COURSES].append(**values | words)


def _course_without_class(roster: Roster) -> Iterator[Expected]:
    yield found(roster, "courses.sourcedId.no_class", _add_course(roster))


def _course(code: str, **words: str) -> DefectKind:
    """Return a course that is added, with a class in the first semester."""

    def plant(roster: Roster) -> Iterator[Expected]:
        number = _add_course(roster, **words)
        course = roster.files[COURSES].get(number, "sourcedId")
        add_class(roster, courseSourcedId=course, termSourcedIds=SEMESTER_1.sourced_id)
        yield found(roster, code, number)

    return DefectKind(code, code, plant)


def _same_course(roster: Roster) -> Iterator[Expected]:
    """A course that is there under two ids."""
    courses = roster.files[COURSES]
    first = _add_course(roster)
    second = courses.append(**courses.values(first) | {"sourcedId": f"crs-Y{roster.serial()}"})
    for number in (first, second):
        add_class(roster, courseSourcedId=courses.get(number, "sourcedId"))
    yield found(roster, "courses.courseCode.shared", first, rows=2)


def _other_school(roster: Roster) -> Iterator[Expected]:
    """An enrollment at another school than its class, of a student who goes to both."""
    number = roster.pick(ENROLLMENTS, is_student_place)
    file = roster.files[ENROLLMENTS]
    other = roster.other_school(file.get(number, "schoolSourcedId"))
    join_orgs(roster, roster.user(file.get(number, "userSourcedId")), other)
    file.set(number, "schoolSourcedId", other)
    yield found(roster, "enrollments.schoolSourcedId.other_school", number)


def _guest(roster: Roster) -> Iterator[Expected]:
    """A student in a class of another school."""
    number = add_class(roster)
    school = roster.files[CLASSES].get(number, "schoolSourcedId")
    guest = pick_values(roster, USERS)
    while guest["orgSourcedIds"] == school:
        guest = pick_values(roster, USERS)
    place = enroll(roster, number, guest["sourcedId"])
    yield found(roster, "enrollments.userSourcedId.not_at_school", place)


def _same_place_again(roster: Roster) -> Iterator[Expected]:
    """A student who is in a class twice, under two ids."""
    number = roster.pick(ENROLLMENTS, is_student_place)
    file = roster.files[ENROLLMENTS]
    values = file.values(number)
    second = file.append(**values | {"sourcedId": f"{values['sourcedId']}-again"})
    yield found(roster, "enrollments.userSourcedId.enrolled_twice", second)


def _never_ending(roster: Roster) -> Iterator[Expected]:
    """An enrollment that ends in the year 9999, and so outside its term."""
    number = roster.pick(ENROLLMENTS, _is_dated)
    roster.files[ENROLLMENTS].set(number, "endDate", "9999-12-31")
    yield found(roster, "enrollments.endDate.implausible_date", number)
    yield found(roster, "enrollments.endDate.outside_term", number)


CLASS_KINDS: tuple[DefectKind, ...] = (
    # Courses.
    DefectKind("course without class", "courses.sourcedId.no_class", _course_without_class),
    _course("courses.schoolYearSourcedId.not_a_school_year", schoolYearSourcedId="s1-2027"),
    _course("courses.subjectCodes.unpaired", subjects="Reading,Writing", subjectCodes="51008"),
    DefectKind("course under two ids", "courses.courseCode.shared", _same_course),
    # Classes.
    DefectKind("class without title", "classes.title.missing", _class_set_aside),
    altered("classes.title.spreadsheet_error", is_any, "#REF!"),
    altered("classes.classCode.spreadsheet_number", is_any, "10<n>.0"),
    altered("classes.periods.repeated_element", is_any, "1,1"),
    altered(
        "classes.subjectCodes.unpaired", _has_several_subjects, lambda old, _: old.split(",")[0]
    ),
    _class_without("teacher"),
    _class_without("student"),
    DefectKind("many teachers", "classes.sourcedId.many_teachers", _many_teachers),
    DefectKind(
        "two primary teachers", "classes.sourcedId.two_primary_teachers", _two_primary_teachers
    ),
    DefectKind("no primary teacher", "classes.sourcedId.no_primary_teacher", _no_primary_teacher),
    DefectKind("class at the district", "classes.schoolSourcedId.not_a_school", _class_at_district),
    DefectKind("terms of two years", "classes.termSourcedIds.several_years", _several_years),
    DefectKind(
        "class after its course", "classes.termSourcedIds.outside_course_year", _outside_course_year
    ),
    DefectKind(
        "course of another school", "classes.courseSourcedId.other_school", _course_of_other_school
    ),
    habit("classes.subjects.spaced", _has_several_subjects, lambda old, _: old.replace(",", ", ")),
    # Enrollments.
    altered("enrollments.role.missing", is_student_place, "", sets_aside=True),
    altered("enrollments.role.unknown_value", is_student_place, "pupil", sets_aside=True),
    altered("enrollments.role.unlike_user", is_student_place, "teacher"),
    altered("enrollments.classSourcedId.unknown", is_student_place, "none-<n>"),
    altered("enrollments.userSourcedId.unknown", is_student_place, "none-<n>"),
    altered("enrollments.primary.not_a_teacher", is_student_place, "true"),
    altered("enrollments.beginDate.not_a_date", is_student_place, "September"),
    altered("enrollments.beginDate.outside_term", _is_dated, _before_term),
    altered("enrollments.endDate.outside_term", _is_dated, "2027-09-01"),
    changed(
        "enrollments.endDate.ends_before_begin",
        _is_dated,
        lambda row, _: {"endDate": row["beginDate"]},
    ),
    DefectKind("enrollment without end", "enrollments.endDate.implausible_date", _never_ending),
    DefectKind(
        "enrollment at another school", "enrollments.schoolSourcedId.other_school", _other_school
    ),
    DefectKind("guest student", "enrollments.userSourcedId.not_at_school", _guest),
    DefectKind("enrolled twice", "enrollments.userSourcedId.enrolled_twice", _same_place_again),
    habit("enrollments.role.respelt", is_student_place, "Student"),
)
