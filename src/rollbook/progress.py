"""How far long work has come: what a stage calls, and whoever started the stage shows."""

from __future__ import annotations

from typing import Protocol


class OnProgress(Protocol):
    """Called now and then, at the latest before each piece of work that may take seconds.

    Personal data never belong in the text: name the file or the resource.
    """

    def __call__(self, text: str, done: int = 0, total: int | None = None) -> None:
        """Say what is being done, and how much of it is; total None: nobody knows yet."""


def silent(text: str, done: int = 0, total: int | None = None) -> None:
    """Show nothing."""
