from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from rollbook.processes import supervisor as supervisor_module
from rollbook.processes.supervisor import Program, Supervisor

PATIENCE_SECONDS = 60
WAITS = "import os, time; print('pid', os.getpid()); time.sleep(120)"
IGNORES_SIGTERM = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {WAITS}"
HAS_A_CHILD = (
    "import os, subprocess, sys, time;"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(120)']);"
    "print('pid', os.getpid()); print('child', child.pid); time.sleep(120)"
)

# A supervisor in a process of its own, that prints what its programs say.
SUPERVISOR = """
import asyncio, sys
from rollbook.processes.supervisor import Program, Supervisor
python = (sys.executable, "-u", "-c")
programs = tuple(Program(f"p{n}", (*python, s)) for n, s in enumerate(sys.argv[1:]))
supervisor = Supervisor(programs, lambda name, line: print(name, line, flush=True), 1.0)
asyncio.run(supervisor.run())
"""


def python(name: str, source: str, answers: Callable[[], bool] | None = None) -> Program:
    return Program(name, (sys.executable, "-u", "-c", source), answers=answers)


def runs(pid: int) -> bool:
    """Return whether a process exists and is not merely waiting to be buried."""
    with suppress(OSError):
        return (Path("/proc") / str(pid) / "cmdline").read_bytes() != b""
    return False


def wait_until(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


class Stage:
    """Runs a supervisor in this process, and reads what its programs say."""

    def __init__(self, *programs: Program) -> None:
        self.said: list[tuple[str, str]] = []
        self.supervisor = Supervisor(programs, self._say, patience_seconds=0.5)
        self._heard = asyncio.Event()

    def _say(self, name: str, line: str) -> None:
        self.said.append((name, line))
        self._heard.set()

    def lines(self, name: str) -> list[str]:
        return [line for who, line in self.said if who == name]

    def numbers(self, name: str, word: str = "pid") -> list[int]:
        parts = [line.split() for line in self.lines(name)]
        return [int(part[1]) for part in parts if part[0] == word]

    async def until(self, is_true: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not is_true():
                self._heard.clear()
                await self._heard.wait()

    def play(self, act: Callable[[], object]) -> None:
        """Run the supervisor while `act` plays, then stop it."""

        async def both() -> None:
            running = asyncio.create_task(self.supervisor.run())
            try:
                await act()  # type: ignore[misc]
            finally:
                self.supervisor.stop()
                await running

        asyncio.run(both())


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor_module, "_FIRST_WAIT_SECONDS", 0.01)


def test_lines_of_a_program_carry_its_name() -> None:
    stage = Stage(python("talker", "print('one'); print('two')"))

    async def act() -> None:
        await stage.until(lambda: "two" in stage.lines("talker"))

    stage.play(act)
    assert stage.lines("talker")[:2] == ["one", "two"]


def test_killed_program_is_started_again() -> None:
    stage = Stage(python("patient", WAITS))

    async def act() -> None:
        await stage.until(lambda: len(stage.numbers("patient")) == 1)
        os.kill(stage.numbers("patient")[0], signal.SIGKILL)
        await stage.until(lambda: len(stage.numbers("patient")) == 2)

    stage.play(act)
    assert "ended with -9; starts again" in "\n".join(stage.lines("patient"))
    assert not any(runs(pid) for pid in stage.numbers("patient"))


def test_what_a_killed_program_started_does_not_outlive_it() -> None:
    stage = Stage(python("parent", HAS_A_CHILD))

    async def act() -> None:
        await stage.until(lambda: bool(stage.numbers("parent", "child")))
        os.kill(stage.numbers("parent")[0], signal.SIGKILL)
        await stage.until(lambda: len(stage.numbers("parent")) == 2)
        assert not runs(stage.numbers("parent", "child")[0])

    stage.play(act)


def test_program_that_will_not_stop_is_killed() -> None:
    stage = Stage(python("stubborn", IGNORES_SIGTERM))

    async def act() -> None:
        await stage.until(lambda: bool(stage.numbers("stubborn")))

    stage.play(act)
    assert not runs(stage.numbers("stubborn")[0])


def test_program_waits_until_the_one_before_answers(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    first = python("first", f"open({str(ready)!r}, 'w'); {WAITS}", answers=ready.exists)
    second = python("second", f"print(__import__('os').path.exists({str(ready)!r})); {WAITS}")
    stage = Stage(first, second)

    async def act() -> None:
        await stage.until(lambda: bool(stage.numbers("second")))

    stage.play(act)
    assert stage.lines("second")[0] == "True"


def test_very_long_line_does_not_stop_the_program() -> None:
    stage = Stage(python("talker", f"print('x' * 3_000_000); print('after'); {WAITS}"))

    async def act() -> None:
        await stage.until(lambda: "after" in stage.lines("talker"))

    stage.play(act)


@pytest.fixture
def supervise() -> Iterator[Callable[..., tuple[subprocess.Popen[str], list[int]]]]:
    """Return what starts a supervisor elsewhere, and waits for the pids that its programs print."""
    started: list[subprocess.Popen[str]] = []

    def starter(*sources: str, count: int) -> tuple[subprocess.Popen[str], list[int]]:
        command = [sys.executable, "-u", "-c", SUPERVISOR, *sources]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        lines = [process.stdout.readline().split() for _ in range(count)]
        return process, [int(line[-1]) for line in lines]

    yield starter
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_behind(
    number: signal.Signals, supervise: Callable[..., tuple[subprocess.Popen[str], list[int]]]
) -> None:
    process, pids = supervise(WAITS, WAITS, count=2)
    assert all(runs(pid) for pid in pids)
    process.send_signal(number)
    process.wait(PATIENCE_SECONDS)
    wait_until(lambda: not any(runs(pid) for pid in pids))
    assert process.returncode == (-number if number == signal.SIGKILL else 0)
