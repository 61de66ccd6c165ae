"""For every rule of the catalogue: one sample that breaks it, and one that only looks as if."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.packages import (
    CLASSES,
    COURSES,
    DEMOGRAPHICS,
    ORGS,
    SESSIONS,
    USERS,
    Package,
    small_district,
)
from tests.stages import Where, stage

from rollbook.oneroster import Resource
from rollbook.validation.catalogue import all_rules, rule_of
from rollbook.validation.problems import find_problems

Alter = Callable[[Package], object]


@dataclass(frozen=True)
class Pair:
    """Two alterations of the small district.

    Attributes:
        breaks: Causes exactly `found`, as code and record.
        only_looks: Causes no finding of this rule.
    """

    breaks: Alter
    found: list[Where]
    only_looks: Alter


def put(resource: Resource, sourced_id: str, **values: str) -> Alter:
    """Return what changes values of a row."""
    return lambda package: package.row(resource, sourced_id).update(values)


def add_copy(resource: Resource, sourced_id: str, **values: str) -> Alter:
    """Return what adds a row like another."""
    return lambda package: package.add(resource, **{**package.row(resource, sourced_id), **values})


def put_column(resource: Resource, name: str) -> Alter:
    return lambda package: package.columns[resource].append(name)


def put_file(name: str, content: str, encoding: str = "utf-8") -> Alter:
    return lambda package: package.raw.update({name: content.encode(encoding)})


def put_manifest(name: str, value: str) -> Alter:
    return lambda package: setattr(package, "manifest", {**(package.manifest or {}), name: value})


def all_of(*alterations: Alter) -> Alter:
    return lambda package: [alter(package) for alter in alterations]


def nothing(package: Package) -> None:
    """Leave the package as it is."""


HEADER = "sourcedId,name,type"
FRAME = f"{HEADER}\nd-1,Oak,district\nsch-1,E,school\nsch-2,H,school\n"

PAIRS: dict[str, Pair] = {
    # Files
    "package.manifest.missing": Pair(
        lambda package: setattr(package, "manifest", None),
        [("package.manifest.missing", None)],
        lambda package: (
            package.raw.update({"Manifest.csv": package.files()["manifest.csv"]})
            or setattr(package, "manifest", None)
        ),
    ),
    "package.manifest.unsupported_version": Pair(
        put_manifest("oneroster.version", "1.2"),
        [("package.manifest.unsupported_version", None)],
        put_manifest("oneroster.version", " 1.1 "),
    ),
    "package.manifest.unsupported_delta": Pair(
        put_manifest("file.users", "delta"),
        [("package.manifest.unsupported_delta", None)],
        put_manifest("file.results", "delta"),
    ),
    "package.manifest.unknown_mode": Pair(
        put_manifest("file.users", "complete"),
        [("package.manifest.unknown_mode", None)],
        put_manifest("file.somethingElse", "complete"),
    ),
    "package.file.unknown": Pair(
        put_file("results.csv", "sourcedId\n"),
        [("package.file.unknown", None)],
        put_file("Thumbs.db", "x"),
    ),
    "{resource}.file.missing": Pair(
        lambda package: (package.without_file(ORGS), setattr(package, "manifest", None)),
        [("orgs.file.missing", None), ("package.manifest.missing", None)],
        lambda package: (package.without_file(DEMOGRAPHICS), setattr(package, "manifest", None)),
    ),
    "{resource}.file.promised": Pair(
        lambda package: (
            package.without_file(DEMOGRAPHICS),
            put_manifest("file.demographics", "bulk")(package),
        ),
        [("demographics.file.promised", None)],
        lambda package: package.without_file(DEMOGRAPHICS),
    ),
    "{resource}.file.unexpected": Pair(
        put_manifest("file.demographics", "absent"),
        [("demographics.file.unexpected", None)],
        put_manifest("file.results", "absent"),
    ),
    "{resource}.file.empty": Pair(
        put_file("orgs.csv", f"{HEADER}\n\n,,\n"),
        [("orgs.file.empty", None)],
        put_file("demographics.csv", "sourcedId,sex\n"),
    ),
    "{resource}.file.header_only": Pair(
        put_file("demographics.csv", "sourcedId,sex\n"),
        [("demographics.file.header_only", None)],
        put_file("demographics.csv", "sourcedId,sex\nstu-1,"),
    ),
    "{resource}.file.not_utf8": Pair(
        put_file("orgs.csv", FRAME.replace("Oak", "École"), "cp1252"),
        [("orgs.file.not_utf8", None)],
        put_file("orgs.csv", FRAME.replace("Oak", "École \ufffd")),
    ),
    "{resource}.header.missing": Pair(
        put_file("orgs.csv", FRAME.replace("name", "Name")),
        [("orgs.header.missing", 1), ("orgs.header.unknown", 1)],
        put_file("orgs.csv", FRAME.replace("name", " name ")),
    ),
    "{resource}.header.duplicate": Pair(
        put_column(USERS, "email"),
        [("users.header.duplicate", 1)],
        put_column(USERS, "metadata.email"),
    ),
    "{resource}.header.unknown": Pair(
        put_column(USERS, "Email"),
        [("users.header.unknown", 1)],
        put_column(USERS, "metadata.Email"),
    ),
    "{resource}.row.too_short": Pair(
        put_file("demographics.csv", "sourcedId,sex\nstu-1\n"),
        [("demographics.row.too_short", 2)],
        put_file("demographics.csv", "sourcedId,sex\nstu-1,\n"),
    ),
    "{resource}.row.too_long": Pair(
        put_file("demographics.csv", "sourcedId,cityOfBirth\nstu-1,Oak, CA\n"),
        [("demographics.row.too_long", 2)],
        put_file("demographics.csv", 'sourcedId,cityOfBirth\nstu-1,"Oak, CA"\n'),
    ),
    "{resource}.row.bad_quoting": Pair(
        put_file("demographics.csv", 'sourcedId,cityOfBirth\nstu-1,"Oak" CA\n'),
        [("demographics.row.bad_quoting", 2)],
        put_file("demographics.csv", 'sourcedId,cityOfBirth\nstu-1,"Oak"" CA"\n'),
    ),
    "{resource}.row.bad_encoding": Pair(
        lambda package: package.raw.update(
            {"demographics.csv": b"sourcedId,cityOfBirth\nstu-1,\xc9\n,\xc3\xa9\xc3\xa9\nstu-2,a"}
        ),
        [
            ("demographics.sourcedId.missing", 3),
            ("demographics.row.bad_encoding", 2),
            ("demographics.sourcedId.unknown", 4),
        ],
        put_file("demographics.csv", "sourcedId,cityOfBirth\nstu-1,É\ufffd\n"),
    ),
    # Rows
    "{resource}.{field}.missing": Pair(
        put(USERS, "par-1", familyName=""),
        [("users.familyName.missing", 5), ("users.agentSourcedIds.set_aside", 4)],
        put(USERS, "par-1", middleName="", familyName="-"),
    ),
    "{resource}.{field}.too_long": Pair(
        add_copy(ORGS, "sch-2", sourcedId="x" * 256),
        [("orgs.sourcedId.too_long", 5)],
        add_copy(ORGS, "sch-2", sourcedId="é" * 255, name="x" * 5000),
    ),
    "{resource}.{field}.unusual_id": Pair(
        add_copy(ORGS, "sch-2", sourcedId="sch 3"),
        [("orgs.sourcedId.unusual_id", 5)],
        add_copy(ORGS, "sch-2", sourcedId="A.b-c_d/0@9"),
    ),
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
        lambda package: package.add(
            SESSIONS, **{**package.row(SESSIONS, "t-1"), "sourcedId": "t-3", "schoolYear": "26-27"}
        ),
        [("academicSessions.schoolYear.not_a_year", 5)],
        put(SESSIONS, "t-1", schoolYear="1999"),
    ),
    "academicSessions.endDate.ends_before_start": Pair(
        lambda package: package.add(
            SESSIONS,
            **{**package.row(SESSIONS, "t-1"), "sourcedId": "t-3", "endDate": "2026-08-17"},
        ),
        [("academicSessions.endDate.ends_before_start", 5)],
        put(SESSIONS, "t-1", endDate="2026-08-18"),
    ),
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
}


def found_in(alter: Alter, base: Path) -> list[Where]:
    package = small_district(students=1)
    alter(package)
    valid = find_problems(stage(package, base), published=None)
    return [(judged.finding.code, judged.finding.record) for judged in valid.findings()]


def test_every_rule_has_a_pair() -> None:
    assert set(PAIRS) == {rule.code for rule in all_rules()}


@pytest.mark.parametrize("code", PAIRS)
def test_sample_that_breaks_the_rule(code: str, tmp_path: Path) -> None:
    assert sorted(found_in(PAIRS[code].breaks, tmp_path), key=str) == sorted(
        PAIRS[code].found, key=str
    )


@pytest.mark.parametrize("code", PAIRS)
def test_sample_that_only_looks_as_if(code: str, tmp_path: Path) -> None:
    problem = code.rsplit(".", 1)[-1]
    found = [found for found, _ in found_in(PAIRS[code].only_looks, tmp_path)]
    part = code.split(".")[-2]
    alike = [
        one for one in found if one.endswith(f".{problem}") and ("{" in part or f".{part}." in one)
    ]
    assert alike == []


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_says_what_it_means_and_who_acts(rule) -> None:  # type: ignore[no-untyped-def]
    code = rule.code.format(resource="users", field="role")
    known = rule_of(code)
    for text in (known.title, known.meaning, known.repair, known.source):
        assert text
        assert "{" not in text
    assert known.meaning.endswith(".")
    assert known.repair.endswith(".")
    assert known.who in ("district", "SIS vendor", "application", "operator")


def test_problem_names_are_unique() -> None:
    problems = [rule.code for rule in all_rules()]
    assert len(problems) == len(set(problems))


def test_unknown_code_has_no_rule() -> None:
    with pytest.raises(KeyError):
        rule_of("users.role.nonsense")
