from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.packages import small_district, write_files
from tests.stages import open_folder, stage

from rollbook.oneroster import Resource, Version, resources_of
from rollbook.staging.archive import check_members
from rollbook.staging.data import Workspace
from rollbook.staging.errors import PackageUnreadableError
from rollbook.staging.package import open_package
from rollbook.staging.stage import stage_files

FILES = small_district().files()


def pack(path: Path, *members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write a ZIP with members as they come, the same name twice if need be."""
    with zipfile.ZipFile(path, "w", method) as archive, pytest.MonkeyPatch.context() as patch:
        patch.setattr("warnings.warn", lambda *_, **__: None)  # "Duplicate name"
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return path


def pack_district(path: Path, *more: tuple[str, bytes], prefix: str = "") -> Path:
    return pack(path, *((prefix + name, content) for name, content in FILES.items()), *more)


GOOD: dict[str, Callable[[Path], Path]] = {
    "folder": lambda base: write_files(base / "folder", FILES),
    "folder in a folder": lambda base: write_files(base / "out" / "in", FILES).parent,
    "ZIP": lambda base: pack_district(base / "a.zip"),
    "ZIP without compression": lambda base: pack(
        base / "a.zip", *FILES.items(), method=zipfile.ZIP_STORED
    ),
    "ZIP with one folder": lambda base: pack_district(base / "a.zip", prefix="export/"),
    "ZIP with entries for folders": lambda base: pack_district(
        base / "a.zip", ("export/", b""), prefix="export/"
    ),
    "ZIP by another system": lambda base: pack_district(base / "a.zip", prefix="export\\"),
    "ZIP with what a Mac adds": lambda base: pack_district(
        base / "a.zip", ("__MACOSX/._users.csv", b"x"), ("__MACOSX/deep/er/._x", b"x"),
        (".DS_Store", b"x"),
    ),
    "names in capitals": lambda base: write_files(
        base / "folder", {name.upper(): content for name, content in FILES.items()}
    ),
    "names that end in TXT": lambda base: pack(
        base / "a.zip",
        *((name.replace(".csv", ".TXT"), content) for name, content in FILES.items()),
    ),
    "ZIP with one folder and a leaflet": lambda base: pack_district(
        base / "a.zip", ("export/read me.pdf", b"x"), prefix="export/"
    ),
    "folder with what a Mac adds": lambda base: write_files(
        base / "folder", {**FILES, "._users.csv": b"x", ".DS_Store": b"x"}
    ),
    "file without the name of a ZIP": lambda base: pack_district(base / "a.zip").rename(base / "a"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_every_package_is_read_alike(name: str, tmp_path: Path) -> None:
    staged = stage(GOOD[name](tmp_path), tmp_path)
    assert [*staged.files] == [*resources_of(Version.V1_1)]
    assert {finding.code for finding in staged.findings} <= {"package.file.unknown"}


def flip(path: Path, offset: int) -> Path:
    content = bytearray(path.read_bytes())
    content[offset] ^= 0xFF
    path.write_bytes(content)
    return path


def encrypt(path: Path) -> Path:
    """Set the bit that says encrypted in every header."""
    content = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(signature, at + 4)
    path.write_bytes(content)
    return path


def unknown_method(path: Path) -> Path:
    content = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = content.find(signature)
        while at >= 0:
            content[at + place : at + place + 2] = struct.pack("<H", 97)
            at = content.find(signature, at + 4)
    path.write_bytes(content)
    return path


def cut(path: Path, share: float) -> Path:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path


def link(path: Path, name: str = "users.csv") -> Path:
    """Pack a link, as Unix's zip does when told to keep them."""
    with zipfile.ZipFile(path, "w") as archive:
        member = zipfile.ZipInfo(name)
        member.external_attr = 0o120777 << 16
        archive.writestr(member, "/etc/passwd")
    return path


def list_more(path: Path, count: int) -> Path:
    """Lengthen the list of files, each entry the same file once more."""
    content = path.read_bytes()
    start, end = content.find(b"PK\x01\x02"), content.find(b"PK\x05\x06")
    entries = content[start:end] * count
    tail = bytearray(content[end:])
    tail[12:16] = struct.pack("<I", len(entries))
    path.write_bytes(content[:start] + entries + tail)
    return path


def overlap(path: Path) -> Path:
    """Let many names share one stretch of data, each within bounds by itself."""
    pack(path, *((f"{number}.csv", b"") for number in range(50)), ("50.csv", b"ab" * 400_000))
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02")
    sizes, place = content[at + 16 : at + 28], content[at + 42 : at + 46]
    method = content[at + 10 : at + 12]
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 16 : at + 28], content[at + 42 : at + 46] = sizes, place
        content[at + 10 : at + 12] = method
        at = content.find(b"PK\x01\x02", at + 4)
    path.write_bytes(content)
    return path


