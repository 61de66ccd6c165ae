"""What two formats can both hold survives the way from one to the other and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.convert.conftest import ReadAgain, Written
from tests.convert.rosters import converted_again, made, rows_of, small_school
from tests.packages import USERS, write_files

from rollbook.convert.write import write_package
from rollbook.generate.formats import DistrictPlan, generate_in_format, generate_plain
from rollbook.oneroster import Resource
from rollbook.staging.formats.data import Format


def test_version_1_1_to_1_2_and_back_keeps_every_byte(
    written: Written, read_again: ReadAgain, tmp_path: Path
) -> None:
    straight, _ = written(Format.ONEROSTER_1_1)
    back = tmp_path / "back"
    write_package(read_again(Format.ONEROSTER_1_2), to=Format.ONEROSTER_1_1, out=back)
    for path in straight.iterdir():
        assert (back / path.name).read_bytes() == path.read_bytes(), path.name


def test_extension_columns_and_the_order_of_orgs_survive_1_2(tmp_path: Path) -> None:
    tables = small_school()
    student, _, teacher, _ = tables[Resource.USERS]
    student["metadata"] = {"homeroom": "B 12, west"}
    teacher["orgSourcedIds"] = "s,d"
    source = made(tmp_path / "made", tables)
    for to in (Format.ONEROSTER_1_1, Format.ONEROSTER_1_2):
        write_package(source, to=to, out=tmp_path / to)
    back = converted_again(tmp_path / "oneroster-1.2", tmp_path, to=Format.ONEROSTER_1_1)
    for path in (tmp_path / "oneroster-1.1").iterdir():
        assert (back / path.name).read_bytes() == path.read_bytes(), path.name


def test_generated_district_survives_1_2(tmp_path: Path) -> None:
    plan = DistrictPlan(students=200, seed=5, day=3, churn=0.1)
    generate_in_format(tmp_path / "newer", plan, to=Format.ONEROSTER_1_2)
    generate_plain(tmp_path / "generated", plan)
    back = converted_again(tmp_path / "newer", tmp_path, to=Format.ONEROSTER_1_1)
    for resource in (USERS, Resource.ENROLLMENTS, Resource.CLASSES, Resource.ORGS):
        written = (back / resource.filename).read_bytes()
        assert written == (tmp_path / "generated" / resource.filename).read_bytes()


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A 1.2 package with what 1.1 has no word for."""
    folder = tmp_path_factory.mktemp("newer")
    tables = small_school()
    student, mother, *_ = tables[Resource.USERS]
    student |= {
        "preferredGivenName": "Stú",
        "pronouns": "they/them",
        "userMasterIdentifier": "m-1",
        "metadata": {"pronouns2": "kept, too"},
    }
    mother |= {"primaryOrgSourcedId": "d", "orgSourcedIds": "d,s"}
    tables[Resource.ORGS].append(
        {"sourcedId": "x", "name": "Annex", "type": "ext:annex", "parentSourcedId": "d"}
    )
    tables[Resource.CLASSES][0]["classType"] = "ext:club"
    tables[Resource.ENROLLMENTS].append(
        tables[Resource.ENROLLMENTS][1]
        | {"sourcedId": "e3", "userSourcedId": "pri", "role": "ext:mentor", "primary": None}
    )
    tables[Resource.ROLES] = [
        _role("stu", "student", "s"),
        _role("mom", "parent", "d"),
        _role("mom", "parent", "s"),
        _role("tch", "teacher", "s"),
        _role("pri", "principal", "s"),
    ]
    workspace = made(folder / "made", tables)
    conversion = write_package(workspace, to=Format.ONEROSTER_1_2, out=folder / "newer")
    assert conversion.losses == ()
    return folder / "newer"


@pytest.fixture(scope="module")
def older(newer: Path) -> Path:
    """The same in 1.1."""
    return converted_again(newer, newer.parent, to=Format.ONEROSTER_1_1)


def _role(user: str, role: str, org: str) -> dict[str, object]:
    return {
        "sourcedId": f"{user}_{org}_{role}",
        "userSourcedId": user,
        "roleType": "primary",
        "role": role,
        "orgSourcedId": org,
    }


def test_version_1_2_to_1_1_and_back_keeps_every_byte(
    newer: Path, older: Path, tmp_path: Path
) -> None:
    back = converted_again(older, tmp_path, to=Format.ONEROSTER_1_2)
    for path in newer.iterdir():
        assert (back / path.name).read_bytes() == path.read_bytes(), path.name


def test_version_1_1_has_its_own_words_and_the_others_beside_them(older: Path) -> None:
    users = {row["sourcedId"]: row for row in rows_of(older, "users")}
    assert users["pri"]["role"] == "administrator"
    assert users["pri"]["metadata.role"] == "principal"
    assert users["stu"]["metadata.preferredGivenName"] == "Stú"
    assert users["mom"]["orgSourcedIds"] == "d,s"
    demographics = rows_of(older, "demographics")[0]
    assert (demographics["sex"], demographics["metadata.sex"]) == ("", "other")
    orgs = {row["sourcedId"]: row for row in rows_of(older, "orgs")}
    assert (orgs["x"]["type"], orgs["x"]["metadata.type"]) == ("department", "ext:annex")
    assert rows_of(older, "classes")[0]["classType"] == "scheduled"


