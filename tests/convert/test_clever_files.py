from __future__ import annotations

from pathlib import Path

import pytest
from tests.convert.conftest import Written
from tests.convert.rosters import Row, header_of, made, rows_of, small_school

from rollbook.convert.data import Conversion
from rollbook.convert.write import write_package
from rollbook.oneroster import Resource
from rollbook.staging.formats.data import Format

Tables = dict[Resource, list[dict[str, object]]]


@pytest.fixture
def tables() -> Tables:
    return small_school()


def clever(tables: Tables, folder: Path) -> tuple[Path, Conversion]:
    workspace = made(folder / "work", tables)
    return folder / "out", write_package(workspace, to=Format.CLEVER, out=folder / "out")


def losses_of(tables: Tables, folder: Path) -> dict[tuple[str, str], int]:
    _, conversion = clever(tables, folder)
    return {(loss.resource, loss.subject): loss.count for loss in conversion.losses}


def said(row: Row) -> Row:
    """Return what a row says."""
    return {name: value for name, value in row.items() if value}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small school as Clever files."""
    out, _ = clever(small_school(), tmp_path_factory.mktemp("plain"))
    return out


@pytest.fixture(scope="module")
def usual_losses(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], int]:
    """What the small school loses before anything is added."""
    return losses_of(small_school(), tmp_path_factory.mktemp("usual"))


def test_five_files_and_staff_are_written(written: Written) -> None:
    out, conversion = written(Format.CLEVER)
    assert list(conversion.row_counts) == [
        "schools.csv",
        "students.csv",
        "teachers.csv",
        "sections.csv",
        "enrollments.csv",
    ]
    assert header_of(out, "enrollments") == ["School_id", "Section_id", "Student_id"]


def test_student_has_a_row_with_the_contact(plain: Path) -> None:
    (row,) = rows_of(plain, "students")
    assert said(row) == {
        "School_id": "s",
        "Student_id": "stu",
        "Last_name": "Oak",
        "First_name": "Stu",
        "Grade": "9",
        "Gender": "X",
        "DOB": "02/03/2011",
        "Race": "A",
        "Contact_relationship": "Parent",
        "Contact_type": "Parent/Guardian",
        "Contact_name": "Mom Oak",
        "Contact_phone": "15125550142",
        "Contact_phone_type": "Cell",
        "Contact_sis_id": "mom",
        "Username": "stu",
    }


def test_section_has_one_term_and_its_course(plain: Path) -> None:
    (row,) = rows_of(plain, "sections")
    assert said(row) == {
        "School_id": "s",
        "Section_id": "c",
        "Teacher_id": "tch",
        "Name": "Biology 1",
        "Course_name": "Biology",
        "Term_name": "2026-27",
        "Term_start": "08/17/2026",
        "Term_end": "06/05/2027",
    }


def test_terms_that_are_only_part_of_a_year_are_named_together(
    tables: Tables, tmp_path: Path
) -> None:
    tables[Resource.ACADEMIC_SESSIONS].append(
        {
            "sourcedId": "t3", "title": "Summer", "type": "term", "parentSourcedId": "y",
            "startDate": "2027-05-01", "endDate": "2027-06-01", "schoolYear": "2027",
        }
    )  # fmt: skip
    tables[Resource.CLASSES][0]["termSourcedIds"] = "t3,t2"
    out, _ = clever(tables, tmp_path)
    (row,) = rows_of(out, "sections")
    assert (row["Term_name"], row["Term_start"]) == ("Spring, Summer", "01/04/2027")


def test_primary_teacher_comes_first_and_nine_more_at_most(tables: Tables, tmp_path: Path) -> None:
    for number in range(12):
        teacher = tables[Resource.USERS][2] | {"sourcedId": f"a{number:02d}"}
        tables[Resource.USERS].append(teacher)
        tables[Resource.ENROLLMENTS].append(
            tables[Resource.ENROLLMENTS][1]
            | {"sourcedId": f"x{number}", "userSourcedId": f"a{number:02d}", "primary": "false"}
        )
    out, conversion = clever(tables, tmp_path)
    (row,) = rows_of(out, "sections")
    assert row["Teacher_id"] == "tch"
    assert [row[f"Teacher_{number}_id"] for number in range(2, 11)] == [
        f"a{number:02d}" for number in range(9)
    ]
    assert ("classes", "teacher", 1) in {
        (loss.resource, loss.subject, loss.count) for loss in conversion.losses
    }


def test_staff_have_a_row_for_each_school_and_one_for_the_district(
    tables: Tables, tmp_path: Path
) -> None:
    tables[Resource.USERS][3]["orgSourcedIds"] = "d,s"
    out, _ = clever(tables, tmp_path)
    rows = rows_of(out, "staff")
    assert [(row["Staff_id"], row["School_id"]) for row in rows] == [
        ("pri", "district"),
        ("pri", "s"),
    ]
    assert rows[0]["Title"] == "Administrator"


def test_extension_columns_find_their_place(tables: Tables, tmp_path: Path) -> None:
    tables[Resource.USERS][0]["metadata"] = {"ellStatus": "Y", "house.colour": "red"}
    tables[Resource.DEMOGRAPHICS][0]["metadata"] = {"Home_language": "Spanish"}
    tables[Resource.ENROLLMENTS][0]["metadata"] = {"seat": "12"}
    out, conversion = clever(tables, tmp_path)
    (row,) = rows_of(out, "students")
    assert (row["Ell_status"], row["Home_language"]) == ("Y", "Spanish")
    assert row["ext.house_colour"] == "red"
    lost = [loss for loss in conversion.losses if loss.subject.startswith("metadata.")]
    assert [(loss.resource, loss.subject, loss.count) for loss in lost] == [
        ("enrollments", "metadata.seat", 1)
    ]


def test_state_id_comes_out_of_the_typed_ids(tables: Tables, tmp_path: Path) -> None:
    tables[Resource.USERS][0]["userIds"] = "{LDAP:stu},{State:0042}"
    out, _ = clever(tables, tmp_path)
    assert rows_of(out, "students")[0]["State_id"] == "0042"


def test_contacts_are_read_in_both_directions_five_at_most(tables: Tables, tmp_path: Path) -> None:
    mother = tables[Resource.USERS][1]
    for number in range(6):
        aunt = {"sourcedId": f"aunt{number}", "role": "relative", "agentSourcedIds": "stu"}
        tables[Resource.USERS].append(mother | aunt)
    out, conversion = clever(tables, tmp_path)
    contacts = [row["Contact_sis_id"] for row in rows_of(out, "students")]
    assert contacts == ["mom", "aunt0", "aunt1", "aunt2", "aunt3"]
    assert ("users", "contact", 2) in {
        (loss.resource, loss.subject, loss.count) for loss in conversion.losses
    }


WITHOUT_A_PLACE: list[tuple[Resource, dict[str, object], str]] = [
    (Resource.USERS, {"role": "student", "orgSourcedIds": "d"}, "student"),
    (Resource.USERS, {"role": "teacher", "orgSourcedIds": "d"}, "teacher"),
    (Resource.USERS, {"role": "aide", "orgSourcedIds": "s"}, "staff"),
    (Resource.USERS, {"role": "guardian", "orgSourcedIds": "s"}, "contact"),
    (Resource.CLASSES, {"courseSourcedId": "k", "schoolSourcedId": "s"}, "class"),
    (Resource.COURSES, {"title": "Unused"}, "course"),
    (Resource.ORGS, {"name": "Maths", "type": "department"}, "org"),
]


def test_each_record_without_a_place_is_listed(
    usual_losses: dict[tuple[str, str], int], tables: Tables, tmp_path: Path
) -> None:
    for resource, row, loss in WITHOUT_A_PLACE:
        tables[resource].append({"sourcedId": f"new-{loss}"} | row)
    losses = losses_of(tables, tmp_path)
    for resource, _, loss in WITHOUT_A_PLACE:
        key = (resource.value, loss)
        assert losses[key] == usual_losses.get(key, 0) + 1, loss


def test_place_in_a_section_that_is_not_written_is_listed(tables: Tables, tmp_path: Path) -> None:
    del tables[Resource.ENROLLMENTS][1]
    out, conversion = clever(tables, tmp_path)
    assert conversion.row_counts["enrollments.csv"] == 0
    assert rows_of(out, "sections") == []
    lost = {(loss.resource, loss.subject): loss.count for loss in conversion.losses}
    assert lost["classes", "class"] == lost["enrollments", "enrollment"] == 1
