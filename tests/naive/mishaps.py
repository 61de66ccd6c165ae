"""What can go wrong with one export, and is right again in the next."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.packages import (
    CLASSES,
    COURSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    ORGS,
    SESSIONS,
    USERS,
    Package,
    Row,
)

from rollbook.oneroster import Resource

Mishap = Callable[[Package, Random], None]
MISHAPS: dict[str, Mishap] = {}

_REQUIRED = {
    ORGS: ("name", "type"),
    SESSIONS: ("title", "startDate", "schoolYear"),
    COURSES: ("title", "orgSourcedId"),
    CLASSES: ("title", "courseSourcedId", "schoolSourcedId", "termSourcedIds"),
    USERS: ("username", "givenName", "familyName", "role", "enabledUser"),
    ENROLLMENTS: ("role", "classSourcedId", "userSourcedId", "schoolSourcedId"),
}
_WORDS = {
    ORGS: "type",
    SESSIONS: "type",
    CLASSES: "classType",
    USERS: "role",
    ENROLLMENTS: "role",
}
_NEEDED = {
    COURSES: "orgSourcedId",
    CLASSES: "courseSourcedId",
    ENROLLMENTS: "classSourcedId",
    DEMOGRAPHICS: "sourcedId",
}
_OPTIONAL = (
    (DEMOGRAPHICS, "sex", "f"),
    (DEMOGRAPHICS, "birthDate", "2018-02-30"),
    (ENROLLMENTS, "beginDate", "2026-02-30"),
    (ENROLLMENTS, "primary", "main"),
    (COURSES, "schoolYearSourcedId", "nowhere"),
    (ORGS, "parentSourcedId", "nowhere"),
    (SESSIONS, "parentSourcedId", "nowhere"),
    (USERS, "agentSourcedIds", "nobody"),
)


def mishap(happen: Mishap) -> Mishap:
    """Note something that can go wrong."""
    MISHAPS[happen.__name__] = happen
    return happen


def _some(
    package: Package, chance: Random, resources: list[Resource]
) -> tuple[Resource, Row] | None:
    filled = [it for it in resources if package.rows.get(it)]
    if not filled:
        return None
    resource = chance.choice(filled)
    return resource, chance.choice(package.rows[resource])


@mishap
def required_value_is_missing(package: Package, chance: Random) -> None:
    """Leave a value out without which the row cannot be used."""
    if some := _some(package, chance, [*_REQUIRED]):
        some[1][chance.choice(_REQUIRED[some[0]])] = ""


@mishap
def word_is_unknown(package: Package, chance: Random) -> None:
    """Write a word that the standard does not know."""
    if some := _some(package, chance, [*_WORDS]):
        some[1][_WORDS[some[0]]] = "pupil"


@mishap
def reference_is_unknown(package: Package, chance: Random) -> None:
    """Name a record that is not there."""
    if some := _some(package, chance, [*_NEEDED]):
        some[1][_NEEDED[some[0]]] = "nowhere"


@mishap
def session_ends_before_it_starts(package: Package, chance: Random) -> None:
    """Turn the dates of a session round."""
    if some := _some(package, chance, [SESSIONS]):
        some[1]["endDate"] = "2001-01-01"


@mishap
def optional_value_is_bad(package: Package, chance: Random) -> None:
    """Write something impossible where the row can do without it."""
    resource, name, value = chance.choice(_OPTIONAL)
    if some := _some(package, chance, [resource]):
        named = some[1].get(name, "")
        is_list = name.endswith("Ids")
        some[1][name] = f"{value},{named}" if is_list and named and chance.random() < 0.5 else value


@mishap
def rows_differ_under_one_id(package: Package, chance: Random) -> None:
    """Say two things about one record."""
    if some := _some(package, chance, [USERS, CLASSES, ENROLLMENTS]):
        resource, row = some
        name = {USERS: "middleName", CLASSES: "location", ENROLLMENTS: "endDate"}[resource]
        package.rows[resource].append({**row, name: "2027-01-01"})


@mishap
def row_is_there_twice(package: Package, chance: Random) -> None:
    """Repeat a row to the letter."""
    if some := _some(package, chance, [*package.rows]):
        package.rows[some[0]].append(dict(some[1]))


@mishap
def id_cannot_be_read(package: Package, chance: Random) -> None:
    """Leave an id out: a record is missing, and nobody can say which."""
    if (some := _some(package, chance, [USERS, CLASSES, ENROLLMENTS])) and len(
        package.rows[some[0]]
    ) > 1:
        some[1]["sourcedId"] = ""


@mishap
def access_ends_in_a_bad_row(package: Package, chance: Random) -> None:
    """Take somebody's access away in a row that cannot be used otherwise."""
    if some := _some(package, chance, [USERS]):
        some[1].update(enabledUser="false", givenName="")


@mishap
def record_is_marked_as_gone(package: Package, chance: Random) -> None:
    """Mark a record as gone in a complete file, in a row that is bad perhaps."""
    if some := _some(package, chance, [USERS, ENROLLMENTS, CLASSES]):
        some[1]["status"] = "tobedeleted"
        if some[0] is USERS and chance.random() < 0.5:
            some[1]["familyName"] = ""


@mishap
def file_is_left_out(package: Package, chance: Random) -> None:
    """Send no demographics."""
    if len(package.rows) > 1:
        package.rows.pop(DEMOGRAPHICS, None)
