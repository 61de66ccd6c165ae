from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from tests.generate.packages import Package, elements, generated

from rollbook.oneroster import Kind, Resource, Version, fields_of, resources_of

ID = re.compile(r"[0-9a-zA-Z._/@-]{1,255}")


@pytest.fixture(
    scope="module",
    params=[(1, 1, 0.0), (1, 4, 1.0), (4, 1, 0.0), (20, 3, 0.2), (200, 9, 0.3), (1200, 5, 0.1)],
    ids=lambda param: "{} students, day {}, churn {}".format(*param),
)
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Package:
    students, day, churn = request.param
    return generated(tmp_path_factory.mktemp("rules"), students=students, day=day, churn=churn)


def test_ids_use_only_letters_of_the_standard(package: Package) -> None:
    for resource in resources_of(Version.V1_1):
        assert all(ID.fullmatch(sourced_id) for sourced_id in package[resource])


def test_every_reference_resolves(package: Package) -> None:
    for resource in resources_of(Version.V1_1):
        for field in fields_of(resource, Version.V1_1):
            if field.refers_to is None:
                continue
            for row in package[resource].values():
                named = elements(row[field.name]) if field.is_list else [row[field.name]]
                assert package[field.refers_to].keys() >= set(named) - {""}, field.name


def test_required_fields_are_filled(package: Package) -> None:
    for resource in resources_of(Version.V1_1):
        required = [field.name for field in fields_of(resource, Version.V1_1) if field.required]
        assert all(row[name] for row in package[resource].values() for name in required)


def test_values_are_of_the_kind_that_the_field_table_says(package: Package) -> None:
    shapes = {
        Kind.BOOLEAN: re.compile("true|false|"),
        Kind.DATE: re.compile(r"(20\d\d-[01]\d-[0-3]\d)?"),
        Kind.YEAR: re.compile(r"\d{4}"),
        Kind.TYPED_IDS: re.compile(r"(\{\w+:[^,:{}]+\},?)*"),
    }
    for resource in resources_of(Version.V1_1):
        for field in fields_of(resource, Version.V1_1):
            shape = re.compile("|".join([*field.values, ""])) if field.values else None
            shape = shapes.get(field.kind, shape)
            if shape:
                rows = package[resource].values()
                assert all(shape.fullmatch(row[field.name]) for row in rows), field.name


def test_envelope_and_password_stay_blank(package: Package) -> None:
    for resource in resources_of(Version.V1_1):
        for row in package[resource].values():
            assert row["status"] == row["dateLastModified"] == row.get("password", "") == ""


def test_each_class_has_students_and_one_primary_teacher(package: Package) -> None:
    students: Counter[str] = Counter()
    primary: Counter[str] = Counter()
    for row in package[Resource.ENROLLMENTS].values():
        students[row["classSourcedId"]] += row["role"] == "student"
        primary[row["classSourcedId"]] += row["primary"] == "true"
    for class_id in package[Resource.CLASSES]:
        assert students[class_id] > 0
        assert primary[class_id] == 1


def test_each_course_has_a_class(package: Package) -> None:
    taught = {row["courseSourcedId"] for row in package[Resource.CLASSES].values()}
    assert taught == package[Resource.COURSES].keys()


def test_no_two_students_share_name_and_birth_date(package: Package) -> None:
    users = package[Resource.USERS]
    people = [
        (f"{users[student]['givenName']} {users[student]['familyName']}".lower(), row["birthDate"])
        for student, row in package[Resource.DEMOGRAPHICS].items()
    ]
    assert len(people) == len(set(people))


def test_each_student_is_in_classes_of_the_own_school_once_each(package: Package) -> None:
    classes = defaultdict(list)
    for row in package[Resource.ENROLLMENTS].values():
        classes[row["userSourcedId"]].append(row["classSourcedId"])
    for user in package[Resource.USERS].values():
        if user["role"] == "student":
            own = classes[user["sourcedId"]]
            schools = {package[Resource.CLASSES][c]["schoolSourcedId"] for c in own}
            assert schools == {user["orgSourcedIds"]}
            assert len(own) == len(set(own)) > 1


def test_enrollment_is_at_the_school_of_its_class_within_its_terms(package: Package) -> None:
    sessions = package[Resource.ACADEMIC_SESSIONS]
    for row in package[Resource.ENROLLMENTS].values():
        roster_class = package[Resource.CLASSES][row["classSourcedId"]]
        terms = [sessions[term] for term in elements(roster_class["termSourcedIds"])]
        assert row["schoolSourcedId"] == roster_class["schoolSourcedId"]
        assert row["beginDate"] == "" or row["beginDate"] >= terms[0]["startDate"]
        assert row["beginDate"] == "" or row["beginDate"] < terms[-1]["endDate"]
        assert row["endDate"] in ("", terms[-1]["endDate"])


def test_agents_name_each_other(package: Package) -> None:
    users = package[Resource.USERS]
    for user in users.values():
        agents = elements(user["agentSourcedIds"])
        assert bool(agents) == (user["role"] in ("student", "parent", "guardian", "relative"))
        for agent in agents:
            assert user["sourcedId"] in elements(users[agent]["agentSourcedIds"])


def test_usernames_and_mail_addresses_are_unique(package: Package) -> None:
    for field in ("username", "email"):
        values = [user[field] for user in package[Resource.USERS].values() if user[field]]
        assert len(values) == len(set(values))


def test_demographics_describe_exactly_the_students(package: Package) -> None:
    students = {k for k, user in package[Resource.USERS].items() if user["role"] == "student"}
    assert package[Resource.DEMOGRAPHICS].keys() == students


def test_subjects_and_codes_go_in_pairs(package: Package) -> None:
    for resource in (Resource.COURSES, Resource.CLASSES):
        for row in package[resource].values():
            assert len(elements(row["subjects"])) == len(elements(row["subjectCodes"]))


def test_grading_periods_lie_in_semesters_and_semesters_in_the_year(first_day: Package) -> None:
    sessions = first_day[Resource.ACADEMIC_SESSIONS]
    parents = {"gradingPeriod": "semester", "semester": "schoolYear"}
    assert Counter(row["type"] for row in sessions.values()) == {
        "schoolYear": 1,
        "semester": 2,
        "gradingPeriod": 4,
    }
    for row in sessions.values():
        if row["type"] in parents:
            parent = sessions[row["parentSourcedId"]]
            assert parent["type"] == parents[row["type"]]
            assert parent["startDate"] <= row["startDate"] < row["endDate"] <= parent["endDate"]


def test_email_and_phone_can_belong_to_nobody(first_day: Package) -> None:
    for user in first_day[Resource.USERS].values():
        assert user["email"] == "" or user["email"].endswith(".example")
        for field in ("sms", "phone"):
            assert re.fullmatch(r"(\+1\d{3}55501\d\d)?", user[field])


def test_nobody_is_in_two_places_in_one_period(tmp_path: Path) -> None:
    package = generated(tmp_path, students=1200)
    places: dict[tuple[str, str, str], str] = {}
    for row in package[Resource.ENROLLMENTS].values():
        roster_class = package[Resource.CLASSES][row["classSourcedId"]]
        if row["role"] != "student":
            continue
        for term in elements(roster_class["termSourcedIds"]):
            for period in elements(roster_class["periods"]):
                place = (row["userSourcedId"], term, period)
                assert places.setdefault(place, row["classSourcedId"]) == row["classSourcedId"]
