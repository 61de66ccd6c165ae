"""Keep what a run found and what it changes, for people to read."""

from __future__ import annotations

from pathlib import Path

import duckdb
from django.db import transaction

from rollbook.apply.copying import copy_rows
from rollbook.diff.compute import record_changes_sql
from rollbook.diff.data import ChangeSet
from rollbook.runs.models import Finding, RecordChange, SyncRun
from rollbook.runs.recording import hold_open
from rollbook.sqlfiles import read_sql
from rollbook.staging.data import Workspace

FINDINGS_KEPT_PER_CODE = 1_000
CHANGES_KEPT_PER_KIND = 100_000  # per resource, and per create, update and abandon


@transaction.atomic
def keep_findings(run: SyncRun, workspace: Workspace) -> None:
    """Store a run's findings, the first of each code; the run's counts have the whole number."""
    hold_open(run)
    Finding.objects.filter(district_id=run.district_id, run_number=run.number).delete()
    with workspace.connect() as database:
        copy_rows(
            database,
            read_sql("rollbook.apply", "kept_findings"),
            {
                "district": run.district_id,
                "run": run.number,
                "most": FINDINGS_KEPT_PER_CODE,
            },
            into=Finding._meta.db_table,
            columns=(
                "district_id",
                "run_number",
                "ordinal",
                "code",
                "severity",
                "file",
                "record",
                "sourced_id",
                "field",
                "value",
                "line",
                "rows",
            ),
            pipe=_pipe(workspace),
        )


@transaction.atomic
def keep_changes(run: SyncRun, change_set: ChangeSet) -> None:
    """Store what a run changes, record by record, so that it can be read before and after it is
    published.

    The first load is not stored this way: its snapshot is that list.
    """
    hold_open(run)
    RecordChange.objects.filter(district_id=run.district_id, run_number=run.number).delete()
    if change_set.published is None:
        return
    with change_set.workspace.connect() as database:
        for resource, counts in change_set.counts.items():
            if counts.total:
                _copy_changes(
                    database,
                    run,
                    str(resource),
                    record_changes_sql(resource, has_limit=True),
                    change_set,
                )


def _copy_changes(
    database: duckdb.DuckDBPyConnection,
    run: SyncRun,
    resource: str,
    changes: str,
    change_set: ChangeSet,
) -> None:
    copy_rows(
        database,
        read_sql("rollbook.apply", "kept_changes", changes=changes),
        {
            "district": run.district_id,
            "run": run.number,
            "resource": resource,
            "most": CHANGES_KEPT_PER_KIND,
        },
        into=RecordChange._meta.db_table,
        columns=(
            "district_id",
            "run_number",
            "resource",
            "sourced_id",
            "change",
            "label",
            "fields",
        ),
        pipe=_pipe(change_set.workspace),
    )


def _pipe(workspace: Workspace) -> Path:
    return workspace.folder / "keep.pipe"
