"""Where the server of a folder listens: a socket that only its owner can open, and no port."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

ROLE = "rollbook"
WEB_ROLE = "rollbook_web"
DATABASE = "rollbook"
SUPERUSER = "postgres"

# A socket's path is a fixed field of 108 bytes in Linux, 104 in macOS, and ends with a zero.
_LONGEST_SOCKET_PATH = 103
_SOCKET_NAME = ".s.PGSQL.5432"


def socket_folder(folder: Path) -> Path:
    """Return where the server of `folder` has its socket: inside it, or somewhere short.

    The answer depends on the path alone, so that whoever knows the folder finds the server.
    """
    inside = folder.resolve() / "socket"
    if len(os.fsencode(inside / _SOCKET_NAME)) <= _LONGEST_SOCKET_PATH:
        return inside
    digest = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"rollbook-{os.getuid()}-{digest}"


def dsn_of(folder: Path, *, database: str = DATABASE, user: str = ROLE) -> str:
    """Return the address of a database of the server of `folder`."""
    return f"postgresql:///{database}?host={quote(str(socket_folder(folder)), safe='')}&user={user}"
