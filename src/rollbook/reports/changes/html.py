"""Changes as one page that can be mailed to a district, searched, filtered and printed."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from itertools import groupby
from typing import TextIO

from rollbook.diff.data import KindCounts
from rollbook.diff.records import RecordChange
from rollbook.oneroster import Resource
from rollbook.reports.changes.data import KINDS, ChangesReport, amount_of
from rollbook.reports.changes.sentences import what_differs, what_to_look_at
from rollbook.reports.masking import visible
from rollbook.reports.page.assets import icon
from rollbook.reports.page.frame import (
    amount_cell,
    badge,
    cell,
    controls,
    figures,
    foot,
    listed_elsewhere,
    masked_hint,
    nothing_found,
    opening,
    page,
    section,
    table,
)
from rollbook.reports.page.markup import Markup, element
from rollbook.reports.wording import CHANGES, counted, resource_name

_MOST_OF_EACH = 200
_MOST_SCHOOLS = 500
_EVIDENCE = {
    "follows": "it goes with the person it describes",
    "id written otherwise": "its id is only written otherwise",
    "same content": "it says the same",
}
# Each with its icon.
_TONES = {
    "create": ("good", "plus"),
    "update": ("moving", "pencil"),
    "abandon": ("bad", "quiet"),
    "rekey": ("wait", "key"),
}


def write_changes_html(report: ChangesReport, out: TextIO) -> None:
    """Write the page. It lists the first records of each resource and kind of change."""
    title = f"{visible(report.new)} compared with {visible(report.old)}"
    parts: list[Markup | None] = [
        opening(
            visible(report.new),
            about=f"Compared with {visible(report.old)}, as if that were published.",
            tone="wait" if report.total("abandon") else "good",
            sign="bad" if report.total("abandon") else "good",
            sentence=visible(what_differs(report), longest=None),
            next_step=visible(what_to_look_at(report), longest=None),
            at=report.made_at,
        ),
        figures([(CHANGES[kind], report.total(kind)) for kind in KINDS]),
    ]
    if not report.changes.is_empty:
        parts += [_resources(report), _schools(report), _records(report)]
    out.write(page(title, subject=title, content=parts))


def _resources(report: ChangesReport) -> Markup:
    counts = report.counts.items()
    rows = (_counts_row(resource_name(resource), it) for resource, it in counts)
    return section("resources", "By resource", _counts_table("Resource", rows))


def _schools(report: ChangesReport) -> Markup | None:
    schools = report.schools()
    if not schools:
        return None
    rows = (
        _school_row(school.name or school.sourced_id, school.counts.values()) for school in schools
    )
    listed = _counts_table("School or office", list(rows)[:_MOST_SCHOOLS])
    said = listed_elsewhere(len(schools), _MOST_SCHOOLS, _command(report))
    return section("schools", "By school or office", listed, said)


def _school_row(name: str, counts: Iterable[KindCounts]) -> Markup:
    kept = list(counts)
    sums = {kind: sum(amount_of(it, kind) for it in kept) for kind in KINDS}
    return _counts_row(name, KindCounts(**sums))


def _counts_table(heading: str, rows: Iterable[Markup]) -> Markup:
    columns = (heading, *(f"#{CHANGES[kind]}" for kind in KINDS))
    return table(columns, rows, about=f"Changes by {heading.lower()}")


def _counts_row(name: str, counts: KindCounts) -> Markup:
    amounts = (amount_cell(CHANGES[kind], amount_of(counts, kind)) for kind in KINDS)
    return element("tr", element("th", visible(name), scope="row"), amounts)


def _records(report: ChangesReport) -> Markup:
    order = list(report.counts)
    changes = sorted(
        report.records(most_of_each=_MOST_OF_EACH),
        key=lambda it: (order.index(it.resource), KINDS.index(it.change)),
    )
    groups = [
        (resource, kind, list(group))
        for (resource, kind), group in groupby(changes, key=lambda it: (it.resource, it.change))
    ]
    masked = None if report.shows_values else masked_hint()
    articles = (_article(*group, report) for group in groups)
    return section(
        "records", "Record by record", masked, _controls(groups), *articles, nothing_found()
    )


def _controls(groups: list[tuple[Resource, str, list[RecordChange]]]) -> Markup:
    resources = dict.fromkeys(resource for resource, _, _ in groups)
    kinds = [kind for kind in KINDS if any(kind == it for _, it, _ in groups)]
    return controls(
        "records",
        [
            ("resource", "Resource", [(it, resource_name(it)) for it in resources]),
            ("change", "Change", [(kind, CHANGES[kind]) for kind in kinds]),
        ],
    )


def _article(
    resource: Resource, kind: str, changes: list[RecordChange], report: ChangesReport
) -> Markup:
    total = amount_of(report.counts[resource], kind)
    tone, sign = _TONES[kind]
    heading = element(
        "div",
        badge(tone, CHANGES[kind], sign=sign),
        element("h3", resource_name(resource)),
        element("span", counted(total, "record"), class_="finding-count"),
        class_="finding-title",
    )
    columns = ("Record", "Where", "What changes")
    rows = (_row(change, report) for change in changes)
    about = f"{resource_name(resource)}: {CHANGES[kind]}"
    return element(
        "article",
        element("div", heading, class_="finding-head"),
        table(columns, rows, about=about, kind="places changes"),
        foot(total, len(changes), _command(report)),
        class_="finding",
        data_group=True,
        data_resource=resource,
        data_change=kind,
    )


def _row(change: RecordChange, report: ChangesReport) -> Markup:
    place = f"{change.file}, record {change.record:,}" if change.record else "no longer there"
    if not change.record and change.change != "abandon":
        place = "–"
    return element(
        "tr",
        element("th", _identity(change, report), scope="row", class_="breaking"),
        cell("Where", visible(place)),
        cell("What changes", _fields(change, report), kind="wide"),
        data_entry=True,
    )


def _identity(change: RecordChange, report: ChangesReport) -> Markup:
    named = visible(report.shown(change.sourced_id))
    ids = element("span", named, class_="change-record")
    if change.was is not None:
        was = element("s", visible(report.shown(change.was)), class_="change-before")
        ids = element(
            "span", was, " ", icon("right"), _unseen("now"), " ", named, class_="change-record"
        )
    return element("span", visible(report.shown(change.label)) or None, ids)


def _fields(change: RecordChange, report: ChangesReport) -> Markup:
    if change.change in ("create", "abandon"):
        return element("span", "the whole record", class_="soft")
    fields = [_field(name, *values, report) for name, values in change.fields.items()]
    if change.evidence:
        said = f"The same record: {_EVIDENCE.get(change.evidence, f'same {change.evidence}')}."
        fields.insert(0, element("li", said, class_="soft"))
    return element("ul", fields, class_="change-fields", role="list")


def _field(name: str, before: str | None, after: str | None, report: ChangesReport) -> Markup:
    return element(
        "li",
        element("span", name, class_="change-name"),
        element(
            "span",
            element("s", _value(before, report), class_="change-before"),
            " ",
            icon("right"),
            _unseen("becomes"),
            " ",
            element("span", _value(after, report), class_="change-after"),
        ),
        class_="change-field",
    )


def _value(value: str | None, report: ChangesReport) -> Markup:
    if value is None:
        return element("span", "empty", class_="change-empty")
    return element("span", visible(report.shown(value)))


def _unseen(word: str) -> Markup:
    return element("span", word, class_="unseen")


def _command(report: ChangesReport) -> str:
    names = f"{shlex.quote(report.old)} {shlex.quote(report.new)}"
    return f"rollbook diff {names} --format json --out changes.json"
