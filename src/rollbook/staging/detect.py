"""Tell the format of a package by looking: its manifest, the names of its files, their headers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rollbook.oneroster import FILES_WITHOUT_ROSTER, Resource
from rollbook.staging.errors import PackageUnreadableError
from rollbook.staging.formats.data import Format
from rollbook.staging.manifest import Manifest

_CLEVER_ALONE = frozenset(
    {"schools", "students", "teachers", "sections", "staff", "contacts", "admins"}
)
_SDS_V1_ALONE = frozenset(
    {"school", "section", "student", "teacher", "studentenrollment", "teacherroster"}
)
_SDS_V2_1_ALONE = frozenset({"relationships", "userflags"})
_ONEROSTER = frozenset({str(resource).lower() for resource in Resource})
_OLD_NAMES = frozenset({"userid", "agents", "schoolyearid"})


@dataclass(frozen=True, slots=True)
class Detected:
    """A format and the reason for it, a sentence that ends without a full stop."""

    format: Format
    because: str


def detect_format(headers: Mapping[str, Collection[str]], manifest: Manifest) -> Detected:
    """Return the format of a package.

    Args:
        headers: The header of each file, by the file's name without its ending in lower case.

    Raises:
        PackageUnreadableError: No file is of a format that Rollbook knows.

    Source: fact base sections 2 (P5) and 9; clever.md section 3; samples of School Data Sync.
    """
    names = headers.keys() - {"manifest"}
    if manifest.version:
        return Detected(
            Format(f"oneroster-{manifest.version}"),
            f"manifest.csv says OneRoster {manifest.version}",
        )
    if len(clever := names & _CLEVER_ALONE) >= min(2, len(names)) and clever:
        return Detected(Format.CLEVER, f"its files are {_listed(clever)}")
    if len(first := names & _SDS_V1_ALONE) >= min(2, len(names)) and first:
        return Detected(Format.SDS_V1, f"its files are {_listed(first)}")
    if names & _ONEROSTER:
        return _tell_relatives_apart(headers, has_manifest="manifest" in headers)
    if "guardians" in names:
        return Detected(Format.GUARDIANS, "guardians.csv is the only file of a known name")
    raise _unknown(headers)


def _tell_relatives_apart(
    headers: Mapping[str, Collection[str]], *, has_manifest: bool
) -> Detected:
    """Tell OneRoster's versions from School Data Sync, whose files share their names."""
    columns = {name: {_simple(column) for column in header} for name, header in headers.items()}
    if has_manifest or any("datelastmodified" in header for header in columns.values()):
        return _tell_versions_apart(columns)
    if headers.keys() & _SDS_V2_1_ALONE or "sessionsourcedids" in columns.get("classes", ()):
        return Detected(Format.SDS_V2_1, "columns and files are those of School Data Sync v2.1")
    if "classes" in columns and not columns["classes"] & {"coursesourcedid", "termsourcedids"}:
        return Detected(Format.SDS_V2, "columns are those of School Data Sync v2")
    return _tell_versions_apart(columns)


def _tell_versions_apart(columns: Mapping[str, Collection[str]]) -> Detected:
    users = columns.get("users", ())
    if "roles" in columns and "orgsourcedids" not in users:
        return Detected(
            Format.ONEROSTER_1_2, "there is no usable manifest, and roles.csv came with version 1.2"
        )
    if any(_OLD_NAMES.intersection(header) for header in columns.values()):
        return Detected(
            Format.ONEROSTER_1_0, "there is no usable manifest, and columns have names of 1.0"
        )
    return Detected(
        Format.ONEROSTER_1_1, "there is no usable manifest, and the columns are those of 1.1"
    )


def _unknown(headers: Mapping[str, Collection[str]]) -> PackageUnreadableError:
    if not headers:
        return PackageUnreadableError(
            "package.file.none", "The package holds no CSV file. Export again and send all files."
        )
    grades = sorted(name for name in FILES_WITHOUT_ROSTER if name.lower() in headers)
    seen = ", ".join(f"{name}.csv" for name in sorted(headers)[:10])
    hint = " These are files of grades or learning material alone." if grades else ""
    return PackageUnreadableError(
        "package.format.unknown",
        f"No file has a name of a known roster format; there is {seen}.{hint} Send an export in "
        "OneRoster, Clever or School Data Sync format, with its own file names.",
    )


def _listed(names: Collection[str]) -> str:
    *others, last = (f"{name}.csv" for name in sorted(names)[:3])
    return f"{', '.join(others)} and {last}" if others else last


def _simple(column: str) -> str:
    return column.lower().replace("_", "").replace(" ", "")
