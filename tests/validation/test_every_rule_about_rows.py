"""For every rule about rows: one sample that breaks it, and one that only looks as if."""

from __future__ import annotations

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
)
from tests.stages import Where, stage
from tests.validation.alterations import (
    Alter,
    Pair,
    add_copy,
    all_of,
    drop,
    enroll,
    nothing,
    put,
)
from tests.validation.many_districts import district_1_1, district_1_2, judge_each

from rollbook.oneroster import Resource
from rollbook.validation.catalogue import rules_in
from rollbook.validation.problems import find_problems

ROLES, PROFILES = Resource.ROLES, Resource.USER_PROFILES
LONG = "x" * 256


def guardians(count: int) -> Alter:
    """Return what gives the first student that many guardians in all."""

    def alter(package: Package) -> None:
        for number in range(10, 9 + count):
            row = {**package.row(USERS, "par-1"), "sourcedId": f"par-{number}"}
            package.add(USERS, **{**row, "username": f"{row['username']}-{number}"})
            package.row(USERS, "stu-1")["agentSourcedIds"] += f",par-{number}"

    return alter


def teachers(count: int) -> Alter:
    """Return what gives a class that many teachers in all."""

    def alter(package: Package) -> None:
        for number in range(10, 9 + count):
            row = {**package.row(USERS, "tch-1"), "sourcedId": f"tch-{number}"}
            names = {"username": f"{row['username']}-{number}", "identifier": "", "email": ""}
            package.add(USERS, **{**row, **names, "userIds": ""})
            enroll(f"tch-{number}", "cls-11", "sch-1", role="teacher")(package)

    return alter


