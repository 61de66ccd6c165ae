"""Stage the files of a OneRoster package: each becomes the table of its resource."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb

from rollbook.oneroster import Field, Kind, Ownership, Resource, Version, fields_of, resources_of
from rollbook.staging.data import (
    Finding,
    HeaderMapping,
    Mode,
    Reading,
    Staged,
    StagedFile,
    Workspace,
)
from rollbook.staging.files import LoadedFile, PackageFile, load_package_file, read_file_of
from rollbook.staging.manifest import ABSENT, Manifest
from rollbook.staging.matching import TOLD_BY, columns_of
from rollbook.staging.present import mapped, present_resource, quoted
from rollbook.staging.tolerance import TolerantColumn, tolerate

_FROM_ROLES = ("orgSourcedIds", "role")


def stage_standard(
    database: duckdb.DuckDBPyConnection,
    files: Mapping[str, PackageFile],
    *,
    version: Version,
    manifest: Manifest,
    workspace: Workspace,
    reading: Reading,
    staged: Staged,
) -> None:
    """Stage every file of a version that is there, and add to what is staged.

    Source: OneRoster CSV (fact base sections 2 to 6).
    """
    staged.findings += _find_package_problems(files, version, manifest, reading.ownership)
    staged.leaves_roles_apart = str(Resource.ROLES) in files and version is Version.V1_2
    for resource in resources_of(version):
        if (file := files.get(resource.lower())) is not None:
            mode = manifest.modes.get(resource) if manifest.version else None
            _stage(database, resource, file, version, mode, staged, workspace, reading)


def _find_package_problems(
    files: Mapping[str, PackageFile], version: Version, manifest: Manifest, ownership: Ownership
) -> Iterator[Finding]:
    if "manifest" not in files and version is not Version.V1_0:
        yield Finding("package.manifest.missing", "manifest.csv")
    for resource in resources_of(version):
        mode, is_there = manifest.modes.get(resource), resource.lower() in files
        is_needed = resource.is_required or resource is Resource.ROLES
        is_needed = is_needed and ownership.expects(resource)
        if is_there and mode == ABSENT:
            yield Finding(f"{resource}.file.unexpected", resource.filename)
        elif not is_there and mode in tuple(Mode):
            yield Finding(f"{resource}.file.promised", resource.filename)
        elif not is_there and is_needed and mode != ABSENT:
            yield Finding(f"{resource}.file.missing", resource.filename)


def _stage(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    file: PackageFile,
    version: Version,
    said_mode: str | None,
    staged: Staged,
    workspace: Workspace,
    reading: Reading,
) -> None:
    columns = columns_of(resource, version)
    secrets = [field.name for field in fields_of(resource) if field.is_secret]
    loaded, findings = load_package_file(
        database,
        file,
        subject=resource,
        columns=columns,
        secrets=secrets,
        workspace=workspace,
        reading=reading,
    )
    staged.findings += findings
    if loaded is None:
        return
    mapping = reading.mappings.files.get(resource.lower(), HeaderMapping())
    staged.findings += _present(database, resource, loaded, mapping)
    staged.take(read_file_of(loaded), loaded.find_lines)
    mode = _mode_of(database, resource, said_mode)
    staged.findings += _find_status_problems(database, resource, loaded, mode)
    staged.findings += _find_emptiness(resource, loaded, mode)
    if loaded.loaded.rows or resource.is_required:
        staged.files[resource] = StagedFile(
            name=file.path.name,
            resource=resource,
            rows=loaded.loaded.rows,
            refused=loaded.loaded.refused,
            mode=mode,
            unstated=_unstated(resource, loaded, mapping, staged),
            has_unreadable=loaded.loaded.refused > 0,
        )


def _present(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    loaded: LoadedFile,
    mapping: HeaderMapping,
) -> list[Finding]:
    """Make the resource's view, and say what was put right on the way."""
    columns = [
        TolerantColumn(field, expression)
        for field in fields_of(resource)
        if not field.is_secret and (expression := _source(field, loaded, mapping))
    ]
    expressions, findings = tolerate(
        database, loaded.table, columns, name=resource, file=loaded.file.path.name
    )
    if resource is Resource.ACADEMIC_SESSIONS and "schoolYear" not in expressions:
        expressions["schoolYear"] = _school_year(loaded.table, expressions)
    present_resource(
        database,
        resource,
        loaded.table,
        file=loaded.file.path.name,
        header=loaded.header,
        expressions=expressions,
    )
    return findings


