"""What has happened in a district since its first day: the churn of each day, one after the other.

Only what changed is kept, so a journal's size grows with churn and days, never with the district.
The events of a day follow from the seed and the number of the day; day 9 is day 8 and one more day
of events.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from rollbook.generate.layout import Layout


@dataclass(slots=True)
class Journal:
    """The differences of one day from the first.

    On the first day there are no entries: students have the seats that the layout gives them.

    Attributes:
        seats: Student to seat, for students who moved or came; None for those who left.
        students: Seat to student, for seats with another student than at the start.
        taken_on: Seat to the day on which its present student came to it.
        first_seats: Seat on which a newcomer arrived.
        student_count: Number of students who ever were here: the next newcomer's number.
        emails, names, contacts: How often a student's e-mail, a student's name, a family's contact
            data changed.
        regraded: Students whose grade was corrected to the next one.
        dropped, added: Seats that left one of their classes, or took one more.
        titles, teachers: How often a class, by key, changed title or primary teacher.
        staff_names, staff_emails: The same for teachers, by number.
    """

    layout: Layout
    student_count: int
    seats: dict[int, int | None] = field(default_factory=dict)
    students: dict[int, int] = field(default_factory=dict)
    taken_on: dict[int, int] = field(default_factory=dict)
    first_seats: dict[int, int] = field(default_factory=dict)
    emails: Counter[int] = field(default_factory=Counter)
    names: Counter[int] = field(default_factory=Counter)
    contacts: Counter[int] = field(default_factory=Counter)
    regraded: set[int] = field(default_factory=set)
    dropped: set[int] = field(default_factory=set)
    added: set[int] = field(default_factory=set)
    titles: Counter[int] = field(default_factory=Counter)
    teachers: Counter[int] = field(default_factory=Counter)
    staff_names: Counter[int] = field(default_factory=Counter)
    staff_emails: Counter[int] = field(default_factory=Counter)

    def student_at(self, seat: int) -> int:
        """Return the student who has a seat now."""
        student = self.students.get(seat)
        return self.layout.zone_at(seat).student_of(seat) if student is None else student

    def students_at(self, seats: range) -> list[int]:
        """Return the students who have the seats of one group now, in the order of seats."""
        starting = self.layout.zone_at(seats.start).student_of
        present = self.students.get
        return [starting(seat) if (now := present(seat)) is None else now for seat in seats]

    def first_seat_of(self, student: int) -> int:
        """Return the seat to which a student came."""
        seat = self.first_seats.get(student)
        return self.layout.zone_at(student).seat_of(student) if seat is None else seat

    def seat_of(self, student: int) -> int | None:
        """Return the seat that a student has now; None for one who left."""
        return self.seats[student] if student in self.seats else self.first_seat_of(student)

    def seat(self, student: int, seat: int, *, day: int) -> None:
        """Give a seat to a student."""
        self.students[seat] = student
        self.seats[student] = seat
        self.taken_on[seat] = day

    def exchange(self, seat: int, other: int, *, day: int) -> None:
        """Let the students of two seats change places."""
        student, other_student = self.student_at(seat), self.student_at(other)
        self.seat(student, other, day=day)
        self.seat(other_student, seat, day=day)

    def replace(self, seat: int, *, day: int) -> None:
        """Let the student of a seat leave the district, and a newcomer take it."""
        self.seats[self.student_at(seat)] = None
        newcomer = self.student_count
        self.student_count += 1
        self.first_seats[newcomer] = seat
        self.seat(newcomer, seat, day=day)