def write_bytes(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "nothing there": (lambda path: path, "package.file.missing"),
    "no archive": (lambda path: write_bytes(path, b"sourcedId,name\n"), "package.archive.broken"),
    "empty file": (lambda path: write_bytes(path, b""), "package.archive.broken"),
    "cut off": (lambda path: cut(pack_district(path), 0.7), "package.archive.broken"),
    "a bit flipped in the data": (
        lambda path: flip(pack_district(path), 100),
        "package.archive.broken",
    ),
    "a checksum that is wrong": (
        lambda path: flip(pack(path, ("users.csv", b"a" * 50), method=zipfile.ZIP_STORED), 60),
        "package.archive.broken",
    ),
    "unknown compression": (
        lambda path: unknown_method(pack_district(path)),
        "package.archive.compression",
    ),
    "encrypted": (lambda path: encrypt(pack_district(path)), "package.archive.encrypted"),
    "name of the way up": (
        lambda path: pack_district(path, ("../evil.csv", b"x")),
        "package.archive.bad_path",
    ),
    "name of the way up, backslash": (
        lambda path: pack_district(path, ("..\\evil.csv", b"x")),
        "package.archive.bad_path",
    ),
    "name from the root": (
        lambda path: pack_district(path, ("/evil.csv", b"x")),
        "package.archive.bad_path",
    ),
    "deep folders": (
        lambda path: pack_district(path, ("a/b/more.csv", b"x")),
        "package.archive.bad_path",
    ),
    "name that is no name": (
        lambda path: pack_district(path, (".", b"x")),
        "package.archive.bad_path",
    ),
    "name too long to write": (
        lambda path: pack_district(path, ("x" * 300, b"x")),
        "package.archive.bad_path",
    ),
    "file twice": (
        lambda path: pack_district(path, ("users.csv", b"x")),
        "package.archive.duplicate_file",
    ),
    "file twice, in capitals": (
        lambda path: pack_district(path, ("USERS.CSV", b"x")),
        "package.archive.duplicate_file",
    ),
    "several folders": (
        lambda path: pack(path, ("this/users.csv", b"x"), ("old/users.csv", b"x")),
        "package.archive.several_folders",
    ),
    "too many files": (
        lambda path: pack(path, *((f"{number}.txt", b"") for number in range(201))),
        "package.archive.too_many_files",
    ),
    "link": (link, "package.archive.link"),
    "compression that takes much memory": (
        lambda path: pack(path, ("users.csv", b"x"), method=zipfile.ZIP_LZMA),
        "package.archive.compression",
    ),
    "list of files that fills the memory": (
        lambda path: list_more(pack(path, ("users.csv", b"x")), 100_000),
        "package.archive.too_many_files",
    ),
    "files that overlap": (overlap, "package.archive.bomb"),
    "name that is no text": (
        lambda path: write_bytes(
            path,
            pack(path, ("é.csv", b"x")).read_bytes().replace("é".encode(), b"\xff\xff"),
        ),
        "package.archive.broken",
    ),
    "no file": (pack, "package.archive.empty"),
    "no table": (lambda path: pack(path, ("photo.jpg", b"x")), "package.archive.empty"),
    "ZIP in a ZIP": (
        lambda path: pack(path, ("export.zip", b"PK\x03\x04")),
        "package.archive.nested",
    ),
    "packed table beside tables": (
        lambda path: pack_district(path, ("roles.csv.gz", b"\x1f\x8b")),
        "package.archive.nested",
    ),
    "packed table under a table's name": (
        lambda path: pack(path, ("users.csv", b"\x1f\x8b\x08")),
        "package.file.not_text",
    ),
    "workbook under a table's name": (
        lambda path: pack(path, ("users.csv", b"PK\x03\x04")),
        "package.file.not_text",
    ),
    "gzip": (lambda path: write_bytes(path, b"\x1f\x8b\x08"), "package.file.not_text"),
    "7-Zip": (lambda path: write_bytes(path, b"7z\xbc\xaf\x27\x1c"), "package.file.not_text"),
    "same table as CSV and text": (
        lambda path: pack_district(path, ("Users.TXT", b"x")),
        "package.archive.duplicate_file",
    ),
    "bomb": (lambda path: pack(path, ("users.csv", b"a" * 30_000_000)), "package.archive.bomb"),
}


