"""Values as they may be passed on, and as they can be shown at all."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 120
# Codes whose values are names of columns, encodings and the like: hiding them would hide the help.
_IMPERSONAL = re.compile(r"package\..*|mapping\..*|\w+\.(header|file|drift)\..*")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def mask(value: str) -> str:
    """Keep a value's shape and hide the value: `Zoë 2012-02-30` becomes `xxx 9999-99-99`."""
    return re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", value))


def is_personal(code: str) -> bool:
    """Whether findings of this code may carry a value out of somebody's record."""
    return _IMPERSONAL.fullmatch(code) is None


def visible(text: str, *, longest: int | None = _LONGEST) -> str:
    """Return a text on one line, cut where it is long, with what cannot be seen spelt out.

    A value may hold anything: line breaks, marks that turn the direction of writing, or commands
    for the terminal that shows it.
    """
    shown = "".join(_spell(sign) for sign in text[:longest])
    return (
        shown if longest is None or len(text) <= longest else f"{shown}… ({len(text):,} characters)"
    )


def _spell(sign: str) -> str:
    if sign.isprintable() or unicodedata.category(sign) not in _UNSEEN:
        return sign
    code = ord(sign)
    return chr(0x2400 + code) if code < 0x20 else f"‹U+{code:04X}›"
