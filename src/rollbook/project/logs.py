"""One line per event: coloured for a person at a terminal, JSON for programs. Never personal data.

An event is a fixed sentence; what varies stands beside it as a value (`run=812`). Names, e-mail addresses,
request bodies and rows of files are never values: use the resource, the record number and the code.
"""

from __future__ import annotations

import logging.config
import sys
from typing import Any

import structlog
from structlog.typing import Processor


def configure(options: dict[str, Any]) -> None:
    """Set up structlog and the standard library's loggers. Django calls it with `settings.LOGGING`."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,  # commands log before and after Django sets this up
    )
    logging.config.dictConfig(_standard_library(options["level"], shared))


def _standard_library(level: str, shared: list[Processor]) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *_renderers(),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers would print a line twice, and mail errors with request data.
            "django": {"handlers": [], "propagate": True, "level": level},
            "django.server": {"handlers": [], "propagate": True, "level": level},
            # Says each job's arguments at INFO; ours are ids, but a warning is all we need from it.
            "procrastinate": {"level": "WARNING"},
        },
    }


def _renderers() -> list[Processor]:
    if sys.stderr.isatty():
        return [structlog.dev.ConsoleRenderer()]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
