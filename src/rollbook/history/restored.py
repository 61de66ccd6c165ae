"""The rows of a run that restores an earlier one: they take the place of a validated delivery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from rollbook.apply.snapshots import fetch_others
from rollbook.filestore import fetch_file
from rollbook.history.erased import drop_erased
from rollbook.history.errors import SnapshotGoneError
from rollbook.history.rosters import IDENTITIES, columns_of, literal
from rollbook.oneroster import RESOURCES, Field, Kind, Resource, fields_of
from rollbook.runs.models import RunState, SyncRun
from rollbook.runs.published import Published
from rollbook.sqlfiles import read_sql
from rollbook.staging.data import Snapshot, Workspace
from rollbook.validation.data import RowCounts, ValidRoster
from rollbook.validation.kept import define_kept, define_restated
from rollbook.validation.notes import present_notes
from rollbook.validation.standing import (
    define_live,
    present_absent,
    present_others,
    present_published,
)

_HERE = "rollbook.history"
_VALIDATION = "rollbook.validation"
# Terms and courses come with the classes that need them, people with their places.
_SCHOOL_ORDER = (
    Resource.ORGS,
    Resource.CLASSES,
    Resource.COURSES,
    Resource.ACADEMIC_SESSIONS,
    Resource.USERS,
    Resource.USER_PROFILES,
    Resource.ROLES,
    Resource.ENROLLMENTS,
    Resource.DEMOGRAPHICS,
)


def take_snapshot_rows(
    run: SyncRun, workspace: Workspace, *, published: Snapshot | None, last: Published
) -> ValidRoster:
    """Take the rows of an earlier snapshot as those that may go on, with the views of validation.

    For a whole district these are the rows of the run's source as it published them; for one school
    its rows of then, and all others of now. Records that go by another id since are matched by the
    id under which they are served. References to what does not stand are left out, and a record
    that is nothing without them goes. Erased people do not come back.

    Raises:
        SnapshotGoneError: The snapshot thinned out while the run waited.
    """
    others = fetch_others(last.others, folder=workspace.folder / "others")
    old = _fetch_source(run, workspace.folder / "restored")
    present = {str(name): path for name, path in (published.files if published else {}).items()}
    present |= _fetch_notes(last.own, workspace.folder / "present")
    with workspace.connect() as database:
        for resource in RESOURCES:
            _present(database, f"now_{resource}", present.get(resource), columns_of(resource))
            _present(database, f"found_{resource}", old.get(resource), columns_of(resource))
        _rename_ids(database, old, present)
        _choose(database, run.restores_school)
        drop_erased(database, run.district_id, source_number=run.source_number, prefix="wanted")
        present_notes(database, published, others)
        for resource in RESOURCES:
            _prune(database, resource, others)
        counts = {resource: _offer(database, resource, published) for resource in RESOURCES}
        database.execute(read_sql(_VALIDATION, "make_findings"))
    return ValidRoster(
        workspace=workspace,
        published=published,
        counts={resource: it for resource, it in counts.items() if it.rows},
        set_aside={},
        finding_counts={},
        severity_counts={},
        stops=(),
        others=others,
    )


def _fetch_source(run: SyncRun, folder: Path) -> dict[str, Path]:
    restored = SyncRun.objects.get(district_id=run.district_id, number=run.restores_run or 0)
    if restored.state != RunState.PUBLISHED or not restored.snapshot:
        raise SnapshotGoneError(f"The snapshot of run {restored.number} is not kept any more.")
    keys = restored.snapshot.get(str(run.source_number), {})
    return {name: fetch_file(key, into=folder / f"{name}.parquet") for name, key in keys.items()}


def _fetch_notes(keys: Mapping[str, str], folder: Path) -> dict[str, Path]:
    if IDENTITIES not in keys:
        return {}
    return {IDENTITIES: fetch_file(keys[IDENTITIES], into=folder / "identities.parquet")}


def _present(
    database: duckdb.DuckDBPyConnection, name: str, path: Path | None, columns: tuple[str, ...]
) -> None:
    """Make a view of a file of a snapshot, empty without one; a field that it lacks is null."""
    source, there = "", set[str]()
    if path:
        source = f"from read_parquet({literal(path)})"
        there = {it[0] for it in database.execute(f"select * {source} limit 0").description or ()}
    selected = [f'"{it}"' if it in there else f'null::varchar as "{it}"' for it in columns]
    database.execute(
        f'create or replace view "{name}" as select {", ".join(selected)} {source or "where false"}'
    )


def _rename_ids(
    database: duckdb.DuckDBPyConnection, old: Mapping[str, Path], present: Mapping[str, Path]
) -> None:
    """Give the old rows the ids that their records have today, in links too."""
    for side, files in (("old", old), ("now", present)):
        columns = ("resource", "sourcedId", "servedId")
        _present(database, f"{side}_identities", files.get(IDENTITIES), columns)
    row = database.execute(
        "select 1 from old_identities union all select 1 from now_identities limit 1"
    ).fetchone()
    if row is None:
        for resource in RESOURCES:
            database.execute(f'create or replace view "old_{resource}" as from "found_{resource}"')
        return
    for resource in RESOURCES:
        database.execute(read_sql(_HERE, "snapshots/renamed", resource=resource))
    for resource in RESOURCES:
        database.execute(_translated(resource))


def _translated(resource: Resource) -> str:
    values, joins = [], []
    for field in _kept(resource):
        value, join = _translate(field)
        values.append(f'{value} as "{field.name}"')
        joins.append(join)
    return (
        f'create or replace table "old_{resource}" as select {", ".join(values)}, o.metadata '
        f'from "found_{resource}" as o {" ".join(joins)}'
    )


def _translate(field: Field) -> tuple[str, str]:
    value, alias = f'o."{field.name}"', f'"x_{field.name}"'
    target = field.resource if field.kind is Kind.ID and not field.refers_to else field.refers_to
    if target is None:
        return value, ""
    if field.is_list:
        select = read_sql(
            _HERE,
            "snapshots/renamed_many",
            resource=field.resource,
            field=field.name,
            target=target,
        )
        return (
            f"coalesce({alias}.value, {value})",
            f"left join ({select}) as {alias} on o.sourcedId = {alias}.sourcedId",
        )
    return (
        f"coalesce({alias}.sourcedId, {value})",
        f'left join "restored_ids_{target}" as {alias} on {value} = {alias}.was',
    )


def _choose(database: duckdb.DuckDBPyConnection, school: str) -> None:
    """Make the tables of the rows that are wanted, before references are looked at."""
    if not school:
        for resource in RESOURCES:
            database.execute(
                f'create or replace table "wanted_{resource}" as from "old_{resource}"'
            )
        return
    database.execute("create or replace table restored_school as select ? as sourcedId", [school])
    database.execute(read_sql(_HERE, "snapshots/school_people"))
    for resource in _SCHOOL_ORDER:
        database.execute(
            f'create or replace table "wanted_{resource}" as '
            + read_sql(_HERE, f"snapshots/school_{resource}")
        )


def _prune(
    database: duckdb.DuckDBPyConnection, resource: Resource, others: Sequence[Snapshot]
) -> None:
    """Leave out links to what does not stand, parents first, as validation does for kept rows."""
    columns = ", ".join(f'"{name}"' for name in columns_of(resource))
    present_absent(database, resource)
    present_others(database, resource, others)
    database.execute(
        f'create or replace view "published_{resource}" as select {columns} '
        f'from "wanted_{resource}"'
    )
    database.execute(
        f'create or replace view "valid_{resource}" as '
        f'select {columns} from "wanted_{resource}" where false'
    )
    database.execute(read_sql(_VALIDATION, "foreign", resource=resource))
    define_kept(database, resource, among="published")
    database.execute(read_sql(_VALIDATION, "standing", resource=resource))
    # Nothing is in doubt: what the restored roster does not have goes, under whatever id.
    for name, rows in (("missing", "where false"), ("known", "")):
        database.execute(
            f'create or replace view "{name}_{resource}" as from "standing_{resource}" {rows}'
        )
    define_restated(database, resource)
    database.execute(f'create or replace table "restored_{resource}" as from "restated_{resource}"')


def _offer(
    database: duckdb.DuckDBPyConnection, resource: Resource, published: Snapshot | None
) -> RowCounts:
    """Offer the rows under the names that the next stage looks for."""
    columns = ", ".join(f'"{name}"' for name in columns_of(resource))
    present_published(database, resource, published)
    place = "null::bigint as row, null::varchar as file, null::bigint as record"
    for statement in (
        f'create or replace view "valid_rows_{resource}" as '
        f'select {place}, {columns} from "restored_{resource}"',
        f'create or replace view "valid_{resource}" as select {columns} from "restored_{resource}"',
        f'create or replace table "kept_{resource}" as '
        "select null::varchar as sourcedId where false",
        f'create or replace table "doubtful_{resource}" as from "kept_{resource}"',
        f'create or replace table "set_aside_{resource}" as select null::bigint as row, '
        "null::varchar as sourcedId, null::boolean as is_repeated where false",
    ):
        database.execute(statement)
    define_restated(database, resource)
    define_live(database, resource)
    row = database.execute(f'select count(*) from "restored_{resource}"').fetchone() or (0,)
    return RowCounts(rows=row[0], refused=0, set_aside=0, kept=0)


def _kept(resource: Resource) -> list[Field]:
    return [field for field in fields_of(resource) if field.is_kept]
