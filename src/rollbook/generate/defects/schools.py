"""Defects of orgs and academic sessions."""

from __future__ import annotations

from collections.abc import Iterator

from rollbook.generate.defects.additions import (
    add_empty_class,
    add_org,
    add_session,
    enroll,
    is_contact,
    is_student,
    join_orgs,
)
from rollbook.generate.defects.kind import DefectKind, found, found_element
from rollbook.generate.defects.roster import Expected, Roster
from rollbook.generate.sessions import SCHOOL_YEAR
from rollbook.oneroster import Resource

ORGS, SESSIONS, USERS = Resource.ORGS, Resource.ACADEMIC_SESSIONS, Resource.USERS


def _session(code: str, **words: str) -> DefectKind:
    """Return a defect of a grading period that is added."""

    def plant(roster: Roster) -> Iterator[Expected]:
        yield found(roster, code, add_session(roster, **words))

    return DefectKind(code, code, plant)


def _own_parent(roster: Roster) -> Iterator[Expected]:
    number = add_session(roster)
    sessions = roster.files[SESSIONS]
    sessions.set(number, "parentSourcedId", sessions.get(number, "sourcedId"))
    yield found(roster, "academicSessions.parentSourcedId.itself", number)


def _session_twice(roster: Roster) -> Iterator[Expected]:
    first = add_session(roster)
    title = roster.files[SESSIONS].get(first, "title")
    add_session(roster, title=title)
    yield found(roster, "academicSessions.title.same_session", first, rows=2)


def _org(code: str, kind: str, **words: str) -> DefectKind:
    """Return a defect of an org that is added and has somebody in it."""

    def plant(roster: Roster) -> Iterator[Expected]:
        contact = roster.pick(USERS, is_contact)
        same = _numbered(words, roster.serial())
        number, sourced_id = add_org(roster, kind, **same)
        join_orgs(roster, contact, sourced_id)
        yield found(roster, code, number)

    return DefectKind(code, code, plant)


def _numbered(words: dict[str, str], serial: int) -> dict[str, str]:
    return {name: text.replace("<n>", str(serial)) for name, text in words.items()}


def _two_orgs(code: str, **words: str) -> DefectKind:
    """Return a defect of two orgs that have something in common."""

    def plant(roster: Roster) -> Iterator[Expected]:
        contact = roster.pick(USERS, is_contact)
        same = _numbered(words, roster.serial())
        first, one = add_org(roster, "department", **same)
        _, other = add_org(roster, "department", **same)
        join_orgs(roster, contact, one, other)
        yield found(roster, code, first, rows=2)

    return DefectKind(code, code, plant)


def _circle(roster: Roster) -> Iterator[Expected]:
    """Two departments, each of which stands above the other."""
    first, one = add_org(roster, "department")
    second, other = add_org(roster, "department", parentSourcedId=one)
    roster.files[ORGS].set(first, "parentSourcedId", other)
    number = first if one < other else second
    yield found(roster, "orgs.parentSourcedId.cycle", number, rows=2)


def _org_of_nobody(roster: Roster) -> Iterator[Expected]:
    number, _ = add_org(roster, "department")
    yield found(roster, "orgs.sourcedId.nobody", number)


def _unknown_kind(roster: Roster) -> Iterator[Expected]:
    number, _ = add_org(roster, "campus")
    yield found(roster, "orgs.type.unknown_value", number)


def _own_parent_org(roster: Roster) -> Iterator[Expected]:
    contact = roster.pick(USERS, is_contact)
    number, sourced_id = add_org(roster, "department")
    join_orgs(roster, contact, sourced_id)
    roster.files[ORGS].set(number, "parentSourcedId", sourced_id)
    yield found(roster, "orgs.parentSourcedId.itself", number)


def _school_without_class(roster: Roster) -> Iterator[Expected]:
    student = roster.pick(USERS, is_student)
    number, sourced_id = add_org(roster, "school")
    join_orgs(roster, student, sourced_id)
    yield found(roster, "orgs.sourcedId.no_class", number)


