"""`rollbook up`: everything an installation needs, in one command."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rollbook.processes.supervisor import Program

_COLOURS = {"rollbook": "bold", "postgres": "blue", "web": "green", "worker": "magenta"}
_LONGER_THAN_THEIRS_SECONDS = 5


def up() -> None:
    """Run web, worker and, unless DATABASE_URL is set, PostgreSQL, until Ctrl-C."""
    import asyncio

    from rollbook.commands.migrate import migrate
    from rollbook.processes.supervisor import Supervisor
    from rollbook.project.environment import number
    from rollbook.project.web_address import public_url

    migrate()
    refuse_taken_address()
    say = _printer()
    say("rollbook", f"Starting at {public_url()}. Ctrl-C stops everything.")
    supervisor = Supervisor(
        programs=programs(),
        say=say,
        patience_seconds=number("ROLLBOOK_STOP_SECONDS") + _LONGER_THAN_THEIRS_SECONDS,
    )
    asyncio.run(supervisor.run())


def refuse_taken_address() -> None:
    """Look whether the web server will find its address free, before anything is promised.

    Raises:
        AddressTakenError: Another program listens there.
    """
    from django.conf import settings

    from rollbook.processes.web import reserve

    reserve(*settings.ROLLBOOK_WEB_BIND).close()


def programs() -> tuple[Program, ...]:
    """Return what `up` runs, in the order in which it is needed."""
    from rollbook.commands.database import own_server_folder
    from rollbook.postgres.server import answers
    from rollbook.processes.supervisor import Program

    def rollbook(name: str, answers: Callable[[], bool] | None = None) -> Program:
        command = (sys.executable, "-m", "rollbook.commands", name)
        return Program(name, command, environment=_environment(), answers=answers)

    running = [rollbook("web"), rollbook("worker")]
    if folder := own_server_folder():
        running.insert(0, rollbook("postgres", lambda: answers(folder)))
    return tuple(running)


def _environment() -> dict[str, str]:
    """Return our environment; at a terminal, programs that write to us write for people, too."""
    styles = {"ROLLBOOK_LOG_STYLE": "lines"} if sys.stdout.isatty() else {}
    return {**styles, **os.environ, "PYTHONUNBUFFERED": "1"}


def _printer() -> Callable[[str, str], None]:
    """Return what prints a line with the name of its program before it."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    width = max(map(len, _COLOURS))

    def say(name: str, line: str) -> None:
        label = Text(f"{name:<{width}} | ", style=_COLOURS.get(name, "cyan"))
        console.print(label + Text.from_ansi(line))

    return say
