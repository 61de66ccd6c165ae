from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from rollbook.postgres import ownership
from rollbook.postgres.address import dsn_of, socket_folder
from rollbook.postgres.binaries import find_binaries
from rollbook.postgres.errors import EmbeddedServerError, ServerDidNotStartError
from rollbook.postgres.server import answers, embedded_server
from rollbook.processes.tether import NOBODY, RunAs

# Starts a server, says so, and waits.
STARTER = """
import sys, time
from pathlib import Path
from rollbook.postgres.server import embedded_server
with embedded_server(Path(sys.argv[1]), settings={"fsync": "off"}) as server:
    print(server.is_ours, flush=True)
    time.sleep(120)
"""


@pytest.fixture
def start() -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Return what starts a server in another process, and waits until it runs."""
    started: list[subprocess.Popen[str]] = []

    def starter(folder: Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", STARTER, str(folder)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() in ("True\n", "False\n")
        return process

    yield starter
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def pid_of(folder: Path) -> int:
    return int((folder / "cluster" / "postmaster.pid").read_text().splitlines()[0])


def runs(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_bytes() != b""
    except OSError:
        return False


def wait_until(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_server_runs_while_the_context_lasts_and_keeps_its_data(tmp_path: Path) -> None:
    with embedded_server(tmp_path) as server:
        assert server.is_ours
        with psycopg.connect(server.dsn) as connection:
            connection.execute("create table kept (id int)")
        pid = pid_of(tmp_path)
        assert runs(pid)
    assert not runs(pid)
    assert not answers(tmp_path)
    with embedded_server(tmp_path) as server, psycopg.connect(server.dsn) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (0,)


def test_role_of_the_application_is_no_superuser(server_folder: Path) -> None:
    with psycopg.connect(dsn_of(server_folder)) as connection:
        row = connection.execute(
            "select rolsuper, rolcreatedb from pg_roles where rolname = current_user"
        ).fetchone()
    assert row == (False, True)


def test_values_of_failed_statements_stay_out_of_the_log(server_folder: Path) -> None:
    with (
        psycopg.connect(dsn_of(server_folder)) as connection,
        pytest.raises(psycopg.errors.InvalidTextRepresentation),
    ):
        connection.execute("select 'Marisol Quintanilla'::int")
    assert "Quintanilla" not in (server_folder / "postgres.log").read_text()


def test_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)
    assert len(str(socket_folder(folder))) < 60
    with embedded_server(folder) as server, psycopg.connect(server.dsn) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    socket_folder(folder).rmdir()


def test_second_starter_uses_the_running_server(
    tmp_path: Path, start: Callable[[Path], subprocess.Popen[str]]
) -> None:
    start(tmp_path)
    pid = pid_of(tmp_path)
    with embedded_server(tmp_path) as server:
        assert not server.is_ours
        assert answers(tmp_path)
    assert runs(pid)


def test_server_ends_when_its_starter_is_killed(
    tmp_path: Path, start: Callable[[Path], subprocess.Popen[str]]
) -> None:
    starter = start(tmp_path)
    pid = pid_of(tmp_path)
    starter.kill()
    wait_until(lambda: not runs(pid))


def test_server_left_behind_is_stopped_before_a_new_one_starts(tmp_path: Path) -> None:
    with embedded_server(tmp_path):
        pass
    binaries = find_binaries(tmp_path / "cluster", given=None)
    left_behind = start_without_tether(tmp_path, binaries)
    try:
        with embedded_server(tmp_path) as server:
            assert server.is_ours
            assert pid_of(tmp_path) != left_behind.pid
        assert left_behind.wait(20) == 0
    finally:
        left_behind.kill()
        left_behind.wait()


def start_without_tether(folder: Path, binaries: Path) -> subprocess.Popen[bytes]:
    """Start a server as a system without tethers would leave it."""
    as_nobody = ["unshare", "--user", "--map-user=65534"] if os.getuid() == 0 else []
    sockets = str(socket_folder(folder))
    command = [*as_nobody, binaries / "postgres", "-D", folder / "cluster", "-h", "", "-k", sockets]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    wait_until(lambda: answers(folder))
    return process


def test_number_of_a_stranger_in_the_pid_file_does_no_harm(tmp_path: Path) -> None:
    with embedded_server(tmp_path):
        pass
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        pid_file = tmp_path / "cluster" / "postmaster.pid"
        pid_file.write_text(f"{stranger.pid}\n{tmp_path / 'cluster'}\n")
        with embedded_server(tmp_path) as server:
            assert server.is_ours
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with (
        pytest.raises(ServerDidNotStartError, match="shared_buffers"),
        embedded_server(tmp_path, settings={"shared_buffers": "much"}),
    ):
        pass
    with embedded_server(tmp_path) as server:
        assert server.is_ours


def test_folder_without_programs_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(EmbeddedServerError, match="ROLLBOOK_POSTGRES_BIN"),
        embedded_server(tmp_path, binaries=tmp_path / "nothing"),
    ):
        pass


def test_data_of_another_version_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").write_text("9\n")
    with pytest.raises(EmbeddedServerError, match="made by PostgreSQL 9"):
        find_binaries(tmp_path, given=None)


@pytest.mark.slow
def test_server_that_is_told_to_stop_while_busy_disconnects_its_clients(tmp_path: Path) -> None:
    with embedded_server(tmp_path) as server:
        busy = psycopg.connect(server.dsn)
        os.kill(pid_of(tmp_path), signal.SIGINT)
        wait_until(lambda: not answers(tmp_path))
        with pytest.raises(psycopg.OperationalError):
            busy.execute("select 1")
        busy.close()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that every user may enter, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp(prefix="rollbook-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def without_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the system refuse user namespaces, as most containers do."""
    can_enter = ownership._can_enter

    def refuse(folder: Path, binaries: Path, run_as: RunAs) -> bool:
        return run_as is not RunAs.MAPPED_NOBODY and can_enter(folder, binaries, run_as)

    monkeypatch.setattr(ownership, "_can_enter", refuse)


@pytest.mark.skipif(os.getuid() != 0, reason="only root has to step down")
def test_root_without_namespaces_runs_the_server_as_nobody(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_namespaces(monkeypatch)
    for _ in ("first start", "second start"):
        with embedded_server(open_folder / "postgres") as server:
            with psycopg.connect(server.dsn) as connection:
                assert connection.execute("select 1").fetchone() == (1,)
            assert Path(f"/proc/{pid_of(server.folder)}").stat().st_uid == NOBODY


@pytest.mark.skipif(os.getuid() != 0, reason="only root has to step down")
def test_root_that_cannot_step_down_is_told_what_to_do(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_namespaces(monkeypatch)
    open_folder.chmod(0o700)
    with (
        pytest.raises(EmbeddedServerError, match="Run Rollbook as an ordinary user"),
        embedded_server(open_folder / "postgres"),
    ):
        pass
