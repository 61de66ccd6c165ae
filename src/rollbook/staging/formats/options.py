"""What may be chosen about reading a format, and what was decided before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Derivation(StrEnum):
    """A value that is made from others. Switched off, the file's own value stands.

    Source: clever.md 3.9; usernames because OneRoster requires them.
    """

    SUBJECTS = "subjects"  # one of Clever's subjects by the words of subject, name and course
    SECTION_NAMES = "section-names"  # course, teacher and period instead of the section's name
    SECTION_GRADES = "section-grades"  # the grade that most students are in
    STUDENT_SCHOOLS = "student-schools"  # the primary school has most of the student's sections
    TEACHER_SCHOOLS = "teacher-schools"
    USERNAMES = "usernames"  # the e-mail or else the id where no username is stated

    @property
    def column(self) -> str:
        """The column of `adapted.options` that says whether it is on."""
        return "derives_" + self.value.replace("-", "_")


@dataclass(frozen=True, slots=True)
class AdapterOptions:
    """What a district has chosen about its files, and what was decided about them before.

    Attributes:
        prefixed: Kinds of person whose ids have been prefixed since the source's first load.
        is_first_load: Whether kinds that collide may still be prefixed. Later it would give every
            person of the kind another id, so the rows that collide are reported instead.
        switched_off: Derivations that are not wanted, by name.
        district_name: What the district is called where the format has no row for it.
        school_year: The year in which the school year ends, for what tells no dates. None: the one
            most terms are in, and without any the one of today.
    """

    prefixed: frozenset[str] = frozenset()
    is_first_load: bool = True
    switched_off: frozenset[str] = frozenset()
    district_name: str = "District"
    school_year: int | None = None
