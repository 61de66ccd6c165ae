from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.convert.conftest import PASSWORD, ReadAgain, Written
from tests.convert.rosters import (
    header_of,
    made,
    rows_of,
    small_school,
)

from rollbook.convert.write import write_package
from rollbook.oneroster import Resource, Version, fields_of, resources_of
from rollbook.staging.data import Workspace
from rollbook.staging.formats.data import Format

ONEROSTER = (Format.ONEROSTER_1_1, Format.ONEROSTER_1_2)


@pytest.mark.parametrize("to", ONEROSTER)
def test_headers_are_those_of_the_version_in_order(to: Format, written: Written) -> None:
    out, conversion = written(to)
    assert to.version
    for resource in resources_of(to.version):
        if resource.filename in conversion.row_counts:
            names = [field.name for field in fields_of(resource, to.version)]
            assert header_of(out, resource) == names


@pytest.mark.parametrize("to", ONEROSTER)
def test_manifest_tells_of_every_file_of_the_version(
    to: Format, without_demographics: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    write_package(without_demographics, to=to, out=out)
    manifest = {row["propertyName"]: row["value"] for row in rows_of(out, "manifest")}
    modes = {name: value for name, value in manifest.items() if name.startswith("file.")}
    assert manifest["oneroster.version"] == to.version
    assert len(modes) == {Version.V1_1: 13, Version.V1_2: 21}[Version(to.version or "")]
    written = {f"file.{path.stem}" for path in out.iterdir()} - {"file.manifest"}
    assert {name for name, mode in modes.items() if mode == "bulk"} == written
    assert "file.demographics" not in written


def test_version_1_0_has_no_manifest(written: Written) -> None:
    out, conversion = written(Format.ONEROSTER_1_0)
    assert len(conversion.row_counts) == 7
    assert not (out / "manifest.csv").exists()


def test_lines_end_as_csv_wants_and_nothing_comes_before_the_header(written: Written) -> None:
    out, _ = written(Format.ONEROSTER_1_2)
    for path in out.iterdir():
        content = path.read_bytes()
        assert content.count(b"\r\n") == content.count(b"\n") == content.count(b"\r")
        assert content.endswith(b"\r\n")
        assert content[:3] != b"\xef\xbb\xbf"


def test_only_values_that_need_quotes_have_them(written: Written) -> None:
    out, _ = written(Format.ONEROSTER_1_1)
    orgs = (out / "orgs.csv").read_text(encoding="utf-8")
    assert '"Oak ""North"" High, upper"' in orgs
    assert ",Oak Elementary," in orgs
    assert ',"t-1,t-2",' in (out / "classes.csv").read_text(encoding="utf-8")


def test_zip_holds_the_same_files_and_bytes_each_time(district: Workspace, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip", "folder"):
        write_package(district, to=Format.ONEROSTER_1_2, out=tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert files == {path.name: path.read_bytes() for path in (tmp_path / "folder").iterdir()}


@pytest.mark.parametrize("to", Format)
def test_envelope_and_password_stay_blank(to: Format, written: Written) -> None:
    out, _ = written(to)
    for path in out.iterdir():
        assert PASSWORD.encode() not in path.read_bytes()
    for row in rows_of(out, "users") if to.version else ():
        assert row["password"] == row["status"] == row["dateLastModified"] == ""


def test_extension_columns_come_last_and_keep_their_names(tmp_path: Path) -> None:
    tables = small_school()
    tables[Resource.ORGS][1]["metadata"] = {
        "stateId": "0042",
        "a, b": 'say "yes"',
        "it's/odd~": "1",
        "": "nameless",
    }
    write_package(made(tmp_path / "work", tables), to=Format.ONEROSTER_1_1, out=tmp_path / "out")
    names = [field.name for field in fields_of(Resource.ORGS, Version.V1_1)]
    extensions = ["metadata.", "metadata.a, b", "metadata.it's/odd~", "metadata.stateId"]
    assert header_of(tmp_path / "out", "orgs") == names + extensions
    row = rows_of(tmp_path / "out", "orgs")[1]
    assert [row[name] for name in extensions] == ["nameless", 'say "yes"', "1", "0042"]


HOSTILE = {
    "two\r\nlines\tand a tab": "two  lines and a tab",
    '"quoted", and 5" more': '"quoted", and 5" more',
    " blanks ": " blanks ",
    "=cmd|'/c calc'!A0": "=cmd|'/c calc'!A0",
    "Ünïcödé 🏫 名前": "Ünïcödé 🏫 名前",
    "NULL": "NULL",
    "#": "#",
    "x" * 70_000: "x" * 70_000,
}


@pytest.mark.parametrize("to", ONEROSTER)
def test_hostile_values_arrive(to: Format, tmp_path: Path) -> None:
    tables = small_school()
    tables[Resource.ORGS] += [
        {"sourcedId": f"h{number}", "name": value, "type": "school"}
        for number, value in enumerate(HOSTILE)
    ]
    conversion = write_package(made(tmp_path / "work", tables), to=to, out=tmp_path / "out")
    names = [row["name"] for row in rows_of(tmp_path / "out", "orgs")]
    assert names[2:] == list(HOSTILE.values())
    assert [(loss.resource, loss.subject, loss.count) for loss in conversion.losses] == [
        ("orgs", "name", 1)
    ]


def test_names_of_extension_columns_cannot_reach_into_the_sql(tmp_path: Path) -> None:
    tables = small_school()
    name = "x' || (select 1) || '\"; drop table valid_orgs; --{0}"
    tables[Resource.USERS][0]["metadata"] = {name: "kept"}
    workspace = made(tmp_path / "work", tables)
    for to in Format:
        write_package(workspace, to=to, out=tmp_path / to.value)
    assert rows_of(tmp_path / "oneroster-1.1", "users")[0][f"metadata.{name}"] == "kept"


def test_lists_have_no_blanks_after_commas(tmp_path: Path) -> None:
    tables = small_school()
    tables[Resource.CLASSES][0]["subjects"] = "Biology , Life Science"
    write_package(made(tmp_path / "work", tables), to=Format.ONEROSTER_1_1, out=tmp_path / "out")
    assert rows_of(tmp_path / "out", "classes")[0]["subjects"] == "Biology,Life Science"


def test_file_without_rows_is_left_out(tmp_path: Path) -> None:
    tables = small_school()
    tables[Resource.DEMOGRAPHICS] = []
    write_package(made(tmp_path / "work", tables), to=Format.ONEROSTER_1_1, out=tmp_path / "out")
    assert not (tmp_path / "out" / "demographics.csv").exists()


@pytest.mark.parametrize("to", Format)
def test_row_counts_are_those_of_the_files(to: Format, written: Written) -> None:
    out, conversion = written(to)
    for filename, count in conversion.row_counts.items():
        assert len(rows_of(out, filename.removesuffix(".csv"))) == count


def test_path_of_the_wrong_kind_is_explained(tmp_path: Path) -> None:
    workspace = made(tmp_path / "work", small_school())
    (tmp_path / "file").touch()
    with pytest.raises(ValueError, match="is a file; name a folder"):
        write_package(workspace, to=Format.CLEVER, out=tmp_path / "file")


@pytest.mark.parametrize("to", ONEROSTER)
def test_what_is_written_is_read_without_a_finding(
    to: Format, written: Written, read_again: ReadAgain
) -> None:
    read_again(to)
    assert written(to)[1].losses == ()
