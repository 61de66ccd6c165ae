"""Open a package: a folder or a ZIP, its data files found by name.

Source: OneRoster 1.1 CSV, package rules (fact base section 2, P1-P10).
"""

from __future__ import annotations

import lzma
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from rollbook.staging.errors import PackageUnreadableError

MEMBERS_LIMIT = 200
UNPACKED_BYTES_LIMIT = 20 * 1024**3
RATIO_LIMIT = 200  # deflate reaches about 1,000 on bombs and rarely 30 on rosters
_NAME_BYTES_LIMIT = 255  # as long as Linux can write one
_IGNORED = ("__MACOSX", ".DS_Store", "Thumbs.db")


@dataclass(frozen=True, slots=True)
class Package:
    """The files of a delivery on this machine.

    Attributes:
        files: Tables by their names without ending, in lower case.
        others: Names of files that are no tables, or were left out.
    """

    files: Mapping[str, Path]
    others: tuple[str, ...]


def open_package(path: Path, *, unpack_to: Path) -> Package:
    """Find the data files of a folder or a ZIP; a ZIP is unpacked first.

    Raises:
        PackageUnreadableError: No such file, no archive, or one that is not safe to unpack.
    """
    if path.is_dir():
        return _find_files(path)
    if not path.exists():
        raise PackageUnreadableError(
            "package.file.missing", f"There is no file or folder {path.name}. Check the path."
        )
    left_out = _unpack(path, unpack_to)
    package = _find_files(unpack_to)
    return replace(package, others=(*package.others, *left_out))


def _unpack(path: Path, folder: Path) -> list[str]:
    """Unpack the files that count, and return the names of the others."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not _is_ignored(member)]
            check_members(members)
            chosen = _choose(members)
            _refuse_repeated(_path_of(member).name for member in chosen)
            for member in chosen:
                _unpack_member(archive, member, folder)
            return [str(_path_of(member)) for member in members if member not in chosen]
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError) as error:
        raise PackageUnreadableError(
            "package.archive.broken",
            "The file is not a ZIP archive, or it was cut off on its way. Export it again and send "
            "the whole file.",
        ) from error


def _is_ignored(member: zipfile.ZipInfo) -> bool:
    return member.is_dir() or any(part in _IGNORED for part in _path_of(member).parts)


def _path_of(member: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(member.filename.replace("\\", "/"))


def check_members(members: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive that is dangerous to unpack, before anything is unpacked."""
    if len(members) > MEMBERS_LIMIT:
        raise PackageUnreadableError(
            "package.archive.too_many_files",
            f"The ZIP holds {len(members):,} files; a roster has at most {MEMBERS_LIMIT}.",
        )
    if sum(member.file_size for member in members) > UNPACKED_BYTES_LIMIT:
        raise PackageUnreadableError(
            "package.archive.too_large", "The ZIP would unpack to more than 20 GiB."
        )
    for member in members:
        _check_member(member)


def _choose(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Choose the files at the top, or where there are none those of the one folder there is.

    Files in a folder beside others are something else, last year's export for one.
    """
    top = [member for member in members if len(_path_of(member).parts) == 1]
    folders = {_path_of(member).parts[0] for member in members}
    if not top and len(folders) > 1:
        raise PackageUnreadableError(
            "package.archive.several_folders",
            f"The ZIP holds {len(folders)} folders, so it is not clear which one counts. Put the "
            "CSV files at its top level.",
        )
    return top or members


def _refuse_repeated(names: Iterable[str]) -> None:
    """Refuse names that differ in capitals alone, too: on some machines they are one file."""
    lowered = [name.lower() for name in names]
    repeated = sorted({name for name in lowered if lowered.count(name) > 1})
    if repeated:
        raise PackageUnreadableError(
            "package.archive.duplicate_file",
            f"The package holds {repeated[0]} more than once, so it is not clear which one counts. "
            "Send each file once.",
        )


def _check_member(member: zipfile.ZipInfo) -> None:
    path = _path_of(member)
    is_outside = path.is_absolute() or ".." in path.parts
    if is_outside or not 1 <= len(path.parts) <= 2 or len(path.name.encode()) > _NAME_BYTES_LIMIT:
        raise PackageUnreadableError(
            "package.archive.bad_path",
            "The ZIP holds files in deep or outside folders, or under names that no file can have. "
            "Put the CSV files at its top level.",
        )
    if member.flag_bits & 0x1:
        raise PackageUnreadableError(
            "package.archive.encrypted", "The ZIP is encrypted. Send it without a password."
        )
    if member.file_size > RATIO_LIMIT * max(member.compress_size, 10_000):
        raise PackageUnreadableError(
            "package.archive.bomb", "The ZIP unpacks to far more than a roster could be."
        )


def _unpack_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    target = folder / _path_of(member).name
    with archive.open(member) as packed, target.open("wb") as unpacked:
        shutil.copyfileobj(packed, unpacked, length=1024 * 1024)


def _find_files(folder: Path) -> Package:
    here = _without_single_folder(folder)
    files = [path for path in sorted(here.iterdir()) if path.is_file()]
    _refuse_repeated(path.name for path in files)
    tables = [path for path in files if path.suffix.lower() in (".csv", ".txt")]
    return Package(
        files={path.stem.lower(): path for path in tables},
        others=tuple(
            path.name for path in files if path not in tables and path.name not in _IGNORED
        ),
    )


def _without_single_folder(folder: Path) -> Path:
    inside = [path for path in folder.iterdir() if path.name not in _IGNORED]
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder
