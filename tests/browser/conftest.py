"""The system's Chromium, and a district on a server of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from tests.dashboards.cast import Cast

ARGUMENTS = [
    "--no-sandbox",  # CI runs as root in a container
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SignIn = Callable[["User"], None]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the Chromium that `ROLLBOOK_CHROMIUM` names, or the one on the path.

    It ends with its module: while it runs, so does its event loop, and other tests want their own.
    """
    path = os.environ.get("ROLLBOOK_CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("There is no Chromium here; name one in ROLLBOOK_CHROMIUM.")
    # Playwright keeps an event loop in this thread, so that Django takes every query for a mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Both districts and their people, where the server sees them."""
    from tests.dashboards.cast import invite_cast  # models wait until Django is ready

    return invite_cast()


@pytest.fixture
def district(cast: Cast) -> Cast:
    """The cast, and a district with every kind of run."""
    from tests.browser.story import tell

    tell(cast)
    return cast


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A fresh window."""
    context = browser.new_context(base_url=live_server.url)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A fresh page. A script that fails makes the test fail."""
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"A script failed: {error}"))
    return page


@pytest.fixture
def sign_in(context: BrowserContext, live_server: LiveServer) -> SignIn:
    """Sign a person in without the form, which has its own test."""

    def sign_in(person: User) -> None:
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return sign_in


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go: `ROLLBOOK_PICTURES`, or a temporary folder."""
    chosen = os.environ.get("ROLLBOOK_PICTURES")
    folder = Path(chosen) if chosen else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
