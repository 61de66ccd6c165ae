"""Under which user PostgreSQL runs: it refuses root, so root has to step down."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

from rollbook.postgres.address import socket_folder
from rollbook.postgres.errors import EmbeddedServerError
from rollbook.processes.tether import NOBODY, RunAs, tethered


def make_socket_folder(folder: Path) -> Path:
    """Make the folder for the socket of the server of `folder`, open to its owner only.

    Raises:
        EmbeddedServerError: Somebody else made it first, in a folder for temporary files, and could
            listen in.
    """
    sockets = socket_folder(folder)
    sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
    owners = {os.getuid(), NOBODY} if os.getuid() == 0 else {os.getuid()}
    if sockets.lstat().st_uid not in owners or sockets.is_symlink():
        repair = "Remove it, or set ROLLBOOK_DATA to a shorter path, so that it is not needed."
        raise EmbeddedServerError(f"{sockets} belongs to another user.", repair)
    sockets.chmod(0o700)
    return sockets


def choose_user(folders: list[Path], binaries: Path) -> RunAs:
    """Decide who runs PostgreSQL, and give `folders` to that user where that is needed.

    An ordinary user runs it as it is. Root runs it in a user namespace, where files stay root's;
    where the system forbids namespaces, as most containers do, `nobody` runs it and owns the
    folders.

    Raises:
        EmbeddedServerError: Root can use neither way.
    """
    if os.getuid() != 0:
        return RunAs.SELF
    if _can_enter(folders[0], binaries, RunAs.MAPPED_NOBODY):
        return RunAs.MAPPED_NOBODY
    for folder in folders:
        _give_to_nobody(folder)
    if _can_enter(folders[0], binaries, RunAs.NOBODY):
        return RunAs.NOBODY
    raise EmbeddedServerError(
        f"PostgreSQL refuses to run as root, and nobody cannot enter {folders[0]} or {binaries}.",
        "Run Rollbook as an ordinary user, set ROLLBOOK_DATA to a folder everybody may enter, "
        "or set DATABASE_URL to another server.",
    )


def _can_enter(folder: Path, binaries: Path, run_as: RunAs) -> bool:
    try_it = ["/bin/sh", "-c", 'cd "$0" && test -w . && "$1/postgres" --version', folder, binaries]
    command = tethered([str(part) for part in try_it], on_starter_end=signal.SIGKILL, run_as=run_as)
    return subprocess.run(command, capture_output=True, timeout=30, check=False).returncode == 0  # noqa: S603


def _give_to_nobody(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
