"""Pages of long lists and the filters above them: links, so that each view has an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter. `query` leads to it and begins with "?"."""

    word: str
    amount: int
    query: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one is in a list whose length is known.

    Attributes:
        first, last: First and last entry of the page, from 1; both 0 when the list is empty.
        previous, following: Queries of the pages before and after; empty where there is none.
    """

    first: int
    last: int
    total: int
    previous: str
    following: str

    @property
    def offset(self) -> int:
        """How many entries stand before the page."""
        return max(self.first - 1, 0)


def query_of(**parameters: str) -> str:
    """Return a query string of those parameters that have a value."""
    return "?" + urlencode({name: value for name, value in parameters.items() if value})


def pages_of(
    total: int, *, per_page: int, wanted: str, name: str, filters: Mapping[str, str]
) -> Pages:
    """Return the wanted page, or the nearest that exists.

    Args:
        wanted: The page as the address has it, from 1.
        name: The parameter that has the page in the address.
        filters: What else the addresses of the other pages must say.
    """
    count = max(-(-total // per_page), 1)
    number = min(max(_page_number(wanted), 1), count)

    def leaf(page: int) -> str:
        return query_of(**filters, **{name: str(page)}) if 1 <= page <= count else ""

    return Pages(
        first=(number - 1) * per_page + 1 if total else 0,
        last=min(number * per_page, total),
        total=total,
        previous=leaf(number - 1),
        following=leaf(number + 1),
    )


def _page_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1