def test_extension_column_that_only_looks_like_a_field_stays(tmp_path: Path) -> None:
    tables = small_school()
    tables[Resource.DEMOGRAPHICS][0] |= {"sex": "female", "metadata": {"sex": "F"}}
    tables[Resource.USERS][3]["metadata"] = {"role": "Dean"}
    out = tmp_path / "out"
    write_package(made(tmp_path / "work", tables), to=Format.ONEROSTER_1_2, out=out)
    demographics = rows_of(out, "demographics")[0]
    assert (demographics["sex"], demographics["metadata.sex"]) == ("female", "F")
    assert rows_of(out, "users")[3]["metadata.role"] == "Dean"
    roles = {row["userSourcedId"]: row["role"] for row in rows_of(out, "roles")}
    assert roles["pri"] == "siteAdministrator"


def test_clever_to_1_1_and_back_keeps_what_was_stated(tmp_path: Path) -> None:
    plan = DistrictPlan(students=60, seed=5)
    generate_in_format(tmp_path / "clever", plan, to=Format.CLEVER)
    older = converted_again(tmp_path / "clever", tmp_path, to=Format.ONEROSTER_1_1)
    back = converted_again(older, tmp_path, to=Format.CLEVER)
    for file in ("schools", "students", "teachers", "staff", "enrollments"):
        assert (back / f"{file}.csv").read_bytes() == (
            tmp_path / "clever" / f"{file}.csv"
        ).read_bytes(), file
    before, after = rows_of(tmp_path / "clever", "sections"), rows_of(back, "sections")
    for was, now in zip(before, after, strict=True):
        # Clever derives these two where they are blank.
        derived = {name: now[name] for name in ("Grade", "Subject") if not was[name]}
        assert was | derived == now


# Ids of every kind meet those of another, a student and a teacher are listed at a school where they
# have no section, and a teacher is a member of staff under another id.
MEETING_IDS = {
    "schools.csv": "School_id,School_name,School_number\n1,Oak,1\n2,Elm,2\n3,Ash,3\n",
    "students.csv": (
        "School_id,Student_id,Last_name,First_name,Grade,Username,Contact_name,Contact_type,"
        "Contact_phone,Contact_phone_type,Contact_sis_id\n"
        "2,10,Ford,Tom,3,tom,Ann Ford,Parent/Guardian,5125550142,Cell,10\n"
        "1,11,Ng,Li,3,li,,,,,\n"
    ),
    "teachers.csv": (
        "School_id,Teacher_id,Last_name,First_name,Teacher_email,Username\n"
        "2,10,Ruiz,Zoe,zoe@oak.example,zoe\n3,10,Ruiz,Zoe,zoe@oak.example,zoe\n"
        "1,21,Berg,Max,,\n"
    ),
    "staff.csv": (
        "School_id,Staff_id,Staff_email,First_name,Last_name,Department,Title,Username\n"
        "1,11,kim@oak.example,Kim,Lee,Office,Clerk,kim\n"
        "district,77,zoe@oak.example,Zoe,Ruiz,Maths,Head,zoe\n"
    ),
    "sections.csv": (
        "School_id,Section_id,Teacher_id,Teacher_2_id,Name,Grade,Subject,Term_name,Term_start,"
        "Term_end\n1,30,21,10,Math 3,3,math,Fall,08/15/2026,12/20/2026\n"
    ),
    "enrollments.csv": "School_id,Section_id,Student_id\n1,30,10\n1,30,11\n",
}


@pytest.fixture(scope="module")
def meeting_ids(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("meeting") / "clever"
    return write_files(folder, {name: text.encode() for name, text in MEETING_IDS.items()})


@pytest.mark.parametrize("by_way_of", [None, Format.ONEROSTER_1_1, Format.ONEROSTER_1_2])
def test_clever_keeps_its_own_ids_and_schools(
    by_way_of: Format | None, meeting_ids: Path, tmp_path: Path
) -> None:
    source = meeting_ids
    if by_way_of:
        source = converted_again(meeting_ids, tmp_path, to=by_way_of)
        users = {row["sourcedId"] for row in rows_of(source, "users")}
        assert {"10", "teacher-10", "staff-11", "contact-10"} <= users
    back = converted_again(source, tmp_path, to=Format.CLEVER)
    for file in ("students", "teachers", "staff", "sections", "enrollments"):
        before, after = rows_of(meeting_ids, file), rows_of(back, file)
        told = [{name: row.get(name, "") for name in before[0]} for row in after]
        if file == "staff" and by_way_of is Format.ONEROSTER_1_1:  # which has one role of each user
            before = [row for row in before if row["Staff_id"] != "77"]
        assert said(told) == said(before), file
    (tmp_path / "more").mkdir()
    again = converted_again(back, tmp_path / "more", to=Format.CLEVER)
    for path in back.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name


def said(rows: list[dict[str, str]]) -> list[list[tuple[str, str]]]:
    """Return what rows say, in one order."""
    return sorted(sorted((name, value) for name, value in row.items() if value) for row in rows)
