"""The entry to this stage's formats: from raw views to the canonical tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files

import duckdb

from rollbook.oneroster import Resource, fields_of
from rollbook.staging.data import Finding
from rollbook.staging.formats.columns import identifier_of
from rollbook.staging.formats.crosswalks import load_crosswalks
from rollbook.staging.formats.data import Format
from rollbook.staging.formats.options import AdapterOptions, Derivation

PREFIXED = "users.sourcedId.prefixed"

_SESSIONS = ("shared/term_texts", "shared/terms", "shared/school_years", "shared/section_terms")
_COURSES = ("shared/section_courses", "shared/courses")
_SUBJECTS = ("shared/subject_texts", "shared/text_subjects", "shared/section_subjects")
_DATES = ("date_texts", "shared/dates")
_GRADES = ("grade_texts", "shared/grades")

# The selects of a format in their order, each a table `adapted.<name>`; those named as a resource
# are the canonical tables. `shared/` holds those that several formats have in common.
_STEPS: Mapping[Format, tuple[str, ...]] = {
    Format.CLEVER: (
        *_DATES,
        *_GRADES,
        *("extensions", "emails", "student_keys", "first_schools"),
        *("teacher_rows", "staff_schools", "contact_rows", "kinds"),
        *("taught", *_SESSIONS, "shared/academicSessions", *_COURSES, *_SUBJECTS),
        *("section_sizes", "section_teachers", "student_schools", "student_homes"),
        *("teacher_schools", "teacher_homes", "links", "agents", "relations", "contacts"),
        *("students", "teachers", "staff", "orgs", "users", "roles"),
        *("section_grades", "section_titles", "classes", "enrollments", "demographics"),
    ),
    Format.SDS_V1: (
        *_DATES,
        *_GRADES,
        *("kinds", "taught", *_SESSIONS, "shared/academicSessions", *_COURSES),
        *("orgs", "guardian_rows", "agents", "people", "guardians", "users"),
        *("classes", "enrollments", "demographics"),
    ),
    Format.SDS_V2: (
        *_DATES,
        *_GRADES,
        *("taught", *_SESSIONS, "shared/academicSessions", "shared/section_courses"),
        *("orgs", "courses", "classes", "users", "enrollments"),
    ),
    Format.SDS_V2_1: (
        *_DATES,
        *_GRADES,
        *("orgs", "year", "academicSessions", "courses", "classes"),
        *("links", "members", "agents", "users", "roles", "enrollments", "demographics"),
    ),
    # Their names are their own: views of the rest of the package still read its tables.
    Format.GUARDIANS: (
        *("guardian_kinds", "guardian_links", "guardian_ties", "guardian_agents", "guardians"),
        *("users", "roles"),
    ),
}

# The selects of what is to be said, each in the columns of `adapter_findings`.
_FINDINGS: Mapping[Format, tuple[str, ...]] = {
    Format.CLEVER: (
        *("found_prefixed", "found_derived", "shared/found_derived", "found_unnamed_contact"),
        *("found_untyped_contact", "found_repeated_student", "found_staff_without_email"),
        *("found_spreadsheet_grades", "found_unknown_extension"),
    ),
    Format.SDS_V1: ("found", "shared/found_derived"),
    Format.SDS_V2: ("shared/found_derived",),
    Format.SDS_V2_1: ("found",),
    Format.GUARDIANS: ("found",),
}

# These are cheaper to compute again than to keep.
_VIEWS = ("clever/users", "clever/enrollments")

# A delivery without any of these says nothing about them, so the canonical table is not there.
_TOLD_OR_ABSENT = (Resource.DEMOGRAPHICS, Resource.ROLES)


def adapt(
    database: duckdb.DuckDBPyConnection,
    format: Format,
    *,
    options: AdapterOptions | None = None,
) -> tuple[Finding, ...]:
    """Make the canonical tables of a delivery that is not OneRoster.

    Args:
        database: Has a raw view for each file of the format, empty where the file is absent.

    Returns:
        What was decided about whole files. Findings about single rows can be as many as the rows;
        they are in the table `adapter_findings` (code, file, record, sourcedId, field, value,
        rows).

    Source: fact bases of Clever (section 3) and Connect (11.5); Microsoft's School Data Sync CSV
        formats.
    """
    _prepare(database, options or AdapterOptions())
    has_roles = format is not Format.GUARDIANS or _has(database, Resource.ROLES)
    if format is Format.GUARDIANS:
        _keep_people(database)
    for step in _STEPS[format]:
        _run(database, format, step)
    if not has_roles:
        database.execute("delete from adapted.roles")
    _gather_findings(database, format)
    _offer_resources(database, format)
    return tuple(_findings_of_files(database))


def prefixed_kinds(findings: tuple[Finding, ...]) -> frozenset[str]:
    """Return the kinds whose ids are prefixed, for `AdapterOptions.prefixed` of the next load."""
    return frozenset(
        finding.value for finding in findings if finding.code == PREFIXED and finding.value
    )


def _prepare(database: duckdb.DuckDBPyConnection, options: AdapterOptions) -> None:
    load_crosswalks(database)
    database.execute(files(__package__).joinpath("macros.sql").read_text(encoding="utf-8"))
    database.execute("create schema if not exists adapted")
    _keep_options(database, options)


def _keep_options(database: duckdb.DuckDBPyConnection, options: AdapterOptions) -> None:
    now = datetime.now(UTC)
    values = {
        "prefixed varchar[]": sorted(options.prefixed),
        "is_first_load boolean": options.is_first_load,
        "district_name varchar": options.district_name,
        "school_year integer": options.school_year,
        "this_school_year integer": now.year + (now.month >= 7),
    }
    for derivation in Derivation:
        values[f"{derivation.column} boolean"] = derivation not in options.switched_off
    database.execute(f"create or replace table adapted.options ({', '.join(values)})")
    places = ", ".join("?" * len(values))
    database.execute(f"insert into adapted.options values ({places})", list(values.values()))


def _keep_people(database: duckdb.DuckDBPyConnection) -> None:
    """Keep what the rest of the package says of people, whom the guardians then join."""
    for resource in (Resource.USERS, Resource.ROLES):
        source = f'from "{resource}"' if _has(database, resource) else _nobody(resource)
        database.execute(f"create or replace table adapted.{resource}_before as {source}")


def _has(database: duckdb.DuckDBPyConnection, resource: Resource) -> bool:
    row = database.execute(
        "select 1 from information_schema.tables where table_schema = 'main' and table_name = ?",
        [str(resource)],
    ).fetchone()
    return row is not None


def _nobody(resource: Resource) -> str:
    """Return a select of no rows in the shape of a resource."""
    fields = (f'null::varchar as "{field.name}"' for field in fields_of(resource))
    return (
        "select null::bigint as row, null::varchar as file, null::bigint as record, "
        f"{', '.join(fields)}, null::varchar as metadata where false"
    )


def _run(database: duckdb.DuckDBPyConnection, format: Format, step: str) -> None:
    name = step.rpartition("/")[2]
    is_view = f"{identifier_of(format)}/{step}" in _VIEWS
    _drop(database, name)
    database.execute(
        f'create {"view" if is_view else "table"} adapted."{name}" as {_read(format, step)}'
    )


def _drop(database: duckdb.DuckDBPyConnection, name: str) -> None:
    found = database.execute(
        "select table_type from information_schema.tables "
        "where table_schema = 'adapted' and table_name = ?",
        [name],
    ).fetchone()
    if found:
        database.execute(f'drop {"view" if found[0] == "VIEW" else "table"} adapted."{name}"')


def _read(format: Format, step: str) -> str:
    path = step if "/" in step else f"{identifier_of(format)}/{step}"
    return files(__package__).joinpath(*f"{path}.sql".split("/")).read_text(encoding="utf-8")


def _gather_findings(database: duckdb.DuckDBPyConnection, format: Format) -> None:
    # A guardians file comes after the rest of its package.
    create = (
        "create table if not exists" if format is Format.GUARDIANS else "create or replace table"
    )
    database.execute(
        f"{create} adapter_findings (code varchar, file varchar, record bigint, "
        "sourcedId varchar, field varchar, value varchar, rows bigint default 1)"
    )
    for step in _FINDINGS[format]:
        database.execute(f"insert into adapter_findings by name {_read(format, step)}")


def _offer_resources(database: duckdb.DuckDBPyConnection, format: Format) -> None:
    """Name the results as the resources, with every field that a roster keeps."""
    made = {step.rpartition("/")[2] for step in _STEPS[format]}
    for resource in Resource:
        if resource not in made or not _tells(database, resource):
            continue
        told = _columns(database, resource)
        fields = ", ".join(
            f't."{field.name}"' if field.name in told else f'null::varchar as "{field.name}"'
            for field in fields_of(resource)
            if not field.is_secret
        )
        metadata = "t.metadata" if "metadata" in told else "null::varchar as metadata"
        database.execute(
            f'create or replace view "{resource}" as '
            f'select t.row, t.file, t.record, {fields}, {metadata} from adapted."{resource}" as t'
        )


def _tells(database: duckdb.DuckDBPyConnection, resource: Resource) -> bool:
    if resource not in _TOLD_OR_ABSENT:
        return True
    return database.execute(f'select 1 from adapted."{resource}" limit 1').fetchall() != []


def _columns(database: duckdb.DuckDBPyConnection, resource: Resource) -> frozenset[str]:
    rows = database.execute(f'describe adapted."{resource}"').fetchall()
    return frozenset(row[0] for row in rows)


def _findings_of_files(database: duckdb.DuckDBPyConnection) -> list[Finding]:
    rows = database.execute(
        "delete from adapter_findings where record is null "
        "returning code, file, sourcedId, field, value, rows"
    ).fetchall()
    return [
        Finding(code, file, sourced_id=sourced_id, field=field, value=value, rows=count)
        for code, file, sourced_id, field, value, count in rows
    ]
