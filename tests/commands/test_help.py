"""Help comes at once, and shells complete the commands."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

# Loading any of these takes longer than all else that `--help` does.
HEAVY = {"duckdb", "django", "rich", "psycopg", "procrastinate", "structlog", "pydantic"}


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "--help"], ["diff", "--help"], ["generate", "--help"]]
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from rollbook.commands.main import run\n"
        f"run({arguments!r})\n"
        f"print('loaded', *sorted({HEAVY!r} & set(sys.modules)))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert "Usage: rollbook" in shown.stdout
    assert shown.stdout.splitlines()[-1] == "loaded"


def rollbook(*arguments: str, **environment: str) -> str:
    line = [sys.executable, "-m", "rollbook.commands", *arguments]
    done = subprocess.run(
        line,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout


def test_help_groups_the_commands_and_cuts_no_sentence() -> None:
    text = rollbook("--help")
    headings = ["Run Rollbook:", "Work with rosters:", "Work with files:", "Exit codes: 0"]
    assert [text.index(it) for it in headings] == sorted(text.index(it) for it in headings)
    assert "..." not in text.replace("[ARGS]...", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_can_be_shown_for_a_shell(shell: str) -> None:
    script = rollbook("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert "_ROLLBOOK_COMPLETE" in script


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("rollbook ch", {"check"}), ("rollbook check --f", {"--format", "--fail-on"})],
)
def test_shell_completes_commands_and_options(typed: str, offered: set[str]) -> None:
    words = typed.split(" ")
    shown = rollbook(
        _ROLLBOOK_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=str(len(words) - 1)
    )
    assert {*shown.split()} == offered
