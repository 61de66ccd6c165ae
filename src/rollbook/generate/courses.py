"""The district's courses, from `courses.csv`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rollbook.convert.package import list_of
from rollbook.generate.district import DISTRICT_ID
from rollbook.generate.layout import Group, Layout, School
from rollbook.generate.levels import Level, Slot
from rollbook.generate.sessions import SCHOOL_YEAR
from rollbook.generate.tables import rows_of


@dataclass(frozen=True, slots=True)
class Course:
    """A course of the district's catalogue. `subject_codes` belong to `subjects`, one by one."""

    level: Level
    slot: str
    code: str
    title: str
    grades: tuple[str, ...]
    subjects: tuple[str, ...]
    subject_codes: tuple[str, ...]

    @property
    def sourced_id(self) -> str:
        """The course's id."""
        return f"crs-{self.code}"


def course_rows(layout: Layout) -> Iterator[dict[str, str]]:
    """Yield the rows of courses.csv: of the catalogue, what is taught at a district's size."""
    taught = {
        course_of(school, group, slot).sourced_id
        for group in layout.groups
        for school in [layout.school_of(group)]
        for slot in school.level.slots
    }
    for course in catalogue():
        if course.sourced_id not in taught:
            continue
        yield {
            "sourcedId": course.sourced_id,
            "schoolYearSourcedId": SCHOOL_YEAR.sourced_id,
            "title": course.title,
            "courseCode": course.code,
            "grades": list_of(course.grades),
            "orgSourcedId": DISTRICT_ID,
            "subjects": list_of(course.subjects),
            "subjectCodes": list_of(course.subject_codes),
        }


def course_of(school: School, group: Group, slot: Slot) -> Course:
    """Return a group's course: groups of a grade take turns with the courses of a slot."""
    courses = courses_for(school.level, slot.code, group.grades[0])
    return courses[group.ordinal % len(courses)]


@cache
def courses_for(level: Level, slot: str, grade: str) -> tuple[Course, ...]:
    """Return the courses that can fill a slot of a grade's timetable, at least one."""
    return tuple(
        course
        for course in catalogue()
        if course.level is level and course.slot == slot and grade in course.grades
    )


@cache
def catalogue() -> tuple[Course, ...]:
    """Return every course; one that is written for each grade, `{grade} Music`, once for each."""
    return tuple(course for row in rows_of("courses.csv") for course in _courses(row))


def _courses(row: dict[str, str]) -> Iterator[Course]:
    grades = tuple(row["grades"].split())
    if "{grade}" not in row["title"]:
        yield _course(row, grades)
        return
    for grade in grades:
        words = {"grade": _grade_name(grade), "code": grade, "digit": grade[-1].replace("G", "0")}
        yield _course({name: text.format_map(words) for name, text in row.items()}, (grade,))


def _course(row: dict[str, str], grades: tuple[str, ...]) -> Course:
    return Course(
        level=Level[row["level"].upper()],
        slot=row["slot"],
        code=row["code"],
        title=row["title"],
        grades=grades,
        subjects=tuple(filter(None, row["subjects"].split("|"))),
        subject_codes=tuple(filter(None, row["subject_codes"].split("|"))),
    )


def _grade_name(grade: str) -> str:
    return "Kindergarten" if grade == "KG" else f"Grade {int(grade)}"
