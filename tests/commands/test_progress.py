from __future__ import annotations

import io
import sys
import time

import pytest

from rollbook.commands import progress
from rollbook.commands.progress import show_progress


class Terminal(io.StringIO):
    """What somebody watches."""

    def isatty(self) -> bool:
        return True


def watch(monkeypatch: pytest.MonkeyPatch, *, patience_seconds: float = 0.0) -> Terminal:
    """Put a terminal in place of stderr; in the test itself, as pytest resets it before."""
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "_PATIENCE_SECONDS", patience_seconds)
    return terminal


def wait_for(words: str, terminal: Terminal) -> None:
    deadline = time.monotonic() + 10
    while words not in terminal.getvalue() and time.monotonic() < deadline:
        time.sleep(0.01)  # it is drawn by a thread of its own
    assert words in terminal.getvalue()


def test_short_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watch(monkeypatch, patience_seconds=60.0)
    with show_progress() as on_progress:
        on_progress("Reading")
    assert terminal.getvalue() == ""


def test_long_work_shows_what_is_done_until_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watch(monkeypatch)
    with show_progress() as on_progress:
        on_progress("Reading users.csv", 1, 7)
        wait_for("Reading users.csv", terminal)
    assert terminal.getvalue().endswith("\x1b[2K")


def test_what_is_written_meanwhile_goes_where_it_belongs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = watch(monkeypatch)
    with show_progress() as on_progress:
        on_progress("Writing")
        wait_for("Writing", terminal)
        sys.stdout.write("the report\n")
    assert "the report" not in terminal.getvalue()
    assert capsys.readouterr().out == "the report\n"


@pytest.mark.parametrize("quiet", [True, False])
def test_quiet_or_piped_work_shows_nothing(quiet: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watch(monkeypatch)
    if not quiet:
        monkeypatch.setattr(terminal, "isatty", lambda: False)
    with show_progress(quiet=quiet) as on_progress:
        on_progress("Reading")
    assert terminal.getvalue() == ""
