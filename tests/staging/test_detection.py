"""A package tells by its looks what it is; nobody has to say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.packages import Package, small_district, write_files
from tests.stages import stage

from rollbook.oneroster import Resource, Version, fields_of
from rollbook.staging.detect import detect_format
from rollbook.staging.errors import PackageUnreadableError
from rollbook.staging.formats.data import Format
from rollbook.staging.manifest import Manifest

SAMPLES = Path(__file__).parent.parent / "samples"
NO_MANIFEST = Manifest()


def header(resource: Resource, version: Version) -> list[str]:
    return [field.name for field in fields_of(resource, version)]


ONEROSTER_1_1 = {str(name): header(name, Version.V1_1) for name in (Resource.ORGS, Resource.USERS)}
CASES = {
    "1.1 without a manifest": (ONEROSTER_1_1, Format.ONEROSTER_1_1),
    "1.2 without a manifest": (
        {
            "users": header(Resource.USERS, Version.V1_2),
            "roles": header(Resource.ROLES, Version.V1_2),
        },
        Format.ONEROSTER_1_2,
    ),
    "1.0 with its names": (
        {"users": ["userId", "status", "dateLastModified", "role", "agents"]},
        Format.ONEROSTER_1_0,
    ),
    "Clever": ({"students": ["Student_id"], "schools": ["School_id"]}, Format.CLEVER),
    "one file of Clever": ({"students": ["Student_id"]}, Format.CLEVER),
    "School Data Sync v1": ({"student": ["SIS ID"], "school": ["SIS ID"]}, Format.SDS_V1),
    "School Data Sync v2": (
        {"orgs": ["sourcedId"], "classes": ["sourcedId", "orgSourcedId", "title"]},
        Format.SDS_V2,
    ),
    "School Data Sync v2.1": (
        {"users": ["sourcedId"], "relationships": ["userSourcedId"]},
        Format.SDS_V2_1,
    ),
    "guardians alone": ({"guardians": ["studentSourcedId"]}, Format.GUARDIANS),
    "guardians beside OneRoster": (
        {**ONEROSTER_1_1, "guardians": ["studentSourcedId"]},
        Format.ONEROSTER_1_1,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_format_is_told_by_names_and_headers(name: str) -> None:
    headers, expected = CASES[name]
    detected = detect_format(headers, NO_MANIFEST)
    assert detected.format is expected
    assert detected.because


@pytest.mark.parametrize("version", Version)
def test_manifest_is_believed(version: Version) -> None:
    detected = detect_format({"manifest": [], **ONEROSTER_1_1}, Manifest(version=version))
    assert detected.format.version is version
    assert version in detected.because


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "package.file.none"),
        ({"menu": ["dish"]}, "package.format.unknown"),
        ({"results": ["sourcedId"]}, "package.format.unknown"),
    ],
)
def test_what_no_format_knows_is_refused(headers: dict[str, list[str]], code: str) -> None:
    with pytest.raises(PackageUnreadableError) as caught:
        detect_format(headers, NO_MANIFEST)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("1.1-bulk", Format.ONEROSTER_1_1),
        ("1.2-bulk", Format.ONEROSTER_1_2),
        ("clever", Format.CLEVER),
        ("sds-v1", Format.SDS_V1),
        ("guardians", Format.GUARDIANS),
    ],
)
def test_samples_are_what_they_are(sample: str, expected: Format, tmp_path: Path) -> None:
    staged = stage(SAMPLES / sample, tmp_path)
    assert staged.format is expected
    assert staged.files


def lower_names(package: Package) -> dict[str, bytes]:
    return {name.lower(): content for name, content in package.files().items()}


def upper_endings(package: Package) -> dict[str, bytes]:
    return {name.replace(".csv", ".CSV"): content for name, content in package.files().items()}


def text_files(package: Package) -> dict[str, bytes]:
    return {name.replace(".csv", ".txt"): content for name, content in package.files().items()}


@pytest.mark.parametrize("rename", [lower_names, upper_endings, text_files])
def test_names_of_files_may_be_written_in_any_way(
    rename: Callable[[Package], dict[str, bytes]], tmp_path: Path
) -> None:
    path = write_files(tmp_path / "delivery", rename(small_district(students=1)))
    staged = stage(path, tmp_path)
    assert staged.findings == ()
    assert len(staged.files) == 7
