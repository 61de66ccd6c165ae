"""What people do on the pages, with JavaScript and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from tests.dashboards.cast import Cast

    SignIn = Callable[[User], None]

pytestmark = pytest.mark.browser


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.zip"
    with ZipFile(path, "w") as package:
        package.writestr("orgs.csv", "sourcedId\n")
    return path


def test_person_signs_in_looks_around_and_signs_out(page: Page, cast: Cast) -> None:
    from tests.dashboards.cast import PASSWORD

    page.goto("/")
    page.get_by_label("Email").fill("dana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Oakwood Unified")).to_be_visible()
    page.locator("summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/districts/oakwood/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_wrong_password_is_said_beside_the_form(page: Page, cast: Cast) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill("dana@example.org")
    page.get_by_label("Password").fill("not this one at all")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("not correct")


def test_upload_leads_to_its_run_which_follows_along(
    page: Page, cast: Cast, sign_in: SignIn, export: Path
) -> None:
    from rollbook.runs.models import RunState, SyncRun

    sign_in(cast.data_manager)
    page.goto("/districts/oakwood/upload/")
    page.get_by_label("Drop the ZIP here").set_input_files(export)
    expect(page.get_by_text("Chosen: export.zip")).to_be_visible()
    with patch("rollbook.sources.deliveries.queue_run"):
        page.get_by_role("button", name="Upload and check").click()
        expect(page.get_by_role("heading", name="Run 1")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Received")
    SyncRun.objects.update(state=RunState.UNCHANGED)
    expect(page.locator("main")).to_contain_text("There is nothing to do.", timeout=5_000)
    expect(page.get_by_role("status")).to_contain_text("Unchanged.")
    assert page.locator("#run").get_attribute("hx-get") is None


def test_file_that_is_no_zip_is_refused_in_place(
    page: Page, cast: Cast, sign_in: SignIn, tmp_path: Path
) -> None:
    wrong = tmp_path / "students.csv"
    wrong.write_text("sourcedId\n")
    sign_in(cast.data_manager)
    page.goto("/districts/oakwood/upload/")
    page.get_by_label("Drop the ZIP here").set_input_files(wrong)
    page.get_by_role("button", name="Upload and check").click()
    expect(page.get_by_role("alert")).to_contain_text("not a ZIP archive")


def test_filters_change_their_part_and_the_address(
    page: Page, district: Cast, sign_in: SignIn
) -> None:
    sign_in(district.reader)
    page.goto("/districts/oakwood/runs/3/")
    page.get_by_role("link", name="Warnings 1").click()
    expect(page.locator("#findings .finding")).to_have_count(1)
    expect(page).to_have_url(re.compile("severity=warning"))
    page.get_by_role("link", name="Removed 4").click()
    expect(page.locator("#changes tbody tr")).to_have_count(4)
    page.go_back()
    expect(page.locator("#findings .finding")).to_have_count(1)
    expect(page.get_by_role("heading", name="Run 3")).to_be_visible()


def test_held_run_is_discarded_with_a_reason(page: Page, district: Cast, sign_in: SignIn) -> None:
    sign_in(district.data_manager)
    page.goto("/districts/oakwood/runs/6/")
    page.get_by_label("Why do you decide so?").fill("The export was cut off.")
    page.get_by_role("button", name="Discard this delivery").click()
    expect(page.get_by_text("Discarded by Miguel Núñez")).to_be_visible()


def test_ids_are_ticked_decided_and_lead_to_the_run_that_follows(
    page: Page, district: Cast, sign_in: SignIn
) -> None:
    from rollbook.runs.models import IdentityPair

    sign_in(district.data_manager)
    page.goto("/districts/oakwood/")
    page.get_by_role("link", name="33 ids wait for your decision").click()
    page.get_by_label("All 31 that are certainly the same").check()
    page.get_by_role("link", name="Another under the same id 1").click()
    expect(page.locator("#waiting tbody tr")).to_have_count(1)
    page.get_by_label("Tick all on this page").check()
    expect(page.get_by_label("Those that are ticked above")).to_be_checked()
    page.get_by_label("Why do you decide so?").fill("The school knows both.")
    with patch("rollbook.runs.identity.queue_run"):
        page.get_by_role("button", name="Two different ones").click()
        expect(page.get_by_role("heading", name="Run 9")).to_be_visible()
    pair = IdentityPair.objects.get(decision_reason="The school knows both.")
    assert (pair.verdict, pair.was) == ("different", "stu-41")
    page.goto("/districts/oakwood/ids/")
    expect(page.get_by_text("Adaeze Okonkwo (stu-41)")).to_be_visible()


def test_lines_are_copied(page: Page, district: Cast, sign_in: SignIn) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(district.owner)
    page.goto("/districts/oakwood/applications/")
    page.get_by_role("button", name="Copy").nth(1).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith('curl -s -H "Authorization: Bearer $TOKEN"')


def test_new_secret_is_shown_with_complete_lines(
    page: Page, district: Cast, sign_in: SignIn
) -> None:
    sign_in(district.owner)
    page.goto("/districts/oakwood/applications/")
    page.get_by_text("Make a new secret").click()
    page.get_by_role("button", name="Replace the secret").click()
    secret = page.locator(".secret").inner_text()
    expect(page.locator("#shell-1-token")).to_contain_text(secret)


def test_without_javascript_pages_read_and_forms_work(
    browser: Browser, live_server: LiveServer, cast: Cast, export: Path
) -> None:
    from tests.dashboards.cast import PASSWORD

    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/login/?next=/districts/oakwood/upload/")
    page.get_by_label("Email").fill("miguel@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Drop the ZIP here").set_input_files(export)
    with patch("rollbook.sources.deliveries.queue_run"):
        page.get_by_role("button", name="Upload and check").click()
    expect(page.get_by_role("heading", name="Run 1")).to_be_visible()
    context.close()


def test_keyboard_reaches_the_content_first(page: Page, district: Cast, sign_in: SignIn) -> None:
    sign_in(district.reader)
    page.goto("/districts/oakwood/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
