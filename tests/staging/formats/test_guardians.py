"""A guardians file adds people to a package, or stands alone."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.staging.formats.conftest import Adapted

from rollbook.staging.formats.adapt import adapt, prefixed_kinds
from rollbook.staging.formats.columns import columns_of, files_of, left_out_files_of
from rollbook.staging.formats.data import Format


@pytest.fixture
def beside(clever: Callable[..., Adapted]) -> Adapted:
    return clever().add_sample(Format.GUARDIANS, "guardians")


def test_guardian_and_child_know_one_another(beside: Adapted) -> None:
    users = beside.records_with_id("users")
    assert users["P-501"]["agentSourcedIds"] == "1001,1002"
    agents = users["1001"]["agentSourcedIds"].split(",")
    assert "P-501" in agents
    assert len(agents) == 3


def test_guardian_belongs_to_the_schools_of_the_children(beside: Adapted) -> None:
    assert beside.records_with_id("users")["P-501"]["orgSourcedIds"] == "0101,0202"
    roles = [row for row in beside.rows("roles") if row["userSourcedId"] == "P-501"]
    assert {(row["role"], row["orgSourcedId"]) for row in roles} == {
        ("parent", "0101"),
        ("parent", "0202"),
    }


def test_nothing_of_the_package_is_lost(beside: Adapted, sample: Adapted) -> None:
    assert len(beside.rows("users")) == len(sample.rows("users")) + 4
    for resource in ("orgs", "academicSessions", "courses", "classes", "enrollments"):
        assert beside.rows(resource) == sample.rows(resource)


def test_a_package_can_be_adapted_again(beside: Adapted, sample: Adapted) -> None:
    adapt(beside.database, Format.CLEVER)
    assert beside.rows("users") == sample.rows("users")


def test_alone_the_links_are_kept(adapted: Adapted) -> None:
    adapted.add_sample(Format.GUARDIANS, "guardians")
    nadia = adapted.records_with_id("users")["P-501"]
    assert (nadia["role"], nadia["agentSourcedIds"]) == ("parent", "1001,1002")
    assert json.loads(nadia["metadata"])["language"] == "es"
    assert not adapted.has("roles")


def test_schools_may_be_stated(adapted: Adapted) -> None:
    row = {"studentId": "1", "guardianId": "2", "schoolId": "0101", "firstName": "Ana"}
    adapted.add(Format.GUARDIANS, {"guardians": [row]})
    (ana,) = adapted.rows("users")
    assert (ana["orgSourcedIds"], ana["givenName"]) == ("0101", "Ana")


def test_guardian_who_is_in_the_package_gains_children(clever: Callable[..., Adapted]) -> None:
    row = {"studentSourcedId": "1005", "guardianSourcedId": "contact-G-77", "givenName": "R."}
    users = clever().add(Format.GUARDIANS, {"guardians": [row]}).records_with_id("users")
    assert users["contact-G-77"]["agentSourcedIds"] == "1003,1005"
    assert users["contact-G-77"]["givenName"] == "Rhys"
    assert users["1005"]["agentSourcedIds"] == "contact-G-77"


def test_guardian_with_the_id_of_a_student_is_prefixed(clever: Callable[..., Adapted]) -> None:
    row = {"studentSourcedId": "1005", "guardianSourcedId": "1001", "givenName": "Ana"}
    adapted = clever().add(Format.GUARDIANS, {"guardians": [row]})
    assert adapted.records_with_id("users")["guardian-1001"]["agentSourcedIds"] == "1005"
    assert "guardian" in prefixed_kinds(adapted.findings)


def test_row_without_a_child_is_said(adapted: Adapted) -> None:
    adapted.add(Format.GUARDIANS, {"guardians": [{"guardianSourcedId": "1"}]})
    assert adapted.row_findings() == {("users.agentSourcedIds.unstated", "guardians.csv", 2)}


@pytest.mark.parametrize("format", [f for f in Format if columns_of(f)])
def test_no_two_headers_of_a_file_are_one(format: Format) -> None:
    for file in files_of(format):
        names = [
            name.lower().replace("_", " ")
            for column in columns_of(format)
            if column.file == file
            for name in (column.name, *column.aliases)
        ]
        assert len(set(names)) == len(names)


def test_attendance_is_left_out() -> None:
    assert left_out_files_of(Format.CLEVER) == ("attendance",)
