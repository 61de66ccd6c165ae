"""The entry to this stage: from a package to tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rollbook.oneroster import FILES_WITHOUT_ROSTER, Kind, Resource, fields_of, resources_of
from rollbook.progress import OnProgress, silent
from rollbook.sqlfiles import read_sql
from rollbook.staging.data import Finding, Reading, Staged, StagedRoster, Workspace
from rollbook.staging.detect import detect_format
from rollbook.staging.files import PackageFile, describe_file
from rollbook.staging.foreign import stage_foreign
from rollbook.staging.formats.columns import columns_of, left_out_files_of
from rollbook.staging.formats.data import Format
from rollbook.staging.headers import clean_header
from rollbook.staging.loading import make_refusals
from rollbook.staging.looking import look_at_all
from rollbook.staging.manifest import Manifest, read_manifest
from rollbook.staging.mapping import find_mapping_problems
from rollbook.staging.package import Package, open_package
from rollbook.staging.standard import stage_standard

_AS_USUAL = Reading()


def stage_files(
    path: Path,
    *,
    workspace: Workspace,
    reading: Reading = _AS_USUAL,
    on_progress: OnProgress = silent,
) -> StagedRoster:
    """Read a package of any format that Rollbook knows into the workspace's database.

    Args:
        path: A ZIP or a folder. It is read, never changed.

    Raises:
        PackageUnreadableError: The package cannot be opened, or is of no known format. Everything
            less is a finding.

    Source: OneRoster CSV (fact base sections 2 to 5 and 9); clever.md section 3.
    """
    package = open_package(path, unpack_to=workspace.folder / "package")
    manifest = read_manifest(package.files.get("manifest"), reading)
    on_progress(f"Looking at {path.name}")
    shapes = look_at_all(package.files)
    files = {name: describe_file(name, package.files[name], it) for name, it in shapes.items()}
    on_progress(f"Reading {path.name}")
    detected = detect_format({name: file.header for name, file in files.items()}, manifest)
    staged = _stage(files, detected.format, manifest, workspace, reading)
    findings = [
        *manifest.findings,
        *_find_mapping_problems(reading, detected.format, files),
        *_find_unused(package, files, detected.format),
        *staged.findings,
    ]
    return StagedRoster(
        workspace=workspace,
        format=detected.format,
        because=detected.because,
        files={
            resource: staged.files[resource] for resource in Resource if resource in staged.files
        },
        read=tuple(staged.read),
        findings=tuple(findings),
        leaves_roles_apart=staged.leaves_roles_apart,
        prefixed=staged.prefixed,
        columns=tuple(staged.columns),
        lines=staged.lines,
    )


def _stage(
    files: Mapping[str, PackageFile],
    format: Format,
    manifest: Manifest,
    workspace: Workspace,
    reading: Reading,
) -> Staged:
    """Make the tables of every resource that the files speak of."""
    staged = Staged()
    with workspace.connect() as database:
        make_refusals(database)
        database.execute(read_sql("rollbook.staging", "make_adapter_findings"))
        if version := format.version:
            stage_standard(
                database,
                files,
                version=version,
                manifest=manifest,
                workspace=workspace,
                reading=reading,
                staged=staged,
            )
        for foreign in _foreign_formats(format, files):
            stage_foreign(
                database,
                files,
                format=foreign,
                staged=staged,
                workspace=workspace,
                reading=reading,
            )
    return staged


def _foreign_formats(format: Format, files: Mapping[str, PackageFile]) -> Iterator[Format]:
    """Yield the formats that need an adapter; guardians may come beside any other."""
    if format.version is None and format is not Format.GUARDIANS:
        yield format
    if "guardians" in files:
        yield Format.GUARDIANS


def _find_mapping_problems(
    reading: Reading, format: Format, files: Mapping[str, PackageFile]
) -> Iterator[Finding]:
    headers = {name: {clean_header(text) for text in file.header} for name, file in files.items()}
    return find_mapping_problems(
        reading.mappings, _known_columns(format), headers, _known_words(format)
    )


def _known_columns(format: Format) -> dict[str, set[str]]:
    """Return the columns of each file that a mapping may lead to."""
    known: dict[str, set[str]] = {}
    if format.version:
        for resource in resources_of(format.version):
            known[resource.lower()] = {field.name for field in fields_of(resource)}
    for column in (*columns_of(format), *columns_of(Format.GUARDIANS)):
        known.setdefault(column.file, set()).add(column.name)
    return known


def _known_words(format: Format) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the words that columns of OneRoster files may hold, by file and column."""
    if format.version is None:
        return {}
    return {
        (resource.lower(), field.name): field.values or ("true", "false")
        for resource in resources_of(format.version)
        for field in fields_of(resource)
        if field.values or field.kind is Kind.BOOLEAN
    }


def _find_unused(
    package: Package, files: Mapping[str, PackageFile], format: Format
) -> Iterator[Finding]:
    """Yield files that were not read, with the reason."""
    of_the_standard = {name.lower() for name in FILES_WITHOUT_ROSTER}
    not_roster = of_the_standard if format.version else {*left_out_files_of(format)}
    for name, file in files.items():
        if name in not_roster:
            yield Finding("package.file.not_roster", file.path.name)
        elif name not in _known_columns(format) and name != "manifest":
            yield Finding("package.file.unknown", file.path.name)
    for other in package.others:
        yield Finding("package.file.unknown", other)
