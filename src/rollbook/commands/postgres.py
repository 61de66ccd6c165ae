"""`rollbook postgres`: what `rollbook up` supervises when Rollbook runs its own PostgreSQL."""

from __future__ import annotations

import signal
import time

_POLL_SECONDS = 0.5


def postgres() -> None:
    """Run Rollbook's own PostgreSQL until Ctrl-C."""
    from rollbook.commands.database import own_server_folder
    from rollbook.errors import ConfigurationError
    from rollbook.postgres.server import answers, embedded_server
    from rollbook.project.environment import optional_folder

    folder = own_server_folder()
    if folder is None:
        raise ConfigurationError(
            "DATABASE_URL names another server. Unset it to run Rollbook's own."
        )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with embedded_server(folder, binaries=optional_folder("ROLLBOOK_POSTGRES_BIN")):
        # Another command may have started the server, and will stop it. Then this one ends, too,
        # and the supervisor starts it again: so it becomes the one that runs the server.
        while answers(folder):
            time.sleep(_POLL_SECONDS)
