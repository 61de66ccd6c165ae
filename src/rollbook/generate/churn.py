"""The events of a day: who leaves, comes, moves or changes, and which classes do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random

from rollbook.generate.draws import chance_of
from rollbook.generate.families import Families
from rollbook.generate.journal import Journal
from rollbook.generate.layout import Group, Layout, class_key

_TRIES = 20


@dataclass(frozen=True, slots=True)
class _Day:
    number: int
    families: Families
    chance: Random
    journal: Journal
    groups_by_grade: dict[str, list[Group]]


def keep_journal(
    layout: Layout, families: Families, *, seed: int, day: int, churn: float
) -> Journal:
    """Return what has changed from day 1 to a day.

    Args:
        layout: The district's seats.
        families: The families of the same seed.
        seed: The same seed and churn give the same days.
        day: 1 for a journal without entries.
        churn: Share of students, classes and teachers touched on each day from day 2 on, 0 to 1.
            Above 0 at least one student and one class.
    """
    journal = Journal(layout, layout.seat_count)
    if not churn:
        return journal
    groups_by_grade = _groups_by_grade(layout)
    for number in range(2, day + 1):
        chance = chance_of(seed, "churn", number)
        today = _Day(number, families, chance, journal, groups_by_grade)
        _touch_students(today, share=churn)
        _touch_classes(today, share=churn)
        _touch_teachers(today, share=churn)
    return journal


def _groups_by_grade(layout: Layout) -> dict[str, list[Group]]:
    by_grade: dict[str, list[Group]] = {}
    for group in layout.groups:
        for grade in group.grades:
            by_grade.setdefault(grade, []).append(group)
    return by_grade


def _touch_students(today: _Day, *, share: float) -> None:
    seat_count = today.journal.layout.seat_count
    touched = max(1, round(seat_count * share))
    seats = today.chance.sample(range(seat_count), touched)
    for seat, event in zip(seats, _events(touched, first=today.number), strict=False):
        event(today, seat)


def _events(touched: int, *, first: int) -> Iterator[Callable[[_Day, int], None]]:
    """Yield events that touch so many students, beginning elsewhere in the list each day."""
    for event, students in islice(cycle(_EVENTS), first % len(_EVENTS), None):
        if touched <= 0:
            return
        if students <= touched:
            touched -= students
            yield event


def _change_email(today: _Day, seat: int) -> None:
    today.journal.emails[today.journal.student_at(seat)] += 1


def _change_name(today: _Day, seat: int) -> None:
    today.journal.names[today.journal.student_at(seat)] += 1


def _change_contacts(today: _Day, seat: int) -> None:
    student = today.journal.student_at(seat)
    today.journal.contacts[today.families.first_of(student)] += 1


def _correct_grade(today: _Day, seat: int) -> None:
    today.journal.regraded ^= {today.journal.student_at(seat)}


def _replace(today: _Day, seat: int) -> None:
    today.journal.replace(seat, day=today.number)


def _move(today: _Day, seat: int) -> None:
    other = _seat_elsewhere(today, seat)
    if other is None:
        _correct_grade(today, seat)
    else:
        today.journal.exchange(seat, other, day=today.number)


def _seat_elsewhere(today: _Day, seat: int) -> int | None:
    """Return a seat of the same grade in another school; None when chance finds none."""
    own = today.journal.layout.group_at(seat)
    grade = own.grade_of(seat)
    for _ in range(_TRIES):
        group = today.chance.choice(today.groups_by_grade[grade])
        other = today.chance.choice(group.seats)
        if group.school != own.school and group.grade_of(other) == grade:
            return other
    return None


def _drop_class(today: _Day, seat: int) -> None:
    """Toggle the drop of the last class; a group's first student stays, so none is empty."""
    if seat == today.journal.layout.group_at(seat).seats.start:
        _change_email(today, seat)
    else:
        today.journal.dropped ^= {seat}


def _add_class(today: _Day, seat: int) -> None:
    if today.journal.layout.extra_class_of(seat) is None:
        _change_name(today, seat)
    else:
        today.journal.added ^= {seat}


_EVENTS: tuple[tuple[Callable[[_Day, int], None], int], ...] = (
    (_change_email, 1),
    (_replace, 2),  # one leaves and one comes
    (_change_contacts, 1),
    (_move, 2),  # two change places
    (_change_name, 1),
    (_drop_class, 1),
    (_replace, 2),
    (_correct_grade, 1),
    (_add_class, 1),
)


def _touch_classes(today: _Day, *, share: float) -> None:
    """Rename classes and give classes another teacher, in turn."""
    layout = today.journal.layout
    class_count = sum(len(school.level.slots) * len(school.groups) for school in layout.schools)
    changes = (today.journal.titles, today.journal.teachers)
    for number in range(max(1, round(class_count * share))):
        group = today.chance.choice(layout.groups)
        slot_number = today.chance.randrange(len(layout.school_of(group).level.slots))
        changes[(today.number + number) % 2][class_key(group, slot_number)] += 1


def _touch_teachers(today: _Day, *, share: float) -> None:
    """Let teachers marry and get other addresses, in turn."""
    teacher_count = today.journal.layout.teacher_count
    changes = (today.journal.staff_names, today.journal.staff_emails)
    for number in range(round(teacher_count * share)):
        changes[number % 2][today.chance.randrange(teacher_count)] += 1
