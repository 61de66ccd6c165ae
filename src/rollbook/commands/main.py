"""The command `rollbook`: its list of commands, and how it ends.

A command's module is imported to show its help, so it must be light: what a command needs it
imports in its function. `rollbook generate` never imports Django.
"""

from __future__ import annotations

import sys

import typer

from rollbook.commands.check import check
from rollbook.commands.compare import compare
from rollbook.commands.convert import convert
from rollbook.commands.decide import approve, discard
from rollbook.commands.demo import demo
from rollbook.commands.diff import diff
from rollbook.commands.erase import erase
from rollbook.commands.exit_codes import ExitCode
from rollbook.commands.generate import generate
from rollbook.commands.help import GroupedCommands
from rollbook.commands.ids import ids
from rollbook.commands.migrate import migrate
from rollbook.commands.policy import policy
from rollbook.commands.postgres import postgres
from rollbook.commands.restore import restore
from rollbook.commands.retain import retain
from rollbook.commands.runs import runs
from rollbook.commands.show import show
from rollbook.commands.simulate import simulate
from rollbook.commands.sources import sources
from rollbook.commands.sync import sync
from rollbook.commands.up import up
from rollbook.commands.web import web
from rollbook.commands.worker import worker
from rollbook.errors import RollbookError, SourceDataError

_EPILOG = (
    "Exit codes: 0 all went well, 1 the work failed, 2 the input cannot be read, "
    "3 the command was called wrongly."
)

app = typer.Typer(
    name="rollbook",
    help="Keeps the rosters of school districts true, everywhere they are used.",
    epilog=_EPILOG,
    cls=GroupedCommands,
    no_args_is_help=True,
    rich_markup_mode=None,  # see `help.py`
    pretty_exceptions_enable=False,  # they show the values of variables: rows of files, passwords
)

RUN = "Run Rollbook"
ROSTERS = "Work with rosters"
FILES = "Work with files"

app.command(rich_help_panel=RUN)(up)
app.command(rich_help_panel=RUN)(web)
app.command(rich_help_panel=RUN)(worker)
app.command(rich_help_panel=RUN)(migrate)
app.command(rich_help_panel=RUN)(postgres)
app.command(rich_help_panel=RUN)(demo)
app.command(rich_help_panel=ROSTERS)(sync)
app.command(rich_help_panel=ROSTERS)(runs)
app.add_typer(ids, name="ids", rich_help_panel=ROSTERS)
app.add_typer(sources, name="sources", rich_help_panel=ROSTERS)
app.command(rich_help_panel=ROSTERS)(approve)
app.command(rich_help_panel=ROSTERS)(discard)
app.command(rich_help_panel=ROSTERS)(policy)
app.command(rich_help_panel=ROSTERS)(simulate)
app.command(rich_help_panel=ROSTERS)(show)
app.command(rich_help_panel=ROSTERS)(compare)
app.command(rich_help_panel=ROSTERS)(restore)
app.command(rich_help_panel=ROSTERS)(erase)
app.command(rich_help_panel=RUN)(retain)
app.command(rich_help_panel=FILES)(check)
app.command(rich_help_panel=FILES)(diff)
app.command(rich_help_panel=FILES)(convert)
app.command(rich_help_panel=FILES)(generate)


def main(arguments: list[str] | None = None) -> None:
    """Run a command and exit with its code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run a command and return its exit code. What went wrong is told on stderr in a sentence."""
    try:
        code = app(arguments, standalone_mode=False, prog_name="rollbook")
    except typer.Abort:
        return ExitCode.INTERRUPTED
    except typer.TyperException as error:
        if said := error.format_message():  # empty when no arguments asked for help, which is shown
            typer.secho(f"{said} Try the same command with --help.", fg="red", err=True)
        return ExitCode.USAGE
    except SourceDataError as error:
        typer.secho(str(error), fg="red", err=True)
        return ExitCode.UNREADABLE
    except RollbookError as error:
        typer.secho(str(error), fg="red", err=True)
        return ExitCode.FAILED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        said = f"{where}{error.strerror or error}. Look at the path, its rights and the disk."
        typer.secho(said, fg="red", err=True)
        return ExitCode.FAILED
    except Exception:
        from rollbook.project.logs import describe_exception

        # Not Python's own report: it repeats what the exception was given, which may be a row.
        typer.echo(describe_exception(sys.exc_info()), err=True)
        typer.secho("This is a fault of Rollbook. Please report it with the lines above.", err=True)
        return ExitCode.FAILED
    return code if isinstance(code, int) else ExitCode.OK
