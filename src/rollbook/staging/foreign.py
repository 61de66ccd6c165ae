"""Stage the files of formats other than OneRoster: raw views, which an adapter makes resources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from rollbook.oneroster import RecordKind, Resource, fields_of, kinds_of
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
from rollbook.staging.formats.adapt import adapt, prefixed_kinds
from rollbook.staging.formats.columns import Column, columns_of, files_of, view_of
from rollbook.staging.formats.data import Format
from rollbook.staging.formats.options import AdapterOptions
from rollbook.staging.matching import Column as HeaderColumn
from rollbook.staging.present import as_json, mapped, quoted

_NEEDED = {
    Format.CLEVER: ("schools", "students", "teachers", "sections", "enrollments"),
    Format.SDS_V1: (
        "school", "section", "student", "teacher", "studentenrollment", "teacherroster",
    ),
    Format.SDS_V2: ("orgs", "users", "classes", "enrollments"),
    Format.SDS_V2_1: ("orgs", "users", "roles"),
    Format.GUARDIANS: ("guardians",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Source:
    """The files of one format in one package."""

    database: duckdb.DuckDBPyConnection
    format: Format
    files: Mapping[str, PackageFile]
    workspace: Workspace
    reading: Reading


def stage_foreign(
    database: duckdb.DuckDBPyConnection,
    files: Mapping[str, PackageFile],
    *,
    format: Format,
    staged: Staged,
    workspace: Workspace,
    reading: Reading,
) -> None:
    """Stage every file of a format that is there, and add to what is staged already.

    Source: clever.md sections 3 and 4.1; samples of School Data Sync; connect.md 11.5.
    """
    source = _Source(database, format, files, workspace, reading)
    loaded = {}
    for name in files_of(format):
        columns = [column for column in columns_of(format) if column.file == name]
        if (file := _load(source, name, columns, staged)) is not None:
            loaded[name] = file
    staged.findings += _find_missing_files(source, loaded)
    if any(finding.code.endswith((".file.missing", ".file.empty")) for finding in staged.findings):
        return
    findings = adapt(
        database,
        format,
        options=AdapterOptions(
            prefixed=reading.prefixed,
            is_first_load=reading.is_first_load,
            switched_off=reading.switched_off,
            school_year=reading.school_year,
        ),
    )
    staged.findings += findings
    staged.prefixed |= prefixed_kinds(findings)
    for resource in _resources_in(database):
        if resource not in staged.files:
            staged.files[resource] = _describe(source, resource, loaded)
    staged.columns += _columns_by_field(loaded, format)


def _load(source: _Source, name: str, columns: list[Column], staged: Staged) -> LoadedFile | None:
    """Load a file and create its raw view; the view is empty when the file is not there."""
    file, loaded = source.files.get(name), None
    if file is not None:
        loaded, findings = load_package_file(
            source.database,
            file,
            subject=name,
            columns=[HeaderColumn(it.name, it.required, it.aliases) for it in columns],
            secrets=[it.name for it in columns if it.is_secret],
            workspace=source.workspace,
            reading=source.reading,
            names_are_exact=False,
        )
        staged.findings += findings
    if loaded is not None:
        staged.take(read_file_of(loaded), loaded.find_lines)
        staged.findings += _find_emptiness(source, name, loaded)
    _present(source, name, columns, loaded)
    return loaded


def _present(source: _Source, name: str, columns: list[Column], loaded: LoadedFile | None) -> None:
    mapping = source.reading.mappings.files.get(name, HeaderMapping())
    cells = [
        f'{_cell(column.name, loaded, mapping)} as "{column.name}"'
        for column in columns
        if not column.is_secret
    ]
    others = {} if loaded is None else loaded.header.others
    extra = {
        other.removeprefix("ext.").removeprefix("metadata."): f"c{place}"
        for other, place in sorted(others.items())
    }
    file = quoted(loaded.file.path.name) if loaded else "null::varchar"
    record = "record" if loaded else "null::bigint"
    place = [f"{record} as row", f"{file} as file", f"{record} as record"]
    source.database.execute(
        f"create or replace view {view_of(source.format, name)} as "
        f"select {', '.join([*place, *cells, f'{as_json(extra)} as ext'])} "
        + (f"from {loaded.table}" if loaded else "where false")
    )


def _cell(name: str, loaded: LoadedFile | None, mapping: HeaderMapping) -> str:
    if loaded is not None and name in mapping.constants:
        return quoted(mapping.constants[name])
    if loaded is None or name not in loaded.header.places:
        return "null::varchar"
    column = f"nullif(trim(c{loaded.header.places[name]}), '')"
    return mapped(column, name, mapping, is_list=False)


def _find_missing_files(source: _Source, loaded: Mapping[str, LoadedFile]) -> Iterator[Finding]:
    for name in _NEEDED[source.format]:
        if name not in source.files:
            yield Finding(f"{name}.file.missing", f"{name}.csv")


def _find_emptiness(source: _Source, name: str, loaded: LoadedFile) -> Iterator[Finding]:
    if not loaded.loaded.rows:
        is_needed = name in _NEEDED[source.format]
        problem = "empty" if is_needed else "header_only"
        yield Finding(f"{name}.file.{problem}", loaded.file.path.name)


def _resources_in(database: duckdb.DuckDBPyConnection) -> list[Resource]:
    rows = database.execute(
        "select table_name from information_schema.tables where table_schema = 'main'"
    ).fetchall()
    names = {name for (name,) in rows}
    return [resource for resource in Resource if resource in names]


def _describe(source: _Source, resource: Resource, loaded: Mapping[str, LoadedFile]) -> StagedFile:
    feeding = [
        column
        for column in columns_of(source.format)
        if column.resource == resource and column.file in loaded
    ]
    files = [loaded[name] for name in dict.fromkeys(column.file for column in feeding)]
    row = source.database.execute(f'select count(*) from "{resource}"').fetchone()
    return StagedFile(
        name=files[0].file.path.name if files else resource.filename,
        resource=resource,
        rows=row[0] if row else 0,
        refused=0,
        # Guardians that come alone say nothing of students and staff, who stay; unless they come
        # from a source that owns no others.
        mode=Mode.DELTA if _speaks_of_guardians_only(source) else Mode.BULK,
        unstated=_unstated(resource, feeding, loaded),
        has_unreadable=any(file.loaded.refused for file in files),
    )


def _speaks_of_guardians_only(source: _Source) -> bool:
    owns = source.reading.ownership.owns
    return source.format is Format.GUARDIANS and any(
        owns(kind) for kind in kinds_of(Resource.USERS) if kind is not RecordKind.CONTACTS
    )


def _unstated(
    resource: Resource, feeding: list[Column], loaded: Mapping[str, LoadedFile]
) -> tuple[str, ...]:
    """Return fields for which the format has columns, none of which is there."""
    known = {column.field for column in feeding}
    there = {column.field for column in feeding if column.name in loaded[column.file].header.places}
    kept = {field.name for field in fields_of(resource) if field.is_kept}
    return tuple(sorted((known - there) & kept))


def _columns_by_field(
    loaded: Mapping[str, LoadedFile], format: Format
) -> list[tuple[str, str, str, str]]:
    """Return file, resource, field and the file's own column for it."""
    names: dict[tuple[str, str, str], str] = {}
    for column in columns_of(format):
        if column.file in loaded and column.name in loaded[column.file].header.places:
            file = loaded[column.file].file.path.name
            names.setdefault((file, column.resource, column.field), column.name)
    return [(*key, name) for key, name in names.items() if key[2] != "metadata"]
