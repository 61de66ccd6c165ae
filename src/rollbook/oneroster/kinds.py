"""The kinds of record that a source may own, people told apart by their role."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from rollbook.oneroster.resources import Resource


class RecordKind(StrEnum):
    """A kind of record. Roles and user profiles go with their user."""

    ORGS = "orgs"
    ACADEMIC_SESSIONS = "academicSessions"
    COURSES = "courses"
    CLASSES = "classes"
    STUDENTS = "students"
    TEACHERS = "teachers"
    STAFF = "staff"
    CONTACTS = "contacts"
    ENROLLMENTS = "enrollments"
    DEMOGRAPHICS = "demographics"


PEOPLE = {
    RecordKind.STUDENTS: ("student",),
    RecordKind.TEACHERS: ("teacher",),
    RecordKind.CONTACTS: ("guardian", "parent", "relative"),
}
"""The roles of each kind of people; every other role is of the staff."""


@dataclass(frozen=True, slots=True)
class Ownership:
    """What a source may bring and remove.

    Attributes:
        kinds: Kinds of record; empty: all.
        schools: The sourcedIds of schools that it speaks of; empty: all.
    """

    kinds: frozenset[RecordKind] = frozenset()
    schools: frozenset[str] = frozenset()

    @property
    def is_everything(self) -> bool:
        """Whether nothing is anybody else's."""
        return not self.kinds and not self.schools

    def owns(self, kind: RecordKind) -> bool:
        """Whether records of a kind are the source's, those of its schools."""
        return not self.kinds or kind in self.kinds

    def expects(self, resource: Resource) -> bool:
        """Whether a complete delivery of the source must bring a resource."""
        return any(self.owns(kind) for kind in kinds_of(resource))


def kinds_of(resource: Resource) -> Collection[RecordKind]:
    """Return the kinds of record that a resource has."""
    if resource in (Resource.USERS, Resource.USER_PROFILES, Resource.ROLES):
        return (*PEOPLE, RecordKind.STAFF)
    return (RecordKind(resource.value),)
