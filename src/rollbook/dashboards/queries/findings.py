"""The findings of a run: by code with the first rows of each, or all kept rows of one code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from rollbook.dashboards.queries.paging import Choice, Pages, pages_of, query_of
from rollbook.dashboards.wording import SEVERITIES
from rollbook.runs.models import Finding, SyncRun
from rollbook.runs.states import Tone
from rollbook.validation.catalogue import Rule, rule_of

FIRST_ROWS = 5
ROWS_PER_PAGE = 50
KINDS_PER_PAGE = 10
_TONES = {"error": Tone.BAD, "warning": Tone.WAIT, "info": Tone.QUIET}
_ORDER = tuple(_TONES)


@dataclass(frozen=True, slots=True)
class FindingKind:
    """All findings of one code. `rows` are the first ones, or a page of them."""

    code: str
    severity: str
    tone: Tone
    rule: Rule | None
    count: int
    rows: list[Finding]

    @property
    def is_about_file(self) -> bool:
        """Whether it is about a whole file or its header, and not about a row."""
        return self.code.startswith("package.") or ".file." in self.code or ".header." in self.code

    @property
    def is_guess(self) -> bool:
        """Whether its value is what the file has in the place of the field."""
        return self.code.endswith(".header.missing")

    @property
    def query(self) -> str:
        """Where all of its rows are listed; empty when these are all."""
        return query_of(code=self.code) if self.count > len(self.rows) else ""


@dataclass(frozen=True, slots=True)
class FindingsPart:
    """The findings part of the page.

    Attributes:
        choices: The filter by severity.
        code: The one code whose rows are listed, or "".
        unlisted: How many findings of that code were counted and not kept.
    """

    total: int
    choices: list[Choice]
    code: str
    kinds: list[FindingKind]
    pages: Pages
    unlisted: int


def read_findings(run: SyncRun, *, severity: str, code: str, page: str) -> FindingsPart:
    """Read the findings part as filtered. A code wins over a severity."""
    known = _known_kinds(run)
    chosen = next((kind for kind in known if kind.code == code), None)
    if chosen:
        return _one_code(run, chosen, page)
    severity = severity if severity in _ORDER else ""
    shown = [kind for kind in known if severity in ("", kind.severity)]
    filters = {"severity": severity}
    pages = pages_of(
        len(shown), per_page=KINDS_PER_PAGE, wanted=page, name="findings", filters=filters
    )
    return FindingsPart(
        total=sum(run.severity_counts.values()),
        choices=_choices(run, severity),
        code="",
        kinds=_with_first_rows(run, shown[pages.offset : pages.last]),
        pages=pages,
        unlisted=0,
    )


def findings_of(run: SyncRun) -> QuerySet[Finding]:
    """Return the kept findings of a run in the order of the files."""
    return Finding.objects.filter(district=run.district_id, run_number=run.number).order_by(
        "ordinal"
    )


def finding_lines(run: SyncRun) -> Iterator[list[str]]:
    """Yield the findings as the lines of a table, its header first, without holding them all."""
    yield ["severity", "code", "file", "record", "sourcedId", "field", "value", "problem", "repair"]
    for row in findings_of(run).iterator(chunk_size=2_000):
        rule = find_rule(row.code)
        yield [
            row.severity,
            row.code,
            row.file,
            str(row.record or ""),
            row.sourced_id or "",
            row.field or "",
            row.value or "",
            rule.title if rule else "",
            rule.repair if rule else "",
        ]


def find_rule(code: str) -> Rule | None:
    """Return the rule of a code, or None for a code of an old run that no rule has any more."""
    try:
        return rule_of(code)
    except KeyError:
        return None


def _known_kinds(run: SyncRun) -> list[FindingKind]:
    kinds = [_kind(code, count) for code, count in run.finding_counts.items()]
    return sorted(kinds, key=lambda kind: (_ORDER.index(kind.severity), -kind.count, kind.code))


def _kind(code: str, count: int, rows: list[Finding] | None = None) -> FindingKind:
    rule = find_rule(code)
    severity = str(rule.severity) if rule else "info"
    return FindingKind(code, severity, _TONES[severity], rule, count, rows or [])


def _one_code(run: SyncRun, kind: FindingKind, page: str) -> FindingsPart:
    rows = findings_of(run).filter(code=kind.code)
    kept = rows.count()
    pages = pages_of(
        kept, per_page=ROWS_PER_PAGE, wanted=page, name="findings", filters={"code": kind.code}
    )
    return FindingsPart(
        total=sum(run.severity_counts.values()),
        choices=_choices(run, None),
        code=kind.code,
        kinds=[_kind(kind.code, kind.count, list(rows[pages.offset : pages.last]))],
        pages=pages,
        unlisted=max(kind.count - kept, 0),
    )


def _with_first_rows(run: SyncRun, kinds: list[FindingKind]) -> list[FindingKind]:
    place = Window(RowNumber(), partition_by=F("code"), order_by="ordinal")
    rows = findings_of(run).filter(code__in=[kind.code for kind in kinds])
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for row in rows.annotate(place=place).filter(place__lte=FIRST_ROWS):
        by_code[row.code].append(row)
    return [_kind(kind.code, kind.count, by_code[kind.code]) for kind in kinds]


def _choices(run: SyncRun, current: str | None) -> list[Choice]:
    counts = run.severity_counts
    every = Choice("All", sum(counts.values()), query_of(), current == "")
    return [
        every,
        *(
            Choice(SEVERITIES[key], counts[key], query_of(severity=key), current == key)
            for key in _ORDER
            if counts.get(key)
        ),
    ]
