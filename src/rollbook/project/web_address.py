"""The address under which people and applications reach this installation."""

from __future__ import annotations

from urllib.parse import urlsplit

from rollbook.project.environment import SettingError, address, optional_text

_LOCAL_HOSTS = ("127.0.0.1", "0.0.0.0", "::", "::1")  # noqa: S104  compared with, not listened on


def public_url() -> str:
    """Return `PUBLIC_URL` without a slash at its end; unset, where the web server listens."""
    given = optional_text("PUBLIC_URL")
    if given is None:
        host, port = address("ROLLBOOK_WEB_BIND")
        return f"http://{'localhost' if host in _LOCAL_HOSTS else host}:{port}"
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        repair = "Write scheme and host only, as in PUBLIC_URL=https://rosters.example.org."
        raise SettingError("PUBLIC_URL", "is not the address of a site", repair)
    return given.rstrip("/")


def host_of(url: str) -> str:
    """Return the host name in an address."""
    return urlsplit(url).hostname or ""
