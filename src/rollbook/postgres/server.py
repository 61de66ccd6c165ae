"""Start and stop the server of a folder.

The folder holds `cluster` (the data), `socket`, `postgres.log`, and `starter.lock`. Whoever holds
the lock started the server and stops it; everybody else uses it meanwhile.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from rollbook.postgres.address import SUPERUSER, dsn_of
from rollbook.postgres.binaries import find_binaries
from rollbook.postgres.cluster import make_cluster, make_database
from rollbook.postgres.errors import EmbeddedServerError, ServerDidNotStartError
from rollbook.postgres.ownership import choose_user, make_socket_folder
from rollbook.postgres.sizing import sized_settings
from rollbook.processes.tether import tethered

_PATIENCE_SECONDS = 60.0
_POLL_SECONDS = 0.02
_LOG_BYTES = 10_000_000

# Statements and values may be personal data, so errors of statements stay out of the server's log:
# those who sent the statement report them. Level `log` is starts, stops, crashes and refused
# connections.
_ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server.

    Attributes:
        dsn: Address of the database `rollbook`, as its owner.
        folder: Where it lives.
        is_ours: This process started it, and stops it.
    """

    dsn: str
    folder: Path
    is_ours: bool


@contextlib.contextmanager
def embedded_server(
    folder: Path,
    *,
    binaries: Path | None = None,
    settings: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run PostgreSQL in a folder while the context lasts, or use the one that runs there already.

    Call it from the main thread: the server ends with the thread that started it.

    Args:
        folder: Made when missing. Any length of path.
        binaries: Folder of `initdb` and `postgres`. None: those that come with Rollbook.
        settings: Options of postgresql.conf for this start.

    Raises:
        EmbeddedServerError: It cannot run; the message says what to do.
    """
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as at_end:
        is_ours = _is_starter(folder, at_end)
        if is_ours:
            _stop_orphan(folder / "cluster")
            process = _start(folder, binaries, settings or {})
            at_end.callback(_stop, process)
            _await(folder, process)
            make_database(dsn_of(folder, database="postgres", user=SUPERUSER))
        yield Server(dsn=dsn_of(folder), folder=folder, is_ours=is_ours)


def answers(folder: Path) -> bool:
    """Return whether the server of a folder takes connections."""
    with contextlib.suppress(psycopg.OperationalError):
        psycopg.connect(dsn_of(folder), connect_timeout=5).close()
        return True
    return False


def _is_starter(folder: Path, at_end: contextlib.ExitStack) -> bool:
    """Take the lock, or wait until the one who holds it has a server that answers."""
    descriptor = os.open(folder / "starter.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    at_end.callback(os.close, descriptor)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if answers(folder):
            return False
        time.sleep(_POLL_SECONDS)
    raise EmbeddedServerError(
        f"Another Rollbook process is starting PostgreSQL in {folder}, and it does not answer.",
        f"Stop that process, or read {folder / 'postgres.log'} for what it waits for.",
    )


def _start(
    folder: Path, binaries: Path | None, settings: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    sockets, log = make_socket_folder(folder), folder / "postgres.log"
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.unlink()
    binaries = find_binaries(folder / "cluster", given=binaries)
    run_as = choose_user([folder, sockets], binaries)
    make_cluster(folder / "cluster", binaries=binaries, run_as=run_as)
    command = [str(binaries / "postgres"), "-D", str(folder / "cluster"), "-k", str(sockets)]
    for name, value in {**_ALWAYS, **sized_settings(), **settings}.items():
        command += ["-c", f"{name}={value}"]
    # SIGINT is PostgreSQL's fast shutdown: clients are disconnected, the data is left clean.
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603  a program of the chosen folder
            tethered(command, on_starter_end=signal.SIGINT, run_as=run_as),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is for the starter, which stops the server in order
        )


def _await(folder: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    as_superuser = dsn_of(folder, database="postgres", user=SUPERUSER)
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(as_superuser, connect_timeout=5).close()
            return
        time.sleep(_POLL_SECONDS)
    raise ServerDidNotStartError(folder / "postgres.log")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)  # immediate: the next start replays the log
        process.wait(_PATIENCE_SECONDS)


def _stop_orphan(cluster: Path) -> None:
    """Stop a server whose starter was killed, and forget one that is gone.

    Only for the holder of the lock. A number in `postmaster.pid` may by now belong to a stranger,
    above all in a container that was started again; PostgreSQL would refuse to start because of it.
    """
    path = cluster / "postmaster.pid"
    try:
        pid = int(path.read_text(encoding="ascii", errors="replace").split("\n", 1)[0] or 0)
    except FileNotFoundError:
        return
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while _is_server(pid, cluster) and time.monotonic() < deadline:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        time.sleep(_POLL_SECONDS)
    path.unlink(missing_ok=True)


def _is_server(pid: int, cluster: Path) -> bool:
    """Return whether a process is the server of this cluster: a server works in its data folder."""
    try:
        return pid > 0 and Path(f"/proc/{pid}/cwd").readlink() == cluster
    except OSError:
        return False
