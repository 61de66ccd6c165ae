"""Where a command writes its report, and what it says beside it."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO, TypeVar

import typer

from rollbook.commands.exit_codes import ExitCode
from rollbook.commands.progress import show_progress

Report = TypeVar("Report")


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


def demand_new(out: Path) -> None:
    """Refuse a place for a package where something is: nothing of it is lost or mixed with others.

    An old roles.csv in the folder would count as part of the package.
    """
    from rollbook.convert.package import check_path

    try:
        check_path(out)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if out.is_dir() and any(out.iterdir()):
        raise typer.BadParameter(f"{out} is not empty. Name a new folder, or empty this one.")
    if out.is_file():
        raise typer.BadParameter(f"{out} is there already. Name a new file, or remove this one.")


@contextmanager
def open_report(path: Path | None, *, is_for_spreadsheets: bool = False) -> Iterator[TextIO]:
    """Yield the stream that a report goes to: the file, or standard output without one.

    Args:
        is_for_spreadsheets: A file begins with a mark that makes spreadsheets read it as UTF-8.
    """
    if path is None:
        with _screen() as out:
            yield out
        return
    encoding = "utf-8-sig" if is_for_spreadsheets else "utf-8"
    with path.open("w", encoding=encoding, errors="backslashreplace", newline="") as out:
        yield out


@contextmanager
def _screen() -> Iterator[TextIO]:
    """Yield standard output. When its reader goes away, `head` for example, the command ends."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still in the buffer must not be written when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(ExitCode.UNHEARD) from None


def write_report(
    write: Callable[[Report, TextIO], None],
    report: Report,
    path: Path | None,
    *,
    quiet: bool,
    is_for_spreadsheets: bool = False,
) -> None:
    """Write a report where it goes, with progress unless that would write between its lines."""
    is_on_screen = path is None and sys.stdout.isatty()
    with show_progress(quiet=quiet or is_on_screen) as on_progress:
        on_progress("Writing the report")
        with open_report(path, is_for_spreadsheets=is_for_spreadsheets) as stream:
            write(report, stream)


def say(sentence: str, *, quiet: bool) -> None:
    """Say a closing sentence on stderr, out of the way of the report."""
    if not quiet:
        typer.echo(sentence, err=True)
