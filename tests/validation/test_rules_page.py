"""docs/rules.md is written from the catalogue."""

from __future__ import annotations

from rollbook.validation.catalogue import all_rules
from rollbook.validation.rules_page import PAGE, rules_page


def test_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page(), "run `make docs`"


def test_every_rule_is_on_the_page_once() -> None:
    page = rules_page()
    assert {rule.code: page.count(f"\n### `{rule.code}`\n") for rule in all_rules()} == {
        rule.code: 1 for rule in all_rules()
    }
