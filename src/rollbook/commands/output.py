"""Where a command writes its report, and what it says beside it."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer


def _writable(path: Path | None) -> Path | None:
    if path and not path.parent.is_dir():
        raise typer.BadParameter(f"The folder {path.parent} does not exist.")
    return path


OutPath = Annotated[
    Path | None,
    typer.Option(
        "--out",
        help="A file to write to, instead of the screen.",
        callback=_writable,
        dir_okay=False,
        writable=True,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no closing words.")]
ShowValues = Annotated[
    bool,
    typer.Option("--show-values", help="Show values as they are where they would be masked."),
]


@contextmanager
def open_report(path: Path | None, *, is_for_spreadsheets: bool = False) -> Iterator[TextIO]:
    """Yield the stream that a report goes to: the file, or standard output without one.

    Args:
        is_for_spreadsheets: A file begins with a mark that makes spreadsheets read it as UTF-8.
    """
    if path is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        yield sys.stdout
        sys.stdout.flush()
        return
    encoding = "utf-8-sig" if is_for_spreadsheets else "utf-8"
    with path.open("w", encoding=encoding, errors="backslashreplace", newline="") as out:
        yield out


def say(sentence: str, *, quiet: bool) -> None:
    """Say a closing sentence on stderr, out of the way of the report."""
    if not quiet:
        typer.echo(sentence, err=True)
