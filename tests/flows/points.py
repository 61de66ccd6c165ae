"""The points at which a publish can be struck: everything it does outside its own memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import psycopg
from django.core.files.storage import FileSystemStorage


@contextmanager
def struck_at(point: int, strike: Callable[[], None]) -> Iterator[Counter[str]]:
    """Strike just before the point of this number, and count the points by kind as they come.

    A commit has two points, before it and after it: then the database knows and the worker does
    not.
    """
    seen: Counter[str] = Counter()

    def come_to(kind: str) -> None:
        seen[kind] += 1
        if seen.total() == point:
            strike()

    def watched(original: Any, kind: str, after: str = "") -> Any:
        def call(*arguments: Any, **keywords: Any) -> Any:
            come_to(kind)
            result = original(*arguments, **keywords)
            if after:
                come_to(after)
            return result

        return call

    with ExitStack() as patches:
        for owner, name, kind, after in (
            (psycopg.Cursor, "execute", "statement", ""),
            (psycopg.Cursor, "copy", "copy", ""),
            (psycopg.Connection, "commit", "commit", "committed"),
            (FileSystemStorage, "save", "file stored", ""),
            (FileSystemStorage, "delete", "file removed", ""),
        ):
            call = watched(getattr(owner, name), kind, after)
            patches.enter_context(patch.object(owner, name, call))
        yield seen
