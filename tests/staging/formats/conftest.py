"""A database with a delivery's raw views, adapted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import duckdb
import pytest
from tests.staging.formats.raw_views import Rows, make_raw_views, read_folder

from rollbook.staging.data import Finding
from rollbook.staging.formats.adapt import adapt
from rollbook.staging.formats.data import Format
from rollbook.staging.formats.options import AdapterOptions

SAMPLES = Path(__file__).parents[2] / "samples"


class Adapted:
    """What an adapter made of a delivery."""

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self.database = database
        self.findings: tuple[Finding, ...] = ()

    def add(
        self, format: Format, tables: Mapping[str, Rows], options: AdapterOptions | None = None
    ) -> Adapted:
        make_raw_views(self.database, format, tables)
        self.findings += adapt(self.database, format, options=options)
        return self

    def add_sample(self, format: Format, name: str) -> Adapted:
        return self.add(format, read_folder(SAMPLES / name))

    def rows(self, resource: str) -> list[dict[str, str]]:
        """Return the rows of a table in order, without what is null."""
        result = self.database.execute(f'select * from "{resource}" order by row')
        names = [column[0] for column in result.description]
        return [
            {name: value for name, value in zip(names, row, strict=True) if value is not None}
            for row in result.fetchall()
        ]

    def records(self, resource: str) -> dict[str, dict[str, str]]:
        """Return the rows of a table by their id, of which there must be one each."""
        rows = self.rows(resource)
        by_id = {row["sourcedId"]: row for row in rows}
        assert len(by_id) == len(rows)
        return by_id

    def records_with_id(self, resource: str) -> dict[str, dict[str, str]]:
        """Return the rows of a table that have an id, by it."""
        return {row["sourcedId"]: row for row in self.rows(resource) if "sourcedId" in row}

    def has(self, resource: str) -> bool:
        found = self.database.execute(
            "select 1 from duckdb_views() where view_name = ? and schema_name = 'main'", [resource]
        ).fetchall()
        return bool(found)

    def codes(self) -> set[str]:
        return {finding.code for finding in self.findings}

    def row_findings(self) -> set[tuple[str, str, int]]:
        return set(
            self.database.execute("select code, file, record from adapter_findings").fetchall()
        )


@pytest.fixture
def adapted() -> Iterator[Adapted]:
    with duckdb.connect() as database:
        yield Adapted(database)


@pytest.fixture
def clever(adapted: Adapted) -> Callable[..., Adapted]:
    """Adapt a small Clever delivery in which some files are replaced."""
    tables = read_folder(SAMPLES / "clever")

    def adapt_with(options: AdapterOptions | None = None, **files: Rows) -> Adapted:
        return adapted.add(Format.CLEVER, tables | files, options)

    return adapt_with


@pytest.fixture(scope="session")
def sample() -> Iterator[Adapted]:
    """The small Clever delivery as it is; tests only look at it."""
    with duckdb.connect() as database:
        yield Adapted(database).add_sample(Format.CLEVER, "clever")
