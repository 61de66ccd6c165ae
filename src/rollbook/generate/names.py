"""The names of people, by culture, from `cultures.csv` and `names.csv`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rollbook.generate.tables import rows_of

_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"}
    | {"Ø": "O", "Đ": "D", "Ł": "L", "Æ": "Ae", "Œ": "Oe", "Ð": "D", "Þ": "Th", "ʻ": "'"}
)
_MISSPELLINGS = (("ie", "y"), ("ph", "f"), ("nn", "n"), ("ll", "l"), ("y", "i"), ("c", "k"))


@dataclass(frozen=True, slots=True)
class Name:
    """One word or group of words in a person's name.

    Attributes:
        text: As written, `Müller-Díaz`.
        slug: As it stands in an address, `mullerdiaz`.
    """

    text: str
    slug: str


@dataclass(frozen=True, slots=True)
class Culture:
    """Where the names of a family come from, and what usually goes with them.

    Attributes:
        weight: How many of every hundred or so families.
        has_two_surnames: Whether children carry a name of each parent, `García López`.
        race: The column of demographics that is `true`; empty when families rarely state one.
        country: ISO code of the country where grandparents, and some children, were born.
    """

    weight: int
    has_two_surnames: bool
    race: str
    is_hispanic: bool
    country: str
    girls: tuple[Name, ...]
    boys: tuple[Name, ...]
    families: tuple[Name, ...]


def name_of(text: str) -> Name:
    """Return a name with its slug."""
    return Name(text, "".join(filter(str.isalnum, unaccented(text).lower())))


def unaccented(text: str) -> str:
    """Return the text as an old system would store it, `Bjorn` for `Bjørn`."""
    folded = unicodedata.normalize("NFKD", text.translate(_PLAIN_LETTERS))
    return folded.encode("ascii", "ignore").decode("ascii")


@cache
def respelled(name: Name) -> Name:
    """Return a plausible other spelling of a name, never the same one."""
    plain = unaccented(name.text)
    if plain != name.text:
        return name_of(plain)
    for written, meant in _MISSPELLINGS:
        if written in name.text:
            return name_of(name.text.replace(written, meant, 1))
    return name_of(f"{name.text}h")


def doubled(first: Name, second: Name) -> Name:
    """Return the two names joined as after a marriage, `Müller-Díaz`."""
    return Name(f"{first.text}-{second.text}", first.slug + second.slug)


def paired(first: Name, second: Name) -> Name:
    """Return the two names side by side, `García López`."""
    return Name(f"{first.text} {second.text}", first.slug + second.slug)


@cache
def weighted_cultures() -> tuple[Culture, ...]:
    """Return every culture as often as its weight, so that an even pick is a weighted one."""
    return tuple(culture for culture in _cultures() for _ in range(culture.weight))


def _cultures() -> Iterator[Culture]:
    names: dict[tuple[str, str], list[Name]] = {}
    for row in rows_of("names.csv"):
        names.setdefault((row["culture"], row["kind"]), []).append(name_of(row["name"]))
    for row in rows_of("cultures.csv"):
        yield Culture(
            weight=int(row["weight"]),
            has_two_surnames=row["surnames"] == "double",
            race=row["race"],
            is_hispanic=row["hispanic"] == "true",
            country=row["country"],
            girls=tuple(names[row["culture"], "girl"]),
            boys=tuple(names[row["culture"], "boy"]),
            families=tuple(names[row["culture"], "family"]),
        )


def given_name(culture: Culture, bits: int, *, is_female: bool) -> Name:
    """Return a given name of a culture, by some bits of chance."""
    names = culture.girls if is_female else culture.boys
    return names[bits % len(names)]