PAIRS: dict[str, Pair] = {
    # Conditions
    "{resource}.{field}.missing": Pair(
        put(USERS, "par-1", familyName=""),
        [("users.familyName.missing", 5), ("users.agentSourcedIds.set_aside", 4)],
        put(USERS, "par-1", middleName="", familyName="-"),
    ),
    "{resource}.{field}.unusual_id": Pair(
        add_copy(COURSES, "crs-2", sourcedId="crs 3", courseCode="x", title="x"),
        [("courses.sourcedId.unusual_id", 4), ("courses.sourcedId.no_class", 4)],
        add_copy(COURSES, "crs-2", sourcedId="A.b-c_d/0@9"),
    ),
    "{resource}.{field}.unknown_value": Pair(
        all_of(
            put(DEMOGRAPHICS, "stu-1", sex="f", asian="maybe"), put(ORGS, "sch-1", status="gone")
        ),
        [
            ("demographics.asian.unknown_value", 2),
            ("demographics.sex.unknown_value", 2),
            ("orgs.status.unknown_value", 3),
        ],
        put(DEMOGRAPHICS, "stu-1", sex="FEMALE", asian="TRUE"),
    ),
    "{resource}.{field}.not_a_date": Pair(
        put(DEMOGRAPHICS, "stu-1", birthDate="2018-02-29"),
        [("demographics.birthDate.not_a_date", 2)],
        put(DEMOGRAPHICS, "stu-1", birthDate="2020-02-29"),
    ),
    "{resource}.{field}.not_a_year": Pair(
        add_copy(SESSIONS, "t-1", sourcedId="t-3", schoolYear="26-27"),
        [("academicSessions.schoolYear.not_a_year", 5)],
        put(SESSIONS, "t-1", schoolYear="1999"),
    ),
    "academicSessions.endDate.ends_before_start": Pair(
        add_copy(SESSIONS, "t-1", sourcedId="t-3", endDate="2026-08-17"),
        [("academicSessions.endDate.ends_before_start", 5)],
        put(SESSIONS, "t-1", endDate="2026-08-18"),
    ),
    "{resource}.{field}.long_text": Pair(
        put(CLASSES, "cls-11", title=LONG),
        [("classes.title.long_text", 2)],
        put(CLASSES, "cls-11", title=LONG[1:]),
    ),
    "{resource}.{field}.line_break": Pair(
        put(CLASSES, "cls-11", location="Room\n12"),
        [("classes.location.line_break", 2)],
        put(CLASSES, "cls-11", location="Room\\n12"),
    ),
    "{resource}.{field}.control_character": Pair(
        put(USERS, "stu-1", givenName="Zo\u200bë"),
        [("users.givenName.control_character", 4)],
        put(USERS, "stu-1", givenName="Zoe\u0308 \u2019"),
    ),
    "{resource}.{field}.lost_letter": Pair(
        put(USERS, "stu-1", givenName="Zo\ufffd"),
        [("users.givenName.lost_letter", 4)],
        put(USERS, "stu-1", givenName="Zo?", middleName="Ã"),
    ),
    "{resource}.{field}.empty_element": Pair(
        put(CLASSES, "cls-11", periods="1,,2"),
        [("classes.periods.empty_element", 2)],
        put(CLASSES, "cls-11", periods="1,2", title="One,, two"),
    ),
    "{resource}.{field}.repeated_element": Pair(
        put(USERS, "par-1", orgSourcedIds="sch-1,sch-2,sch-1"),
        [("users.orgSourcedIds.repeated_element", 5)],
        put(CLASSES, "cls-11", periods="1,11"),
    ),
    "{resource}.{field}.spreadsheet_number": Pair(
        put(CLASSES, "cls-11", classCode="1.23457E+11"),
        [("classes.classCode.spreadsheet_number", 2)],
        put(CLASSES, "cls-11", classCode="E+1.0"),
    ),
    "{resource}.{field}.spreadsheet_error": Pair(
        put(CLASSES, "cls-11", location="#REF!"),
        [("classes.location.spreadsheet_error", 2)],
        put(CLASSES, "cls-11", location="#12"),
    ),
    "{resource}.{field}.implausible_date": Pair(
        put(ENROLLMENTS, "tch-1-cls-11", endDate="9999-12-31"),
        [("enrollments.endDate.implausible_date", 2), ("enrollments.endDate.outside_term", 2)],
        put(ENROLLMENTS, "tch-1-cls-11", endDate="2027-06-05"),
    ),
    "users.email.malformed": Pair(
        put(USERS, "stu-1", email="zoe@oak"),
        [("users.email.malformed", 4)],
        put(USERS, "stu-1", email="z.o'e+1@sub.oak-high.k12.example"),
    ),
    "users.email.placeholder_address": Pair(
        put(USERS, "stu-1", email="NONE@none.com"),
        [("users.email.placeholder_address", 4)],
        put(USERS, "stu-1", email="none.lopez@none.com"),
    ),
    "{resource}.{field}.not_a_phone": Pair(
        put(USERS, "par-1", phone="555 0102 (mother)"),
        [("users.phone.not_a_phone", 5)],
        put(USERS, "par-1", phone="(555) 555-0102 ext. 12", sms="+49 30/1234567"),
    ),
    "{resource}.{field}.placeholder_phone": Pair(
        put(USERS, "par-1", sms="000-000-0000"),
        [("users.sms.placeholder_phone", 5)],
        put(USERS, "par-1", sms="100-000-0000"),
    ),
    "users.userIds.malformed": Pair(
        put(USERS, "stu-1", userIds="State:5550001"),
        [("users.userIds.malformed", 4)],
        put(USERS, "stu-1", userIds="{State:555 0001},{LDAP:m.chen}"),
    ),
    "users.username.has_blank": Pair(
        put(USERS, "stu-1", username="mia chen"),
        [("users.username.has_blank", 4)],
        put(USERS, "stu-1", username="mia_chen"),
    ),
    "{resource}.{field}.only_digits": Pair(
        put(USERS, "stu-1", familyName="900001"),
        [("users.familyName.only_digits", 4)],
        put(USERS, "stu-1", familyName="Chen 2"),
    ),
    "{resource}.{field}.placeholder_name": Pair(
        put(USERS, "stu-1", familyName="Unknown"),
        [("users.familyName.placeholder_name", 4)],
        put(USERS, "stu-1", familyName="Null-Testa"),
    ),
    "users.givenName.two_names": Pair(
        put(USERS, "stu-1", givenName="Chen, Mia"),
        [("users.givenName.two_names", 4)],
        put(USERS, "stu-1", familyName="Chen, Jr."),
    ),
    "demographics.birthDate.before_1900": Pair(
        put(DEMOGRAPHICS, "stu-1", birthDate="1899-12-30"),
        [("demographics.birthDate.before_1900", 2)],
        put(DEMOGRAPHICS, "stu-1", birthDate="1900-01-02"),
    ),
    "academicSessions.endDate.over_two_years": Pair(
        all_of(
            put(SESSIONS, "ay", startDate="2024-08-01", endDate="2027-08-01"),
            put(SESSIONS, "t-1", startDate="2026-08-01"),
        ),
        [("academicSessions.endDate.over_two_years", 2)],
        put(SESSIONS, "ay", startDate="2025-08-01", endDate="2027-08-01"),
    ),
    "academicSessions.endDate.one_day": Pair(
        add_copy(
            SESSIONS,
            "t-1",
            sourcedId="gp-1",
            type="gradingPeriod",
            parentSourcedId="t-1",
            endDate="2026-08-18",
        ),
        [("academicSessions.endDate.one_day", 5)],
        add_copy(
            SESSIONS,
            "t-1",
            sourcedId="gp-1",
            type="gradingPeriod",
            parentSourcedId="t-1",
            endDate="2026-08-19",
        ),
    ),
    "academicSessions.schoolYear.unlike_end": Pair(
        all_of(*(put(SESSIONS, one, schoolYear="2026") for one in ("ay", "t-1", "t-2"))),
        [
            ("academicSessions.schoolYear.unlike_end", 2),
            ("academicSessions.schoolYear.unlike_end", 3),
            ("academicSessions.schoolYear.unlike_end", 4),
        ],
        put(SESSIONS, "t-1", endDate="2026-12-20"),
    ),
    "{resource}.{field}.ends_before_begin": Pair(
        put(ENROLLMENTS, "stu-1-cls-21", endDate="2026-08-17"),
        [("enrollments.endDate.ends_before_begin", 6)],
        all_of(
            put(ENROLLMENTS, "stu-1-cls-21", endDate="2026-08-18"),
            put(ENROLLMENTS, "stu-2-cls-11", beginDate="September", endDate="2026-12-19"),
        ),
    ),
    "enrollments.primary.not_a_teacher": Pair(
        put(ENROLLMENTS, "stu-1-cls-21", primary="true"),
        [("enrollments.primary.not_a_teacher", 6)],
        put(ENROLLMENTS, "stu-1-cls-21", primary="false"),
    ),
    "{resource}.{field}.itself": Pair(
        put(ORGS, "d-1", parentSourcedId="d-1"),
        [("orgs.parentSourcedId.itself", 2)],
        put(ORGS, "d-1", parentSourcedId=""),
    ),
    "users.agentSourcedIds.own_agent": Pair(
        put(USERS, "par-1", agentSourcedIds="stu-1,par-1"),
        [("users.agentSourcedIds.own_agent", 5)],
        all_of(
            add_copy(USERS, "par-1", sourcedId="par-12", username="p12"),
            put(USERS, "stu-1", agentSourcedIds="par-1,par-12"),
        ),
    ),
    "{resource}.{field}.unpaired": Pair(
        put(COURSES, "crs-1", subjects="Science"),
        [("courses.subjectCodes.unpaired", 2)],
        put(COURSES, "crs-1", subjects=""),
    ),
    "users.orgSourcedIds.missing": Pair(
        put(USERS, "par-1", orgSourcedIds=""),
        [("users.orgSourcedIds.missing", 5)],
        put(USERS, "par-1", orgSourcedIds="d-1"),
    ),
    "demographics.demographicRaceTwoOrMoreRaces.contradicted": Pair(
        put(DEMOGRAPHICS, "stu-1", white="true", demographicRaceTwoOrMoreRaces="false"),
        [("demographics.demographicRaceTwoOrMoreRaces.contradicted", 2)],
        put(DEMOGRAPHICS, "stu-1", demographicRaceTwoOrMoreRaces="true"),
    ),
    # Rows of one file
    "{resource}.{field}.duplicate": Pair(
        add_copy(COURSES, "crs-1", title="Another"),
        [("courses.sourcedId.duplicate", 2), ("courses.sourcedId.duplicate", 4)],
        add_copy(COURSES, "crs-1", sourcedId="CRS-1"),
    ),
    "{resource}.{field}.repeated": Pair(
        all_of(add_copy(COURSES, "crs-1"), add_copy(COURSES, "crs-1")),
        [("courses.sourcedId.repeated", 4), ("courses.sourcedId.repeated", 5)],
        add_copy(COURSES, "crs-1", sourcedId="crs-3"),
    ),
    "{resource}.{field}.unusual_grade": Pair(
        all_of(put(USERS, "stu-1", grades="9th"), put(USERS, "stu-2", grades="9th,03")),
        [("users.grades.unusual_grade", 4)],
        put(CLASSES, "cls-11", grades="KG,01,12,UG,Other"),
    ),
    "{resource}.{field}.not_a_place_code": Pair(
        put(DEMOGRAPHICS, "stu-1", stateOfBirthAbbreviation="California"),
        [("demographics.stateOfBirthAbbreviation.not_a_place_code", 2)],
        put(DEMOGRAPHICS, "stu-1", stateOfBirthAbbreviation="CA", countryOfBirthCode="USA"),
    ),
    # References
    "{resource}.{field}.unknown": Pair(
        all_of(
            put(CLASSES, "cls-11", courseSourcedId="crs-9"),
            put(USERS, "stu-1", agentSourcedIds="par-1,par-9"),
        ),
        [
            ("classes.courseSourcedId.unknown", 2),
            ("enrollments.classSourcedId.set_aside", 2),
            ("users.agentSourcedIds.unknown", 4),
        ],
        put(USERS, "stu-1", agentSourcedIds=" par-1 ,tch-1", orgSourcedIds="sch-2, sch-1"),
    ),
    "{resource}.{field}.removed": Pair(
        put(CLASSES, "cls-11", status="tobedeleted"),
        [("enrollments.classSourcedId.removed", 2), ("enrollments.classSourcedId.removed", 8)],
        put(CLASSES, "cls-11", status="active"),
    ),
    "{resource}.{field}.set_aside": Pair(
        put(CLASSES, "cls-11", title=""),
        [("classes.title.missing", 2), ("enrollments.classSourcedId.set_aside", 2)],
        put(CLASSES, "cls-11", location=""),
    ),
    "{resource}.{field}.none_known": Pair(
        put(USERS, "par-1", orgSourcedIds="sch-8,sch-9"),
        [
            ("users.agentSourcedIds.set_aside", 4),
            ("users.orgSourcedIds.none_known", 5),
            ("users.orgSourcedIds.unknown", 5),
            ("users.orgSourcedIds.unknown", 5),
        ],
        put(USERS, "par-1", orgSourcedIds="sch-9,sch-1"),
    ),
    # Orgs among the others
    "orgs.parentSourcedId.no_district": Pair(
        put(ORGS, "sch-1", parentSourcedId=""),
        [("orgs.parentSourcedId.no_district", 3)],
        all_of(
            add_copy(ORGS, "sch-1", sourcedId="dep", type="department", name="North"),
            put(ORGS, "sch-1", parentSourcedId="dep"),
        ),
    ),
    "orgs.parentSourcedId.wrong_level": Pair(
        add_copy(ORGS, "d-1", sourcedId="d-2", parentSourcedId="sch-1", name="Elm", identifier=""),
        [("orgs.parentSourcedId.wrong_level", 5), ("orgs.sourcedId.nobody", 5)],
        put(ORGS, "sch-1", parentSourcedId="sch-2"),
    ),
    "orgs.sourcedId.no_class": Pair(
        all_of(
            add_copy(ORGS, "sch-1", sourcedId="sch-3", name="Oak Third"),
            put(USERS, "stu-1", orgSourcedIds="sch-2,sch-3"),
        ),
        [("orgs.sourcedId.no_class", 5)],
        add_copy(ORGS, "sch-1", sourcedId="dep", type="department", name="North"),
    ),
    "orgs.sourcedId.no_student": Pair(
        all_of(
            add_copy(ORGS, "sch-1", sourcedId="sch-3", name="Oak Third"),
            put(CLASSES, "cls-11", schoolSourcedId="sch-3"),
        ),
        [
            ("orgs.sourcedId.no_student", 5),
            ("enrollments.schoolSourcedId.other_school", 2),
            ("enrollments.schoolSourcedId.other_school", 8),
        ],
        add_copy(ORGS, "sch-1", sourcedId="dep", type="department", name="North"),
    ),
    "orgs.sourcedId.nobody": Pair(
        add_copy(ORGS, "sch-1", sourcedId="dep", type="department", name="North"),
        [("orgs.sourcedId.nobody", 5)],
        all_of(
            add_copy(ORGS, "sch-1", sourcedId="dep", type="department", name="North"),
            put(USERS, "tch-1", orgSourcedIds="sch-1,dep"),
        ),
    ),
    "orgs.name.same_name": Pair(
        all_of(
            put(ORGS, "sch-1", name="Oak Twin A"),
            put(ORGS, "sch-2", name="oak twin a"),
        ),
        [("orgs.name.same_name", 3)],
        all_of(put(ORGS, "sch-1", name="Oak Twin B"), put(ORGS, "d-1", name="Oak Twin B")),
    ),
    "orgs.identifier.shared": Pair(
        all_of(put(ORGS, "sch-1", identifier="77"), put(ORGS, "sch-2", identifier="77")),
        [("orgs.identifier.shared", 3)],
        all_of(put(ORGS, "sch-1", identifier="78"), put(ORGS, "d-1", identifier="78")),
    ),
    "{resource}.{field}.cycle": Pair(
        all_of(
            add_copy(ORGS, "d-1", sourcedId="d-2", type="local", parentSourcedId="d-1", name="Elm"),
            put(ORGS, "d-1", parentSourcedId="d-2"),
        ),
        [("orgs.parentSourcedId.cycle", 2)],
        add_copy(ORGS, "d-1", sourcedId="d-2", type="local", parentSourcedId="d-1", name="Elm"),
    ),
    # Sessions among the others
    "academicSessions.parentSourcedId.wrong_type": Pair(
        put(SESSIONS, "t-2", parentSourcedId="t-1"),
        [("academicSessions.parentSourcedId.wrong_type", 4)],
        put(SESSIONS, "t-2", parentSourcedId="", type="semester"),
    ),
    "academicSessions.startDate.outside_parent": Pair(
        put(SESSIONS, "t-1", startDate="2026-08-16"),
        [("academicSessions.startDate.outside_parent", 3)],
        put(SESSIONS, "t-1", endDate="2027-06-06"),
    ),
    "academicSessions.schoolYear.unlike_parent": Pair(
        put(SESSIONS, "t-1", schoolYear="2028"),
        [
            ("academicSessions.schoolYear.unlike_parent", 3),
            *(("classes.termSourcedIds.several_years", record) for record in (2, 3, 4, 5)),
        ],
        put(SESSIONS, "t-1", parentSourcedId="", schoolYear="2028"),
    ),
    "academicSessions.sourcedId.no_class": Pair(
        add_copy(SESSIONS, "t-1", sourcedId="t-3", title="Term 3"),
        [("academicSessions.sourcedId.no_class", 5)],
        all_of(
            add_copy(
                SESSIONS,
                "t-1",
                sourcedId="gp-1",
                title="Q 1",
                type="gradingPeriod",
                parentSourcedId="t-1",
            ),
            *(
                put(CLASSES, one, termSourcedIds="t-2,gp-1")
                for one in ("cls-11", "cls-12", "cls-21", "cls-22")
            ),
        ),
    ),
    "academicSessions.title.same_session": Pair(
        add_copy(SESSIONS, "t-1", sourcedId="t-3"),
        [("academicSessions.title.same_session", 3), ("academicSessions.sourcedId.no_class", 5)],
        add_copy(SESSIONS, "t-1", sourcedId="t-3", endDate="2027-01-31"),
    ),
    # Courses and classes among the others
    "courses.schoolYearSourcedId.not_a_school_year": Pair(
        put(COURSES, "crs-1", schoolYearSourcedId="t-1"),
        [("courses.schoolYearSourcedId.not_a_school_year", 2)],
        put(COURSES, "crs-1", schoolYearSourcedId=""),
    ),
    "courses.sourcedId.no_class": Pair(
        add_copy(COURSES, "crs-1", sourcedId="crs-3", title="Art", courseCode="ART"),
        [("courses.sourcedId.no_class", 4)],
        put(CLASSES, "cls-11", courseSourcedId="crs-2"),
    ),
    "courses.courseCode.shared": Pair(
        all_of(
            add_copy(COURSES, "crs-1", sourcedId="crs-3"),
            put(CLASSES, "cls-12", courseSourcedId="crs-3"),
        ),
        [("courses.courseCode.shared", 2)],
        add_copy(COURSES, "crs-1", sourcedId="crs-3", orgSourcedId="sch-1"),
    ),
    "{resource}.{field}.not_a_school": Pair(
        all_of(
            put(CLASSES, "cls-11", schoolSourcedId="d-1"),
            put(ENROLLMENTS, "tch-1-cls-11", schoolSourcedId="d-1"),
            put(ENROLLMENTS, "stu-2-cls-11", schoolSourcedId="d-1"),
        ),
        [
            ("classes.schoolSourcedId.not_a_school", 2),
            ("enrollments.schoolSourcedId.not_a_school", 2),
            ("enrollments.schoolSourcedId.not_a_school", 8),
            ("enrollments.userSourcedId.not_at_school", 2),
            ("enrollments.userSourcedId.not_at_school", 8),
        ],
        put(ORGS, "sch-1", type="ext:campus"),
    ),
    "classes.sourcedId.no_teacher": Pair(
        drop(ENROLLMENTS, "tch-1-cls-11"),
        [("classes.sourcedId.no_teacher", 2)],
        put(ENROLLMENTS, "tch-1-cls-11", primary=""),
    ),
    "classes.sourcedId.no_student": Pair(
        drop(ENROLLMENTS, "stu-2-cls-11"),
        [("classes.sourcedId.no_student", 2)],
        put(ENROLLMENTS, "stu-2-cls-11", userSourcedId="stu-1"),
    ),
    "classes.sourcedId.no_primary_teacher": Pair(
        put(ENROLLMENTS, "tch-1-cls-11", primary="false"),
        [("classes.sourcedId.no_primary_teacher", 2)],
        drop(ENROLLMENTS, "tch-1-cls-11"),
    ),
    "classes.sourcedId.two_primary_teachers": Pair(
        enroll("tch-2", "cls-11", "sch-1", role="teacher", primary="true"),
        [
            ("classes.sourcedId.two_primary_teachers", 2),
            ("enrollments.userSourcedId.not_at_school", 10),
        ],
        all_of(
            put(ENROLLMENTS, "tch-1-cls-11", endDate="2026-12-01"),
            enroll(
                "tch-2", "cls-11", "sch-1", role="teacher", primary="true", beginDate="2026-12-01"
            ),
        ),
    ),
    "classes.sourcedId.many_teachers": Pair(
        teachers(11),
        [("classes.sourcedId.many_teachers", 2)],
        teachers(10),
    ),
    "classes.termSourcedIds.several_years": Pair(
        put(SESSIONS, "t-1", schoolYear="2028", parentSourcedId=""),
        [("classes.termSourcedIds.several_years", record) for record in (2, 3, 4, 5)],
        nothing,
    ),
    "classes.termSourcedIds.outside_course_year": Pair(
        all_of(
            add_copy(
                SESSIONS,
                "ay",
                sourcedId="ay-28",
                title="Next",
                startDate="2027-08-17",
                endDate="2028-06-05",
                schoolYear="2028",
            ),
            put(COURSES, "crs-1", schoolYearSourcedId="ay-28"),
        ),
        [
            ("classes.termSourcedIds.outside_course_year", 2),
            ("classes.termSourcedIds.outside_course_year", 3),
        ],
        put(SESSIONS, "t-1", endDate="2026-08-20"),
    ),
    "classes.courseSourcedId.other_school": Pair(
        put(COURSES, "crs-1", orgSourcedId="sch-2"),
        [("classes.courseSourcedId.other_school", 2), ("classes.courseSourcedId.other_school", 3)],
        put(COURSES, "crs-1", orgSourcedId="sch-1"),
    ),
    # Users among the others
    "users.orgSourcedIds.no_school": Pair(
        put(USERS, "stu-1", orgSourcedIds="d-1"),
        [
            ("users.orgSourcedIds.no_school", 4),
            ("orgs.sourcedId.no_student", 4),
            ("enrollments.userSourcedId.not_at_school", 6),
            ("enrollments.userSourcedId.not_at_school", 7),
        ],
        put(USERS, "tch-1", orgSourcedIds="sch-1,d-1"),
    ),
    "users.sourcedId.no_enrollment": Pair(
        add_copy(
            USERS,
            "stu-1",
            sourcedId="stu-9",
            username="s9",
            familyName="Nine",
            userIds="",
            identifier="",
            agentSourcedIds="",
        ),
        [("users.sourcedId.no_enrollment", 8)],
        put(USERS, "stu-1", enabledUser="false"),
    ),
    "users.sourcedId.teaches_nothing": Pair(
        add_copy(
            USERS,
            "tch-1",
            sourcedId="tch-9",
            username="t9",
            familyName="Nine",
            userIds="",
            identifier="",
            email="",
        ),
        [("users.sourcedId.teaches_nothing", 8)],
        add_copy(
            USERS,
            "tch-1",
            sourcedId="tch-8",
            username="t8",
            familyName="Eight",
            userIds="",
            identifier="",
            email="",
            role="aide",
        ),
    ),
    "users.grades.missing": Pair(
        put(USERS, "stu-1", grades=""),
        [("users.grades.missing", 4)],
        put(USERS, "tch-1", grades=""),
    ),
    "users.sourcedId.no_child": Pair(
        all_of(put(USERS, "par-1", agentSourcedIds=""), put(USERS, "stu-1", agentSourcedIds="")),
        [("users.sourcedId.no_child", 5)],
        put(USERS, "par-1", agentSourcedIds=""),
    ),
    "users.agentSourcedIds.many_guardians": Pair(
        guardians(7),
        [("users.agentSourcedIds.many_guardians", 4)],
        guardians(6),
    ),
    "users.agentSourcedIds.student_agent": Pair(
        put(USERS, "stu-1", agentSourcedIds="par-1,stu-2"),
        [("users.agentSourcedIds.student_agent", 4)],
        put(USERS, "par-1", agentSourcedIds="stu-1,stu-2"),
    ),
    "users.username.shared": Pair(
        all_of(put(USERS, "stu-1", username="Twin"), put(USERS, "stu-2", username="twin")),
        [("users.username.shared", 4)],
        all_of(
            put(USERS, "stu-1", username="same", familyName="Same"),
            put(USERS, "stu-2", username="same", familyName="Same"),
        ),
    ),
    "users.username.one_person": Pair(
        add_copy(USERS, "tch-1", sourcedId="tch-1-parent", role="parent", agentSourcedIds="stu-1"),
        [("users.username.one_person", 2)],
        add_copy(
            USERS,
            "tch-1",
            sourcedId="tch-1-parent",
            role="parent",
            agentSourcedIds="stu-1",
            username="another",
        ),
    ),
    "users.email.shared": Pair(
        all_of(
            put(USERS, "par-1", email="lin@mail.example"),
            put(USERS, "par-2", email="LIN@mail.example"),
        ),
        [("users.email.shared", 5)],
        all_of(
            put(USERS, "par-1", email="diaz@mail.example"),
            put(USERS, "stu-1", email="diaz@mail.example"),
        ),
    ),
    "users.identifier.shared": Pair(
        all_of(put(USERS, "stu-1", identifier="4711"), put(USERS, "stu-2", identifier="4711")),
        [("users.identifier.shared", 4)],
        all_of(put(USERS, "stu-1", identifier="4712"), put(USERS, "tch-1", identifier="4712")),
    ),
    "users.userIds.shared": Pair(
        all_of(put(USERS, "stu-1", userIds="{A:1}"), put(USERS, "stu-2", userIds="{B:2},{A:1}")),
        [("users.userIds.shared", 4)],
        all_of(put(USERS, "stu-1", userIds="{C:1}"), put(USERS, "stu-2", userIds="{D:1}")),
    ),
    "users.sourcedId.likely_duplicate": Pair(
        all_of(
            put(USERS, "stu-1", familyName="Twice"),
            put(USERS, "stu-2", familyName="twice"),
        ),
        [("users.sourcedId.likely_duplicate", 4)],
        all_of(
            put(USERS, "stu-1", familyName="Thrice"),
            put(USERS, "stu-2", familyName="Thrice"),
            put(DEMOGRAPHICS, "stu-2", birthDate="2018-03-01"),
        ),
    ),
    # Enrollments among the others
    "enrollments.schoolSourcedId.other_school": Pair(
        put(ENROLLMENTS, "stu-1-cls-21", schoolSourcedId="sch-1"),
        [
            ("enrollments.schoolSourcedId.other_school", 6),
            ("enrollments.userSourcedId.not_at_school", 6),
        ],
        nothing,
    ),
    "enrollments.userSourcedId.not_at_school": Pair(
        enroll("stu-1", "cls-11", "sch-1", role="student"),
        [("enrollments.userSourcedId.not_at_school", 10)],
        all_of(
            put(USERS, "stu-1", orgSourcedIds="sch-1,sch-2"),
            enroll("stu-1", "cls-11", "sch-1", role="student"),
        ),
    ),
    "enrollments.role.unlike_user": Pair(
        put(ENROLLMENTS, "stu-2-cls-11", userSourcedId="tch-1"),
        [("enrollments.role.unlike_user", 8)],
        put(USERS, "tch-1", role="administrator"),
    ),
    "enrollments.userSourcedId.enrolled_twice": Pair(
        enroll("stu-1", "cls-21", "sch-2", role="student"),
        [("enrollments.userSourcedId.enrolled_twice", 6)],
        all_of(
            put(ENROLLMENTS, "stu-1-cls-21", endDate="2026-10-01"),
            enroll("stu-1", "cls-21", "sch-2", role="student", beginDate="2026-10-01"),
            enroll("stu-1", "cls-22", "sch-2", role="proctor"),
        ),
    ),
    "enrollments.beginDate.outside_term": Pair(
        all_of(
            put(ENROLLMENTS, "tch-1-cls-11", beginDate="2026-08-16"),
            put(ENROLLMENTS, "stu-2-cls-11", beginDate="2026-08-01"),
        ),
        [("enrollments.beginDate.outside_term", 2)],
        put(ENROLLMENTS, "tch-1-cls-11", beginDate="2027-06-05"),
    ),
    "enrollments.endDate.outside_term": Pair(
        put(ENROLLMENTS, "tch-1-cls-11", endDate="2027-06-07"),
        [("enrollments.endDate.outside_term", 2)],
        put(ENROLLMENTS, "tch-1-cls-11", endDate="2027-06-06"),
    ),
    # Demographics among the others
    "demographics.sourcedId.not_a_student": Pair(
        add_copy(DEMOGRAPHICS, "stu-1", sourcedId="tch-1", birthDate="1980-01-01"),
        [("demographics.sourcedId.not_a_student", 4)],
        drop(DEMOGRAPHICS, "stu-1"),
    ),
    "demographics.birthDate.in_future": Pair(
        put(DEMOGRAPHICS, "stu-1", birthDate="2081-05-01"),
        [("demographics.birthDate.in_future", 2)],
        put(DEMOGRAPHICS, "stu-1", birthDate="2027-05-01"),
    ),
    "demographics.birthDate.implausible_age": Pair(
        put(DEMOGRAPHICS, "stu-1", birthDate="1980-05-01"),
        [("demographics.birthDate.implausible_age", 2)],
        add_copy(DEMOGRAPHICS, "stu-1", sourcedId="par-1", birthDate="1980-05-01"),
    ),
    "demographics.birthDate.unlike_grade": Pair(
        put(DEMOGRAPHICS, "stu-1", birthDate="2012-05-01"),
        [("demographics.birthDate.unlike_grade", 2)],
        put(DEMOGRAPHICS, "stu-1", birthDate="2014-05-01"),
    ),
}

