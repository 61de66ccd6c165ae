"""How the pages call what the standard calls orgs, users and academicSessions."""

from __future__ import annotations

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

FIGURES: dict[str, str] = {
    "students": "Students",
    "teachers": "Teachers",
    "parents": "Parents",
    "schools": "Schools",
    "classes": "Classes",
    "enrollments": "Enrollments",
}

CHANGES: dict[str, str] = {"create": "Created", "update": "Updated", "abandon": "Removed"}
SEVERITIES: dict[str, str] = {"error": "Errors", "warning": "Warnings", "info": "Notes"}


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
