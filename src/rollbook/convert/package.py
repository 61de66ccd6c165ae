"""Package files: rows as text, the manifest, and files in a folder or in one ZIP.

Source: OneRoster CSV, "Manifest" and package rules; RFC 4180 for the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from rollbook.oneroster import Resource, Version, fields_of, resources_of

_FILES_WITHOUT_ROSTER: dict[Version, tuple[str, ...]] = {
    Version.V1_1: (
        "categories",
        "classResources",
        "courseResources",
        "lineItems",
        "resources",
        "results",
    )
}
_FILES_WITHOUT_ROSTER[Version.V1_2] = (
    *_FILES_WITHOUT_ROSTER[Version.V1_1],
    "lineItemLearningObjectiveIds",
    "lineItemScoreScales",
    "resultLearningObjectiveIds",
    "resultScoreScales",
    "scoreScales",
    "userResources",
)
_LINE_END = "\r\n"
_TIME_OF_ENTRIES = (2026, 8, 17, 0, 0, 0)  # the same bytes whenever the package is written
_OWNER_MAY_WRITE = 0o644 << 16


@contextmanager
def open_package(out: Path, *, is_large: bool) -> Iterator[Callable[[str], IO[bytes]]]:
    """Give a function that begins the file of a name, one after the other.

    Args:
        out: A ZIP to write when it ends in `.zip`, else a folder, made when it is not there.
        is_large: Whether a file may pass 2 GiB, for which a ZIP must be prepared.
    """
    if out.suffix.lower() == ".zip":
        out.parent.mkdir(parents=True, exist_ok=True)
        with ZipFile(out, "w") as archive:
            yield lambda filename: archive.open(_entry(filename), "w", force_zip64=is_large)
    else:
        out.mkdir(parents=True, exist_ok=True)
        yield lambda filename: (out / filename).open("wb")


def check_path(out: Path) -> None:
    """Refuse a path at which no package can be written.

    Raises:
        ValueError: It is a file where a folder should be, or the reverse.
    """
    is_zip = out.suffix.lower() == ".zip"
    if is_zip and out.is_dir():
        raise ValueError(f"{out} is a folder; name a ZIP file, or a folder not ending in .zip.")
    if not is_zip and out.exists() and not out.is_dir():
        raise ValueError(f"{out} is a file; name a folder, or a file ending in .zip.")


def _entry(filename: str) -> ZipInfo:
    entry = ZipInfo(filename, _TIME_OF_ENTRIES)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = _OWNER_MAY_WRITE
    return entry


def manifest_text(
    version: Version, resources: Collection[Resource], *, system_name: str, system_code: str
) -> str:
    """Return manifest.csv: the files of these resources as bulk, every other file as absent."""
    names = (*_FILES_WITHOUT_ROSTER[version], *resources_of(version))
    properties = {"propertyName": "value", "manifest.version": "1.0"}
    properties["oneroster.version"] = version.value
    properties |= {
        f"file.{name}": "bulk" if name in resources else "absent"
        for name in sorted(names, key=str.lower)
    }
    properties |= {"source.systemName": system_name, "source.systemCode": system_code}
    return "".join(line_of(pair) for pair in properties.items())


def header_of(resource: Resource, version: Version = Version.V1_1) -> str:
    """Return the first line of a resource's file."""
    return line_of([field.name for field in fields_of(resource, version)])


def row_writer(resource: Resource) -> Callable[[Mapping[str, str]], str]:
    """Return a function that makes a line of 1.1 from values by field; others stay blank."""
    names = [field.name for field in fields_of(resource, Version.V1_1)]
    return lambda values: line_of([values.get(name, "") for name in names])


def line_of(values: Sequence[str]) -> str:
    """Return one line, quoted where it must be."""
    return ",".join([_quoted(value) for value in values]) + _LINE_END


def list_of(elements: Sequence[str]) -> str:
    """Return the text of a list field; its line quotes it when there are several elements."""
    return ",".join(elements)


def _quoted(value: str) -> str:
    if "," in value or '"' in value:
        return '"' + value.replace('"', '""') + '"'
    return value