def _empty_school(roster: Roster) -> Iterator[Expected]:
    number, _ = add_org(roster, "school")
    yield found(roster, "orgs.sourcedId.no_student", number)
    yield found(roster, "orgs.sourcedId.no_class", number)


def _school_without_district(roster: Roster) -> Iterator[Expected]:
    student = roster.pick(USERS, is_student)
    school = roster.files[USERS].get(student, "orgSourcedIds")
    number, sourced_id = add_org(roster, "school", parentSourcedId="")
    row = join_orgs(roster, student, sourced_id)
    teacher = roster.user(roster.teacher_at(school))
    join_orgs(roster, teacher, sourced_id)
    _add_class_at(roster, sourced_id, row["sourcedId"], teacher)
    yield found(roster, "orgs.parentSourcedId.no_district", number)


def _add_class_at(roster: Roster, school: str, student: str, teacher: int) -> None:
    number = add_empty_class(roster, school)
    user = roster.files[USERS].get(teacher, "sourcedId")
    enroll(roster, number, student)
    enroll(roster, number, user, role="teacher", primary="true")


def _unknown_parent(roster: Roster) -> Iterator[Expected]:
    unknown = f"none-{roster.serial()}"
    number = add_session(roster, parentSourcedId=unknown)
    yield found_element(roster, "academicSessions.parentSourcedId.unknown", number, unknown)


SCHOOL_KINDS: tuple[DefectKind, ...] = (
    # Sessions.
    _session("academicSessions.startDate.missing", startDate=""),
    _session("academicSessions.schoolYear.not_a_year", schoolYear="26-27"),
    _session("academicSessions.schoolYear.unlike_parent", schoolYear="2026"),
    _session(
        "academicSessions.schoolYear.unlike_end",
        type="schoolYear",
        endDate="2027-06-05",
        parentSourcedId="",
        schoolYear="2026",
    ),
    _session("academicSessions.endDate.ends_before_start", endDate="2026-09-20"),
    _session("academicSessions.endDate.one_day", endDate="2026-10-02"),
    _session(
        "academicSessions.endDate.over_two_years",
        type="schoolYear",
        endDate="2029-06-05",
        parentSourcedId="",
        schoolYear="2029",
    ),
    _session("academicSessions.startDate.outside_parent", startDate="2026-08-01"),
    _session("academicSessions.parentSourcedId.wrong_type", parentSourcedId=SCHOOL_YEAR.sourced_id),
    _session(
        "academicSessions.sourcedId.no_class", type="term", parentSourcedId=SCHOOL_YEAR.sourced_id
    ),
    DefectKind("session of no parent", "academicSessions.parentSourcedId.unknown", _unknown_parent),
    DefectKind("session below itself", "academicSessions.parentSourcedId.itself", _own_parent),
    DefectKind("session under two ids", "academicSessions.title.same_session", _session_twice),
    # Orgs.
    DefectKind("org of no kind", "orgs.type.unknown_value", _unknown_kind),
    DefectKind("org of nobody", "orgs.sourcedId.nobody", _org_of_nobody),
    DefectKind("org below itself", "orgs.parentSourcedId.itself", _own_parent_org),
    DefectKind("orgs in a circle", "orgs.parentSourcedId.cycle", _circle),
    _org("orgs.parentSourcedId.wrong_level", "state"),
    _org("orgs.identifier.spreadsheet_number", "department", identifier="60<n>.0"),
    _two_orgs("orgs.name.same_name", name="Language Arts <n>"),
    _two_orgs("orgs.identifier.shared", identifier="99-<n>"),
    DefectKind("school without class", "orgs.sourcedId.no_class", _school_without_class),
    DefectKind("school without anything", "orgs.sourcedId.no_student", _empty_school),
    DefectKind(
        "school without district", "orgs.parentSourcedId.no_district", _school_without_district
    ),
)
