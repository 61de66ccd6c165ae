from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.packages import USERS, small_district
from tests.reports.checked import HOSTILE, SECRET, bad_district, check_report, written

from rollbook.reports import html
from rollbook.reports.html import write_html
from rollbook.reports.page.markup import Markup, element, joined


class Elements(HTMLParser):
    """Lists what a browser would take for elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "br", "path", "circle", "rect"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    report = check_report(bad_district(), tmp_path_factory.mktemp("page"), shows_values=True)
    return written(write_html, report)


def test_hostile_values_and_headers_stay_text(page: str) -> None:
    elements = Elements(page)
    assert not elements.open
    assert len(elements.of("script")) == 1
    assert not elements.of("img")
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in page
    assert "alert(1)</script>" not in page
    assert "\x1b" not in page


def test_page_loads_nothing(page: str) -> None:
    elements = Elements(page)
    addresses = [
        address
        for _, attributes in elements.found
        for name in ("src", "href", "action", "srcset")
        if (address := attributes.get(name)) is not None
    ]
    assert all(address.startswith("#") for address in addresses)
    styles = page[page.index("<style>") : page.index("</style>")]
    assert all(url.startswith("data:") for url in re.findall(r"url\(([^)]*)\)", styles))
    assert "@import" not in styles
    policy = next(it["content"] for it in elements.of("meta") if "http-equiv" in it)
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_every_control_has_its_label_and_every_link_its_target(page: str) -> None:
    elements = Elements(page)
    labelled = {it["for"] for it in elements.of("label")}
    named = {it["id"] for it in [*elements.of("input"), *elements.of("select")]}
    assert named == labelled != set()
    ids = [attributes["id"] for _, attributes in elements.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {it["href"] for it in elements.of("a")} <= {f"#{name}" for name in ids}


def test_values_are_masked_unless_asked_for(page: str, tmp_path: Path) -> None:
    masked = written(write_html, check_report(bad_district(), tmp_path))
    assert SECRET in page
    assert SECRET not in masked
    assert HOSTILE not in page
    assert "Values are masked" in masked
    assert "Values are masked" not in page


def test_page_is_bounded_and_says_how_to_get_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "_MOST_OF_A_RULE", 7)
    package = small_district(students=20)
    for row in package.rows[USERS]:
        row["username"] = ""
    page = written(write_html, check_report(package, tmp_path))
    article = page[page.index('id="rule-users.username.missing"') :].split("</article>")[0]
    assert article.count("data-entry") == 7
    assert "The first 7 of 42 are listed here" in article
    assert "rollbook check &#x27;spring export.zip&#x27; --format csv" in article


def test_clean_package_has_a_page_without_controls(tmp_path: Path) -> None:
    page = written(write_html, check_report(small_district(), tmp_path))
    assert "Nothing to repair" in page
    assert not Elements(page).of("form")


def test_markup_escapes_all_but_markup() -> None:
    inner = element("b", "<i>", class_='a"b', hidden=True, title=None)
    assert inner == '<b class="a&quot;b" hidden>&lt;i&gt;</b>'
    assert joined([inner, None, "&", [Markup("<br>")]]) == f"{inner}&amp;<br>"
