"""For every rule about files: one package that breaks it, and one that only looks as if."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from tests.packages import (
    CLASSES,
    DEMOGRAPHICS,
    ORGS,
    SESSIONS,
    USERS,
    Package,
    small_district,
)
from tests.stages import Where, open_folder, query
from tests.validation.alterations import (
    Alter,
    Pair,
    all_of,
    nothing,
    put,
    put_column,
    put_file,
    put_manifest,
)

from rollbook.oneroster import Ownership, RecordKind, Resource
from rollbook.staging.data import HeaderMapping, Mappings, Reading, StagedRoster
from rollbook.staging.formats.options import Derivation
from rollbook.staging.mapping import find_mapping_problems
from rollbook.staging.stage import stage_files
from rollbook.validation.catalogue import all_rules, file_rules, rule_of
from rollbook.validation.problems import find_problems

SAMPLES = Path(__file__).parents[1] / "samples"
HEADER = "sourcedId,name,type"
FRAME = f"{HEADER}\nd-1,Oak,district\nsch-1,E,school\nsch-2,H,school\n"


def rename_property(name: str, to: str) -> Alter:
    """Return what puts another property into the place of one."""

    def alter(package: Package) -> None:
        text = package.files()["manifest.csv"].decode().replace(name, to)
        package.raw["manifest.csv"] = text.encode()

    return alter


def mark_active(resource: Resource) -> Alter:
    """Return what fills status and date of all rows."""
    values = {"status": "active", "dateLastModified": "2026-08-01T00:00:00.000Z"}
    return lambda package: [row.update(values) for row in package.rows[resource]]


def without_column(resource: Resource, name: str) -> Alter:
    """Return what leaves a column out."""
    return lambda package: package.without_column(resource, name)


def turn_columns(resource: Resource) -> Alter:
    """Return what lets two columns change places."""

    def alter(package: Package) -> None:
        columns = package.columns[resource]
        columns[3], columns[4] = columns[4], columns[3]

    return alter


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
        put_manifest("oneroster.version", "2.0"),
        [("package.manifest.unsupported_version", None)],
        put_manifest("oneroster.version", " 1.1 "),
    ),
    "package.manifest.missing_property": Pair(
        rename_property("oneroster.version", "source.systemName"),
        [("package.manifest.missing_property", None)],
        put_manifest("source.systemName", ""),
    ),
    "package.manifest.duplicate_property": Pair(
        lambda package: package.raw.update(
            {"manifest.csv": package.files()["manifest.csv"] + b"file.orgs,bulk\r\n"}
        ),
        [("package.manifest.duplicate_property", None)],
        put_manifest("file.results", "absent"),
    ),
    "package.manifest.unknown_property": Pair(
        put_manifest("file.lunches", "bulk"),
        [("package.manifest.unknown_property", None)],
        put_manifest("source.systemCode", "x"),
    ),
    "package.manifest.unknown_mode": Pair(
        put_manifest("file.users", "complete"),
        [("package.manifest.unknown_mode", None)],
        put_manifest("file.users", "Bulk"),
    ),
    "package.file.unknown": Pair(
        put_file("lunches.csv", "sourcedId\n"),
        [("package.file.unknown", None)],
        put_file("Thumbs.db", "x"),
    ),
    "package.file.not_roster": Pair(
        put_file("results.csv", "sourcedId\n"),
        [("package.file.not_roster", None)],
        put_file("lunches.csv", "sourcedId\n"),
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
        [("orgs.file.empty", None), ("orgs.file.blank_lines", None)],
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
        put_file("orgs.csv", FRAME.replace("name", "label")),
        [("orgs.header.missing", 1), ("orgs.header.unknown", 1)],
        put_file("orgs.csv", FRAME.replace("name", "Name")),
    ),
    "academicSessions.schoolYear.told_by_dates": Pair(
        without_column(SESSIONS, "schoolYear"),
        [("academicSessions.schoolYear.told_by_dates", 1)],
        put_file(
            "academicSessions.csv",
            "sourcedId,title,type,startDate,endDate,schoolYearId\n"
            "ay,2026-27,schoolYear,2026-08-17,2027-06-05,2027\n",
        ),
    ),
    "{resource}.header.respelt": Pair(
        put_file("orgs.csv", FRAME.replace("sourcedId", "sourced_ID")),
        [("orgs.header.respelt", 1)],
        put_file("orgs.csv", FRAME.replace("type", "type,Name")),
    ),
    "{resource}.header.alias": Pair(
        put_file("orgs.csv", FRAME.replace("sourcedId", "orgId")),
        [("orgs.header.alias", 1)],
        put_file("orgs.csv", FRAME.replace("type", "type,orgId")),
    ),
    "{resource}.header.invisible": Pair(
        put_file("orgs.csv", FRAME.replace("name", "name\u200b")),
        [("orgs.header.invisible", 1)],
        put_file("orgs.csv", "\ufeff" + FRAME),
    ),
    "{resource}.header.unnamed": Pair(
        put_file("orgs.csv", f"{HEADER.replace('type', ',type')}\nd-1,Oak,x,district\n"),
        [("orgs.header.unnamed", 1)],
        put_file("orgs.csv", FRAME.replace("\n", ",\n")),
    ),
    "{resource}.file.delimiter": Pair(
        put_file("orgs.csv", FRAME.replace(",", ";")),
        [("orgs.file.delimiter", None)],
        put_file("orgs.csv", FRAME.replace("Oak", "Oak;Elm;Ash")),
    ),
    "{resource}.file.mixed_line_ends": Pair(
        put_file("orgs.csv", FRAME.replace("\n", "\r\n", 1)),
        [("orgs.file.mixed_line_ends", None)],
        put_file("orgs.csv", FRAME.replace("Oak", '"Oak\r\nUnified"')),
    ),
    "{resource}.file.lone_cr": Pair(
        put_file("orgs.csv", FRAME.replace("\n", "\r")),
        [("orgs.file.lone_cr", None)],
        put_file("orgs.csv", FRAME.replace("\n", "\r\n")),
    ),
    "{resource}.file.blank_lines": Pair(
        put_file("orgs.csv", FRAME.replace("\n", "\n\n", 2)),
        [("orgs.file.blank_lines", None)],
        put_file("orgs.csv", FRAME.removesuffix("\n").replace("Oak", '"Oak\nUnified"')),
    ),
    "{resource}.file.nul_bytes": Pair(
        put_file("orgs.csv", FRAME.replace("Oak", "Oak\0\0")),
        [("orgs.file.nul_bytes", None)],
        put_file("orgs.csv", FRAME.replace("Oak", "Oak\\0")),
    ),
    "{resource}.file.twice_encoded": Pair(
        put_file("orgs.csv", FRAME.replace("Oak", "\u00c3\u2030cole")),
        [("orgs.file.twice_encoded", None)],
        put_file("orgs.csv", FRAME.replace("Oak", "CONCEI\u00c7\u00c3O")),
    ),
    "{resource}.file.trailing_delimiter": Pair(
        put_file("orgs.csv", FRAME.replace("\n", ",\n")),
        [("orgs.file.trailing_delimiter", None)],
        put_file("orgs.csv", FRAME.replace("type", "type,metadata.x").replace("l\n", "l,\n")),
    ),
    "{resource}.row.loose_quotes": Pair(
        put_file("orgs.csv", FRAME.replace("Oak", '"The "Oak" school"')),
        [("orgs.row.loose_quotes", 2)],
        put_file("orgs.csv", FRAME.replace("Oak", '"The ""Oak"" school"')),
    ),
    "{resource}.row.too_large": Pair(
        put_file("orgs.csv", FRAME.replace("sch-2,H,", "sch-2," + "x" * 12_500_000 + ",")),
        [("orgs.row.too_large", 4)],
        put_file("orgs.csv", FRAME.replace("sch-2,H,", "sch-2," + "x" * 1_000_000 + ",")),
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
        [("demographics.row.bad_encoding", 2)],
        put_file("demographics.csv", "sourcedId,cityOfBirth\nstu-1,É\ufffd\n"),
    ),
    # Values that were put right
    "{resource}.{field}.in_bulk": Pair(
        all_of(*(put(CLASSES, one, status="active") for one in ("cls-11", "cls-12"))),
        [("classes.status.in_bulk", 2)],
        put_manifest("file.classes", "bulk"),
    ),
    "{resource}.{field}.not_in_delta": Pair(
        put_manifest("file.classes", "delta"),
        [("classes.dateLastModified.not_in_delta", 2), ("classes.status.not_in_delta", 2)],
        all_of(put_manifest("file.classes", "delta"), mark_active(CLASSES)),
    ),
    "{resource}.{field}.padded": Pair(
        put(CLASSES, "cls-11", title=" Science "),
        [("classes.title.padded", 2)],
        put(CLASSES, "cls-11", title="Science  1"),
    ),
    "{resource}.{field}.placeholder": Pair(
        put(CLASSES, "cls-11", location="N/A"),
        [("classes.location.placeholder", 2)],
        put(CLASSES, "cls-11", location="Nullhall", title="-"),
    ),
    "{resource}.{field}.respelt": Pair(
        put(USERS, "stu-1", role="Student", enabledUser="1"),
        [("users.enabledUser.respelt", 4), ("users.role.respelt", 4)],
        put(USERS, "stu-1", username="TRUE"),
    ),
    "{resource}.{field}.rewritten": Pair(
        put(SESSIONS, "t-1", startDate="08/17/2026"),
        [("academicSessions.startDate.rewritten", 3)],
        put(SESSIONS, "t-1", startDate="2026-08-17", title="08/17/2026"),
    ),
    "{resource}.{field}.spaced": Pair(
        put(CLASSES, "cls-11", termSourcedIds="t-1, t-2"),
        [("classes.termSourcedIds.spaced", 2)],
        put(CLASSES, "cls-11", title="One, two"),
    ),
}

STRICT: dict[str, Pair] = {
    "{resource}.file.has_bom": Pair(
        put_file("orgs.csv", "\ufeff" + FRAME),
        [("orgs.file.has_bom", None)],
        put_file("orgs.csv", FRAME.replace("Oak", "\ufeffOak")),
    ),
    "{resource}.header.absent": Pair(
        put_file("orgs.csv", FRAME),
        [("orgs.header.absent", 1)],
        nothing,
    ),
    "{resource}.header.order": Pair(
        turn_columns(ORGS),
        [("orgs.header.order", 1)],
        put_column(ORGS, "metadata.zip"),
    ),
    "{resource}.header.metadata_position": Pair(
        lambda package: package.columns[ORGS].insert(4, "metadata.zip"),
        [("orgs.header.metadata_position", 1)],
        put_column(ORGS, "metadata.zip"),
    ),
}

# Of the Clever format: what of the sample breaks the rule, after a change of a file, and what does
# so no more, after another. Each change is a file, a text in it and what comes into its place.
Edit = tuple[str, str, str]
CLEVER: dict[str, tuple[str, tuple[Edit, ...], tuple[Edit, ...]]] = {
    "users.sourcedId.prefixed": (
        "users.sourcedId.prefixed",
        (),
        (
            ("teachers.csv", "0101,1001,", "0101,T1,"),
            ("sections.csv", ",1001,", ",T1,"),
            ("contacts.csv", "1003,1004", "C3,1004"),
        ),
    ),
    "{resource}.{field}.unstated": (
        "users.email.unstated",
        (),
        (("staff.csv", "P5,,", "P5,sokafor@rio.example,"),),
    ),
    "{resource}.{field}.read_as_date": (
        "classes.grades.read_as_date",
        (),
        (("sections.csv", "8-Jun", "6-8"),),
    ),
    "{resource}.extension.unknown_record": (
        "users.extension.unknown_record",
        (),
        (("students_ext.csv", "9999", "1002"),),
    ),
    "users.contact.unnamed": (
        "users.contact.unnamed",
        (),
        (("students.csv", "Emergency,,5755551005", "Emergency,Jo Smith,5755551005"),),
    ),
    "users.contact.untyped": (
        "users.contact.untyped",
        (("students.csv", "Aunt/Uncle,Family,", "Aunt/Uncle,,"),),
        (),
    ),
}

FIELD = Reading()
OLD = Mappings(name="old.toml", files={"users": HeaderMapping(columns={"No": "sourcedId"})})
COLUMNS = {"users": ["sourcedId", "identifier", "role"]}
HEADERS = {"users": ["No", "Key", "role"]}


def users_mapping(**parts: Any) -> Mappings:
    return Mappings(name="map.toml", files={"users": HeaderMapping(**parts)}, previous=OLD)


# Each with what breaks the rule and what only looks as if; the mapping before led No to sourcedId.
MAPPINGS: dict[str, tuple[Mappings, Mappings]] = {
    "mapping.file.unknown": (
        Mappings(files={"pupils": HeaderMapping()}),
        Mappings(files={"users": HeaderMapping()}),
    ),
    "mapping.column.unknown": (
        users_mapping(columns={"No": "sourcedId", "role": "rank"}),
        users_mapping(columns={"No": "sourcedId", "role": "role"}),
    ),
    "mapping.column.two_headers": (
        users_mapping(columns={"No": "sourcedId", "Key": "sourcedId"}),
        users_mapping(columns={"No": "sourcedId", "Key": "identifier"}),
    ),
    "mapping.column.also_constant": (
        users_mapping(columns={"No": "sourcedId", "role": "role"}, constants={"role": "x"}),
        users_mapping(columns={"No": "sourcedId"}, constants={"role": "x"}),
    ),
    "mapping.header.not_in_file": (
        users_mapping(columns={"No": "sourcedId", "Number": "identifier"}),
        users_mapping(columns={"No": "sourcedId", "Key": "identifier"}),
    ),
    "mapping.id.moved": (
        users_mapping(columns={"Key": "sourcedId"}),
        users_mapping(columns={"No": "sourcedId", "Key": "identifier"}),
    ),
    "mapping.value.unknown_word": (
        users_mapping(values={"role": {"Pupil": "pupil"}}),
        users_mapping(values={"role": {"Pupil": "student", "Coach": "ext:coach"}}),
    ),
    "mapping.constant.of_an_id": (
        users_mapping(constants={"sourcedId": "1"}),
        users_mapping(constants={"email": "1"}),
    ),
}
WORDS = {("users", "role"): ("student", "teacher")}


def staged(alter: Alter, base: Path, *, strict: bool = False) -> StagedRoster:
    package = small_district(students=1)
    alter(package)
    workspace = open_folder(base)
    path = package.write(workspace.folder / "delivery")
    return stage_files(path, workspace=workspace, reading=Reading(strict=strict))


def found_in(alter: Alter, base: Path, *, strict: bool = False) -> list[Where]:
    roster = staged(alter, base, strict=strict)
    lenient = query(roster.workspace, "select code, record from tolerations")
    findings = [*roster.findings, *roster.refusals()]
    return [*((finding.code, finding.record) for finding in findings), *lenient]


def alike(code: str, found: list[Where]) -> list[str]:
    """Return the codes found that belong to a rule."""
    *_, part, problem = code.split(".")
    return [
        one
        for one, _ in found
        if one.endswith(f".{problem}") and ("{" in part or f".{part}." in one)
    ]


def test_every_rule_about_files_has_a_pair() -> None:
    apart = {
        "package.delta.without_base",
        "{resource}.{field}.derived",
        "{resource}.row.not_owned",
        "users.sourcedId.erased",  # tests/history/test_erasure.py
    }
    rules = {rule.code for rule in file_rules("reading.toml")}
    assert {*PAIRS, *STRICT, *CLEVER, *MAPPINGS, *apart} == rules


@pytest.mark.parametrize("code", PAIRS)
def test_package_that_breaks_the_rule(code: str, tmp_path: Path) -> None:
    found = found_in(PAIRS[code].breaks, tmp_path)
    assert sorted(found, key=str) == sorted(PAIRS[code].found, key=str)


@pytest.mark.parametrize("code", PAIRS)
def test_package_that_only_looks_as_if(code: str, tmp_path: Path) -> None:
    assert alike(code, found_in(PAIRS[code].only_looks, tmp_path)) == []


@pytest.mark.parametrize("code", STRICT)
def test_package_that_breaks_the_letter_of_the_standard(code: str, tmp_path: Path) -> None:
    pair = STRICT[code]
    assert {*pair.found} <= {*found_in(pair.breaks, tmp_path, strict=True)}
    assert alike(code, found_in(pair.breaks, tmp_path)) == []
    found = found_in(pair.only_looks, tmp_path, strict=True)
    assert [one for one in alike(code, found) if one.startswith("orgs.")] == []


def found_in_clever(edits: tuple[Edit, ...], base: Path, *, reading: Reading = FIELD) -> set[str]:
    workspace = open_folder(base)
    delivery = copytree(SAMPLES / "clever", workspace.folder / "delivery")
    for name, text, other in edits:
        content = (delivery / name).read_text(encoding="utf-8")
        assert text in content
        (delivery / name).write_text(content.replace(text, other), encoding="utf-8")
    roster = stage_files(delivery, workspace=workspace, reading=reading)
    rows = query(workspace, "select distinct code from adapter_findings")
    return {*(finding.code for finding in roster.findings), *(code for (code,) in rows)}


@pytest.mark.parametrize("code", CLEVER)
def test_delivery_of_another_format_that_breaks_the_rule(code: str, tmp_path: Path) -> None:
    found, breaks, only_looks = CLEVER[code]
    assert found in found_in_clever(breaks, tmp_path)
    assert found not in found_in_clever(only_looks, tmp_path)


def test_what_was_derived_is_said_and_what_was_not_is_not(tmp_path: Path) -> None:
    derived = "classes.title.derived"
    assert derived in found_in_clever((), tmp_path)
    switched_off = Reading(switched_off=frozenset(Derivation))
    assert derived not in found_in_clever((), tmp_path, reading=switched_off)


@pytest.mark.parametrize("code", MAPPINGS)
def test_mapping_that_breaks_the_rule_and_one_that_only_looks_as_if(code: str) -> None:
    def found(mappings: Mappings) -> list[str]:
        return [found.code for found in find_mapping_problems(mappings, COLUMNS, HEADERS, WORDS)]

    breaks, only_looks = MAPPINGS[code]
    assert code in found(breaks)
    assert code not in found(only_looks)


def test_changes_without_what_they_change_stop(tmp_path: Path) -> None:
    code = "package.delta.without_base"
    delta = staged(put_manifest("file.classes", "delta"), tmp_path)
    assert code in {finding.code for finding in find_problems(delta, published=None).stops}
    bulk = staged(put_manifest("file.classes", "bulk"), tmp_path)
    assert find_problems(bulk, published=None).stops == ()


def test_rows_that_the_source_does_not_own_are_counted_and_its_own_are_not(tmp_path: Path) -> None:
    for number, kinds in enumerate(({RecordKind.STUDENTS}, set(RecordKind))):
        (tmp_path / str(number)).mkdir()
        valid = find_problems(
            staged(nothing, tmp_path / str(number)),
            published=None,
            ownership=Ownership(kinds=frozenset(kinds)),
        )
        found = {
            it.finding.file: it.finding.rows
            for it in valid.findings()
            if it.finding.code.endswith(".row.not_owned")
        }
        if kinds == {RecordKind.STUDENTS}:
            assert {"orgs.csv", "classes.csv", "enrollments.csv"} <= {*found}
            assert found["users.csv"] == len(small_district(students=1).rows[USERS]) - 1
        else:
            assert found == {}


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_says_what_it_means_and_who_acts(rule) -> None:  # type: ignore[no-untyped-def]
    code = rule.code.format(resource="users", field="role")
    known = rule_of(code)
    for text in (known.title, known.meaning, known.repair, known.source):
        assert text
        assert not re.search(r"\{\w+\}", text)
    assert known.meaning.endswith(".")
    assert known.repair.endswith(".")
    assert known.who in ("district", "SIS vendor", "application", "operator")


def test_there_are_rules_for_all_that_the_references_name() -> None:
    assert len(all_rules()) >= 80


def test_problem_names_are_unique() -> None:
    problems = [rule.code for rule in all_rules()]
    assert len(problems) == len(set(problems))


def test_unknown_code_has_no_rule() -> None:
    with pytest.raises(KeyError):
        rule_of("users.role.nonsense")
