"""Names of columns: what delimits them, and what in them nobody can see."""

from __future__ import annotations

import re
import unicodedata

DELIMITERS = (",", ";", "\t", "|")

_QUOTED = re.compile(r'"[^"]*"')
_KEPT_CONTROLS = "\t\n\r"


def tell_delimiter(header: str) -> str:
    """Tell what delimits the names of a header; a comma unless something else is more frequent."""
    bare = _QUOTED.sub("", header)
    return max(DELIMITERS, key=bare.count)  # the first of equals


def clean_header(name: str) -> str:
    """Return the name of a column without what nobody can see, and with plain blanks.

    A byte order mark in the middle, zero-width spaces, soft hyphens, marks of direction and
    control characters go; no-break spaces and their kin become blanks; blanks around go.
    """
    return "".join(_seen(character) for character in name).strip()


def invisible_in(name: str) -> tuple[str, ...]:
    """Name what `clean_header` takes out or replaces, in order, each once: `ZERO WIDTH SPACE`."""
    odd = (character for character in name if _seen(character) != character)
    return tuple(dict.fromkeys(_name_of(character) for character in odd))


def _seen(character: str) -> str:
    if character in _KEPT_CONTROLS:
        return character
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    return "" if category in ("Cf", "Cc") else character


def _name_of(character: str) -> str:
    if character == "\ufeff":
        return "BYTE ORDER MARK"
    return unicodedata.name(character, f"U+{ord(character):04X}")