PAIRS_1_2: dict[str, Pair] = {
    "users.primaryOrgSourcedId.no_role": Pair(
        put(USERS, "tch-1", primaryOrgSourcedId="sch-2"),
        [("users.primaryOrgSourcedId.no_role", 2)],
        put(USERS, "par-1", primaryOrgSourcedId="sch-2"),
    ),
    "roles.userProfileSourcedId.other_user": Pair(
        put(ROLES, "tch-2-sch-2", userProfileSourcedId="prf-1"),
        [("roles.userProfileSourcedId.other_user", 3)],
        put(ROLES, "tch-1-sch-1", userProfileSourcedId="prf-1"),
    ),
    "roles.roleType.two_primary": Pair(
        add_copy(ROLES, "tch-1-sch-1", sourcedId="r-9", role="aide"),
        [("roles.roleType.two_primary", 2)],
        add_copy(ROLES, "tch-1-sch-1", sourcedId="r-9", role="aide", roleType="secondary"),
    ),
    "roles.roleType.none_primary": Pair(
        put(ROLES, "tch-1-sch-1", roleType="secondary"),
        [("roles.roleType.none_primary", 2)],
        add_copy(ROLES, "tch-1-sch-1", sourcedId="r-9", role="aide", roleType="secondary"),
    ),
    "roles.role.stated_twice": Pair(
        add_copy(ROLES, "tch-1-sch-1", sourcedId="r-9", roleType="secondary"),
        [("roles.role.stated_twice", 10)],
        all_of(
            put(ROLES, "tch-1-sch-1", endDate="2027-01-01"),
            add_copy(
                ROLES,
                "tch-1-sch-1",
                sourcedId="r-9",
                beginDate="2027-01-01",
                endDate="",
                roleType="secondary",
            ),
        ),
    ),
    "userProfiles.username.shared": Pair(
        add_copy(PROFILES, "prf-1", sourcedId="prf-2", userSourcedId="tch-2"),
        [("userProfiles.username.shared", 2)],
        add_copy(
            PROFILES, "prf-1", sourcedId="prf-2", userSourcedId="tch-2", applicationId="other"
        ),
    ),
}