@pytest.mark.parametrize("name", BAD)
def test_dangerous_or_broken_archive_is_refused(name: str, tmp_path: Path) -> None:
    make, code = BAD[name]
    path = make(tmp_path / "a.zip")
    workspace = open_folder(tmp_path)
    with pytest.raises(PackageUnreadableError) as refused:
        stage_files(path, workspace=workspace)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")
    assert not (tmp_path / "evil.csv").exists()
    assert not (workspace.folder / "evil.csv").exists()


NAMED = {
    "a checksum that is wrong": "users.csv",
    "unknown compression": "orgs.csv",
    "encrypted": "orgs.csv",
    "name of the way up": "../evil.csv",
    "name of the way up, backslash": "../evil.csv",
    "name from the root": "/evil.csv",
    "deep folders": "a/b/more.csv",
    "name too long to write": f"…{'x' * 79},",
    "link": "users.csv",
    "ZIP in a ZIP": "export.zip",
    "packed table beside tables": "roles.csv.gz",
    "bomb": "users.csv",
}


@pytest.mark.parametrize("name", NAMED)
def test_refusal_names_the_file_for_which_the_archive_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(PackageUnreadableError, match=re.escape(f" {NAMED[name]}")):
        open_package(BAD[name][0](tmp_path / "a.zip"), unpack_to=tmp_path / "unpacked")


