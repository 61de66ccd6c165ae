"""What every page has: head, bar, sheet with the sentence, figures, controls, footer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from rollbook.reports.masking import visible
from rollbook.reports.page.assets import icon, logo, policy, script, styles
from rollbook.reports.page.markup import Markup, element, joined
from rollbook.reports.wording import MASKED


def page(title: str, *, subject: str, content: Iterable[Markup | None]) -> Markup:
    """Return the whole document."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy()),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="robots", content="noindex"),
        element("title", title),
        element("style", styles()),
    )
    body = element(
        "body",
        element("a", "Skip to the content", class_="skip", href="#main"),
        _topbar(subject),
        element("main", element("div", content, class_="stack-wide"), id="main", tabindex="-1"),
        element(
            "footer",
            "Made by Rollbook. This page is complete in itself: it loads and sends nothing.",
            class_="footer",
        ),
        element("script", script()),
    )
    return joined([Markup("<!doctype html>\n"), element("html", head, body, lang="en"), "\n"])


def _topbar(subject: str) -> Markup:
    wordmark = element("span", logo(), "Rollbook", class_="wordmark")
    about = element("span", subject, class_="topbar-district")
    line = element("div", wordmark, about, class_="topbar-line")
    return element("header", element("div", line, class_="topbar-inner"), class_="topbar")


def opening(
    heading: str,
    *,
    about: str,
    tone: str,
    sign: str,
    sentence: str,
    next_step: str,
    at: datetime | None,
) -> Markup:
    """Return the head of the page: what it is about, what happened, what happens next."""
    when = element("p", f"Made on {_day(at)}.", class_="soft small") if at else None
    body = element(
        "div",
        element("p", sentence, class_="sheet-sentence"),
        element("p", element("strong", "Next: "), next_step, class_="sheet-next"),
        class_="sheet-body",
    )
    mark = element("span", icon(sign), class_="sheet-mark")
    return element(
        "section",
        element(
            "div",
            element("h1", heading, class_="breaking"),
            element("p", about),
            when,
            class_="heading",
        ),
        element(
            "div", element("div", mark, class_="sheet-margin"), body, class_=f"sheet tone-{tone}"
        ),
    )


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y, %H:%M}"


def figures(amounts: Sequence[tuple[str, int]]) -> Markup:
    """Return counts in a ruled row."""
    return element(
        "dl",
        (
            element("div", element("dt", name), element("dd", f"{amount:,}"), class_="figure")
            for name, amount in amounts
        ),
        class_="figures",
    )


def section(name: str, heading: str, *content: Markup | None) -> Markup:
    """Return a part of the page under its heading."""
    return element(
        "section",
        element("h2", heading, id=f"{name}-heading"),
        content,
        class_="stack",
        aria_labelledby=f"{name}-heading",
        id=name,
    )


def table(columns: Sequence[str], rows: Iterable[Markup], *, about: str, kind: str = "") -> Markup:
    """Return a table that turns into cards on a phone; a column `#Rows` holds numbers."""
    head = element("thead", element("tr", map(_column, columns)))
    whole = element(
        "table", head, element("tbody", rows), class_=f"table table-cards {kind}".strip()
    )
    return element("div", whole, class_="table-box", role="region", aria_label=about, tabindex="0")


def _column(name: str) -> Markup:
    is_number = name.startswith("#")
    return element(
        "th", name.removeprefix("#"), scope="col", class_="number" if is_number else None
    )


def cell(name: str, *content: str | Markup | None, kind: str | None = None) -> Markup:
    """Return a cell that knows the name of its column."""
    return element("td", element("span", content), data_name=name, class_=kind)


def amount_cell(name: str, amount: int) -> Markup:
    """Return a cell with a number; nought stays in the background."""
    return element(
        "td", f"{amount:,}", data_name=name, class_="number" if amount else "number nought"
    )


def badge(tone: str, word: str, *, sign: str | None = None) -> Markup:
    """Return a state as an icon and a word; the colour only agrees with them."""
    return element("span", icon(sign or tone), word, class_=f"badge tone-{tone}")


def controls(what: str, choices: Sequence[tuple[str, str, Sequence[tuple[str, str]]]]) -> Markup:
    """Return the form that searches and filters; without its script it stays away.

    Args:
        what: What is counted: "places".
        choices: For each filter its name, its label, and the values with their words.
    """
    search = element(
        "div",
        element("label", "Search", for_="search"),
        element("input", type="search", id="search", name="search", autocomplete="off"),
        class_="field field-search",
    )
    return element(
        "form",
        search,
        (_choice(*choice) for choice in choices if len(choice[2]) > 1),
        element("button", "Clear", type="reset", class_="reset"),
        element("p", "", id="shown", role="status", class_="soft small", data_what=what),
        class_="controls",
        id="controls",
        hidden=True,
        aria_label="Search and filter",
    )


def _choice(name: str, label: str, values: Sequence[tuple[str, str]]) -> Markup:
    everything = element("option", "All", value="")
    options = (element("option", words, value=value) for value, words in values)
    return element(
        "div",
        element("label", label, for_=f"filter-{name}"),
        element("select", everything, options, id=f"filter-{name}", name=name),
        class_="field",
    )


def masked_hint() -> Markup:
    """Return the sentence on what stands for what in masked values."""
    before, option, after = MASKED.partition("--show-values")
    return element(
        "p", before, element("code", option, class_="unbroken"), after, class_="soft small"
    )


def nothing_found() -> Markup:
    """Return what stands where a search found nothing."""
    return element(
        "p", "Nothing fits this search.", class_="empty", id="nothing-found", hidden=True
    )


def foot(total: int, listed: int, command: str) -> Markup:
    """Return the end of a long list: the button that shows all of it, and where the rest is."""
    button = element("button", "Show all", type="button", class_="all", hidden=True)
    return element("div", button, listed_elsewhere(total, listed, command), class_="finding-foot")


def listed_elsewhere(total: int, listed: int, command: str) -> Markup | None:
    """Return the sentence that says how many more there are and how to get them."""
    if total <= listed:
        return None
    return element(
        "p",
        f"The first {listed:,} of {total:,} are listed here; ",
        element("code", visible(command, longest=None)),
        " lists every one.",
        class_="soft small",
    )
