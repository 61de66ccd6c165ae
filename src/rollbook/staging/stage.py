"""The entry to this stage: from a package to tables."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import duckdb

from rollbook.oneroster import RESOURCES, Resource, fields_of
from rollbook.staging.data import Finding, StagedFile, StagedRoster, Workspace
from rollbook.staging.loading import Loaded, make_refusals
from rollbook.staging.manifest import Manifest, read_manifest
from rollbook.staging.package import Package, open_package
from rollbook.staging.records import read_records
from rollbook.staging.shape import Encoding, Shape, look_at
from rollbook.staging.tables import load_table


def stage_files(path: Path, *, workspace: Workspace) -> StagedRoster:
    """Read a OneRoster 1.1 bulk package into the workspace's database.

    Args:
        path: A ZIP or a folder. It is read, never changed.

    Raises:
        PackageUnreadableError: The package cannot be opened at all. Everything less is a finding.

    Source: OneRoster 1.1 CSV (fact base sections 2 to 4 and 9).
    """
    package = open_package(path, unpack_to=workspace.folder / "package")
    manifest = read_manifest(package.files.get("manifest"))
    findings = [*manifest.findings, *_find_package_problems(package, manifest)]
    files = {}
    with workspace.connect() as database:
        make_refusals(database)
        for resource in RESOURCES:
            if path_of_file := package.files.get(resource.lower()):
                file, problems = _stage_file(database, resource, path_of_file, workspace)
                findings += problems
                if file:
                    files[resource] = file
    return StagedRoster(workspace=workspace, files=files, findings=tuple(findings))


def _find_package_problems(package: Package, manifest: Manifest) -> Iterator[Finding]:
    known = {"manifest", *(resource.lower() for resource in RESOURCES)}
    unknown = [path.name for name, path in package.files.items() if name not in known]
    for name in sorted([*unknown, *package.others]):
        yield Finding("package.file.unknown", name)
    for resource in RESOURCES:
        mode, is_there = manifest.modes.get(resource), resource.lower() in package.files
        if is_there and mode == "absent":
            yield Finding(f"{resource}.file.unexpected", resource.filename)
        elif not is_there and mode == "bulk":
            yield Finding(f"{resource}.file.promised", resource.filename)
        elif not is_there and resource.is_required and mode != "absent":
            yield Finding(f"{resource}.file.missing", resource.filename)


def _stage_file(
    database: duckdb.DuckDBPyConnection, resource: Resource, path: Path, workspace: Workspace
) -> tuple[StagedFile | None, list[Finding]]:
    shape = look_at(path)
    columns = _read_header(path, shape)
    findings = list(_find_header_problems(resource, path.name, columns))
    if shape.encoding is not Encoding.UTF_8:
        findings.append(Finding(f"{resource}.file.not_utf8", path.name, value=shape.encoding))
    if any(finding.code.endswith((".missing", ".duplicate")) for finding in findings):
        return None, findings
    loaded = load_table(
        database,
        resource=resource,
        path=path,
        shape=shape,
        columns=columns,
        clean_copy=workspace.folder / f"clean-{resource}.csv",
    )
    findings += _find_emptiness(resource, path.name, loaded)
    if not loaded.rows and not resource.is_required:
        return None, findings
    staged = StagedFile(
        name=path.name,
        resource=resource,
        rows=loaded.rows,
        refused=loaded.refused,
        columns=columns,
    )
    return staged, findings


def _read_header(path: Path, shape: Shape) -> tuple[str, ...]:
    for record in read_records(path, shape):
        return tuple(cell.strip() for cell in record.cells)
    return ()


def _find_header_problems(
    resource: Resource, file: str, columns: tuple[str, ...]
) -> Iterator[Finding]:
    fields = fields_of(resource)
    standard = {field.name for field in fields}
    unknown = [name for name in columns if name not in standard]
    for field in fields:
        if field.required and field.name not in columns:
            nearest = difflib.get_close_matches(field.name, unknown, n=1)
            yield Finding(
                f"{resource}.header.missing",
                file,
                record=1,
                field=field.name,
                value=nearest[0] if nearest else None,
            )
    for name in sorted({name for name in columns if name and columns.count(name) > 1}):
        yield Finding(f"{resource}.header.duplicate", file, record=1, field=name)
    for name in unknown:
        if not name.startswith("metadata."):
            yield Finding(f"{resource}.header.unknown", file, record=1, field=name)


def _find_emptiness(resource: Resource, file: str, loaded: Loaded) -> Iterator[Finding]:
    if not loaded.rows and resource.is_required:
        yield Finding(f"{resource}.file.empty", file)
    elif not loaded.rows and not loaded.refused:
        yield Finding(f"{resource}.file.header_only", file)
