"""The answer to a question about the past, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rollbook.dashboards.queries.changes import CHANGES_PER_PAGE, ChangeLine, FieldChange
from rollbook.dashboards.queries.paging import Pages, pages_of
from rollbook.dashboards.times import listed
from rollbook.dashboards.wording import CHANGES, NAMES
from rollbook.districts.models import District
from rollbook.history.models import Inquiry, InquiryKind

_KINDS = ("create", "update", "abandon", "rekey")
_WORDS = {**CHANGES, "revive": "Back again"}


@dataclass(frozen=True, slots=True)
class CountLine:
    """How much changed of one resource, or at one school."""

    name: str
    created: int
    updated: int
    removed: int
    rekeyed: int


@dataclass(frozen=True, slots=True)
class StoryPart:
    """The story of one record, the newest event first."""

    resource: str
    served_id: str
    events: list[ChangeLine]


@dataclass(frozen=True, slots=True)
class InquiryPage:
    """A question and, once there is one, its answer.

    Attributes:
        changes: Those of the page of `pages`.
        changes_total: How many there are, those that the answer does not list among them.
    """

    number: int
    title: str
    is_comparison: bool
    is_answered: bool
    problem: str
    before: int | None
    after: int | None
    counts: list[CountLine]
    schools: list[CountLine]
    changes: list[ChangeLine]
    pages: Pages
    changes_total: int
    stories: list[StoryPart]


def read_inquiry(
    inquiry: Inquiry, district: District, *, now: datetime, page: str = ""
) -> InquiryPage:
    """Lay an answer out; of the changes that it lists, one page."""
    answer = inquiry.answer
    is_comparison = inquiry.kind == InquiryKind.COMPARE
    counts = [_count(NAMES[name], [it]) for name, it in answer.get("counts", {}).items()]
    about = inquiry.about
    changes = answer.get("changes", [])
    pages = pages_of(
        len(changes), per_page=CHANGES_PER_PAGE, wanted=page, name="changes", filters={}
    )
    return InquiryPage(
        number=inquiry.number,
        title=f"Run {about['before']} and run {about['after']}"
        if is_comparison
        else f"The story of {about['record']}",
        is_comparison=is_comparison,
        is_answered=inquiry.answered_at is not None,
        problem=inquiry.problem,
        before=about.get("before"),
        after=about.get("after"),
        counts=[line for line in counts if _total(line)],
        schools=[_count(it["name"], it["counts"].values()) for it in answer.get("schools", [])],
        changes=[_change(it) for it in changes[pages.offset : pages.last]],
        pages=pages,
        changes_total=sum(_total(line) for line in counts),
        stories=[_story(it, district, now) for it in answer.get("stories", [])],
    )


def _count(name: str, counts: Iterable[Mapping[str, int]]) -> CountLine:
    listed_counts = [*counts]
    return CountLine(name, *(sum(it.get(kind, 0) for it in listed_counts) for kind in _KINDS))


def _total(line: CountLine) -> int:
    return line.created + line.updated + line.removed + line.rekeyed


def _change(record: Mapping[str, Any]) -> ChangeLine:
    return ChangeLine(
        change=record["change"],
        word=_WORDS[record["change"]],
        resource=NAMES[record["resource"]],
        label=record["label"],
        sourced_id=record["sourced_id"],
        was=record["was"] or "",
        fields=_fields(record["fields"]),
    )


def _fields(fields: Mapping[str, tuple[str | None, str | None]]) -> list[FieldChange]:
    return [
        FieldChange(name, before or "", after or "")
        for name, (before, after) in sorted(fields.items())
    ]


def _story(story: Mapping[str, Any], district: District, now: datetime) -> StoryPart:
    events = [
        ChangeLine(
            change=event["change"],
            word=_WORDS[event["change"]],
            resource="",
            label=event["label"],
            sourced_id=event["sourced_id"],
            was=event["was"] or "",
            fields=_fields(event["fields"]),
            number=event["run_number"],
            when=listed(datetime.fromisoformat(event["at"]), zone=district.time_zone, now=now),
            is_exact=event["is_exact"],
        )
        for event in story["events"]
    ]
    return StoryPart(NAMES[story["resource"]], story["served_id"], events[::-1])
