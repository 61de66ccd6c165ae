"""How the pages call what the standard calls orgs, users and academicSessions."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.models import User

from rollbook.oneroster import Resource

NAMES: dict[str, str] = {
    Resource.ORGS: "Schools and offices",
    Resource.ACADEMIC_SESSIONS: "Terms",
    Resource.COURSES: "Courses",
    Resource.CLASSES: "Classes",
    Resource.USERS: "People",
    Resource.USER_PROFILES: "Accounts elsewhere",
    Resource.ROLES: "Roles of people",
    Resource.ENROLLMENTS: "Enrollments",
    Resource.DEMOGRAPHICS: "Demographics",
}

RECORDS: dict[str, str] = {
    Resource.ORGS: "school or office",
    Resource.ACADEMIC_SESSIONS: "term",
    Resource.COURSES: "course",
    Resource.CLASSES: "class",
    Resource.USERS: "person",
}
"""One record of those that have an identity of their own."""

FIGURES: dict[str, str] = {
    "students": "Students",
    "teachers": "Teachers",
    "parents": "Parents",
    "schools": "Schools",
    "classes": "Classes",
    "enrollments": "Enrollments",
}

CHANGES: dict[str, str] = {
    "create": "Created",
    "update": "Updated",
    "rekey": "New id",
    "replace": "Replaced",
    "abandon": "Removed",
}
SEVERITIES: dict[str, str] = {"error": "Errors", "warning": "Warnings", "info": "Notes"}


def changes_of(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many records change in which of the ways of `CHANGES`, each record once.

    A run counts one that is replaced as created and as removed, too.
    """
    replaced = counts.get("replace", 0)
    return {
        change: counts.get(change, 0) - (replaced if change in ("create", "abandon") else 0)
        for change in CHANGES
    }


def capitalized(words: str) -> str:
    """Return the words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def person_name(person: User | None) -> str:
    """Return how a person who did something is called."""
    if person is None:
        return "Somebody who has left"
    return person.get_full_name() or person.email


def counted(amount: int, one: str, many: str | None = None) -> str:
    """Return an amount with its noun: "1 school", "1,212 students"."""
    return f"{amount:,} {one if amount == 1 else many or one + 's'}"


def size(size_bytes: int) -> str:
    """Return a file's size as a person says it: "812 KB", "3.4 MB"."""
    if size_bytes < 1_000:
        return counted(size_bytes, "byte")
    if size_bytes < 1_000_000:
        return f"{size_bytes / 1_000:.0f} KB"
    if size_bytes < 1_000_000_000:
        return f"{size_bytes / 1_000_000:.1f} MB"
    return f"{size_bytes / 1_000_000_000:.1f} GB"
