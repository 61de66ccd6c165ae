"""What a run did to single records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from rollbook.dashboards.queries.paging import Choice, Pages, pages_of, query_of
from rollbook.dashboards.wording import CHANGES, NAMES, changes_of
from rollbook.oneroster import RESOURCES
from rollbook.runs.models import RecordChange, SyncRun

CHANGES_PER_PAGE = 25
_FIELDS_AT_A_GLANCE = 5


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, before and after; an empty text where there was or is nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One changed record, or one event of a record's story.

    Attributes:
        was: The id before, where it changed.
        number: The run, in a story.
        when: When it was published, in a story.
        is_exact: Whether it was this run, in a story, and not an earlier one.
    """

    change: str
    word: str
    resource: str
    label: str
    sourced_id: str
    fields: list[FieldChange]
    was: str = ""
    number: int = 0
    when: str = ""
    is_exact: bool = True

    @property
    def is_long(self) -> bool:
        """Whether the fields would push the other records off the screen."""
        return len(self.fields) > _FIELDS_AT_A_GLANCE

    @property
    def is_whole(self) -> bool:
        """Whether it is about the record as such, and its fields go without saying."""
        return not self.fields or (not self.number and self.change in ("create", "abandon"))


@dataclass(frozen=True, slots=True)
class ChangesPart:
    """The changes part of the page.

    Attributes:
        kinds, resources: The two filters.
        is_listed: False when the changes were counted and not kept one by one, as in a first load.
    """

    total: int
    kinds: list[Choice]
    resources: list[Choice]
    lines: list[ChangeLine]
    pages: Pages
    is_listed: bool


def read_changes(run: SyncRun, *, resource: str, change: str, page: str) -> ChangesPart:
    """Read the changes part as filtered. The run knows how many there are; nothing is counted."""
    resource = resource if resource in run.counts else ""
    change = change if change in CHANGES else ""
    pages = pages_of(
        _count(run, resource, change),
        per_page=CHANGES_PER_PAGE,
        wanted=page,
        name="changes",
        filters={"resource": resource, "change": change},
    )
    rows = list(_rows(run, resource, change)[pages.offset : pages.offset + CHANGES_PER_PAGE])
    return ChangesPart(
        total=_count(run, "", ""),
        kinds=_kinds(run, resource, change),
        resources=_resources(run, resource, change),
        lines=[_line(row) for row in rows],
        pages=pages,
        is_listed=bool(rows) or not pages.total,
    )


def _rows(run: SyncRun, resource: str, change: str) -> QuerySet[RecordChange]:
    rows = RecordChange.objects.filter(district=run.district_id, run_number=run.number)
    if resource:
        rows = rows.filter(resource=resource)
    if change:
        rows = rows.filter(change=change)
    return rows.order_by("resource", "sourced_id")


def _count(run: SyncRun, resource: str, change: str) -> int:
    """Count from what the run has noted; no resource means all, no change every change."""
    chosen = [run.counts.get(resource, {})] if resource else run.counts.values()
    kinds = [change] if change else list(CHANGES)
    return sum(changes_of(counts)[kind] for counts in chosen for kind in kinds)


def _kinds(run: SyncRun, resource: str, current: str) -> list[Choice]:
    names = {"": "All"} | CHANGES
    choices = [
        Choice(
            word=word,
            amount=_count(run, resource, change),
            query=query_of(resource=resource, change=change),
            is_current=change == current,
        )
        for change, word in names.items()
    ]
    return _worth_a_choice(choices)


def _resources(run: SyncRun, current: str, change: str) -> list[Choice]:
    names = {"": "Every file"} | {str(resource): NAMES[resource] for resource in RESOURCES}
    choices = [
        Choice(
            word=word,
            amount=_count(run, resource, change),
            query=query_of(resource=resource, change=change),
            is_current=resource == current,
        )
        for resource, word in names.items()
    ]
    return _worth_a_choice(choices)


def _worth_a_choice(choices: list[Choice]) -> list[Choice]:
    """Leave out what leads to an empty list, unless one is there already."""
    return [choice for choice in choices if choice.amount or choice.is_current]


def _line(row: RecordChange) -> ChangeLine:
    return ChangeLine(
        change=row.change,
        word=CHANGES.get(row.change, row.change),
        resource=NAMES.get(row.resource, row.resource),
        label=row.label if row.label != row.sourced_id else "",
        sourced_id=row.sourced_id,
        fields=[
            FieldChange(name, _text(before), _text(after))
            for name, (before, after) in sorted(row.fields.items())
        ],
    )


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
