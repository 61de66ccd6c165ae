"""Keep the processes of an installation running, and end them together.

Each program runs in a process group of its own, tied to this process: Ctrl-C reaches only the
supervisor, which stops them in order, and if the supervisor is killed they end all the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rollbook.processes.tether import tethered

# A program that dies at once is started again after 1, 2, 4 … seconds. One that lived this long
# before is thought to have started well, and comes back after the shortest wait.
_FIRST_WAIT_SECONDS = 1.0
_LONGEST_WAIT_SECONDS = 30.0
_LIVED_SECONDS = 20.0
_POLL_SECONDS = 0.1

_LINE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Program:
    """A program to keep running.

    Attributes:
        name: Stands before each line it prints.
        answers: Whether what it offers is there; the programs after it start once it is. It may
            block for a moment. None: they start at once.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    answers: Callable[[], bool] | None = None


@dataclass(slots=True)
class Supervisor:
    """Starts programs in order; stops those that others need after the others.

    Attributes:
        say: Receives the name of a program and one line, without its end.
        patience_seconds: How long a program may take to stop before it is killed.
    """

    programs: tuple[Program, ...]
    say: Callable[[str, str], None]
    patience_seconds: float
    _is_stopping: asyncio.Event = field(init=False, default_factory=asyncio.Event)

    def stop(self) -> None:
        """Ask `run` to stop everything and return."""
        self._is_stopping.set()

    async def run(self) -> None:
        """Keep the programs running until SIGINT, SIGTERM or `stop`. Call it in the main thread."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop)
        keepers: list[asyncio.Task[None]] = []
        for program in self.programs:
            keepers.append(asyncio.create_task(self._keep(program), name=program.name))
            await self._until_it_answers(program)
        await self._is_stopping.wait()
        needed = [program.answers is not None for program in self.programs]
        for is_needed in (False, True):
            ending = [
                keeper for keeper, its in zip(keepers, needed, strict=False) if its is is_needed
            ]
            for keeper in ending:
                keeper.cancel()
            await asyncio.gather(*ending, return_exceptions=True)

    async def _until_it_answers(self, program: Program) -> None:
        while program.answers and not self._is_stopping.is_set():
            if await asyncio.to_thread(program.answers):
                return
            await asyncio.sleep(_POLL_SECONDS)

    async def _keep(self, program: Program) -> None:
        wait = _FIRST_WAIT_SECONDS
        while True:
            started = time.monotonic()
            code = await self._run_once(program)
            if time.monotonic() - started > _LIVED_SECONDS:
                wait = _FIRST_WAIT_SECONDS
            self.say(program.name, f"ended with {code}; starts again in {wait:.0f} seconds")
            await asyncio.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT_SECONDS)

    async def _run_once(self, program: Program) -> int:
        """Start a program and return its exit code. When cancelled, stop it first."""
        process = await asyncio.create_subprocess_exec(
            *tethered(list(program.command), on_starter_end=signal.SIGTERM),
            env=dict(program.environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            limit=_LINE_BYTES,
        )
        relay = asyncio.create_task(self._relay(program, process))
        try:
            return await _exit_code(process)
        except asyncio.CancelledError:
            await self._end(process)
            raise
        finally:
            # What it started may outlive it, and would keep its port or its jobs from the next one.
            _signal_group(process.pid, signal.SIGKILL)
            await relay

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(_exit_code(process), self.patience_seconds)
        except TimeoutError:
            _signal_group(process.pid, signal.SIGKILL)
            await _exit_code(process)

    async def _relay(self, program: Program, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None  # noqa: S101  it was asked for
        while line := await _read_line(process.stdout):
            self.say(program.name, line.decode(errors="replace").rstrip("\r\n"))


async def _exit_code(process: asyncio.subprocess.Process) -> int:
    """Wait for the program itself.

    `process.wait` waits for the end of its output, too, and a child that outlived the program holds
    that
    open: the program would count as running until the child ends.
    """
    while process.returncode is None:
        await asyncio.sleep(_POLL_SECONDS)
    return process.returncode


async def _read_line(stream: asyncio.StreamReader) -> bytes:
    try:
        return await stream.readline()
    except ValueError:  # longer than the limit: what was read of it is thrown away
        return b"(a line too long to show)\n"


def _signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)
