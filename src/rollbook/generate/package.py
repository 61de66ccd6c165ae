"""A OneRoster 1.1 bulk package: rows as text, the manifest, and files in a folder or in one ZIP.

Source: OneRoster 1.1 CSV, "Manifest" and package rules; RFC 4180 for the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from rollbook.oneroster import Resource, Version, fields_of, resources_of

_FILES_WITHOUT_ROSTER = (
    "categories",
    "classResources",
    "courseResources",
    "lineItems",
    "resources",
    "results",
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


def _entry(filename: str) -> ZipInfo:
    entry = ZipInfo(filename, _TIME_OF_ENTRIES)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = _OWNER_MAY_WRITE
    return entry


def manifest_text(*, system_name: str, system_code: str) -> str:
    """Return manifest.csv: rostering files as bulk, every other file as absent."""
    modes = dict.fromkeys(_FILES_WITHOUT_ROSTER, "absent") | dict.fromkeys(
        resources_of(Version.V1_1), "bulk"
    )
    properties = {"propertyName": "value", "manifest.version": "1.0"}
    properties["oneroster.version"] = Version.V1_1.value
    properties |= {f"file.{name}": modes[name] for name in sorted(modes, key=str.lower)}
    properties |= {"source.systemName": system_name, "source.systemCode": system_code}
    return "".join(line_of(pair) for pair in properties.items())


def header_of(resource: Resource) -> str:
    """Return the first line of a resource's file."""
    return line_of([field.name for field in fields_of(resource, Version.V1_1)])


def row_writer(resource: Resource) -> Callable[[Mapping[str, str]], str]:
    """Return a function that makes a line from values by field; others stay blank."""
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
