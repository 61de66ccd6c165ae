"""A district's own headers and codes, in the words of the format."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.packages import ORGS, USERS, Package, small_district
from tests.stages import open_folder, query

from rollbook.errors import SourceDataError
from rollbook.staging.data import Finding, Mappings, Reading, StagedRoster
from rollbook.staging.mapping import read_mappings
from rollbook.staging.stage import stage_files

OWN_WORDS = """
[users.columns]
"Student No." = "sourcedId"
"Grade" = "grades"

[users.constants]
enabledUser = "true"

[users.values.grades]
"Third" = "03"
"K" = "KG"

[users.values.role]
"Pupil" = "student"
"""


def mapping(tmp_path: Path, text: str, name: str = "own.toml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def district_in_own_words() -> Package:
    package = small_district(students=1)
    for row in package.rows[USERS]:
        row["Student No."] = row.pop("sourcedId")
        row["Grade"] = "Third,K" if row.pop("grades", "") else ""
        row["role"] = row["role"].replace("student", "Pupil")
        row.pop("enabledUser")
    names = {"sourcedId": "Student No.", "grades": "Grade"}
    package.columns[USERS] = [
        names.get(name, name) for name in package.columns[USERS] if name != "enabledUser"
    ]
    return package


def read(package: Package, tmp_path: Path, mappings: Mappings) -> StagedRoster:
    workspace = open_folder(tmp_path)
    path = package.write(workspace.folder / "delivery")
    return stage_files(path, workspace=workspace, reading=Reading(mappings=mappings))


def test_own_headers_constants_and_codes_are_understood(tmp_path: Path) -> None:
    mappings = read_mappings(mapping(tmp_path, OWN_WORDS))
    staged = read(district_in_own_words(), tmp_path, mappings)
    assert staged.findings == ()
    rows = query(
        staged.workspace,
        "select sourcedId, role, grades, enabledUser from users where sourcedId = 'stu-1'",
    )
    assert rows == [("stu-1", "student", "03,KG", "true")]


def test_without_the_mapping_the_nearest_header_is_offered(tmp_path: Path) -> None:
    package = small_district(students=1)
    package.columns[ORGS] = ["sourcedId", "nam", "type"]
    staged = read(package, tmp_path, Mappings())
    assert Finding("orgs.header.missing", "orgs.csv", 1, field="name", value="nam") in (
        staged.findings
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '[users.columns]\n"A" = "email"\n"B" = "email"\n',
            [("mapping.column.two_headers", "users.email", "A, B")],
        ),
        ('[users.columns]\n"A" = "e-mail"\n', [("mapping.column.unknown", "users.e-mail", None)]),
        ('[people.columns]\n"A" = "email"\n', [("mapping.file.unknown", "people", None)]),
        (
            '[users.columns]\nemail = "email"\n[users.constants]\nemail = "x"\n',
            [("mapping.column.also_constant", "users.email", None)],
        ),
        (
            '[users.constants]\nsourcedId = "x"\n',
            [("mapping.constant.of_an_id", "users.sourcedId", None)],
        ),
        (
            '[users.values.role]\nPupil = "studnt"\nCoach = "ext:coach"\n',
            [("mapping.value.unknown_word", "users.role", "studnt")],
        ),
        (
            '[users.columns]\ngivenName = "familyName"\n',
            [("mapping.column.two_headers", "users.familyName", "familyName, givenName")],
        ),
    ],
)
def test_mapping_is_checked_like_data(
    text: str, expected: list[tuple[str, str, str | None]], tmp_path: Path
) -> None:
    staged = read(small_district(students=1), tmp_path, read_mappings(mapping(tmp_path, text)))
    found = [(it.code, it.field, it.value) for it in staged.findings if it.file == "own.toml"]
    assert [it for it in found if it[0] != "mapping.header.not_in_file"] == expected


def test_header_that_the_file_no_longer_has_is_named(tmp_path: Path) -> None:
    mappings = read_mappings(mapping(tmp_path, '[users.columns]\n"Mail" = "email"\n'))
    staged = read(small_district(students=1), tmp_path, mappings)
    assert [(it.code, it.field) for it in staged.findings] == [
        ("mapping.header.not_in_file", "users.Mail")
    ]


def test_id_from_another_column_than_before_is_found(tmp_path: Path) -> None:
    before = mapping(tmp_path, '[users.columns]\n"Local ID" = "sourcedId"\n', "before.toml")
    now = mapping(tmp_path, '[users.columns]\n"State ID" = "sourcedId"\n')
    mappings = read_mappings(now, previous=before)
    staged = read(small_district(students=1), tmp_path, mappings)
    assert "mapping.id.moved" in [it.code for it in staged.findings]
    same = read_mappings(now, previous=now)
    staged = read(small_district(students=1), tmp_path, same)
    assert "mapping.id.moved" not in [it.code for it in staged.findings]


@pytest.mark.parametrize(
    "text", ["= 3", "[users]\nrows = 3\n", "[users.columns]\na = 3\n", "users = 3\n"]
)
def test_mapping_that_is_none_is_refused_with_its_name(text: str, tmp_path: Path) -> None:
    with pytest.raises(SourceDataError, match=r"own\.toml"):
        read_mappings(mapping(tmp_path, text))


def test_mapping_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceDataError, match=r"no mapping file own\.toml"):
        read_mappings(tmp_path / "own.toml")
