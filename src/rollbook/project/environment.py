"""The settings of an installation: one table, read from the environment, loud when one is wrong.

Every setting `NAME` may also be given as `NAME_FILE`, the path of a file that holds the value; so
secrets need not stand in the environment. `docs/settings.md` is written from this table.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from environs import EnvError, FileAwareEnv

from rollbook.errors import ConfigurationError
from rollbook.postgres.address import WEB_ROLE


class Kind(StrEnum):
    """How the text of a setting is read."""

    TEXT = "text"
    SECRET = "secret text"  # noqa: S105  the name of a kind, no password
    FLAG = "true or false"
    NUMBER = "whole number"
    SECONDS = "seconds"
    WORDS = "comma list"
    FOLDER = "folder"
    ADDRESS = "host:port"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        default: The text that counts when nothing is set. None: nothing, `meaning` says what
            follows.
        meaning: One sentence or two for the operator.
    """

    name: str
    kind: Kind
    default: str | None
    meaning: str


class SettingError(ConfigurationError):
    """A setting cannot be used. The operator repairs it and starts again."""

    def __init__(self, name: str, problem: str, repair: str) -> None:
        super().__init__(f"Setting {name} {problem}. {repair}")
        self.name = name


SETTINGS = (
    Setting(
        "ROLLBOOK_DATA",
        Kind.FOLDER,
        "var",
        "Where this installation keeps what is its own: files, secrets, its PostgreSQL.",
    ),
    Setting(
        "DATABASE_URL",
        Kind.SECRET,
        None,
        "`postgresql://user:password@host:5432/name`. Unset: Rollbook runs its own PostgreSQL in "
        "`ROLLBOOK_DATA/postgres`.",
    ),
    Setting(
        "ROLLBOOK_DATABASE_POOL",
        Kind.NUMBER,
        "4",
        "Connections each process of the web server keeps open, one for each of its threads; 0 for "
        "none. Together they must stay below `max_connections` of PostgreSQL.",
    ),
    Setting(
        "ROLLBOOK_WEB_ROLE",
        Kind.TEXT,
        WEB_ROLE,
        "With `DATABASE_URL`: the role as which the web works, bound by row-level security. "
        "`rollbook migrate` makes it, where it may. `none`: the web works as the role that "
        "`DATABASE_URL` names, even if that one sees every district.",
    ),
    Setting(
        "ROLLBOOK_POSTGRES_BIN",
        Kind.FOLDER,
        None,
        "Folder of `initdb` and `postgres` for Rollbook's own PostgreSQL. "
        "Unset: those that come with Rollbook.",
    ),
    Setting(
        "SECRET_KEY",
        Kind.SECRET,
        None,
        "At least 32 characters that sign sessions and links; the same for every process. "
        "Unset: made once and kept in `ROLLBOOK_DATA`. Required as soon as `DATABASE_URL` is set.",
    ),
    Setting(
        "DEBUG",
        Kind.FLAG,
        "false",
        "Show errors in full on the page. For developers only, never with real rosters.",
    ),
    Setting(
        "PUBLIC_URL",
        Kind.TEXT,
        None,
        "The address people and applications use, `https://rosters.example.org`. "
        "Unset: that of `ROLLBOOK_WEB_BIND`.",
    ),
    Setting(
        "ALLOWED_HOSTS",
        Kind.WORDS,
        "localhost,127.0.0.1,[::1]",
        "Host names this installation answers to; that of `PUBLIC_URL` is always one of them.",
    ),
    Setting(
        "ROLLBOOK_BEHIND_PROXY",
        Kind.FLAG,
        "false",
        "A proxy that you control ends TLS and sets `X-Forwarded-Proto`, which is then believed.",
    ),
    Setting(
        "ROLLBOOK_WEB_BIND",
        Kind.ADDRESS,
        "127.0.0.1:8000",
        "Where `rollbook web` listens. Port 0 takes any free port.",
    ),
    Setting("ROLLBOOK_WEB_PROCESSES", Kind.NUMBER, "2", "Processes of the web server."),
    Setting("ROLLBOOK_WEB_THREADS", Kind.NUMBER, "4", "Threads in each process of the web server."),
    Setting(
        "ROLLBOOK_WORKER_CONCURRENCY",
        Kind.NUMBER,
        "1",
        "Jobs one worker runs at the same time. Each may use `ROLLBOOK_MEMORY_LIMIT`.",
    ),
    Setting(
        "ROLLBOOK_HEARTBEAT_SECONDS",
        Kind.SECONDS,
        "10",
        "How often a worker says that it lives. One silent for three times as long is given up, "
        "and another worker takes its jobs.",
    ),
    Setting(
        "ROLLBOOK_STOP_SECONDS",
        Kind.SECONDS,
        "20",
        "How long web and worker may take to finish what they are doing when told to stop.",
    ),
    Setting(
        "ROLLBOOK_MEMORY_LIMIT",
        Kind.TEXT,
        "1GB",
        "Memory one sync may take for reading and comparing files; beyond it the disk is used.",
    ),
    Setting(
        "ROLLBOOK_FILES_BUCKET",
        Kind.TEXT,
        None,
        "S3 bucket for deliveries and snapshots, needed with workers on several machines. "
        "Unset: `ROLLBOOK_DATA/files`. Credentials come from the usual `AWS_` variables.",
    ),
    Setting(
        "ROLLBOOK_FILES_ENDPOINT",
        Kind.TEXT,
        None,
        "Address of an S3-compatible service other than Amazon's.",
    ),
    Setting("ROLLBOOK_LOG_LEVEL", Kind.TEXT, "INFO", "`DEBUG`, `INFO`, `WARNING` or `ERROR`."),
    Setting(
        "ROLLBOOK_LOG_STYLE",
        Kind.TEXT,
        "auto",
        "`lines` for people, `json` for programs, `auto`: lines at a terminal, else JSON.",
    ),
    Setting(
        "EMAIL_HOST",
        Kind.TEXT,
        None,
        "Mail server. Unset: messages are written to `ROLLBOOK_DATA/mail` instead of sent.",
    ),
    Setting("EMAIL_PORT", Kind.NUMBER, "587", "Port of the mail server."),
    Setting("EMAIL_HOST_USER", Kind.TEXT, "", "User name at the mail server."),
    Setting("EMAIL_HOST_PASSWORD", Kind.SECRET, "", "Password at the mail server."),
    Setting("EMAIL_USE_TLS", Kind.FLAG, "true", "Speak STARTTLS with the mail server."),
    Setting(
        "DEFAULT_FROM_EMAIL", Kind.TEXT, "rollbook@localhost", "Sender of Rollbook's messages."
    ),
    Setting(
        "ROLLBOOK_KEEP_SNAPSHOTS_DAYS",
        Kind.NUMBER,
        "30",
        "For how many days the snapshot of every published run is kept, to be viewed, compared and "
        "restored. What is published always is. 0: for ever.",
    ),
    Setting(
        "ROLLBOOK_KEEP_WEEKLY_SNAPSHOTS_DAYS",
        Kind.NUMBER,
        "365",
        "After that, for how many days the last snapshot of each week is kept; then that of each "
        "month. 0: weekly ones for ever.",
    ),
    Setting(
        "ROLLBOOK_KEEP_DELIVERIES_DAYS",
        Kind.NUMBER,
        "90",
        "For how many days after its run a delivered file is kept. 0: for ever.",
    ),
    Setting(
        "ROLLBOOK_KEEP_DETAILS_DAYS",
        Kind.NUMBER,
        "365",
        "For how many days findings, changes of single records and decided ids are kept. 0: for "
        "ever.",
    ),
    Setting(
        "ROLLBOOK_KEEP_TOMBSTONES_DAYS",
        Kind.NUMBER,
        "365",
        "For how many days what a removed person's record said is kept; afterwards its ids. 0: for "
        "ever.",
    ),
    Setting(
        "ROLLBOOK_KEEP_ERASURE_NOTICES_DAYS",
        Kind.NUMBER,
        "30",
        "For how many days applications can learn the id of an erased person; afterwards it is "
        "gone too. 0: for ever.",
    ),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}
