"""The rows of classes.csv: one class for each slot in the timetable of each group."""

from __future__ import annotations

from collections.abc import Iterator

from rollbook.convert.package import list_of
from rollbook.generate.courses import Course, course_of
from rollbook.generate.district import District
from rollbook.generate.layout import Group, School, class_key
from rollbook.generate.levels import Slot
from rollbook.generate.staffing import Staffing, periods_of

_COLOURS = ("Blue", "Green", "Red", "Gold", "Violet")


def class_id(school: School, group: Group, slot: Slot) -> str:
    """Return the id of the class that fills a group's slot, `c-101-07-MATH`."""
    return f"c-{school.index + 101}-{group.ordinal + 1:02d}-{slot.code}"


def class_rows(district: District) -> Iterator[dict[str, str]]:
    """Yield the rows of classes.csv, group by group."""
    staffing = Staffing.of(district)
    renamings = district.journal.titles
    for group in district.layout.groups:
        school = district.layout.school_of(group)
        for slot_number, slot in enumerate(school.level.slots):
            teacher = staffing.primary_teacher(group, slot_number) - school.first_teacher
            course = course_of(school, group, slot)
            title = _title(school, group, slot, course)
            yield {
                "sourcedId": class_id(school, group, slot),
                "title": _renamed(title, renamings.get(class_key(group, slot_number), 0)),
                "grades": list_of(_grades(school, group, course)),
                "courseSourcedId": course.sourced_id,
                "classCode": f"{course.code}-{group.ordinal + 1}",
                "classType": "homeroom" if slot.is_homeroom else "scheduled",
                "location": slot.room or _room(teacher),
                "schoolSourcedId": school.sourced_id,
                "termSourcedIds": list_of([session.sourced_id for session in slot.sessions]),
                "subjects": list_of(course.subjects),
                "subjectCodes": list_of(course.subject_codes),
                "periods": list_of([str(period) for period in periods_of(school, group, slot)]),
            }


def _grades(school: School, group: Group, course: Course) -> list[str]:
    open_to = {*course.grades, *group.grades}
    return [grade for grade in school.level.grades if grade in open_to]


def _title(school: School, group: Group, slot: Slot, course: Course) -> str:
    if slot.is_homeroom or slot.periods or slot.room:
        letter = "ABCDEFGHJKLMNPQRSTUVWXYZ"[group.ordinal % 24]
        return f"{course.title} {group.grades[0].removesuffix('G').lstrip('0')}{letter}"
    periods = "/".join(map(str, periods_of(school, group, slot)))
    return f"{course.title}, period {periods}"


def _renamed(title: str, times: int) -> str:
    return f'{title} "{_COLOURS[times % len(_COLOURS)]}"' if times else title


def _room(teacher: int) -> str:
    """Return the room of a school's teacher; every twentieth has none."""
    if teacher % 20 == 19:
        return ""
    return f"Room {teacher + 1}" if teacher % 3 else f"B-{teacher + 201}"
