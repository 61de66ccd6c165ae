"""What reports call things: formats, severities, changes, amounts, and who acts."""

from __future__ import annotations

from collections.abc import Iterable

from rollbook.oneroster import Resource
from rollbook.validation.severity import Severity

FORMATS = {
    "oneroster-1.0": "OneRoster 1.0",
    "oneroster-1.1": "OneRoster 1.1",
    "oneroster-1.2": "OneRoster 1.2",
    "clever": "Clever's format",
    "sds-v1": "Microsoft School Data Sync v1",
    "sds-v2": "Microsoft School Data Sync v2",
    "sds-v2.1": "Microsoft School Data Sync v2.1",
    "guardians": "a guardians file",
}

RESOURCES: dict[str, str] = {
    Resource.ORGS: "Schools and offices",
    Resource.ACADEMIC_SESSIONS: "Terms",
    Resource.COURSES: "Courses",
    Resource.CLASSES: "Classes",
    Resource.USERS: "People",
    "roles": "Roles of people",
    "userProfiles": "Profiles of people",
    Resource.ENROLLMENTS: "Enrollments",
    Resource.DEMOGRAPHICS: "Demographics",
}

CHANGES = {
    "create": "Created",
    "update": "Updated",
    "abandon": "Removed",
    "rekey": "New id",
}

MASKED = "Values are masked: x stands for a letter, 9 for a digit. --show-values shows them."

_NOUNS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("note", "notes"),
}
_PEOPLE = {
    "SIS vendor": "the SIS vendor",
    "district": "the district",
    "application": "the application's vendor",
}


def format_name(name: str) -> str:
    """Return what a format is called in a sentence."""
    return FORMATS.get(name, name)


def resource_name(name: str) -> str:
    """Return what a resource is called at the head of a row."""
    return RESOURCES.get(name, name)


def counted(amount: int, one: str, many: str | None = None) -> str:
    """Return an amount with its noun: "1 row", "1,212 rows"."""
    return f"{amount:,} {one if amount == 1 else many or one + 's'}"


def severities(amount: int, severity: Severity) -> str:
    """Return an amount of findings: "1 error", "14 warnings"."""
    return counted(amount, *_NOUNS[severity])


def severity_noun(severity: Severity) -> str:
    """Return what one finding of a severity is called."""
    return _NOUNS[severity][0]


def listed(words: Iterable[str]) -> str:
    """Return words as a sentence lists them: "one, two and three"."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def capitalized(words: str) -> str:
    """Return the words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def people(names: Iterable[str]) -> str:
    """Return who acts, to stand inside a sentence: "the SIS vendor and the district"."""
    there = set(names)
    known = [words for name, words in _PEOPLE.items() if name in there]
    others = [f"the {name}" for name in sorted(there - set(_PEOPLE))]
    return listed([*known, *others]) if there else "whoever makes the exports"