_environment = FileAwareEnv(strip_whitespace=True)


def optional_text(name: str) -> str | None:
    """Return the text of a setting, its default, or None. An empty value counts as not set."""
    setting = _BY_NAME[name]
    if name in os.environ and f"{name}_FILE" in os.environ:
        raise SettingError(
            name, f"is given twice, as {name} and {name}_FILE", "Remove one of them."
        )
    try:
        value = _environment.str(name, "")
    except (EnvError, ValueError) as error:
        repair = f"Name a readable file in {name}_FILE, or set {name} itself."
        raise SettingError(name, "cannot be read from its file", repair) from error
    return value or setting.default


def text(name: str) -> str:
    """Return the text of a setting that must have one."""
    value = optional_text(name)
    if value is None:
        raise SettingError(name, "is not set", f"Set it: {_BY_NAME[name].meaning}")
    return value


def flag(name: str) -> bool:
    """Return a setting that is on or off."""
    words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    value = words.get(text(name).lower())
    if value is None:
        raise SettingError(name, "is neither true nor false", "Write `true` or `false`.")
    return value


def number(name: str, *, at_least: int = 1) -> int:
    """Return a setting that counts something."""
    value = text(name)
    if not value.isascii() or not value.isdigit() or int(value) < at_least:
        problem = f"is not a whole number of at least {at_least}"
        raise SettingError(name, problem, f"Write digits only, as in {name}={max(at_least, 4)}.")
    return int(value)


def one_of(name: str, allowed: tuple[str, ...]) -> str:
    """Return a setting that is one of a few words."""
    value = text(name)
    if value not in allowed:
        raise SettingError(name, "is none of the words it may be", f"Write {' or '.join(allowed)}.")
    return value


def words(name: str) -> list[str]:
    """Return the parts of a comma list."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def optional_folder(name: str) -> Path | None:
    """Return an absolute path, or None. The folder need not exist."""
    value = optional_text(name)
    return Path(value).expanduser().resolve() if value else None


def folder(name: str) -> Path:
    """Return the absolute path of a folder that has a default."""
    return Path(text(name)).expanduser().resolve()


def address(name: str) -> tuple[str, int]:
    """Return host and port of a `host:port` setting; an IPv6 host stands in brackets."""
    host, _, port = text(name).rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise SettingError(name, "is not host:port", f"Write it as in {name}=127.0.0.1:8000.")
    return host.strip("[]"), int(port)
