"""Clever's files end in the canonical tables."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable

import duckdb
from tests.staging.formats.conftest import SAMPLES, Adapted
from tests.staging.formats.raw_views import read_folder

from rollbook.oneroster import Resource
from rollbook.staging.formats.adapt import prefixed_kinds
from rollbook.staging.formats.data import Format
from rollbook.staging.formats.options import AdapterOptions, Derivation

Clever = Callable[..., Adapted]


def _student(**columns: str) -> dict[str, str]:
    return {
        "School_id": "0101",
        "Student_id": "1001",
        "Last_name": "García",
        "First_name": "Zoë",
    } | columns


def _contact(name: str, **columns: str) -> dict[str, str]:
    return _student(Contact_name=name, Contact_type="Parent/Guardian") | columns


def _people(adapted: Adapted, *roles: str) -> list[dict[str, str]]:
    return [row for row in adapted.rows("users") if row["role"] in roles]


def test_every_resource_is_there_and_rows_have_numbers_of_their_own(sample: Adapted) -> None:
    adapted = sample
    for resource in Resource:
        if resource is not Resource.USER_PROFILES:
            numbers = [row["row"] for row in adapted.rows(resource)]
            assert len(set(numbers)) == len(numbers) > 0


def test_secrets_are_in_no_table(sample: Adapted) -> None:
    database = sample.database
    for (table,) in database.execute(
        "select table_name from information_schema.tables where table_schema = 'main'"
    ).fetchall():
        assert "secret" not in str(database.execute(f'select * from "{table}"').fetchall())


def test_rows_that_differ_in_the_contact_are_one_student_with_two_contacts(sample: Adapted) -> None:
    users = sample.records("users")
    assert users["1001"]["agentSourcedIds"].count(",") == 1


def test_rows_that_differ_in_the_student_stay_apart(clever: Clever) -> None:
    adapted = clever(students=[_student(Grade="1"), _student(Grade="2")])
    assert [row["grades"] for row in _people(adapted, "student")] == ["01", "02"]


def test_a_row_that_is_there_again_to_the_letter_is_said(clever: Clever) -> None:
    adapted = clever(students=[_contact("Ana Ruiz"), _contact("Ana Ruiz")])
    assert len(_people(adapted, "student")) == 1
    assert ("users.sourcedId.repeated", "students.csv", 3) in adapted.row_findings()


def test_contacts_of_two_students_are_one_by_id_or_email_or_phone(clever: Clever) -> None:
    pairs: list[tuple[dict[str, str], dict[str, str], int]] = [
        ({"Contact_sis_id": "7"}, {"Contact_sis_id": "7", "Contact_email": "a@b.example"}, 1),
        ({"Contact_email": "a@b.example"}, {"Contact_email": "a@b.example"}, 1),
        ({"Contact_email": "c@b.example"}, {"Contact_email": "C@b.example"}, 2),
        ({"Contact_phone": "5755551000"}, {"Contact_phone": "5755551000"}, 1),
        ({"Contact_phone": "5755551000"}, {"Contact_phone": "5755551001"}, 2),
        ({}, {}, 2),
    ]
    students = [
        _contact(f"Ana {number}", Student_id=f"{number}-{side}", **columns)
        for number, pair in enumerate(pairs)
        for side, columns in enumerate(pair[:2])
    ]
    guardians = _people(clever(students=students, contacts=[]), "guardian")
    found = Counter(int(row["familyName"]) for row in guardians)
    assert found == {number: pair[2] for number, pair in enumerate(pairs)}


def test_shared_contact_knows_both_children_and_they_know_it(sample: Adapted) -> None:
    users = sample.records("users")
    maria = next(user for user in users.values() if user.get("email") == "maria@home.example")
    assert maria["agentSourcedIds"] == "1001,1002"
    assert maria["sourcedId"] in users["1002"]["agentSourcedIds"]
    assert (maria["givenName"], maria["familyName"]) == ("María García", "López")
    assert len(json.loads(maria["metadata"])["clever.relations"]) == 2


def test_contact_without_a_name_is_said_and_the_student_stays(sample: Adapted) -> None:
    adapted = sample
    assert ("users.contact.unnamed", "students.csv", 7) in adapted.row_findings()
    assert "1005" in adapted.records("users")


def test_later_kinds_that_collide_are_prefixed_whole(sample: Adapted) -> None:
    adapted = sample
    users = adapted.records("users")
    assert {"1001", "teacher-1001", "teacher-T2", "contact-1003", "contact-G-77", "P1"} <= set(
        users
    )
    assert prefixed_kinds(adapted.findings) == {"teacher", "contact"}


def test_prefix_stays_when_nothing_collides_any_more(clever: Clever) -> None:
    options = AdapterOptions(prefixed=frozenset({"teacher"}), is_first_load=False)
    adapted = clever(options, students=[_student(Student_id="5")])
    assert "teacher-1001" in adapted.records("users")
    assert prefixed_kinds(adapted.findings) == {"teacher"}


def test_later_load_prefixes_nothing_new(clever: Clever) -> None:
    adapted = clever(AdapterOptions(is_first_load=False))
    assert prefixed_kinds(adapted.findings) == frozenset()
    assert [row["role"] for row in adapted.rows("users") if row["sourcedId"] == "1001"] == [
        "student",
        "teacher",
    ]


def test_teacher_and_staff_with_one_email_are_one_user_with_two_roles(sample: Adapted) -> None:
    adapted = sample
    ada = [row for row in adapted.rows("users") if row["familyName"] == "Brown"]
    assert [row["sourcedId"] for row in ada] == ["teacher-T3"]
    roles = [row for row in adapted.rows("roles") if row["userSourcedId"] == "teacher-T3"]
    assert {(row["orgSourcedId"], row["role"], row["roleType"]) for row in roles} == {
        ("0101", "teacher", "primary"),
        ("0202", "teacher", "primary"),
        ("0101", "siteAdministrator", "secondary"),
        ("0202", "siteAdministrator", "secondary"),
    }


def test_staff_of_the_district_belong_to_it(sample: Adapted) -> None:
    adapted = sample
    users, orgs = adapted.records("users"), adapted.records("orgs")
    assert users["P2"]["orgSourcedIds"] == "district"
    assert users["P3"]["orgSourcedIds"] == "DEFAULT_DISTRICT_OFFICE"
    assert {org["parentSourcedId"] for org in orgs.values() if org["type"] != "district"} == {
        "district"
    }


def test_staff_without_email_stays_and_is_said(sample: Adapted) -> None:
    adapted = sample
    assert "P5" in adapted.records("users")
    assert ("users.email.unstated", "staff.csv", 7) in adapted.row_findings()


def test_only_the_first_teacher_is_primary(sample: Adapted) -> None:
    teachers = [
        (row["userSourcedId"], row["primary"])
        for row in sample.rows("enrollments")
        if row["classSourcedId"] == "SEC-3" and row["role"] == "teacher"
    ]
    assert teachers == [
        ("teacher-T2", "true"),
        ("teacher-T3", "false"),
        ("teacher-1001", "false"),
    ]


def test_terms_stand_under_their_school_year(sample: Adapted) -> None:
    adapted = sample
    sessions = adapted.records("academicSessions")
    assert {row["type"] for row in sessions.values()} == {"schoolYear", "term"}
    assert {row["schoolYear"] for row in sessions.values()} == {"2027"}
    fall = next(row for row in sessions.values() if row["title"] == "Fall 2026")
    assert fall["parentSourcedId"] == "school-year-2027"
    classes = adapted.records("classes")
    assert classes["SEC-4"]["termSourcedIds"] == "school-year-2027"
    assert "classes.termSourcedIds.derived" in adapted.codes()


def test_term_keeps_its_id_when_dates_are_written_otherwise(clever: Clever) -> None:
    sections = [
        {"Section_id": "1", "Term_name": "Fall", "Term_start": "8/10/26"},
        {"Section_id": "2", "Term_name": "Fall", "Term_start": "2026-08-10"},
        {"Section_id": "3", "Term_name": "Fall", "Term_start": "08/10/2026"},
    ]
    classes = clever(sections=sections).rows("classes")
    assert len({row["termSourcedIds"] for row in classes}) == 1


def test_section_is_named_by_course_teacher_and_period(clever: Clever) -> None:
    titles: dict[str, dict[str, str]] = {
        "Art - Peña - 2": {"Course_name": "Art", "Name": "Art 1", "Period": "2"},
        "Art 1": {"Name": "Art 1", "Period": "2"},
        "Peña - 2": {"Period": "2"},
    }
    sections = [{"Section_id": id, "Teacher_id": "1001"} | row for id, row in titles.items()]
    for row in clever(sections=sections).rows("classes"):
        assert row["title"] == row["sourcedId"]


def test_subject_is_found_by_keywords(clever: Clever) -> None:
    subjects = {
        ("PE and health", "x"): "PE and health",
        ("Reading", "x"): "english/language arts",
        ("Comp", "x"): "english/language arts",
        ("Computers", "x"): "technology and engineering",
        ("Calc AB", "x"): "math",
        ("Language Arts", "x"): "english/language arts",
        ("zzz", "Chemistry II"): "science",
        ("zzz", "x"): "other",
    }
    sections = [
        {"Section_id": str(number), "Subject": subject, "Name": name}
        for number, (subject, name) in enumerate(subjects)
    ]
    rows = clever(sections=sections).rows("classes")
    assert [row["subjects"] for row in rows] == list(subjects.values())
    assert json.loads(rows[1]["metadata"])["clever.subject"] == "Reading"


def test_derivations_can_be_switched_off(clever: Clever) -> None:
    off = AdapterOptions(switched_off=frozenset(Derivation))
    adapted = clever(off)
    section = adapted.records("classes")["SEC-3"]
    assert (section["title"], section["subjects"]) == ("Álgebra", "Maths")
    assert section["grades"] == "06,07,08"
    users = adapted.records("users")
    assert users["1002"]["primaryOrgSourcedId"] == "0101"
    assert "username" not in users["1001"]
    assert "users.username.derived" not in adapted.codes()


def test_primary_school_has_most_sections_and_then_most_students(sample: Adapted) -> None:
    user = sample.records("users")["1002"]
    assert user["orgSourcedIds"] == "0202,0101"
    assert json.loads(user["metadata"])["clever.school_id"] == "0101"


def test_grades_are_put_in_the_words_of_the_standard(clever: Clever) -> None:
    grades = {
        "PreKindergarten": "PK",
        "Pre-K": "PK",
        "-1": "PK",
        "Kindergarten": "KG",
        "0": "KG",
        "1": "01",
        "6th": "06",
        "K-2": "KG,01,02",
        "8-Jun": "06,07,08",
        "12-Sep": "09,10,11,12",
        "6/8/2026": "06,07,08",
        "9,10": "09,10",
        "Blue": "Blue",
    }
    adapted = clever(students=[_student(Student_id=text, Grade=text) for text in grades])
    students = _people(adapted, "student")
    assert {row["sourcedId"]: row["grades"] for row in students} == grades
    for row in students:
        raw = json.loads(row.get("metadata", "{}")).get("clever.grade", row["grades"])
        assert raw == row["sourcedId"]
    dates = {code for code, _, _ in adapted.row_findings() if code.endswith(".read_as_date")}
    assert "users.grades.read_as_date" in dates


def test_dates_are_read_in_three_forms_and_others_left(clever: Clever) -> None:
    days = {
        "03/09/2010": "2010-03-09",
        "3/9/10": "2010-03-09",
        "3/9/98": "1998-03-09",
        "2010-3-9": "2010-03-09",
        "2010-03-09 00:00:00": "2010-03-09",
        "13/40/2010": "13/40/2010",
        "soon": "soon",
    }
    adapted = clever(students=[_student(Student_id=text, DOB=text) for text in days])
    assert {row["sourcedId"]: row["birthDate"] for row in adapted.rows("demographics")} == days


def test_what_is_sensitive_is_with_demographics_alone(sample: Adapted) -> None:
    adapted = sample
    zoe = json.loads(adapted.records("demographics")["1001"]["metadata"])
    assert (zoe["meals"], zoe["clever.frl_status"], zoe["clever.iep_status"]) == ("Free", "F", "N")
    assert not any("frl" in row.get("metadata", "") for row in adapted.rows("users"))


def test_own_extension_columns_go_before_those_of_the_file(sample: Adapted) -> None:
    adapted = sample
    zoe = json.loads(adapted.records("users")["1001"]["metadata"])
    assert (zoe["ext.bus"], zoe["ext.house"]) == ("7", "Río")
    assert ("users.extension.unknown_record", "students_ext.csv", 3) in adapted.row_findings()


def test_loaded_email_goes_before_the_sis(sample: Adapted) -> None:
    assert sample.records("users")["1004"]["email"] == "minh.anh@students.rio.example"


def test_order_of_the_rows_does_not_matter(sample: Adapted) -> None:
    tables = read_folder(SAMPLES / "clever")
    told = _told(sample)
    with duckdb.connect() as database:
        turned = Adapted(database).add(
            Format.CLEVER, {file: rows[::-1] for file, rows in tables.items()}
        )
        assert _told(turned) == told


def _told(adapted: Adapted) -> list[str]:
    return sorted(
        str({name: value for name, value in row.items() if name not in ("row", "record", "file")})
        for resource in Resource
        if resource is not Resource.USER_PROFILES
        for row in adapted.rows(resource)
    )
