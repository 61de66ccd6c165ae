"""Open a package: a folder or a ZIP, its tables found by name.

Source: OneRoster 1.1 CSV, package rules (fact base section 2, P1-P10).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rollbook.staging.archive import Archive, open_archive, shown
from rollbook.staging.errors import PackageUnreadableError

_IGNORED = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
_TABLE_ENDINGS = (".csv", ".txt")
_ARCHIVE_ENDINGS = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".tar", ".xlsx")

_MAGIC = {
    b"PK\x03\x04": "a ZIP archive or an Excel workbook",
    b"\x1f\x8b": "compressed with gzip",
    b"BZh": "compressed with bzip2",
    b"\xfd7zXZ": "compressed with xz",
    b"\x28\xb5\x2f\xfd": "compressed with zstd",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"\xd0\xcf\x11\xe0": "an Excel workbook",
    b"%PDF": "a PDF",
}


@dataclass(frozen=True, slots=True)
class Package:
    """The files of a delivery on this machine.

    Attributes:
        files: The tables by name without ending, in lower case: `users` for Users.CSV.
        others: Names of files that are no tables, or lie where no table counts.
    """

    files: Mapping[str, Path]
    others: tuple[str, ...]


def open_package(path: Path, *, unpack_to: Path) -> Package:
    """Find the tables of a folder or a ZIP; those of a ZIP are unpacked first.

    Raises:
        PackageUnreadableError: No such file, no archive, or one that is not safe to unpack.
    """
    if path.is_dir():
        package = _find_in_folder(path)
    elif path.is_file() and path.suffix.lower() in _TABLE_ENDINGS:
        raise PackageUnreadableError(
            "package.file.single",
            f"{path.name} is one file of an export. Name the folder that holds all of them, or a "
            "ZIP of it.",
        )
    elif path.exists():
        _refuse_magic(path, but=b"PK\x03\x04")
        with open_archive(path, is_ignored=_is_ignored) as archive:
            package = _unpack(archive, unpack_to)
    else:
        raise PackageUnreadableError(
            "package.file.missing", f"There is no file or folder {path.name}. Check the path."
        )
    for file in package.files.values():
        _refuse_magic(file)
    return package


def _is_ignored(path: PurePosixPath) -> bool:
    """Whether a file is one that systems leave everywhere, and nobody sent."""
    return any(part in _IGNORED for part in path.parts) or path.name.startswith("._")


def _unpack(archive: Archive, folder: Path) -> Package:
    chosen, others = _choose(archive.paths)
    names = _by_table(chosen)
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for table, path in names.items():
        files[table] = folder / path.name
        archive.unpack(path, files[table])
    return Package(files, others)


def _find_in_folder(folder: Path) -> Package:
    found = [*folder.iterdir()]
    found += [path for inside in found if inside.is_dir() for path in inside.iterdir()]
    paths = [PurePosixPath(path.relative_to(folder)) for path in sorted(found) if path.is_file()]
    chosen, others = _choose([path for path in paths if not _is_ignored(path)])
    files = {table: folder / path for table, path in _by_table(chosen).items()}
    for path in files.values():
        if not path.resolve().is_relative_to(folder.resolve()):
            raise PackageUnreadableError(
                "package.file.link",
                f"{path.name} is a link to a place outside the folder. Send the file itself.",
            )
    return Package(files, others)


def _choose(paths: Sequence[PurePosixPath]) -> tuple[list[PurePosixPath], tuple[str, ...]]:
    """Choose the tables at the top, or where there are none those of the one folder there is.

    Tables in a folder beside others are something else, last year's export for one.
    """
    tables = [path for path in paths if _is_table(path)]
    top = [path for path in tables if len(path.parts) == 1]
    inside = [path for path in tables if len(path.parts) == 2]
    folders = {path.parts[0] for path in inside}
    if not any(_is_csv(path) for path in top) and any(_is_csv(path) for path in inside):
        top = []
    if not top and len(folders) > 1:
        raise PackageUnreadableError(
            "package.archive.several_folders",
            f"The package holds {len(folders)} folders, so it is not clear which one counts. Put "
            "the CSV files at its top level.",
        )
    chosen = top or inside
    others = [path for path in paths if path not in chosen]
    _refuse_archives(others, has_tables=bool(chosen))
    if not chosen:
        _refuse_emptiness(others)
    return chosen, tuple(map(str, others))


def _is_table(path: PurePosixPath) -> bool:
    return path.suffix.lower() in _TABLE_ENDINGS


def _is_csv(path: PurePosixPath) -> bool:
    return path.suffix.lower() == ".csv"


def _refuse_archives(others: Iterable[PurePosixPath], *, has_tables: bool) -> None:
    """Refuse archives in the place of tables: without the one inside, half would be missing."""
    for path in others:
        is_packed_table = PurePosixPath(path.stem).suffix.lower() in _TABLE_ENDINGS
        if path.suffix.lower() in _ARCHIVE_ENDINGS and (is_packed_table or not has_tables):
            raise PackageUnreadableError(
                "package.archive.nested",
                f"The package holds {shown(path)}, which is packed itself. Unpack it, and send the "
                "CSV files in one ZIP.",
            )


def _refuse_emptiness(others: Sequence[PurePosixPath]) -> None:
    there = f", only {others[0].name}" if others else ""
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    raise PackageUnreadableError(
        "package.archive.empty",
        f"The package holds no CSV file{there}{more}. Export the roster again and send its CSV "
        "files.",
    )


def _by_table(paths: Iterable[PurePosixPath]) -> dict[str, PurePosixPath]:
    """Name each table; names that differ in capitals or ending alone mean the same one."""
    tables: dict[str, PurePosixPath] = {}
    for path in paths:
        other = tables.setdefault(path.stem.lower(), path)
        if other is not path:
            both = path.name if path.name == other.name else f"{other.name} and {path.name}"
            raise PackageUnreadableError(
                "package.archive.duplicate_file",
                f"The package holds the same file more than once, {both}, so it is not clear which "
                "one counts. Send each file once.",
            )
    return tables


def _refuse_magic(path: Path, *, but: bytes | None = None) -> None:
    """Refuse a file whose first bytes say that it is none of text, whatever its name says."""
    with path.open("rb") as file:
        head = file.read(8)
    for magic, what in _MAGIC.items():
        if magic != but and head.startswith(magic):
            raise PackageUnreadableError(
                "package.file.not_text",
                f"{path.name} is {what}. Send CSV files, packed as a ZIP or in a folder.",
            )
