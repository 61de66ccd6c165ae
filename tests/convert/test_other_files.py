"""School Data Sync and the list of guardians."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.convert.conftest import Written
from tests.convert.rosters import header_of, made, rows_of, small_school

from rollbook.convert.write import write_package
from rollbook.oneroster import Resource
from rollbook.staging.formats.data import Format

HEADERS = {
    Format.SDS_V1: {
        "studentenrollment": "Section SIS ID,SIS ID",
        "teacherroster": "Section SIS ID,SIS ID",
        "teacher": "SIS ID,School SIS ID,First Name,Last Name,Username,State ID,Teacher Number,"
        "Status,Middle Name,Secondary Email,Title,Qualification",
    },
    Format.SDS_V2: {
        "orgs": "sourcedId,name,type,parentSourcedId",
        "users": "sourcedId,orgSourcedIds,givenName,familyName,username,role,grade",
        "classes": "sourcedId,orgSourcedId,title",
        "enrollments": "classSourcedId,userSourcedId,role",
    },
    Format.SDS_V2_1: {
        "users": "sourcedId,username,givenName,familyName,activeDirectoryMatchId,email,phone,sms",
        "roles": "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,"
        "roleEndDate",
        "classes": "sourcedId,orgSourcedId,title,sessionSourcedIds,courseSourcedId",
        "relationships": "userSourcedId,relationshipUserSourcedId,relationshipRole",
    },
    Format.GUARDIANS: {
        "guardians": "studentSourcedId,guardianSourcedId,givenName,familyName,email,sms,phone,"
        "language,relationship,orgSourcedIds"
    },
}


@pytest.mark.parametrize("to", HEADERS)
def test_headers_are_those_of_the_format(to: Format, written: Written) -> None:
    out, _ = written(to)
    for file, header in HEADERS[to].items():
        assert header_of(out, file) == header.split(",")


def test_v1_knows_guardians_by_their_address(tmp_path: Path) -> None:
    tables = small_school()
    tables[Resource.USERS][1]["email"] = "mom@oak.example"
    out = tmp_path / "out"
    write_package(made(tmp_path / "work", tables), to=Format.SDS_V1, out=out)
    assert rows_of(out, "user")[0]["Email"] == "mom@oak.example"
    assert rows_of(out, "guardianrelationship") == [
        {"SIS ID": "stu", "Email": "mom@oak.example", "Role": "Parent"}
    ]
    assert rows_of(out, "section")[0]["Term SIS ID"] == "y"


def test_v2_1_has_roles_of_everybody_but_guardians(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_package(made(tmp_path / "work", small_school()), to=Format.SDS_V2_1, out=out)
    roles = {row["userSourcedId"]: row for row in rows_of(out, "roles")}
    assert {user: row["role"] for user, row in roles.items()} == {
        "stu": "student",
        "tch": "teacher",
        "pri": "administrator",
    }
    assert (roles["stu"]["grade"], roles["stu"]["isPrimary"]) == ("09", "true")
    assert rows_of(out, "relationships") == [
        {
            "userSourcedId": "stu",
            "relationshipUserSourcedId": "mom",
            "relationshipRole": "parent",
        }
    ]
    assert rows_of(out, "demographics")[0]["raceCodes"] == "asian"


def test_v2_leaves_guardians_out_and_says_so(tmp_path: Path) -> None:
    workspace = made(tmp_path / "work", small_school())
    conversion = write_package(workspace, to=Format.SDS_V2, out=tmp_path / "out")
    users = {row["sourcedId"] for row in rows_of(tmp_path / "out", "users")}
    assert users == {"stu", "tch", "pri"}
    assert ("users", "contact", 1) in {
        (loss.resource, loss.subject, loss.count) for loss in conversion.losses
    }


def test_list_of_guardians_has_a_row_for_each_child(tmp_path: Path) -> None:
    tables = small_school()
    student, mother, *_ = tables[Resource.USERS]
    tables[Resource.USERS].append(student | {"sourcedId": "bro"})
    mother |= {"agentSourcedIds": "stu,bro", "metadata": {"language": "es"}}
    out = tmp_path / "out"
    write_package(made(tmp_path / "work", tables), to=Format.GUARDIANS, out=out)
    rows = rows_of(out, "guardians")
    assert [row["studentSourcedId"] for row in rows] == ["bro", "stu"]
    assert {row["guardianSourcedId"] for row in rows} == {"mom"}
    assert {row["language"] for row in rows} == {"es"}


def test_empty_roster_gives_headers_only(tmp_path: Path) -> None:
    workspace = made(tmp_path / "work", {})
    for to in Format:
        conversion = write_package(workspace, to=to, out=tmp_path / to.value)
        assert set(conversion.row_counts.values()) <= {0}
        assert conversion.losses == ()