def test_name_of_a_file_cannot_steer_a_terminal(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", ("../\x1b[2J\n.csv", b"x"))
    with pytest.raises(PackageUnreadableError, match=re.escape(" ../?[2J?.csv,")):
        open_package(path, unpack_to=tmp_path / "unpacked")


@pytest.mark.parametrize("offset", range(38, 70))
def test_flipped_byte_never_passes_unnoticed(offset: int, tmp_path: Path) -> None:
    path = flip(pack(tmp_path / "a.zip", ("orgs.csv", FILES["orgs.csv"])), offset)
    with pytest.raises(PackageUnreadableError):
        open_package(path, unpack_to=tmp_path / "unpacked")


def test_two_files_of_one_name_in_a_folder_are_refused(tmp_path: Path) -> None:
    path = write_files(tmp_path / "folder", {**FILES, "USERS.csv": b"x"})
    with pytest.raises(PackageUnreadableError) as refused:
        stage(path, tmp_path)
    assert refused.value.code == "package.archive.duplicate_file"


def test_archive_that_claims_more_than_a_roster_is_refused() -> None:
    members = [zipfile.ZipInfo(f"{number}.csv") for number in range(5)]
    for member in members:
        member.file_size = member.compress_size = 5 * 1024**3
    with pytest.raises(PackageUnreadableError) as refused:
        check_members(members, archive_bytes=30 * 1024**3)
    assert refused.value.code == "package.archive.too_large"


def test_size_that_the_archive_lies_about_is_not_exceeded(tmp_path: Path) -> None:
    """The directory says ten bytes; no more than those are unpacked."""
    path = pack(tmp_path / "a.zip", ("users.csv", b"a" * 1_000_000))
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(content)
    with pytest.raises(PackageUnreadableError):
        open_package(path, unpack_to=tmp_path / "unpacked")
    assert sum(file.stat().st_size for file in (tmp_path / "unpacked").iterdir()) <= 10


def test_bomb_costs_neither_disk_nor_memory(tmp_path: Path) -> None:
    """Every header lies: a megabyte is said to be a kilobyte."""
    path = pack(tmp_path / "a.zip", ("users.csv", b"a" * 1_000_000))
    content = path.read_bytes().replace(struct.pack("<I", 1_000_000), struct.pack("<I", 1_000))
    path.write_bytes(content)
    with pytest.raises(PackageUnreadableError):
        open_package(path, unpack_to=tmp_path / "unpacked")
    assert sum(file.stat().st_size for file in (tmp_path / "unpacked").iterdir()) <= 1_000


def test_sentence_names_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(PackageUnreadableError, match=r"only notes\.doc and 1 more"):
        open_package(
            pack(tmp_path / "a.zip", ("notes.doc", b"x"), ("photo.jpg", b"x")),
            unpack_to=tmp_path / "unpacked",
        )
    with pytest.raises(PackageUnreadableError, match=r"Users\.txt and users\.csv"):
        open_package(
            write_files(tmp_path / "two", {"users.csv": b"x", "Users.txt": b"x"}),
            unpack_to=tmp_path,
        )


def test_folder_without_tables_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(PackageUnreadableError) as refused:
        open_package(tmp_path / "empty", unpack_to=tmp_path / "unpacked")
    assert refused.value.code == "package.archive.empty"


def test_link_out_of_a_folder_is_refused(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "folder", {"orgs.csv": b"x"})
    (tmp_path / "other.csv").write_bytes(b"a secret")
    (folder / "users.csv").symlink_to(tmp_path / "other.csv")
    with pytest.raises(PackageUnreadableError) as refused:
        open_package(folder, unpack_to=tmp_path / "unpacked")
    assert refused.value.code == "package.file.link"


def test_tables_are_found_by_name_without_ending(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", ("Users.CSV", b"u"), ("manifest.csv", b"m"), ("old.zip", b"z"))
    package = open_package(path, unpack_to=tmp_path / "unpacked")
    assert {name: file.read_bytes() for name, file in package.files.items()} == {
        "users": b"u",
        "manifest": b"m",
    }
    assert package.files["users"].name == "Users.CSV"
    assert package.others == ("old.zip",)


def test_package_is_not_changed_by_reading(tmp_path: Path) -> None:
    path = pack_district(tmp_path / "a.zip")
    before = path.read_bytes()
    stage(path, tmp_path)
    assert path.read_bytes() == before


def test_unknown_files_are_named(tmp_path: Path) -> None:
    path = pack_district(tmp_path / "a.zip", ("results.csv", b"x"), ("notes.txt", b"x"))
    staged = stage(path, tmp_path)
    assert {(finding.code, finding.file) for finding in staged.findings} == {
        ("package.file.unknown", "notes.txt"),
        ("package.file.not_roster", "results.csv"),
    }


@pytest.mark.parametrize("name", ["old/users.csv", "old\\users.csv"])
def test_folder_beside_the_files_is_left_alone(name: str, tmp_path: Path) -> None:
    staged = stage(pack_district(tmp_path / "a.zip", (name, b"x")), tmp_path)
    assert [(finding.code, finding.file) for finding in staged.findings] == [
        ("package.file.unknown", "old/users.csv")
    ]
    assert staged.files[Resource.USERS].rows > 0


def test_workspace_of_a_package_holds_everything(tmp_path: Path) -> None:
    """Nothing is written outside the folder of the run."""
    path = pack_district(tmp_path / "a.zip")
    folder = tmp_path / "run"
    folder.mkdir()
    stage_files(path, workspace=Workspace(folder))
    assert {entry.name for entry in tmp_path.iterdir()} == {"a.zip", "run"}


def test_files_that_were_read_tell_their_header(tmp_path: Path) -> None:
    staged = stage(small_district(), tmp_path)
    assert staged.read[0].columns == (
        "sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId",
    )  # fmt: skip


def test_single_file_is_no_package(tmp_path: Path) -> None:
    path = tmp_path / "users.CSV"
    path.write_text("sourcedId\n")
    with pytest.raises(PackageUnreadableError, match="Name the folder") as caught:
        stage(path, tmp_path)
    assert caught.value.code == "package.file.single"
