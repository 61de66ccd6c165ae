"""The web server: granian with processes and threads, each process with a pool of connections."""

from __future__ import annotations

import errno
import signal
import socket
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from rollbook.errors import ConfigurationError
from rollbook.processes.tether import end_with_parent
from rollbook.project.connection import keep_open
from rollbook.project.logs import standard_library
from rollbook.project.roles import refuse_unbound_web, work_as_web

log = structlog.get_logger(__name__)


class AddressTakenError(ConfigurationError):
    """Another program listens where the web server should. The operator stops it, or moves us."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Another program listens on {host}:{port}. Stop it, or choose another address, "
            f"as in ROLLBOOK_WEB_BIND={host}:{port + 1}."
        )


def run_web() -> None:
    """Serve requests until SIGINT or SIGTERM.

    Raises:
        RoleError: The web would see every district.
    """
    work_as_web()
    refuse_unbound_web()
    connections.close_all()  # the server's processes are forked: none may inherit one
    call_command("collectstatic", verbosity=0, interactive=False)
    host, port = settings.ROLLBOOK_WEB_BIND
    with reserve(host, port) as reserved:
        log.info("web server starts", host=host, port=reserved.getsockname()[1])
        server = Granian(
            "rollbook.project.wsgi:application",
            address=host,
            port=reserved.getsockname()[1],
            interface=Interfaces.WSGI,
            workers=settings.ROLLBOOK_WEB_PROCESSES,
            blocking_threads=settings.ROLLBOOK_WEB_THREADS,
            respawn_failed_workers=True,
            workers_kill_timeout=settings.ROLLBOOK_STOP_SECONDS,
            log_dictconfig=_granian_logs(),
            log_level=LogLevels.warning,
            websockets=False,
        )
        server.serve(target_loader=_load)


def reserve(host: str, port: int) -> socket.socket:
    """Take an address for this process and those it starts; port 0 becomes a free one.

    granian's processes share a port by SO_REUSEPORT. So would a second installation by the same
    user, and each would get half of the requests: hence the first, plain bind.

    Raises:
        AddressTakenError: Another program has it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as plain:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            plain.bind((host, port))
        shared = socket.socket(family)
        shared.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        shared.bind((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AddressTakenError(host, port) from None
        raise
    return shared


def _load(target: str) -> Callable[..., Any]:
    """Return the application, in one of the server's processes, which must not outlive it."""
    end_with_parent(signal.SIGKILL)
    keep_open(settings.DATABASES["default"], settings.ROLLBOOK_DATABASE_POOL)
    from rollbook.project.wsgi import application

    return application


def _granian_logs() -> dict[str, Any]:
    config = standard_library(**settings.LOGGING)
    quiet = {"handlers": [], "propagate": True}
    # It brings handlers of its own, and a log of requests whose paths may name people.
    return {**config, "loggers": {**config["loggers"], "_granian": quiet, "granian.access": quiet}}
