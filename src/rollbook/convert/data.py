"""Values that go into a conversion and come out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of the roster that the written format does not say.

    Attributes:
        resource: Whose records, `users`.
        subject: A field, `userIds`, or a kind of record, `contact`.
        count: In how many records it was.
        reason: Why, and what became of it, in a sentence.
    """

    resource: str
    subject: str
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """A package that was written.

    Attributes:
        row_counts: Data rows of each file by its name, in the order of writing.
        losses: What could not be carried over; empty: everything was.
    """

    row_counts: Mapping[str, int]
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One file to write.

    Attributes:
        filename: Its name in the package.
        sql: A select of its rows, whose column names are the header.
        is_required: Whether it is written even without rows.
        extensions: Resource and key of the extension columns that it has.
    """

    filename: str
    sql: str
    is_required: bool = False
    extensions: frozenset[tuple[str, str]] = frozenset()
