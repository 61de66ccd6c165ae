from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.packages import ORGS, USERS, Package, small_district
from tests.stages import query, stage

from rollbook.oneroster import Resource, Version, resources_of
from rollbook.staging.data import Finding


def found(package: Package, base: Path) -> list[Finding]:
    staged = stage(package, base)
    return [*staged.findings, *staged.refusals()]


def rename(old: str, new: str, resource: Resource = USERS) -> Callable[[Package], None]:
    """Return what renames a column."""

    def alter(package: Package) -> None:
        names = package.columns[resource]
        names[names.index(old)] = new
        for row in package.rows[resource]:
            row[new] = row.pop(old, "")

    return alter


def set_manifest(**properties: str) -> Callable[[Package], None]:
    def alter(package: Package) -> None:
        assert package.manifest is not None
        package.manifest |= {name.replace("_", "."): value for name, value in properties.items()}

    return alter


def raw(name: str, content: bytes) -> Callable[[Package], None]:
    return lambda package: package.raw.update({name: content})


def without_manifest(package: Package) -> None:
    package.manifest = None


CASES: dict[str, tuple[Callable[[Package], object], list[Finding]]] = {
    "required column renamed": (
        rename("givenName", "given"),
        [
            Finding("users.header.unknown", "users.csv", 1, field="given", value="givenName"),
            Finding("users.header.missing", "users.csv", 1, field="givenName", value="given"),
        ],
    ),
    "column in other capitals, with blanks": (
        rename("givenName", "Given Name"),
        [Finding("users.header.respelt", "users.csv", 1, field="givenName", value="Given Name")],
    ),
    "column as older exports call it": (
        rename("agentSourcedIds", "agents"),
        [Finding("users.header.alias", "users.csv", 1, field="agentSourcedIds", value="agents")],
    ),
    "column with a mark that nobody sees": (
        rename("givenName", "given\u200bName"),
        [
            Finding(
                "users.header.invisible",
                "users.csv",
                1,
                field="givenName",
                value="ZERO WIDTH SPACE",
            )
        ],
    ),
    "column without a name": (
        rename("middleName", ""),
        [Finding("users.header.unnamed", "users.csv", 1, field="column 11")],
    ),
    "optional column renamed": (
        rename("middleName", "second"),
        [Finding("users.header.unknown", "users.csv", 1, field="second")],
    ),
    "extension column": (rename("middleName", "metadata.second"), []),
    "column twice": (
        rename("middleName", "email"),
        [Finding("users.header.duplicate", "users.csv", 1, field="email")],
    ),
    "file without a byte": (
        raw("orgs.csv", b""),
        [
            Finding("orgs.header.missing", "orgs.csv", 1, field=name)
            for name in ("sourcedId", "name", "type")
        ],
    ),
    "required file without rows": (
        lambda package: package.rows[ORGS].clear(),
        [Finding("orgs.file.empty", "orgs.csv")],
    ),
    "required file without a usable row": (
        raw("orgs.csv", b"sourcedId,name,type\nd-1\n"),
        [
            Finding("orgs.file.empty", "orgs.csv"),
            Finding("orgs.row.too_short", "orgs.csv", 2, value="d-1"),
        ],
    ),
    "optional file without rows": (
        lambda package: package.rows[Resource.DEMOGRAPHICS].clear(),
        [Finding("demographics.file.header_only", "demographics.csv")],
    ),
    "optional file without a usable row": (
        raw("demographics.csv", b"sourcedId,sex\nstu-1\n"),
        [Finding("demographics.row.too_short", "demographics.csv", 2, value="stu-1")],
    ),
    "required file left out": (
        lambda package: (package.without_file(ORGS), set_manifest(file_orgs="bulk")(package)),
        [Finding("orgs.file.promised", "orgs.csv")],
    ),
    "required file left out and not mentioned": (
        lambda package: (package.without_file(ORGS), without_manifest(package)),
        [
            Finding("package.manifest.missing", "manifest.csv"),
            Finding("orgs.file.missing", "orgs.csv"),
        ],
    ),
    "files left out as announced": (
        lambda package: [
            package.without_file(resource) for resource in resources_of(Version.V1_1)[1:]
        ],
        [],
    ),
    "file there against the manifest": (
        set_manifest(file_orgs="absent"),
        [Finding("orgs.file.unexpected", "orgs.csv")],
    ),
    "no manifest": (without_manifest, [Finding("package.manifest.missing", "manifest.csv")]),
    "another version": (
        set_manifest(oneroster_version="2.0"),
        [
            Finding(
                "package.manifest.unsupported_version",
                "manifest.csv",
                field="oneroster.version",
                value="2.0",
            )
        ],
    ),
    "manifest without a byte": (
        raw("manifest.csv", b""),
        [
            Finding("package.manifest.missing_property", "manifest.csv", field="oneroster.version"),
        ],
    ),
    "changes only": (
        set_manifest(file_users="delta"),
        [
            Finding(f"users.{name}.not_in_delta", "users.csv", 2, field=name, rows=4)
            for name in ("status", "dateLastModified")
        ],
    ),
    "a word that the standard does not know": (
        set_manifest(file_users="full"),
        [
            Finding(
                "package.manifest.unknown_mode", "manifest.csv", field="file.users", value="full"
            )
        ],
    ),
    "manifest with an asterisk, quotes and a BOM": (
        raw(
            "manifest.csv",
            b'\xef\xbb\xbf"propertyName","value"\n"oneroster.version*","1.1"\n'
            b'"file.users*"," bulk"',
        ),
        [],
    ),
    "manifest with short lines, long lines and a NUL": (
        raw(
            "manifest.csv", b"propertyName,value\n\n\noneroster.version,1.1,x\nfile.users\n\0,\0\n"
        ),
        [],
    ),
    "Windows-1252": (
        raw("orgs.csv", "sourcedId,name,type\nd-1,L’École,district\n".encode("cp1252")),
        [Finding("orgs.file.not_utf8", "orgs.csv", value="Windows-1252")],
    ),
    "Latin-1": (
        raw("orgs.csv", "sourcedId,name,type\nd-1,École,district\n".encode("latin-1")),
        [Finding("orgs.file.not_utf8", "orgs.csv", value="ISO 8859-1 (Latin-1)")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_findings_about_files(name: str, tmp_path: Path) -> None:
    alter, expected = CASES[name]
    package = small_district(students=1)
    alter(package)
    assert found(package, tmp_path) == expected


def test_columns_are_found_by_name_whatever_their_order(tmp_path: Path) -> None:
    package = small_district(students=1)
    package.columns[ORGS].reverse()
    package.columns[ORGS].insert(2, "metadata.mascot")
    package.row(ORGS, "sch-1")["metadata.mascot"] = 'The "Oaks", é'
    staged = stage(package, tmp_path)
    rows = query(
        staged.workspace,
        "select sourcedId, name, type, parentSourcedId, metadata ->> 'mascot' from orgs "
        "order by record limit 2",
    )
    assert rows == [
        ("d-1", "Oak Unified", "district", None, None),
        ("sch-1", "Oak Elementary", "school", "d-1", 'The "Oaks", é'),
    ]


@pytest.mark.parametrize(
    "name", ["x'); drop table orgs; --", '"', "metadata.", "metadata.{a}", "ü"]
)
def test_name_of_an_extension_column_is_data(name: str, tmp_path: Path) -> None:
    package = small_district(students=1)
    package.columns[ORGS].append(name)
    package.row(ORGS, "d-1")[name] = "value"
    staged = stage(package, tmp_path)
    keys = "select json_keys(metadata), count(*) over () from orgs where metadata is not null"
    assert query(staged.workspace, keys) == [([name.removeprefix("metadata.")], 1)]


def test_extension_columns_that_mean_the_same_are_one(tmp_path: Path) -> None:
    package = small_district(students=1)
    package.columns[ORGS] += ["mascot", "metadata.mascot"]
    package.row(ORGS, "d-1")["mascot"] = "bear"
    package.row(ORGS, "d-1")["metadata.mascot"] = "bear"
    metadata = "select metadata from orgs where metadata is not null"
    assert query(stage(package, tmp_path).workspace, metadata) == [('{"mascot":"bear"}',)]


def test_password_is_never_read(tmp_path: Path) -> None:
    package = small_district(students=1)
    package.row(USERS, "stu-1")["password"] = "not for us"
    staged = stage(package, tmp_path)
    row = query(staged.workspace, "select * from users where sourcedId = 'stu-1'")[0]
    assert "not for us" not in row


SESSIONS_WITHOUT_YEAR = """sourcedId,title,type,startDate,endDate
ay,2026-27,schoolYear,2026-08-17,{year_end}
s1,Fall,semester,2026-08-17,12/19/2026
s2,Spring,semester,2027-01-05,2027-06-05
sum,Summer,term,2027-06-20,2027-09-01
bad,?,term,2027-06-20,soon
"""


@pytest.mark.parametrize(
    ("year_end", "years"),
    [
        ("2027-06-05", ["2027", "2027", "2027", "2027", None]),
        ("2026-12-20", ["2026", "2026", "2027", "2027", None]),  # a year of the calendar
    ],
)
def test_school_year_is_told_by_the_dates_of_a_session(
    year_end: str, years: list[str | None], tmp_path: Path
) -> None:
    package = small_district()
    text = SESSIONS_WITHOUT_YEAR.format(year_end=year_end)
    package.raw["academicSessions.csv"] = text.encode()
    staged = stage(package, tmp_path)
    sql = 'select schoolYear from "academicSessions" order by record'
    assert [year for (year,) in query(staged.workspace, sql)] == years
    assert "schoolYear" not in staged.files[Resource.ACADEMIC_SESSIONS].unstated
