from __future__ import annotations

from pathlib import Path

import pytest
from tests.convert.rosters import Row, made, rows_of, small_school

from rollbook.convert.data import Conversion
from rollbook.convert.write import write_package
from rollbook.oneroster import Resource
from rollbook.staging.formats.data import Format

Tables = dict[Resource, list[dict[str, object]]]


@pytest.fixture
def tables() -> Tables:
    return small_school()


def roles_of(tables: Tables, folder: Path) -> list[Row]:
    write_package(made(folder / "work", tables), to=Format.ONEROSTER_1_2, out=folder / "out")
    return rows_of(folder / "out", "roles")


def older(tables: Tables, folder: Path) -> Conversion:
    workspace = made(folder / "work", tables)
    return write_package(workspace, to=Format.ONEROSTER_1_1, out=folder / "out")


def test_administrators_are_named_by_the_kind_of_org(tables: Tables, tmp_path: Path) -> None:
    tables[Resource.USERS][3]["orgSourcedIds"] = "d,s"
    roles = [row for row in roles_of(tables, tmp_path) if row["userSourcedId"] == "pri"]
    assert [(row["orgSourcedId"], row["role"], row["roleType"]) for row in roles] == [
        ("d", "districtAdministrator", "primary"),
        ("s", "siteAdministrator", "primary"),
    ]


def test_org_that_is_listed_twice_is_one_role(tables: Tables, tmp_path: Path) -> None:
    tables[Resource.USERS][0]["orgSourcedIds"] = "s,s"
    roles = [row for row in roles_of(tables, tmp_path) if row["userSourcedId"] == "stu"]
    assert [row["sourcedId"] for row in roles] == ["stu_s_student"]


def test_ids_of_roles_are_short_enough_and_never_meet(tables: Tables, tmp_path: Path) -> None:
    long_id = "u" * 250
    tables[Resource.ORGS] += [
        {"sourcedId": "a_b", "name": "A", "type": "school"},
        {"sourcedId": "b", "name": "B", "type": "school"},
    ]
    model = tables[Resource.USERS][2]
    tables[Resource.USERS] += [
        model | {"sourcedId": long_id, "orgSourcedIds": "s"},
        model | {"sourcedId": "x", "orgSourcedIds": "a_b"},
        model | {"sourcedId": "x_a", "orgSourcedIds": "b"},
    ]
    ids = [row["sourcedId"] for row in roles_of(tables, tmp_path)]
    assert len(ids) == len(set(ids)) == 7
    assert max(map(len, ids)) <= 255


def test_user_without_a_stated_role_gets_one(tables: Tables, tmp_path: Path) -> None:
    tables[Resource.ROLES] = [
        {
            "sourcedId": "r1", "userSourcedId": "stu", "roleType": "secondary",
            "role": "student", "orgSourcedId": "s", "beginDate": "2026-08-17",
        }
    ]  # fmt: skip
    roles = {row["userSourcedId"]: row for row in roles_of(tables, tmp_path)}
    assert roles.keys() == {"stu", "mom", "tch", "pri"}
    assert (roles["stu"]["sourcedId"], roles["stu"]["beginDate"]) == ("r1", "2026-08-17")
    assert roles["stu"]["roleType"] == "primary"


def test_roles_that_1_1_cannot_say_are_listed(tables: Tables, tmp_path: Path) -> None:
    tables[Resource.ROLES] = [
        {
            "sourcedId": f"r{number}", "userSourcedId": "tch", "roleType": kind,
            "role": role, "orgSourcedId": "s", "beginDate": begins,
        }
        for number, (kind, role, begins) in enumerate(
            [("primary", "teacher", "2026-08-17"), ("secondary", "parent", None)]
        )
    ]  # fmt: skip
    tables[Resource.USER_PROFILES] = [
        {
            "sourcedId": "p", "userSourcedId": "tch", "profileType": "LMS", "vendorId": "v",
            "credentialType": "SSO", "username": "tch",
        }
    ]  # fmt: skip
    losses = {(loss.resource, loss.subject): loss.count for loss in older(tables, tmp_path).losses}
    assert losses == {
        ("roles", "role"): 1,
        ("roles", "sourcedId"): 2,
        ("roles", "beginDate, endDate"): 1,
        ("userProfiles", "userProfile"): 1,
    }


def test_nothing_is_lost_where_roles_say_what_users_say(tables: Tables, tmp_path: Path) -> None:
    tables[Resource.ROLES] = [
        {
            "sourcedId": "pri_s_principal", "userSourcedId": "pri", "roleType": "primary",
            "role": "principal", "orgSourcedId": "s",
        }
    ]  # fmt: skip
    assert older(tables, tmp_path).losses == ()