def _source(field: Field, loaded: LoadedFile, mapping: HeaderMapping) -> str:
    """Return where a field's values come from: a column, a constant or nowhere."""
    if field.name in mapping.constants:
        return quoted(mapping.constants[field.name])
    if field.name not in loaded.header.places:
        return ""
    column = f"c{loaded.header.places[field.name]}"
    return mapped(column, field.name, mapping, is_list=field.kind in (Kind.LIST, Kind.REFS))


def _school_year(raw: str, expressions: Mapping[str, str]) -> str:
    """Return the year in which a session's school year ends, told by the last day of the session.

    A school year ends before September, as in `formats/shared/terms.sql`; where one of the file
    itself ends later, years are those of the calendar.
    """
    last_day = f"(try_cast({expressions['endDate']} as date) - 1)"
    ends_late = f"{expressions['type']} = 'schoolYear' and month({last_day}) >= 9"
    return (
        f"(year({last_day}) + if(month({last_day}) >= 9 and not "
        f"(select coalesce(bool_or({ends_late}), false) from {raw}), 1, 0))::varchar"
    )


def _mode_of(database: duckdb.DuckDBPyConnection, resource: Resource, said: str | None) -> Mode:
    """Return the mode that the manifest says; without one, what `status` looks like.

    A file in which every row says when it changed, and some are to be removed, lists changes: were
    it taken for the whole, all that did not change would be removed.
    """
    if said is not None:
        return Mode.DELTA if said == Mode.DELTA else Mode.BULK
    row = database.execute(
        "select bool_and(r.status is not null and r.dateLastModified is not null), "
        f"bool_or(r.status = 'tobedeleted') from \"{resource}\" as r"
    ).fetchone()
    return Mode.DELTA if row and all(row) else Mode.BULK


def _find_status_problems(
    database: duckdb.DuckDBPyConnection, resource: Resource, loaded: LoadedFile, mode: Mode
) -> Iterator[Finding]:
    """Yield rows whose status and date do not fit the mode, told once for the file."""
    for name in ("status", "dateLastModified"):
        is_wrong = f"{name} is null" if mode is Mode.DELTA else f"{name} is not null"
        row = database.execute(
            f'select count(*), min(record) from "{resource}" where {is_wrong}'
        ).fetchone()
        if row and row[0]:
            problem = "not_in_delta" if mode is Mode.DELTA else "in_bulk"
            yield Finding(
                f"{resource}.{name}.{problem}",
                loaded.file.path.name,
                record=row[1],
                field=name,
                rows=row[0],
            )


def _find_emptiness(resource: Resource, loaded: LoadedFile, mode: Mode) -> Iterator[Finding]:
    name, rows = loaded.file.path.name, loaded.loaded
    if not rows.rows and resource.is_required and mode is Mode.BULK:
        yield Finding(f"{resource}.file.empty", name)
    elif not rows.rows and not rows.refused:
        yield Finding(f"{resource}.file.header_only", name)


def _unstated(
    resource: Resource, loaded: LoadedFile, mapping: HeaderMapping, staged: Staged
) -> tuple[str, ...]:
    """Return the fields of which the file does not speak: what is published of them stays."""
    stated = {*loaded.header.places, *mapping.constants}
    stated.update(name for told, name in TOLD_BY if told is resource)
    if resource is Resource.USERS and staged.leaves_roles_apart:
        stated.update(_FROM_ROLES)
    names = [field.name for field in fields_of(resource) if field.is_kept]
    unstated = [name for name in names if name not in stated]
    return (*unstated, *([] if loaded.header.others else ["metadata"]))
