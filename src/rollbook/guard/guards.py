"""Every guard: what it looks at, what it lets pass unless a district says otherwise, and why.

Source: design, "Guard"; the hub that districts know, section 4.4 of its fact base (holds at 75 %
updated and 10 % deleted, limits of deletions up to 90 % and of terms up to 100 %).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rollbook.diff.measures import KINDS, resource_of
from rollbook.guard.data import Setting
from rollbook.oneroster import Resource


@dataclass(frozen=True, slots=True)
class Guard:
    """One guard.

    Attributes:
        name: What policies call it.
        code: Of its reason; `{resource}` and `{field}` stand for those that it fits.
        title: What it looks for.
        meaning: Why that is asked about.
        happens: What befalls the records, to end "12 of 40 students …".
        fields: For guards of fields: which.
        highest: The highest share that a policy may allow, in percent.
        is_fixed: It cannot be switched off.
        holds_at_limit: Its limit itself holds; else only what is above it.
        is_of_school: It is about schools as such, so that there is nothing to say of a district.
        is_of_district: It is about the district as a whole: no school has a limit of its own.
        is_notice: It tells, and holds nothing.
    """

    name: str
    code: str
    title: str
    meaning: str
    happens: str
    default: Setting
    fields: tuple[str, ...] = ()
    highest: float = 100
    is_fixed: bool = False
    holds_at_limit: bool = False
    is_of_school: bool = False
    is_of_district: bool = False
    is_notice: bool = False


_FLOOR = 10
_TENTH = Setting(percent=10, records=_FLOOR)

GUARDS: tuple[Guard, ...] = (
    Guard(
        "lost_schools",
        "orgs.removals.school_lost",
        "A school goes",
        "With a school its classes and places go. That happens once in years; in a file it happens "
        "when an export was limited to some schools.",
        "would be removed",
        Setting(per_school=False),
        is_fixed=True,
        is_of_district=True,
    ),
    Guard(
        "removals",
        "{resource}.removals.too_many",
        "Many records go",
        "Whoever goes loses access in every application. A resource that would be empty "
        "afterwards always waits. What goes because its person or its class goes, as a place in a "
        "class does, is counted there and not again.",
        "would be removed",
        _TENTH,
        highest=90,
        is_fixed=True,
    ),
    Guard(
        "updates",
        "{resource}.updates.too_many",
        "Most records differ",
        "When nearly everything differs at once, it is most often the export that changed.",
        "would be updated",
        Setting(percent=75, records=_FLOOR),
        holds_at_limit=True,
    ),
    Guard(
        "email",
        "{resource}.{field}.many_changed",
        "Many e-mail addresses change or go",
        "People sign in and are matched by their address; a mapping gone wrong locks them out.",
        "would change or lose their e-mail address",
        _TENTH,
        fields=("email",),
    ),
    Guard(
        "username",
        "{resource}.{field}.many_changed",
        "Many usernames change or go",
        "People sign in with it.",
        "would change or lose their username",
        _TENTH,
        fields=("username",),
    ),
    Guard(
        "school",
        "{resource}.{field}.many_changed",
        "Many records change school",
        "In the middle of a year few people move; at its end many do.",
        "would change school",
        _TENTH,
        fields=("orgSourcedIds", "schoolSourcedId"),
    ),
    Guard(
        "guardian_links",
        "{resource}.{field}.many_changed",
        "Many links between students and guardians change or go",
        "A wrong link shows a child's data to a stranger.",
        "would change or lose their links to family",
        _TENTH,
        fields=("agentSourcedIds",),
    ),
    Guard(
        "other_fields",
        "{resource}.{field}.many_changed",
        "Some other field of many records changes or goes",
        "Off unless a district switches it on.",
        "would change or lose their {field}",
        Setting(on=False, percent=50, records=_FLOOR, per_school=False),
        is_of_district=True,
    ),
    Guard(
        "grades",
        "users.grades.shifted",
        "Many students change grade",
        "That is next year's data, if it is not summer.",
        "would change grade",
        _TENTH,
    ),
    Guard(
        "guardians",
        "users.guardians.changed",
        "The adults of many students change",
        "The wrong adult gets a child's data when contacts are exported as parents, or custody is "
        "mixed up.",
        "would get or lose an adult",
        _TENTH,
    ),
    Guard(
        "dates",
        "academicSessions.dates.moved_on",
        "Terms move on to a later time",
        "The same terms with dates of next year make today's classes next year's.",
        "would move on to a later time",
        Setting(percent=10, per_school=False),
        is_of_district=True,
    ),
    Guard(
        "teacherless",
        "classes.teachers.missing",
        "Many classes are without a teacher",
        "Teachers whose classes vanish cannot work; early in summer schedules are not staffed yet.",
        "would have no teacher",
        _TENTH,
    ),
    Guard(
        "emptied_schools",
        "orgs.schools.emptied",
        "A school has no students or no classes any more",
        "The export was limited to other schools, or a schedule was not built yet.",
        "would be gone",
        Setting(),
        is_of_school=True,
    ),
    Guard(
        "waiting_ids",
        "{resource}.ids.many_wait",
        "Many records seem to have got another id",
        "Each pair of ids waits for a decision by itself. So many at once are a change of the "
        "student information system, about which somebody should decide first. Whoever lets them "
        "wait is asked again when more do.",
        "would wait for a decision about their ids",
        Setting(percent=10, records=_FLOOR, per_school=False),
        is_of_district=True,
    ),
    Guard(
        "creates",
        "{resource}.creates.unusual",
        "Far more new records than in the last runs",
        "Records that come under new ids are there twice, or an export has more in it than agreed.",
        "would be created, where there are",
        Setting(percent=25, records=_FLOOR, per_school=False),
        highest=1_000,
        is_of_district=True,
    ),
    Guard(
        "stale",
        "{resource}.stale.many_new",
        "The rows of many records cannot be used",
        "Such a record stays as it is published, so nobody is harmed, but nobody gets either what "
        "the row says. So many at once are a fault of the export. Each record counts in the first "
        "run in which it is stale: what was approved once is not asked about again.",
        "would stay as they are, because their rows cannot be used",
        _TENTH,
    ),
    Guard(
        "long_stale",
        "{resource}.stale.too_long",
        "Records stay as they are for two weeks and longer",
        "A row that is bad for so long is not repaired by itself, and what is published of the "
        "record grows old.",
        "had no usable row for two weeks or longer and stay as they were",
        Setting(per_school=False),
        is_of_district=True,
        is_notice=True,
    ),
    Guard(
        "drift",
        "{resource}.drift.…",
        "The delivery looks otherwise than the one before",
        "Columns that are gone, another encoding, ids of another shape, a file with a fraction of "
        "its rows: docs/rules.md explains each. What the last run looked like, too, was approved "
        "with it and is not asked about again, as ids are while they wait for a decision.",
        "",
        Setting(per_school=False),
        is_of_district=True,
    ),
)

WITHOUT_FLOOR = (Resource.ORGS, Resource.ACADEMIC_SESSIONS)
"""Resources of which no removal or update is small, unless a district says so of that resource."""

HIGHEST_OF_TERMS = 100.0
UNUSUAL = 10
"""So many times more than in any of the last runs is far more than usual."""
FEWEST_RUNS = 3
"""Fewer runs than these tell nothing of what is usual."""
EVERYTHING = "roster.removals.everything"
MOVED = "run.moved"

_BY_NAME: Mapping[str, Guard] = {guard.name: guard for guard in GUARDS}


def guard_named(name: str) -> Guard:
    """Return the guard of that name."""
    return _BY_NAME[name]


def guard_of_field(field: str | None) -> Guard:
    """Return the guard that looks at a field of a record."""
    named = (guard for guard in GUARDS if field in guard.fields)
    return next(named, _BY_NAME["other_fields"])


def default_of(guard: Guard, subject: str) -> Setting:
    """Return what a guard lets pass of a subject unless a district says otherwise."""
    if subject and resource_of(subject) in WITHOUT_FLOOR:
        return replace(guard.default, records=0)
    return guard.default


def code_of(guard: Guard, subject: str, field: str | None, *, at_schools: bool) -> str:
    """Return the code of a guard's reason."""
    code = guard.code.format(resource=resource_of(subject), field=field or "")
    return f"{code}_at_school" if at_schools and not guard.is_of_school else code


NOUNS: Mapping[str, str] = {
    Resource.ORGS: "schools and offices",
    Resource.ACADEMIC_SESSIONS: "terms",
    Resource.USERS: "people",
    Resource.USER_PROFILES: "accounts elsewhere",
    Resource.ROLES: "roles of people",
    Resource.DEMOGRAPHICS: "demographics of people",
    **{str(resource): str(resource) for resource in (Resource.COURSES, Resource.CLASSES)},
    Resource.ENROLLMENTS: "enrollments",
    **{kind: kind for kinds in KINDS.values() for kind in kinds},
}
