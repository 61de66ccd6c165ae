"""HTML made of elements. Text is escaped unless it is markup already."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_VOID = {"input", "meta", "br"}


class Markup(str):
    """Text that is HTML already: only `element`, `joined` and files of ours make it."""

    __slots__ = ()


def element(
    name: str, /, *children: str | Iterable[str | None] | None, **attributes: object
) -> Markup:
    """Return an element.

    Args:
        children: Texts, elements, or lists of them; None is left out.
        attributes: `class_` is written class, `data_name` data-name. None and False are left out,
            True is written without a value.
    """
    begin = f"<{name}{''.join(_attribute(*pair) for pair in attributes.items())}>"
    return Markup(begin if name in _VOID else f"{begin}{joined(children)}</{name}>")


def joined(children: Iterable[str | Iterable[str | None] | None]) -> Markup:
    """Return texts and elements one after the other."""
    return Markup("".join(map(_render, children)))


def _render(child: str | Iterable[str | None] | None) -> str:
    if child is None:
        return ""
    if isinstance(child, Markup):
        return child
    return escape(child) if isinstance(child, str) else joined(child)


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    written = name.rstrip("_").replace("_", "-")
    return f" {written}" if value is True else f' {written}="{escape(str(value))}"'
