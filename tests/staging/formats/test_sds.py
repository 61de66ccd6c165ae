"""School Data Sync files end in the canonical tables."""

from __future__ import annotations

import json

import pytest
from tests.staging.formats.conftest import Adapted

from rollbook.staging.formats.adapt import prefixed_kinds
from rollbook.staging.formats.data import Format
from rollbook.staging.formats.options import AdapterOptions


@pytest.fixture
def first(adapted: Adapted) -> Adapted:
    return adapted.add_sample(Format.SDS_V1, "sds-v1")


@pytest.fixture
def newest(adapted: Adapted) -> Adapted:
    return adapted.add(
        Format.SDS_V2_1,
        {
            "orgs": [
                {"sourcedId": "1", "name": "College", "type": "College"},
                {"sourcedId": "2", "name": "School", "type": "school", "parentSourcedId": "3"},
                {"sourcedId": "3", "name": "Ministry", "type": "ministryOfEducation"},
            ],
            "users": [
                {"sourcedId": "10", "username": "ida@x.example", "givenName": "Ida"},
                {"sourcedId": "11", "username": "eva@home.example", "givenName": "Eva"},
                {"sourcedId": "12", "username": "max@x.example", "givenName": "Max"},
            ],
            "roles": [
                {"userSourcedId": "10", "orgSourcedId": "2", "role": "Student", "grade": "10"},
                {"userSourcedId": "12", "orgSourcedId": "2", "role": "teacher"},
                {"userSourcedId": "12", "orgSourcedId": "1", "role": "Coach", "isPrimary": "TRUE"},
            ],
            "classes": [{"sourcedId": "20", "orgSourcedId": "2", "title": "Biology"}],
            "enrollments": [
                {"classSourcedId": "20", "userSourcedId": "12", "role": "Faculty"},
                {"classSourcedId": "99", "userSourcedId": "10", "role": "student"},
            ],
            "relationships": [
                {
                    "userSourcedId": "10",
                    "relationshipUserSourcedId": "11",
                    "relationshipRole": "Guardian",
                }
            ],
            "userflags": [
                {"userSourcedId": "10", "flag": "iep"},
                {"userSourcedId": "10", "flag": "504"},
            ],
        },
    )


def test_roles_decide_who_a_user_is_and_where(newest: Adapted) -> None:
    users = newest.records("users")
    assert (users["12"]["role"], users["12"]["orgSourcedIds"]) == ("teacher", "1,2")
    assert (users["10"]["role"], users["10"]["grades"]) == ("student", "10")
    assert {row["role"] for row in newest.rows("roles")} == {"student", "teacher", "guardian"}


def test_relationships_make_agents_in_both_directions(newest: Adapted) -> None:
    users = newest.records("users")
    assert users["10"]["agentSourcedIds"] == "11"
    assert users["11"]["agentSourcedIds"] == "10"
    assert (users["11"]["role"], users["11"]["orgSourcedIds"]) == ("guardian", "2")


def test_flags_are_with_demographics(newest: Adapted) -> None:
    (row,) = newest.rows("demographics")
    assert json.loads(row["metadata"]) == {"microsoft.userFlags": "504,iep"}


def test_org_types_are_put_in_the_words_of_the_standard(newest: Adapted) -> None:
    assert [row["type"] for row in newest.rows("orgs")] == ["school", "school", "national"]
    assert json.loads(newest.rows("orgs")[0]["metadata"]) == {"microsoft.type": "College"}


def test_class_without_session_or_course_has_derived_ones(newest: Adapted) -> None:
    (roster_class,) = newest.rows("classes")
    assert roster_class["courseSourcedId"] in newest.records("courses")
    assert roster_class["termSourcedIds"] in newest.records("academicSessions")
    assert {"classes.termSourcedIds.derived", "classes.courseSourcedId.derived"} <= newest.codes()


def test_enrollment_in_an_unknown_class_keeps_the_school_of_the_person(newest: Adapted) -> None:
    assert newest.records("enrollments")["99.10"]["schoolSourcedId"] == "2"


def test_version_2_has_a_course_for_each_class_and_one_school_year(adapted: Adapted) -> None:
    adapted.add(
        Format.SDS_V2,
        {
            "classes": [{"sourcedId": "20", "orgSourcedId": "2", "title": "Biology"}],
            "users": [{"sourcedId": "1", "orgSourcedIds": "2", "role": "Student", "grade": "PS1"}],
        },
        AdapterOptions(school_year=2027),
    )
    assert [row["sourcedId"] for row in adapted.rows("academicSessions")] == ["school-year-2027"]
    assert [row["title"] for row in adapted.rows("courses")] == ["Biology"]
    assert adapted.rows("users")[0]["grades"] == "PS"


def test_version_1_prefixes_teachers_whose_ids_are_students(first: Adapted) -> None:
    assert {"1", "2", "teacher-1"} <= first.records("users").keys()
    assert prefixed_kinds(first.findings) == {"teacher"}
    assert "A1.teacher-1" in first.records("enrollments")


def test_version_1_knows_guardians_by_email(first: Adapted) -> None:
    (odile,) = [row for row in first.rows("users") if row["role"] == "parent"]
    assert odile["agentSourcedIds"] == "1,2"
    assert ("users.email.unstated", "guardianrelationship.csv", 4) in first.row_findings()


def test_version_1_inactive_student_has_no_access(first: Adapted) -> None:
    assert [first.records("users")[id]["enabledUser"] for id in ("1", "2")] == ["true", "false"]


def test_version_1_keeps_ids_of_terms_and_courses(first: Adapted) -> None:
    classes = first.records("classes")
    assert (classes["A1"]["termSourcedIds"], classes["A1"]["courseSourcedId"]) == ("T27", "C-FR1")
    assert classes["D1"]["termSourcedIds"] == "school-year-2027"
