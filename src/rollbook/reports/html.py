"""A report as one page that can be mailed to a district, searched, filtered and printed."""

from __future__ import annotations

import shlex
from typing import TextIO

from rollbook.reports.data import CheckReport, line_of
from rollbook.reports.masking import visible
from rollbook.reports.page.frame import (
    amount_cell,
    badge,
    cell,
    controls,
    figures,
    foot,
    masked_hint,
    nothing_found,
    opening,
    page,
    section,
    table,
)
from rollbook.reports.page.markup import Markup, element
from rollbook.reports.places import Places, first_of_each, further_rows_of
from rollbook.reports.sentences import what_happens_next, what_was_found, what_was_read
from rollbook.reports.wording import capitalized, counted, severity_noun
from rollbook.staging.data import Finding
from rollbook.validation.catalogue import Rule
from rollbook.validation.severity import Severity

_MOST_OF_A_RULE = 200
_MOST = 4_000
# Each with its icon.
_TONES = {
    Severity.ERROR: ("bad", "bad"),
    Severity.WARNING: ("wait", "bad"),
    Severity.INFO: ("moving", "note"),
}


def write_html(report: CheckReport, out: TextIO) -> None:
    """Write the page. It lists the first places of each rule, at most some thousand in all."""
    rules = report.rules()
    most = max(5, min(_MOST_OF_A_RULE, _MOST // max(1, len(rules))))
    places = first_of_each(report, most=most)
    parts = [
        opening(
            visible(report.name),
            about=visible(what_was_read(report), longest=None),
            tone=_tone(report),
            sign="good" if _tone(report) == "good" else "bad",
            sentence=what_was_found(report),
            next_step=what_happens_next(report),
            at=report.checked_at,
        ),
        _figures(report),
        _summary(report, places) if rules else None,
        _findings(report, places) if rules else None,
        _files(report),
    ]
    title = f"Check of {visible(report.name)}"
    out.write(page(title, subject=title, content=parts))


def _tone(report: CheckReport) -> str:
    if report.count_of(Severity.ERROR):
        return "bad"
    return "wait" if report.count_of(Severity.WARNING) else "good"


def _figures(report: CheckReport) -> Markup:
    rows = sum(file.rows for file in report.staged.read)
    amounts = [("Rows read", rows), ("Rows set aside", report.set_aside)]
    weights = [(f"{severity_noun(it).capitalize()}s", report.count_of(it)) for it in Severity]
    return figures([*amounts, *weights])


def _files(report: CheckReport) -> Markup | None:
    rows = []
    for file in report.staged.read:
        cells = (
            element("th", element("code", visible(file.name)), scope="row"),
            amount_cell("Rows", file.rows),
            amount_cell("Refused", file.refused),
            amount_cell("Set aside", report.valid.set_aside.get(file.name, 0)),
        )
        rows.append(element("tr", cells))
    if not rows:
        return None
    columns = ("File", "#Rows", "#Refused", "#Set aside")
    return section("files", "What was read", table(columns, rows, about="Files"))


def _summary(report: CheckReport, places: Places) -> Markup:
    rows = [
        element(
            "tr",
            element("th", element("a", rule.title, href=f"#{_name(rule)}"), scope="row"),
            cell("Weight", _badge(rule)),
            cell("Where", element("code", visible(places[rule.code][0].file))),
            cell("Who repairs it", rule.who),
            amount_cell("Times", count),
        )
        for rule, count in report.rules()
    ]
    columns = ("What is wrong", "Weight", "Where", "Who repairs it", "#Times")
    listed = table(columns, rows, about="Kinds of findings", kind="rules")
    return section("summary", "What is wrong", listed)


def _findings(report: CheckReport, places: Places) -> Markup:
    articles = [_article(rule, count, places[rule.code], report) for rule, count in report.rules()]
    masked = None if report.shows_values else masked_hint()
    return section(
        "findings", "Where it is", masked, _controls(report, places), *articles, nothing_found()
    )


def _controls(report: CheckReport, places: Places) -> Markup:
    rules = [rule for rule, _ in report.rules()]
    weights = [it for it in Severity if report.count_of(it)]
    files = sorted({finding.file for findings in places.values() for finding in findings})
    return controls(
        "places",
        [
            ("weight", "Weight", [(it, f"{severity_noun(it).capitalize()}s") for it in weights]),
            ("file", "File", [(file, visible(file)) for file in files]),
            ("rule", "Rule", [(rule.code, f"{rule.title} ({rule.code})") for rule in rules]),
            (
                "who",
                "Who repairs it",
                [(w, capitalized(w)) for w in sorted({r.who for r in rules})],
            ),
        ],
    )


def _article(rule: Rule, count: int, findings: list[Finding], report: CheckReport) -> Markup:
    heading = element(
        "div",
        _badge(rule),
        element("h3", rule.title),
        element("span", counted(count, "time"), class_="finding-count"),
        class_="finding-title",
    )
    repair = element(
        "p",
        element("strong", "Repair "),
        element("span", f"({rule.who}): ", class_="finding-who"),
        rule.repair,
        class_="finding-repair",
    )
    code = element("p", element("code", rule.code), class_="finding-code")
    return element(
        "article",
        element("div", heading, element("p", rule.meaning), repair, code, class_="finding-head"),
        _places(rule, findings, report),
        foot(count, len(findings), _command(report)),
        class_="finding",
        id=_name(rule),
        data_group=True,
        data_weight=rule.severity,
        data_rule=rule.code,
        data_who=rule.who,
    )


def _places(rule: Rule, findings: list[Finding], report: CheckReport) -> Markup:
    has_ids = report.shows_values and any(finding.sourced_id for finding in findings)
    columns = ("File", "#Record", *(("sourcedId",) if has_ids else ()), "Field", "Value")
    rows = (_row(finding, report, has_ids=has_ids) for finding in findings)
    return table(columns, rows, about=f"Where: {rule.title}", kind="places")


def _row(finding: Finding, report: CheckReport, *, has_ids: bool) -> Markup:
    line = line_of(finding)
    value, blank = visible(report.shown(finding)), "–"
    if finding.field and (finding.record or 0) > 1:
        blank = "empty"
    record = "whole file" if finding.record is None else f"{finding.record:,}"
    if finding.record == 1:
        record = "1 (header)"
    further = further_rows_of(finding)
    return element(
        "tr",
        cell("File", element("code", visible(finding.file))),
        cell(
            "Record",
            record,
            element("span", f"line {line:,} of the file", class_="further") if line else None,
            kind="number counted" if finding.record else "number",
        ),
        cell("sourcedId", visible(finding.sourced_id or "–")) if has_ids else None,
        cell("Field", visible(finding.field or "–"), kind="breaking"),
        cell(
            "Value",
            value or element("span", blank, class_="soft"),
            element("span", capitalized(further), class_="further") if further else None,
            kind=f"finding-value {'wide' if value or further else 'nought'}",
        ),
        data_entry=True,
        data_file=finding.file,
    )


def _command(report: CheckReport) -> str:
    return f"rollbook check {shlex.quote(report.name)} --format csv --out findings.csv"


def _badge(rule: Rule) -> Markup:
    tone, sign = _TONES[rule.severity]
    return badge(tone, severity_noun(rule.severity).capitalize(), sign=sign)


def _name(rule: Rule) -> str:
    return f"rule-{rule.code}"
