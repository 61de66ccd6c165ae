"""docs/rules.md is written from the catalogue."""

from __future__ import annotations

from rollbook.validation.rules_page import PAGE, rules_page


def test_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page(), "run `make docs`"
