"""Values that come out of validation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rollbook.oneroster import Resource
from rollbook.staging.data import Finding, Snapshot, Workspace
from rollbook.validation.catalogue import rule_of
from rollbook.validation.severity import Severity


@dataclass(frozen=True, slots=True)
class RowCounts:
    """What became of the rows of one resource.

    Attributes:
        rows: Data rows in the file, refused ones included.
        refused: Rows that could not be read.
        set_aside: Rows that were read and do not go on.
        kept: Published records that stay as they are for want of a usable row.
    """

    rows: int
    refused: int
    set_aside: int
    kept: int


@dataclass(frozen=True, slots=True)
class JudgedFinding:
    """A finding with its weight."""

    finding: Finding
    severity: Severity


@dataclass(frozen=True, slots=True)
class ValidRoster:
    """The rows that may go on, as views `valid_<resource>` in the workspace, and what was found.

    Beside them stand `kept_<resource>`, ids of published records that stay though this delivery
    has no usable row for them, `restated_<resource>`, these records as they will be, without links
    to what goes, and `published_<resource>`, the last snapshot (empty at first).

    Attributes:
        others: What the district's other sources have published, in the order of their numbers; in
            the views `others_<resource>`, with `source`, the place in that order.
        counts: For each resource of the delivery.
        set_aside: For each file how many of its rows were read and do not go on.
        finding_counts: How often each code occurred.
        severity_counts: How often each severity occurred.
        stops: Findings about files for which the run cannot go on. With one of staging there are no
            views.
    """

    workspace: Workspace
    published: Snapshot | None
    counts: Mapping[Resource, RowCounts]
    set_aside: Mapping[str, int]
    finding_counts: Mapping[str, int]
    severity_counts: Mapping[Severity, int]
    stops: tuple[Finding, ...]
    others: tuple[Snapshot, ...] = ()

    @property
    def drift(self) -> tuple[str, ...]:
        """Codes of what differs from the last delivery so much that a person must look."""
        return tuple(
            code
            for code in self.finding_counts
            if ".drift." in code and rule_of(code).severity is Severity.ERROR
        )

    def findings(self) -> Iterator[JudgedFinding]:
        """Yield every finding by file and record, without holding them all in memory."""
        with self.workspace.connect() as database:
            result = database.execute(
                "select code, file, record, sourcedId, field, value, line, rows, severity "
                "from findings order by file, record, code, field, value"
            )
            while rows := result.fetchmany(10_000):
                for *finding, severity in rows:
                    yield JudgedFinding(Finding(*finding), Severity(severity))