# What is about the whole delivery cannot share one with others.
ALONE: dict[str, Pair] = {
    "{resource}.{field}.too_long": Pair(
        add_copy(COURSES, "crs-2", sourcedId="x" * 256),
        [("courses.sourcedId.too_long", 4)],
        add_copy(COURSES, "crs-2", sourcedId="é" * 255, title="x" * 5000),
    ),
    "{resource}.{field}.not_an_instant": Pair(
        all_of(
            *(
                put(CLASSES, one, status="active", dateLastModified="2026-08-01")
                for one in ("cls-11", "cls-12")
            )
        ),
        [("classes.dateLastModified.not_an_instant", 2)],
        put(CLASSES, "cls-11", status="active", dateLastModified="2026-08-01T00:00:00.000Z"),
    ),
    "academicSessions.type.no_school_year": Pair(
        all_of(
            drop(SESSIONS, "ay"),
            *(put(SESSIONS, one, parentSourcedId="") for one in ("t-1", "t-2")),
            *(put(COURSES, one, schoolYearSourcedId="") for one in ("crs-1", "crs-2")),
        ),
        [("academicSessions.type.no_school_year", 2)],
        nothing,
    ),
    "users.sourcedId.no_contact": Pair(
        put(USERS, "par-1", phone="+15555550102"),
        [("users.sourcedId.no_contact", 7)],
        put(USERS, "tch-1", phone="+15555550102"),
    ),
    "users.agentSourcedIds.one_way": Pair(
        all_of(put(USERS, "stu-1", agentSourcedIds=""), put(USERS, "stu-2", agentSourcedIds="")),
        [("users.agentSourcedIds.one_way", 5)],
        put(USERS, "stu-1", agentSourcedIds="par-1,tch-1"),
    ),
}


