"""docs/guards.md is written from the guards."""

from __future__ import annotations

from rollbook.guard.guards import EVERYTHING, GUARDS, MOVED
from rollbook.guard.guards_page import PAGE, guards_page


def test_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == guards_page(), "run `make docs`"


def test_every_guard_is_on_the_page_once() -> None:
    page = guards_page()
    assert [page.count(f"\n## `{guard.name}`\n") for guard in GUARDS] == [1] * len(GUARDS)
    assert all(guard.code in page for guard in GUARDS)
    assert all(f"\n### `{code}`\n" in page for code in (EVERYTHING, MOVED))
