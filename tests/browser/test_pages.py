"""Every page in light and dark, on a desk and on a phone: accessible, and nothing sticks out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from tests.dashboards.cast import Cast

pytestmark = pytest.mark.browser

PAGES = {
    "overview": "/districts/oakwood/",
    "upload": "/districts/oakwood/upload/",
    "run-published": "/districts/oakwood/runs/3/",
    "run-first": "/districts/oakwood/runs/1/",
    "run-findings": "/districts/oakwood/runs/3/?code=enrollments.userSourcedId.unknown",
    "run-failed": "/districts/oakwood/runs/4/",
    "run-discarded": "/districts/oakwood/runs/5/",
    "run-held": "/districts/oakwood/runs/6/",
    "run-moving": "/districts/oakwood/runs/7/",
    "ids": "/districts/oakwood/ids/",
    "ids-one-kind": "/districts/oakwood/ids/?kind=reassigned",
    "sources": "/districts/oakwood/sources/",
    "run-restoring": "/districts/oakwood/runs/8/",
    "restore": "/districts/oakwood/runs/3/restore/",
    "history": "/districts/oakwood/history/",
    "comparison": "/districts/oakwood/history/answers/2/",
    "story": "/districts/oakwood/history/answers/3/",
    "unanswered": "/districts/oakwood/history/answers/1/",
    "erasures": "/districts/oakwood/history/erasures/",
    "applications": "/districts/oakwood/applications/",
    "people": "/districts/oakwood/people/",
    "patterns": "/patterns/",
    "not-found": "/districts/nowhere/",
    "password": "/accounts/password/change/",
    "second-factor": "/accounts/2fa/",
    "sign-out": "/accounts/logout/",
}
PUBLIC_PAGES = {
    "sign-in": "/accounts/login/",
    "password-reset": "/accounts/password/reset/",
    "sign-up": "/accounts/signup/",
}
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")
VIEWS = [pytest.param(size, scheme, id=f"{size}-{scheme}") for size in SIZES for scheme in SCHEMES]
# Colours were seen on the desk in the dark, and cards on the phone in the light.
WITHOUT_AXE = {("phone", "dark")}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@pytest.mark.parametrize(("size", "scheme"), VIEWS)
def test_every_page_of_a_district_is_accessible_and_fits(
    page: Page,
    district: Cast,
    sign_in: Callable[[User], None],
    pictures: Path,
    size: str,
    scheme: str,
) -> None:
    sign_in(district.owner)
    assert _problems(page, PAGES, pictures, size, scheme) == []


@pytest.mark.parametrize(("size", "scheme"), VIEWS)
def test_every_page_before_sign_in_is_accessible_and_fits(
    page: Page, cast: Cast, pictures: Path, size: str, scheme: str
) -> None:
    assert _problems(page, PUBLIC_PAGES, pictures, size, scheme) == []


def _problems(
    page: Page, pages: dict[str, str], pictures: Path, size: str, scheme: str
) -> list[str]:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    problems = []
    for name, address in pages.items():
        page.goto(address)
        page.screenshot(path=pictures / f"{name}-{size}-{scheme}.png", full_page=True)
        found = _overflow(page)
        if (size, scheme) not in WITHOUT_AXE:
            found += _violations(page)
        problems += [f"{name}: {problem}" for problem in found]
    return problems


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']} at {node['target']}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def _overflow(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{wide} pixels stick out"] if wide > 0 else []