def alike(code: str, found: list[Where]) -> list[str]:
    """Return the codes found that belong to a rule."""
    resource, field, problem = code.split(".")
    return [
        one
        for one, _ in found
        if one.endswith(f".{problem}")
        and ("{" in field or f".{field}." in one)
        and ("{" in resource or one.startswith(f"{resource}."))
    ]


@pytest.fixture(scope="module", params=["1.1", "1.2"])
def judged(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[list[Where], list[Where]]]:
    """What was found of the two samples of each pair of a version."""
    pairs, make = (PAIRS, district_1_1) if request.param == "1.1" else (PAIRS_1_2, district_1_2)
    base = tmp_path_factory.mktemp("judged")
    alterations = [alter for pair in pairs.values() for alter in (pair.breaks, pair.only_looks)]
    found = judge_each([*alterations, nothing], base, make)
    assert found[-1] == []
    return dict(zip(pairs, zip(found[:-1:2], found[1:-1:2], strict=True), strict=True))


def test_sample_that_breaks_a_rule(judged: dict[str, tuple[list[Where], list[Where]]]) -> None:
    expected = {code: sorted({**PAIRS, **PAIRS_1_2}[code].found, key=str) for code in judged}
    assert {code: sorted(found, key=str) for code, (found, _) in judged.items()} == expected


def test_sample_that_only_looks_as_if(judged: dict[str, tuple[list[Where], list[Where]]]) -> None:
    found = {code: alike(code, found) for code, (_, found) in judged.items()}
    assert {code: codes for code, codes in found.items() if codes} == {}


@pytest.mark.parametrize("code", ALONE)
def test_sample_of_a_rule_about_the_whole_delivery(code: str, tmp_path: Path) -> None:
    found = []
    for alter in (ALONE[code].breaks, ALONE[code].only_looks):
        package = district_1_1()
        alter(package)
        valid = find_problems(stage(package, tmp_path), published=None)
        found.append([(one.finding.code, one.finding.record) for one in valid.findings()])
    assert {*ALONE[code].found} <= {*found[0]}
    assert alike(code, found[1]) == []


def test_every_rule_about_rows_has_a_pair() -> None:
    rules = [
        rule
        for phase in ("conditions", "rows", "references", "circumstances", "relations")
        for rule in rules_in(phase)
    ]
    assert {*PAIRS, *PAIRS_1_2, *ALONE} == {rule.code for rule in rules}
