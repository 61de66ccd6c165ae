"""One line per event: coloured for a person at a terminal, JSON for programs. Never personal data.

An event is a fixed sentence; what varies stands beside it as a value (`run=812`). Names, e-mail
addresses, request bodies and rows of files are never values: use the resource, the record number
and the code. Exceptions of others repeat what they were given, so only our own are logged with
their text.
"""

from __future__ import annotations

import logging.config
import sys
import traceback
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import Processor

from rollbook.errors import RollbookError

# As `sys.exc_info` gives it.
_ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def configure(options: dict[str, Any]) -> None:
    """Set up structlog and the standard library. Django calls it with `settings.LOGGING`."""
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,  # commands log before and after Django sets this up
    )
    logging.config.dictConfig(standard_library(**options))


def standard_library(*, level: str, style: str) -> dict[str, Any]:
    """Return the configuration of the standard library's loggers: all to one handler on stderr."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "rollbook.project.logs.formatter", "style": style}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers would print a line twice, and mail errors with request data.
            "django": {"handlers": [], "propagate": True, "level": level},
            "django.server": {"handlers": [], "propagate": True, "level": level},
            # At INFO it repeats the arguments of every job; its warnings are all we need.
            "procrastinate": {"level": "WARNING"},
        },
    }


def formatter(style: str) -> logging.Formatter:
    """Return what turns a record into a line."""
    if style == "lines" or (style == "auto" and sys.stderr.isatty()):
        rendered: list[Processor] = [structlog.dev.ConsoleRenderer(exception_formatter=_write)]
    else:
        exceptions = structlog.processors.ExceptionRenderer(describe_exception)
        rendered = [exceptions, structlog.processors.JSONRenderer()]
    without_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(), processors=[without_meta, *rendered]
    )


def describe_exception(exc_info: _ExceptionInfo) -> str:
    """Return where an exception came from, and its text only where we wrote it.

    A database driver repeats the row, a parser the line, Django the form. None of that may be kept.
    """
    _, error, where = exc_info
    if error is None:
        return ""
    kind = type(error)
    text = f": {error}" if isinstance(error, RollbookError) else " (text left out)"
    frames = "".join(traceback.format_tb(where))
    described = f"{frames}{kind.__module__}.{kind.__qualname__}{text}"
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is None:
        return described
    return f"{describe_exception((type(cause), cause, cause.__traceback__))}\nthen\n{described}"


def _write(stream: TextIO, exception: _ExceptionInfo) -> None:
    stream.write(f"\n{describe_exception(exception)}")


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
