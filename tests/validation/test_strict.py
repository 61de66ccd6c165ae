"""Held to the letter of the standard, what conformance forbids is an error.

The rows are those of the fact base's table of diagnostics, in its order; names are those of the
strict reader that passes the official corpus.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.packages import CLASSES, COURSES, SESSIONS, USERS, Package, small_district
from tests.stages import open_folder
from tests.validation.alterations import Alter, all_of, put, put_file

from rollbook.staging.data import Reading
from rollbook.staging.stage import stage_files
from rollbook.validation.catalogue import all_rules, severity_of
from rollbook.validation.data import ValidRoster
from rollbook.validation.problems import find_problems
from rollbook.validation.severity import Severity

ERRORS = {
    "package.unknown_file": "package.file.unknown",
    "package.missing_manifest": "package.manifest.missing",
    "manifest.missing_property": "package.manifest.missing_property",
    "manifest.unknown_property": "package.manifest.unknown_property",
    "manifest.duplicate_property": "package.manifest.duplicate_property",
    "manifest.invalid_file_mode": "package.manifest.unknown_mode",
    "manifest.invalid_oneroster_version": "package.manifest.unsupported_version",
    "manifest.file_missing": "users.file.promised",
    "manifest.file_unexpected": "users.file.unexpected",
    "schema.missing_header": "users.header.missing",
    "schema.missing_header, optional": "users.header.absent",
    "schema.header_order_mismatch": "users.header.order",
    "table.duplicate_header": "users.header.duplicate",
    "table.empty_header_name": "users.header.unnamed",
    "schema.metadata_column_position": "users.header.metadata_position",
    "schema.invalid_metadata_header": "users.header.unknown",
    "schema, another case": "users.header.respelt",
    "table.missing_data_rows": "demographics.file.header_only",
    "table.missing_data_rows, required": "users.file.empty",
    "table.row_width_mismatch": "users.row.too_short",
    "table.row_width_mismatch, long": "users.row.too_long",
    "csv.unescaped_quote": "users.row.bad_quoting",
    "csv.unescaped_quote, readable": "users.row.loose_quotes",
    "csv, not UTF-8": "users.file.not_utf8",
    "csv, bytes": "users.row.bad_encoding",
    "row.field_forbidden_in_bulk": "users.status.in_bulk",
    "row.field_forbidden_in_bulk, date": "users.dateLastModified.in_bulk",
    "row.field_required_in_delta": "users.status.not_in_delta",
    "row.invalid_datetime": "users.dateLastModified.not_an_instant",
    "row.invalid_enum": "users.role.unknown_value",
    "row.invalid_enum, optional": "demographics.sex.unknown_value",
    "row.invalid_enum, another case": "users.role.respelt",
    "row.invalid_boolean": "users.enabledUser.unknown_value",
    "row.invalid_date": "enrollments.beginDate.not_a_date",
    "row.invalid_date, another form": "enrollments.beginDate.rewritten",
    "row.invalid_guid": "users.sourcedId.unusual_id",
    "row.invalid_guid, long": "users.sourcedId.too_long",
    "row.invalid_year": "academicSessions.schoolYear.not_a_year",
    "row.invalid_list": "classes.termSourcedIds.empty_element",
    "row.invalid_list, blanks": "classes.termSourcedIds.spaced",
    "row.missing_required_value": "users.username.missing",
    "row.missing_required_value, orgs": "users.orgSourcedIds.missing",
    "userIds": "users.userIds.malformed",
    "reference.duplicate_sourced_id": "users.sourcedId.duplicate",
    "reference.duplicate_sourced_id, identical": "users.sourcedId.repeated",
    "reference.missing_target_file": "orgs.file.missing",
    "reference.missing_target_record": "enrollments.userSourcedId.unknown",
    "reference.missing_target_record, optional": "users.agentSourcedIds.unknown",
    "semantic, course year": "courses.schoolYearSourcedId.not_a_school_year",
    "semantic, class school": "classes.schoolSourcedId.not_a_school",
    "semantic, enrollment school": "enrollments.schoolSourcedId.not_a_school",
    "semantic, primary roles": "roles.roleType.two_primary",
    "semantic, primary org": "users.primaryOrgSourcedId.no_role",
    "semantic, profile": "roles.userProfileSourcedId.other_user",
    "semantic, subjects": "courses.subjectCodes.unpaired",
}
NO_ERRORS = {
    "role in a class is not the user's": "enrollments.role.unlike_user",
    "class without a teacher": "classes.sourcedId.no_teacher",
    "student in no class": "users.sourcedId.no_enrollment",
    "file of grades": "package.file.not_roster",
}


@pytest.mark.parametrize("situation", ERRORS)
def test_what_conformance_forbids_is_an_error(situation: str) -> None:
    assert severity_of(ERRORS[situation], strict=True) is Severity.ERROR


@pytest.mark.parametrize("situation", NO_ERRORS)
def test_what_conformance_allows_is_none(situation: str) -> None:
    assert severity_of(NO_ERRORS[situation], strict=True) is not Severity.ERROR


def test_strictness_weighs_nothing_less() -> None:
    weights = [Severity.INFO, Severity.WARNING, Severity.ERROR]
    for rule in all_rules():
        strict = rule.strict or rule.severity
        assert weights.index(strict) >= weights.index(rule.severity), rule.code


def judge(alter: Alter, base: Path, *, strict: bool) -> ValidRoster:
    package = small_district(students=2)
    alter(package)
    workspace = open_folder(base)
    path = package.write(workspace.folder / "delivery")
    staged = stage_files(path, workspace=workspace, reading=Reading(strict=strict))
    return find_problems(staged, published=None, strict=strict)


def test_year_that_is_left_out_is_told_by_dates_unless_by_the_letter(tmp_path: Path) -> None:
    def alter(package: Package) -> None:
        package.without_column(SESSIONS, "schoolYear")

    practice = judge(alter, tmp_path, strict=False)
    assert practice.stops == ()
    assert practice.finding_counts == {"academicSessions.schoolYear.told_by_dates": 1}
    by_the_letter = judge(alter, tmp_path, strict=True)
    assert [stop.code for stop in by_the_letter.stops] == ["academicSessions.header.missing"]


def test_same_package_passes_in_practice_and_fails_by_the_letter(tmp_path: Path) -> None:
    alter = all_of(
        put(USERS, "stu-1", role="Student", orgSourcedIds=""),
        put(CLASSES, "cls-11", termSourcedIds="t-1, t-2", status="active"),
        put(COURSES, "crs-1", subjectCodes="03051"),
        put(COURSES, "crs-2", schoolYearSourcedId="t-1"),
        put_file("lunches.csv", "sourcedId\n"),
    )
    practice = judge(alter, tmp_path, strict=False)
    assert Severity.ERROR not in practice.severity_counts
    by_the_letter = judge(alter, tmp_path, strict=True)
    errors = {
        one.finding.code for one in by_the_letter.findings() if one.severity is Severity.ERROR
    }
    assert errors >= {
        "users.role.respelt",
        "users.orgSourcedIds.missing",
        "classes.termSourcedIds.spaced",
        "classes.status.in_bulk",
        "courses.schoolYearSourcedId.not_a_school_year",
        "courses.subjectCodes.unpaired",
        "package.file.unknown",
    }
