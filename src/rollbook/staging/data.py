"""Values that go into staging and come out of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import duckdb

from rollbook.oneroster import Ownership, Resource
from rollbook.staging.formats.data import Format


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder for one run's tables and files on this machine, and the memory they may take."""

    folder: Path
    memory_limit: str = "1GB"
    _opened: list[duckdb.DuckDBPyConnection] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Return a connection to the workspace's database; temporary tables end with it."""
        if not self._opened:
            self._opened.append(self._open())
        connection = self._opened[0].cursor()
        connection.execute("use roster")
        return connection

    def close(self) -> None:
        """Give back the memory; the tables are gone."""
        while self._opened:
            self._opened.pop().close()

    def _open(self) -> duckdb.DuckDBPyConnection:
        """Open a database that outlives no crash: its log would be written for nobody."""
        database = duckdb.connect()
        database.execute("set memory_limit = ?", [self.memory_limit])
        database.execute("set temp_directory = ?", [str(self.folder / "spill")])
        database.execute("set checkpoint_threshold = '1TB'")
        database.execute("pragma disable_checkpoint_on_shutdown")
        path = str(self.folder / "roster.duckdb").replace("'", "''")
        database.execute(f"attach '{path}' as roster (recovery_mode 'no_wal_writes')")
        return database


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in the data, where it is.

    Attributes:
        code: `<resource>.<field>.<problem>`, public and stable.
        file: The file as the delivery names it.
        record: The row as a spreadsheet counts, the header being 1. None: the whole file.
        line: The physical line of the file where the record begins, if it is another number.
        rows: How many rows the finding is about: more than one when they share one cause.
    """

    code: str
    file: str
    record: int | None = None
    sourced_id: str | None = None
    field: str | None = None
    value: str | None = None
    line: int | None = None
    rows: int = 1


class Mode(StrEnum):
    """What a file says of records that it does not name: gone (bulk) or unchanged (delta)."""

    BULK = "bulk"
    DELTA = "delta"


@dataclass(frozen=True, slots=True)
class HeaderMapping:
    """What a district's own headers and codes mean, for one file of a format.

    Attributes:
        columns: The file's header, to the letter, to the format's column.
        constants: A value for a column that the file does not have.
        values: For a column: the district's own word to the format's.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mappings:
    """A mapping file.

    Attributes:
        name: The file's name, for findings.
        files: By the name of a format's file without its ending, in lower case.
    """

    name: str = ""
    files: Mapping[str, HeaderMapping] = field(default_factory=dict)
    previous: Mappings | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a delivery is to be read.

    Attributes:
        strict: To the letter of the standard: what is tolerated in practice is reported.
        mappings: What the district's own headers and codes mean.
        prefixed: Kinds of people whose ids got a prefix in an earlier delivery, and keep it.
        is_first_load: Whether ids may still get a prefix; later it would make strangers of people.
        switched_off: Derivations of the Clever format that are not wanted, by name.
        school_year: The year in which the school year ends, for formats that tell no dates. None:
            the year in which it is read.
        ownership: What the source owns; files about other things need not be there.
    """

    strict: bool = False
    mappings: Mappings = field(default_factory=Mappings)
    prefixed: frozenset[str] = frozenset()
    is_first_load: bool = True
    switched_off: frozenset[str] = frozenset()
    school_year: int | None = None
    ownership: Ownership = field(default_factory=Ownership)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file of the package as it was read.

    Attributes:
        name: The file's name in the package.
        rows: Data rows that could be read.
        refused: Data rows that could not, each a finding.
        columns: The header, in the file's order.
        encoding: How its bytes were read, by Python's name.
        is_ascii: Its bytes do not tell which of several encodings it was written in.
        delimiter: What divides its columns.
        secrets: Columns that are never used, passwords, and how many rows have a value in each.
    """

    name: str
    rows: int
    refused: int
    columns: tuple[str, ...]
    encoding: str = "utf-8"
    is_ascii: bool = False
    delimiter: str = ","
    secrets: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class StagedFile:
    """What the package says of one resource.

    Attributes:
        name: The file, or the first of the files, that it comes from.
        rows: Rows in the table.
        refused: Rows of the file that could not be read.
        mode: Whether records that are not in the table are gone.
        unstated: Fields of which the file has no column, so that it does not speak of them.
        has_unreadable: Rows of unknown records were refused, so that nobody can be said to be gone.
    """

    name: str
    resource: Resource
    rows: int
    refused: int
    mode: Mode = Mode.BULK
    unstated: tuple[str, ...] = ()
    has_unreadable: bool = False


FindLines = Callable[[Collection[int]], Mapping[int, int]]


@dataclass(slots=True)
class Staged:
    """What is staged so far."""

    files: dict[Resource, StagedFile] = field(default_factory=dict)
    read: list[ReadFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    leaves_roles_apart: bool = False
    prefixed: frozenset[str] = frozenset()
    columns: list[tuple[str, str, str, str]] = field(default_factory=list)
    lines: dict[str, FindLines] = field(default_factory=dict)

    def take(self, read: ReadFile, find_lines: FindLines | None) -> None:
        """Note a file that was read."""
        self.read.append(read)
        if find_lines:
            self.lines[read.name] = find_lines


@dataclass(frozen=True, slots=True)
class StagedRoster:
    """A delivery as DuckDB tables in the workspace, one per resource that it speaks of.

    Each table has `row`, unique in it, `file`, `record`, every field of its resource (`null` where
    the file says nothing) and `metadata`, the extension columns as JSON.

    Rows that could not be read are in the table `refusals` (resource, code, file, record, line,
    value).

    Attributes:
        format: What the delivery is written in.
        because: Why it is taken for that, a sentence.
        files: What was read of each resource; one that nothing speaks of is not here.
        read: The package's own files, in the order in which they were read.
        findings: Problems of whole files and headers.
        leaves_roles_apart: What a user is and where is told by `roles` alone.
        prefixed: Kinds of people whose ids have a prefix, because they met others' ids.
        columns: File, resource, field and the file's own name for it, where that is another.
        lines: For files whose records and lines are numbered differently, what tells the lines of
            given records.
    """

    workspace: Workspace
    format: Format
    because: str
    files: Mapping[Resource, StagedFile]
    read: tuple[ReadFile, ...]
    findings: tuple[Finding, ...]
    leaves_roles_apart: bool = False
    prefixed: frozenset[str] = frozenset()
    columns: tuple[tuple[str, str, str, str], ...] = ()
    lines: Mapping[str, FindLines] = field(default_factory=dict)

    @property
    def has_delta(self) -> bool:
        """Whether some file lists changes only."""
        return any(file.mode is Mode.DELTA for file in self.files.values())

    def refusals(self) -> Iterator[Finding]:
        """Yield a finding for each row that could not be read, by file and record."""
        with self.workspace.connect() as database:
            result = database.execute(
                "select code, file, record, nullif(line, record), value from refusals "
                "order by file, record"
            )
            while rows := result.fetchmany(10_000):
                for code, file, record, line, value in rows:
                    yield Finding(code, file, record=record, line=line, value=value)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The valid rows of one source as a run published them: a Parquet file per resource.

    Columns are `sourcedId`, the kept fields as text, and `metadata`. Unique by `sourcedId`. A
    resource without records has no file.

    Attributes:
        notes: Files that say what the records do not: under which id some are served, who left, and
            who is about to; see `diff.naming`.
    """

    files: Mapping[Resource, Path]
    notes: Mapping[str, Path] = field(default_factory=dict)
