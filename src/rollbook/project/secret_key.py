"""The key that signs sessions and links."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from rollbook.project.environment import SettingError, optional_text

FILENAME = "secret_key"
_SHORTEST = 32


def secret_key(data: Path, *, is_shared: bool) -> str:
    """Return the key from the settings, or the one made once and kept in the data folder.

    Args:
        is_shared: Other machines may belong to this installation. All need the same key, so none is
            made.

    Raises:
        SettingError: The key is missing where it must be given, or too short to be worth anything.
    """
    key = optional_text("SECRET_KEY")
    if key is None and is_shared:
        repair = "Set it, or SECRET_KEY_FILE, to the same 50 random characters for every process."
        raise SettingError("SECRET_KEY", "is not set although DATABASE_URL is", repair)
    if key is None:
        return _kept_key(data / FILENAME)
    if len(key) < _SHORTEST:
        repair = "Use 50 random characters."
        raise SettingError("SECRET_KEY", f"is shorter than {_SHORTEST} characters", repair)
    return key


def _kept_key(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_name(f"{FILENAME}.{os.getpid()}")
    if not path.exists():
        written.touch(mode=0o600)
        written.write_text(secrets.token_urlsafe(48), encoding="ascii")
        # Two processes may start at once. A link is made by the first only, and whole; both read
        # it.
        try:
            path.hardlink_to(written)
        except FileExistsError:
            pass
        finally:
            written.unlink()
    return path.read_text(encoding="ascii")
