"""A bad row never removes or spoils the good record that it would replace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
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
    small_district,
)
from tests.stages import Checked, check

from rollbook.oneroster import Resource
from rollbook.staging.data import Snapshot
from rollbook.validation.severity import Severity

Alter = Callable[[Package], object]
Delivered = Callable[[Alter], Checked]


@pytest.fixture
def delivered(published: Snapshot, tmp_path: Path) -> Delivered:
    """Return what takes an altered small district in, after the unaltered one was published."""

    def deliver(alter: Alter) -> Checked:
        package = small_district()
        alter(package)
        return check(package, tmp_path, published=published)

    return deliver


def put(resource: Resource, sourced_id: str, **values: str) -> Alter:
    return lambda package: package.row(resource, sourced_id).update(values)


ERRORS: dict[str, tuple[Resource, str, Alter, list[tuple[str, int | None]]]] = {
    "required value missing": (
        USERS, "stu-1", put(USERS, "stu-1", givenName=""), [("users.givenName.missing", 4)],
    ),
    "unknown word": (
        USERS, "stu-1", put(USERS, "stu-1", role="pupil"), [("users.role.unknown_value", 4)],
    ),
    "neither true nor false": (
        USERS, "stu-1", put(USERS, "stu-1", enabledUser="maybe"),
        [("users.enabledUser.unknown_value", 4)],
    ),
    "no date": (
        SESSIONS, "t-1", put(SESSIONS, "t-1", startDate="2026-02-30"),
        [("academicSessions.startDate.not_a_date", 3)],
    ),
    "dates the wrong way round": (
        SESSIONS, "t-1", put(SESSIONS, "t-1", endDate="2026-08-01"),
        [("academicSessions.endDate.ends_before_start", 3)],
    ),
    "unknown reference": (
        CLASSES, "cls-11", put(CLASSES, "cls-11", courseSourcedId="crs-9"),
        [("classes.courseSourcedId.unknown", 2)],
    ),
    "no known reference of a list": (
        CLASSES, "cls-11", put(CLASSES, "cls-11", termSourcedIds="t-9"),
        [("classes.termSourcedIds.none_known", 2), ("classes.termSourcedIds.unknown", 2)],
    ),
    "demographics of nobody": (
        DEMOGRAPHICS, "stu-1", put(DEMOGRAPHICS, "stu-1", sourcedId="stu-99"),
        [("demographics.sourcedId.unknown", 2)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in ERRORS if name != "demographics of nobody"])
def test_published_record_stays_as_it_is(name: str, delivered: Delivered) -> None:
    resource, sourced_id, alter, found = ERRORS[name]
    it = delivered(alter)
    assert it.found == found
    assert it.changes.is_empty  # the record stays, and what depends on it resolves against it
    assert it.valid.counts[resource].set_aside == 1
    assert it.valid.counts[resource].kept == 1
    assert sourced_id not in it.valid_ids(resource)
    assert sourced_id in it.records(resource)


def test_row_about_an_unknown_record_does_not_keep_another(delivered: Delivered) -> None:
    """Its id can be read, so that the record it might have been meant for is plainly gone."""
    _, _, alter, found = ERRORS["demographics of nobody"]
    it = delivered(alter)
    assert it.found == found
    assert it.all_changes == {DEMOGRAPHICS: {"stu-1": "abandon"}}


def test_bad_row_of_a_new_record_takes_what_depends_on_it_along_once(delivered: Delivered) -> None:
    def alter(package: Package) -> None:
        course, roster_class = package.row(COURSES, "crs-1"), package.row(CLASSES, "cls-11")
        package.add(COURSES, **{**course, "sourcedId": "crs-9", "title": ""})
        package.add(CLASSES, **{**roster_class, "sourcedId": "cls-9", "courseSourcedId": "crs-9"})
        for number, student in enumerate(("stu-1", "stu-2")):
            package.add(
                ENROLLMENTS,
                sourcedId=f"new-{number}",
                classSourcedId="cls-9",
                schoolSourcedId="sch-1",
                userSourcedId=student,
                role="student",
            )

    it = delivered(alter)
    assert it.found == [
        ("classes.courseSourcedId.set_aside", 6),
        ("courses.title.missing", 4),
        ("enrollments.classSourcedId.set_aside", 18),
    ]
    consequence = [judged.finding for judged in it.valid.findings()][-1]
    assert consequence.rows == 2
    assert it.changes.is_empty


def test_dependants_of_a_row_set_aside_are_taken_in_when_its_record_is_published(
    delivered: Delivered,
) -> None:
    def alter(package: Package) -> None:
        package.row(CLASSES, "cls-11")["title"] = ""
        package.row(ENROLLMENTS, "stu-2-cls-11")["beginDate"] = "2026-09-01"

    it = delivered(alter)
    assert it.codes == ["classes.title.missing"]
    assert it.all_changes == {ENROLLMENTS: {"stu-2-cls-11": "update"}}


UNREADABLE: dict[str, tuple[Alter, str]] = {
    "no id": (put(USERS, "stu-1", sourcedId=""), "users.sourcedId.missing"),
    "short row": (
        lambda package: package.raw.update(
            {"users.csv": package.files()["users.csv"] + b"stu-1,,\r\n"}
        ),
        "users.row.too_short",
    ),
    "bytes that are no text": (
        lambda package: package.raw.update(
            {"users.csv": package.files()["users.csv"] + b"stu-\xff" + b"," * 17 + b"\r\n"}
        ),
        "users.row.bad_encoding",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_row_without_a_readable_id_suspends_removals_of_its_resource(
    name: str, delivered: Delivered
) -> None:
    alter, code = UNREADABLE[name]

    def drop_others_too(package: Package) -> None:
        alter(package)
        package.drop(USERS, "stu-1", "par-2")
        package.drop(DEMOGRAPHICS, "stu-6")
        package.row(USERS, "stu-3")["givenName"] = "Other"
        if "users.csv" in package.raw:
            package.raw.clear()
            alter(package)

    it = delivered(drop_others_too)
    assert code in it.codes
    assert it.all_changes == {
        USERS: {"stu-3": "update"},  # changes and new records go on
        DEMOGRAPHICS: {"stu-6": "abandon"},  # and so do removals of other resources
    }
    assert {"stu-1", "par-2"} <= {*it.records(USERS)}


OPTIONAL: dict[str, tuple[Resource, str, Row, str, str, str | None]] = {
    # resource, id, values, code, field, its value afterwards
    "word": (
        DEMOGRAPHICS, "stu-1", {"sex": "f"}, "demographics.sex.unknown_value", "sex", "female",
    ),
    "boolean": (
        DEMOGRAPHICS, "stu-1", {"asian": "2"}, "demographics.asian.unknown_value", "asian", "true",
    ),
    "word that was blank": (
        ENROLLMENTS, "stu-1-cls-21", {"primary": "main"}, "enrollments.primary.unknown_value",
        "primary", None,
    ),
    "date": (
        ENROLLMENTS, "stu-1-cls-21", {"beginDate": "2026-02-30"},
        "enrollments.beginDate.not_a_date", "beginDate", "2026-08-17",
    ),
    "reference": (
        COURSES, "crs-1", {"schoolYearSourcedId": "ay-9"}, "courses.schoolYearSourcedId.unknown",
        "schoolYearSourcedId", "ay",
    ),
    "reference to its own kind": (
        ORGS, "sch-1", {"parentSourcedId": "d-9"}, "orgs.parentSourcedId.unknown",
        "parentSourcedId", "d-1",
    ),
    "list of references": (
        USERS, "stu-1", {"agentSourcedIds": "par-9,tch-1,par-1"}, "users.agentSourcedIds.unknown",
        "agentSourcedIds", "tch-1,par-1",
    ),
    "list of references to others": (
        USERS, "par-1", {"orgSourcedIds": "sch-2,sch-9"}, "users.orgSourcedIds.unknown",
        "orgSourcedIds", "sch-2",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OPTIONAL)
def test_bad_optional_value_is_a_warning_and_the_rest_of_its_row_counts(
    name: str, delivered: Delivered
) -> None:
    resource, sourced_id, values, code, field, expected = OPTIONAL[name]
    it = delivered(put(resource, sourced_id, **values))
    assert it.codes == [code]
    assert it.valid.severity_counts == {Severity.WARNING: 1}
    assert it.next(resource, sourced_id)[field] == expected
    assert it.valid.counts[resource].set_aside == 0


def test_bad_optional_value_of_a_new_record_is_left_out(tmp_path: Path) -> None:
    package = small_district(students=1)
    package.row(DEMOGRAPHICS, "stu-1")["birthDate"] = "28.02.2018"
    it = check(package, tmp_path)
    assert it.next(DEMOGRAPHICS, "stu-1")["birthDate"] is None
    assert it.next(DEMOGRAPHICS, "stu-1")["sex"] == "female"


def test_published_value_does_not_take_the_place_when_it_names_a_record_that_goes(
    delivered: Delivered,
) -> None:
    def alter(package: Package) -> None:
        package.drop(SESSIONS, "ay")
        for session in package.rows[SESSIONS]:
            session["parentSourcedId"] = ""
        package.row(COURSES, "crs-1")["schoolYearSourcedId"] = "ay-9"

    it = delivered(alter)
    assert it.next(COURSES, "crs-1")["schoolYearSourcedId"] is None


def test_rows_that_differ_under_one_id_leave_the_published_record(delivered: Delivered) -> None:
    it = delivered(
        lambda package: package.add(USERS, **{**package.row(USERS, "stu-1"), "givenName": "Other"})
    )
    assert it.found == [("users.sourcedId.duplicate", 4), ("users.sourcedId.duplicate", 16)]
    assert it.changes.is_empty


@pytest.mark.parametrize("is_first_bad", [False, True])
def test_first_good_row_of_a_new_id_counts(is_first_bad: bool, delivered: Delivered) -> None:
    def add(package: Package) -> None:
        row = {**package.row(USERS, "stu-1"), "sourcedId": "new", "middleName": "1"}
        package.add(USERS, **row | ({"username": ""} if is_first_bad else {}))
        package.add(USERS, **row | {"middleName": "2"})
        package.add(USERS, **row | {"middleName": "3"})

    it = delivered(add)
    assert it.all_changes == {USERS: {"new": "create"}}
    assert it.next(USERS, "new")["middleName"] == ("2" if is_first_bad else "1")
    assert it.codes.count("users.sourcedId.duplicate") == 3


def test_identical_rows_are_read_once(delivered: Delivered) -> None:
    def alter(package: Package) -> None:
        row = package.row(USERS, "stu-1")
        row["email"] = "new@oak.example"
        package.add(USERS, **row)

    it = delivered(alter)
    assert it.found == [("users.sourcedId.repeated", 16)]
    assert it.valid.severity_counts == {Severity.INFO: 1}
    assert it.all_changes == {USERS: {"stu-1": "update"}}


def test_rows_that_differ_in_status_alone_differ(delivered: Delivered) -> None:
    """One says that the person is there and one that she is gone: nobody can tell."""
    it = delivered(
        lambda package: package.add(
            USERS, **{**package.row(USERS, "stu-1"), "status": "tobedeleted"}
        )
    )
    assert it.found == [
        ("users.sourcedId.duplicate", 4),
        ("users.sourcedId.duplicate", 16),
        ("users.status.in_bulk", 16),
    ]
    assert it.changes.is_empty


def test_column_that_is_gone_keeps_what_is_published(delivered: Delivered) -> None:
    def alter(package: Package) -> None:
        package.without_column(USERS, "identifier", "agentSourcedIds", "middleName")
        package.row(USERS, "stu-1")["email"] = "new@oak.example"
        package.add(USERS, **{**package.row(USERS, "stu-2"), "sourcedId": "new"})

    it = delivered(alter)
    assert it.found == [
        ("users.username.one_person", 6),
        ("users.sourcedId.no_enrollment", 16),
    ]
    assert it.all_changes == {USERS: {"stu-1": "update", "new": "create"}}
    assert it.next(USERS, "stu-1")["identifier"] == "000001"
    assert it.next(USERS, "stu-1")["agentSourcedIds"] == "par-1"
    assert it.next(USERS, "new")["identifier"] is None


def test_column_that_is_empty_clears_what_is_published(delivered: Delivered) -> None:
    it = delivered(put(USERS, "stu-1", identifier=""))
    assert it.next(USERS, "stu-1")["identifier"] is None


@pytest.mark.parametrize("status", ["tobedeleted", "inactive"])
def test_row_marked_as_gone_removes_its_record(status: str, delivered: Delivered) -> None:
    it = delivered(put(ENROLLMENTS, "stu-1-cls-21", status=status))
    assert it.all_changes == {ENROLLMENTS: {"stu-1-cls-21": "abandon"}}
    assert not [code for code in it.codes if "missing" in code]


def test_row_marked_as_gone_removes_its_record_even_when_it_is_bad(delivered: Delivered) -> None:
    """What takes access away applies even from a row that is otherwise bad."""
    it = delivered(
        put(ENROLLMENTS, "stu-1-cls-21", status="tobedeleted", role="", classSourcedId="")
    )
    assert it.all_changes == {ENROLLMENTS: {"stu-1-cls-21": "abandon"}}


def test_row_marked_active_counts(delivered: Delivered) -> None:
    it = delivered(
        put(USERS, "stu-1", status="active", dateLastModified="2026-08-01T00:00:00.000Z")
    )
    assert it.changes.is_empty
    assert it.found == [("users.dateLastModified.in_bulk", 4), ("users.status.in_bulk", 4)]


def test_user_marked_as_gone_takes_enrollments_and_demographics_along(delivered: Delivered) -> None:
    it = delivered(put(USERS, "stu-1", status="tobedeleted"))
    assert it.all_changes == {
        USERS: {"stu-1": "abandon", "par-1": "update"},
        ENROLLMENTS: {"stu-1-cls-21": "abandon", "stu-1-cls-22": "abandon"},
        DEMOGRAPHICS: {"stu-1": "abandon"},
    }


def test_user_who_is_gone_takes_enrollments_and_demographics_along(delivered: Delivered) -> None:
    """Their rows are still there, and name nobody: a place in a class of nobody is no record."""
    it = delivered(lambda package: package.drop(USERS, "stu-1"))
    assert it.all_changes == {
        USERS: {"stu-1": "abandon", "par-1": "update"},
        ENROLLMENTS: {"stu-1-cls-21": "abandon", "stu-1-cls-22": "abandon"},
        DEMOGRAPHICS: {"stu-1": "abandon"},
    }


def test_absent_file_keeps_its_records(delivered: Delivered) -> None:
    it = delivered(lambda package: package.without_file(DEMOGRAPHICS))
    assert it.changes.is_empty
    assert it.found == []


def test_absent_file_keeps_no_record_of_somebody_who_is_gone(delivered: Delivered) -> None:
    def alter(package: Package) -> None:
        package.without_file(DEMOGRAPHICS)
        package.drop(USERS, "stu-1")
        package.drop(ENROLLMENTS, "stu-1-cls-21", "stu-1-cls-22")
        package.row(USERS, "par-1")["agentSourcedIds"] = ""

    assert delivered(alter).all_changes == {
        USERS: {"stu-1": "abandon", "par-1": "update"},
        ENROLLMENTS: {"stu-1-cls-21": "abandon", "stu-1-cls-22": "abandon"},
        DEMOGRAPHICS: {"stu-1": "abandon"},
    }


def test_record_that_stays_loses_its_links_to_what_goes(delivered: Delivered) -> None:
    def alter(package: Package) -> None:
        package.row(USERS, "par-1").update(givenName="", agentSourcedIds="stu-1,stu-2")
        package.row(USERS, "par-2")["givenName"] = ""
        package.row(ORGS, "sch-1")["name"] = ""
        package.drop(USERS, "stu-1")
        package.drop(ORGS, "d-1")
        package.drop(SESSIONS, "t-2")
        package.row(CLASSES, "cls-21")["title"] = ""
        for course in package.rows[COURSES]:
            course["orgSourcedId"] = "sch-2"

    it = delivered(alter)
    assert it.all_changes[USERS] == {"stu-1": "abandon", "par-1": "update"}
    assert it.next(USERS, "par-1")["agentSourcedIds"] is None
    assert it.next(USERS, "par-2")["agentSourcedIds"] == "stu-2"
    assert it.next(ORGS, "sch-1")["parentSourcedId"] is None
    assert it.next(CLASSES, "cls-21")["termSourcedIds"] == "t-1"


def test_bad_row_that_curtails_access_curtails_it(delivered: Delivered) -> None:
    it = delivered(put(USERS, "stu-1", enabledUser="false", givenName="", username="other"))
    assert it.all_changes == {USERS: {"stu-1": "update"}}
    assert it.next(USERS, "stu-1")["enabledUser"] == "false"
    assert it.next(USERS, "stu-1")["username"] == "stu-1"


DATES = {
    "2026-08-17": True,
    "2024-02-29": True,
    "0001-01-01": True,
    "9999-12-31": True,
    "2023-02-29": False,
    "2026-8-17": True,  # read as 2026-08-17
    "08/17/2026": True,  # read as 2026-08-17
    "2026-13-01": False,
    "2026-00-10": False,
    "2026-08-17T00:00:00Z": True,  # read as 2026-08-17
    "20260817": True,  # read as 2026-08-17
    "0000-01-01": False,
    "٢٠٢٦-٠٨-١٧": False,
    "tomorrow": False,
    "infinity": False,
    "now": False,
}
YEARS = {"2027": True, "1999": True, "227": False, "02027": False, "2026-27": False, "3027": False}


def test_what_counts_as_a_date_and_as_a_year(tmp_path: Path) -> None:
    package = small_district(students=1)
    place, term = package.row(ENROLLMENTS, "stu-1-cls-21"), package.row(SESSIONS, "t-2")
    for number, text in enumerate(DATES):
        package.add(ENROLLMENTS, **{**place, "sourcedId": f"e-{number}", "beginDate": text})
    for number, text in enumerate(YEARS):
        package.add(SESSIONS, **{**term, "sourcedId": f"t-9{number}", "schoolYear": text})
    it = check(package, tmp_path)
    refused = {
        (judged.finding.code, judged.finding.value)
        for judged in it.valid.findings()
        if judged.finding.code.endswith((".not_a_date", ".not_a_year"))
    }
    assert refused == {
        *(
            ("enrollments.beginDate.not_a_date", text)
            for text, is_date in DATES.items()
            if not is_date
        ),
        *(
            ("academicSessions.schoolYear.not_a_year", text)
            for text, is_year in YEARS.items()
            if not is_year
        ),
    }
