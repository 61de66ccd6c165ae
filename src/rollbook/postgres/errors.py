"""Why Rollbook's own PostgreSQL does not run."""

from __future__ import annotations

from pathlib import Path

from rollbook.errors import ConfigurationError


class EmbeddedServerError(ConfigurationError):
    """Rollbook's own PostgreSQL cannot run. The operator repairs it, or names another server."""

    def __init__(self, problem: str, repair: str) -> None:
        super().__init__(f"{problem} {repair}")


class ServerDidNotStartError(EmbeddedServerError):
    """PostgreSQL ended, or did not answer in time. Its own last words are part of the message."""

    def __init__(self, log: Path) -> None:
        lines = (
            log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
        )
        last_words = "\n".join(lines[-8:]) or "(nothing)"
        super().__init__(
            f"PostgreSQL did not start. Its last words:\n{last_words}\n",
            f"The whole log is {log}. Repair what it names, then start Rollbook again.",
        )
