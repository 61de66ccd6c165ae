"""Run the stages up to the change set by themselves: no Django, no PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from tests.packages import Package, Style

from rollbook.diff.compute import compute_change_set
from rollbook.diff.data import ChangeSet
from rollbook.oneroster import RESOURCES, Resource
from rollbook.staging.data import Finding, Snapshot, StagedRoster, Workspace
from rollbook.staging.stage import stage_files
from rollbook.validation.data import ValidRoster
from rollbook.validation.problems import find_problems

PLAIN = Style()
Where = tuple[str, int | None]


def open_folder(base: Path) -> Workspace:
    """Return a workspace of its own below a folder."""
    return Workspace(Path(mkdtemp(dir=base)), memory_limit="500MB")


def query(workspace: Workspace, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
    """Return the rows of a query of a workspace."""
    with workspace.connect() as database:
        return database.execute(sql, [*parameters]).fetchall()


def stage(package: Package | Path, base: Path, style: Style = PLAIN) -> StagedRoster:
    """Stage a package."""
    workspace = open_folder(base)
    path = package
    if isinstance(package, Package):
        path = package.write(workspace.folder / "delivery", style)
    assert isinstance(path, Path)
    return stage_files(path, workspace=workspace)


def table(staged: StagedRoster, resource: Resource, *columns: str) -> list[Any]:
    """Return columns of a staged table by record."""
    names = ", ".join(f'"{column}"' for column in columns)
    return query(staged.workspace, f'select {names} from "{resource}" order by record')


def places(findings: Sequence[Finding]) -> list[Where]:
    """Return code and record of findings."""
    return [(finding.code, finding.record) for finding in findings]


@dataclass(frozen=True)
class Checked:
    """A delivery after validation and comparison."""

    valid: ValidRoster
    changes: ChangeSet

    @property
    def found(self) -> list[Where]:
        """Code and record of every finding, in the order of files and rows."""
        return places([judged.finding for judged in self.valid.findings()])

    @property
    def codes(self) -> list[str]:
        """The code of every finding."""
        return [code for code, _ in self.found]

    def valid_ids(self, resource: Resource) -> list[str]:
        """Return the ids of rows that go on."""
        rows = query(self.valid.workspace, f'select sourcedId from "valid_{resource}" order by all')
        return [sourced_id for (sourced_id,) in rows]

    def changed(self, resource: Resource) -> dict[str, str]:
        """Return what happens to which record."""
        return dict(
            query(self.valid.workspace, f'select sourcedId, change from "changes_{resource}"')
        )

    @property
    def all_changes(self) -> dict[Resource, dict[str, str]]:
        """Return what happens to which record, for resources to which anything happens."""
        changes = {resource: self.changed(resource) for resource in RESOURCES}
        return {resource: changed for resource, changed in changes.items() if changed}

    def next(self, resource: Resource, sourced_id: str) -> dict[str, str | None]:
        """Return a record as it will be published."""
        return self.records(resource)[sourced_id]

    def records(self, resource: Resource) -> dict[str, dict[str, str | None]]:
        """Return all records of a resource as they will be published."""
        with self.valid.workspace.connect() as database:
            result = database.execute(f'select * from "next_{resource}"')
            names = [column[0] for column in result.description]
            rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        return {row["sourcedId"]: row for row in rows}

    def snapshot(self) -> Snapshot:
        """Write what this delivery would publish, as the next one finds it."""
        files = {}
        with self.valid.workspace.connect() as database:
            for resource in RESOURCES:
                path = self.valid.workspace.folder / f"published-{resource}.parquet"
                database.execute(f"copy (from \"next_{resource}\") to '{path}' (format parquet)")
                if self.changes.counts[resource].active_after:
                    files[resource] = path
        return Snapshot(files)


def check(
    package: Package | Path,
    base: Path,
    *,
    published: Snapshot | None = None,
    style: Style = PLAIN,
) -> Checked:
    """Take a package through staging, validation and comparison."""
    valid = find_problems(stage(package, base, style), published=published)
    assert not valid.stops, valid.stops
    return Checked(valid, compute_change_set(valid))


def publish(package: Package, base: Path) -> Snapshot:
    """Return the snapshot that a package leaves as a district's first."""
    return check(package, base).snapshot()
