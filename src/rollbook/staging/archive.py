"""Unpack a ZIP that anybody may have made: within bounds, and nothing but plain files by name."""

from __future__ import annotations

import errno
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from rollbook.staging.errors import PackageUnreadableError

MEMBERS_LIMIT = 200
UNPACKED_BYTES_LIMIT = 20 * 1024**3
RATIO_LIMIT = 200  # deflate reaches about 1,000 on bombs and rarely 30 on rosters
DIRECTORY_BYTES_LIMIT = 4 * 1024**2  # far more than the names of so many files take
_NAME_BYTES_LIMIT = 255  # as long as Linux can write one
_SHOWN_LETTERS = 80  # of a path; its end tells more than its beginning
_CHUNK_BYTES = 1024 * 1024
_KNOWN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

# Whatever zipfile raises for bytes that are no ZIP; names that are no text are among them.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
)

_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_BYTES, _COMMENT_BYTES = 22, 65_535


class Archive:
    """The files of a ZIP that was found safe."""

    def __init__(self, archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> None:
        self._archive = archive
        self._members = members

    @property
    def paths(self) -> list[PurePosixPath]:
        """Every file's path; twice where the archive holds it twice."""
        return [path_of(member) for member in self._members]

    def unpack(self, path: PurePosixPath, target: Path) -> None:
        """Write one file, no byte more than the archive said it has.

        Raises:
            PackageUnreadableError: It is damaged.
        """
        try:
            self._unpack(path, target)
        except _BROKEN as error:
            raise _broken(f"In the ZIP {shown(path)} is damaged") from error

    def _unpack(self, path: PurePosixPath, target: Path) -> None:
        member = next(member for member in self._members if path_of(member) == path)
        left = member.file_size
        with self._archive.open(member) as packed, target.open("wb") as unpacked:
            while chunk := packed.read(_CHUNK_BYTES):
                left -= len(chunk)
                if left < 0:
                    raise zipfile.BadZipFile
                unpacked.write(chunk)
        if left:
            raise zipfile.BadZipFile


@contextmanager
def open_archive(path: Path, *, is_ignored: Callable[[PurePosixPath], bool]) -> Iterator[Archive]:
    """Open a ZIP and check every file in it that is not ignored.

    Raises:
        PackageUnreadableError: It is no ZIP, is broken, or is not safe to unpack.
    """
    try:
        _check_directory(path)
        with zipfile.ZipFile(path) as archive:
            members = [
                member
                for member in archive.infolist()
                if not member.is_dir() and not is_ignored(path_of(member))
            ]
            check_members(members, archive_bytes=path.stat().st_size)
            yield Archive(archive, members)
    except _BROKEN as error:
        raise _broken() from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place before the file's beginning
            raise
        raise _broken() from error


def _broken(what: str = "The file is not a ZIP archive") -> PackageUnreadableError:
    return PackageUnreadableError(
        "package.archive.broken",
        f"{what}, or it was cut off on its way. Export it again and send the whole file.",
    )


def path_of(member: zipfile.ZipInfo) -> PurePosixPath:
    """Return a member's path, whichever way its system slants."""
    return PurePosixPath(member.filename.replace("\\", "/"))


def _check_directory(path: Path) -> None:
    """Refuse an archive whose list of files would itself fill the memory."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _COMMENT_BYTES - _END_BYTES - 76))
        tail = file.read()
    claims: list[int] = []
    end = tail.rfind(_END)
    if 0 <= end <= len(tail) - _END_BYTES:
        claims += struct.unpack_from("<L", tail, end + 12)
    end_64 = tail.rfind(_END_64, 0, max(end, 0))
    if _LOCATOR_64 in tail and 0 <= end_64 <= len(tail) - 56:
        claims = [*struct.unpack_from("<Q", tail, end_64 + 40)]
    if any(DIRECTORY_BYTES_LIMIT < claim <= size for claim in claims):
        raise PackageUnreadableError(
            "package.archive.too_many_files",
            f"The ZIP lists far more than {MEMBERS_LIMIT} files, more than any roster has.",
        )


def check_members(members: Sequence[zipfile.ZipInfo], *, archive_bytes: int) -> None:
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
    if sum(member.compress_size for member in members) > archive_bytes:
        raise _bomb("its files overlap")


def shown(path: PurePosixPath) -> str:
    """Return a file's path as a sentence can hold it: short, and nothing that does not print."""
    text = "".join(letter if letter.isprintable() else "?" for letter in str(path))
    return text if len(text) <= _SHOWN_LETTERS else f"…{text[1 - _SHOWN_LETTERS :]}"


def _check_member(member: zipfile.ZipInfo) -> None:
    path = path_of(member)
    is_outside = path.is_absolute() or ".." in path.parts or path.parts[:1] == ("C:",)
    if is_outside or not 1 <= len(path.parts) <= 2 or len(path.name.encode()) > _NAME_BYTES_LIMIT:
        raise PackageUnreadableError(
            "package.archive.bad_path",
            f"The ZIP holds {shown(path)}, which is in a deep or outside folder or has a name that "
            "no file can have. Put the CSV files at its top level.",
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        raise PackageUnreadableError(
            "package.archive.link",
            f"In the ZIP {shown(path)} is a link to another file. Send the file itself.",
        )
    if member.flag_bits & 0x1:
        raise PackageUnreadableError(
            "package.archive.encrypted",
            f"In the ZIP {shown(path)} is encrypted. Send the ZIP without a password.",
        )
    if member.compress_type not in _KNOWN_METHODS:
        raise PackageUnreadableError(
            "package.archive.compression",
            f"In the ZIP {shown(path)} is compressed in a way that rosters do not use. Make an "
            "ordinary ZIP.",
        )
    if member.file_size > RATIO_LIMIT * max(member.compress_size, 10_000):
        raise _bomb(f"{shown(path)} in it unpacks to far more than a roster could be")


def _bomb(why: str) -> PackageUnreadableError:
    return PackageUnreadableError(
        "package.archive.bomb", f"The ZIP is not one that an export makes: {why}."
    )
