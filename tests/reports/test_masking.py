from __future__ import annotations

import pytest

from rollbook.reports.masking import is_personal, mask, visible


def test_mask_keeps_the_shape() -> None:
    assert mask("Zoë_2 2012-02-30 <b>") == "xxx_9 9999-99-99 <x>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain Zoë 山田", "plain Zoë 山田"),
        ("a\tb\r\nc", "a␉b␍␊c"),
        ("\x1b[31mred", "␛[31mred"),
        ("Locker\u200bNo", "Locker‹U+200B›No"),
        ("right\u202eleft", "right‹U+202E›left"),
        ("\x9b31m", "‹U+009B›31m"),
    ],
)
def test_what_cannot_be_seen_is_spelt_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_long_values_are_cut_and_counted() -> None:
    shown = visible("a" * 5_000_000)
    assert len(shown) < 200
    assert shown.endswith("… (5,000,000 characters)")


@pytest.mark.parametrize(
    ("code", "personal"),
    [
        ("users.givenName.missing", True),
        ("users.header.missing", False),
        ("users.file.not_utf8", False),
        ("package.manifest.missing", False),
    ],
)
def test_names_of_columns_and_encodings_are_not_personal(code: str, personal: bool) -> None:
    assert is_personal(code) is personal
