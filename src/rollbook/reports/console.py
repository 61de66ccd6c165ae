"""Where text goes: colours and rulers on a terminal, plain aligned lines everywhere else."""

from __future__ import annotations

import textwrap
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text
from typing_extensions import override

_PIPED_WIDTH = 100
_WIDEST = 120
SEVERITY_STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold blue"}


class _Unheard(Console):
    """A console whose reader may go away, `head` for example."""

    @override
    def on_broken_pipe(self) -> None:
        """Leave it to whoever opened the stream: the command then ends as one that is not heard."""
        raise BrokenPipeError


def open_console(out: TextIO) -> Console:
    """Return a console on a stream. It interprets nothing that stands in the data."""
    is_terminal = out.isatty()
    console = _Unheard(
        file=out,
        force_terminal=is_terminal,
        highlight=False,
        markup=False,
        emoji=False,
        safe_box=True,
        legacy_windows=False,
    )
    console.width = min(console.width, _WIDEST) if is_terminal else _PIPED_WIDTH
    return console


def open_table(console: Console) -> Table:
    """Return a table that fits where it is shown."""
    if console.is_terminal:
        return Table(box=box.SIMPLE_HEAD, show_edge=False, header_style="bold", pad_edge=False)
    return Table(box=None, header_style="", padding=(0, 3, 0, 0), pad_edge=False)


def print_table(console: Console, table: Table) -> None:
    """Print a table and an empty line; in a file without blanks at the ends of lines."""
    if console.is_terminal:
        console.print(table)
        console.print()
        return
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        print_line(console, line.rstrip())
    console.print()


def print_lines(console: Console, text: str, *, indent: int = 0, style: str = "") -> None:
    """Print a sentence, broken where the line ends."""
    for line in textwrap.wrap(text, console.width - indent, break_long_words=False):
        print_line(console, line, indent=indent, style=style)


def print_line(console: Console, text: str, *, indent: int = 0, style: str = "") -> None:
    """Print one line that is never broken, so that it can be searched for."""
    console.print(Text(" " * indent + text, style=style), soft_wrap=True)
