"""Read a policy from a file, TOML or JSON."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from rollbook.errors import ConfigurationError


def read_policy_file(path: Path) -> dict[str, Any]:
    """Return what a policy file says; whether a policy may say it, `guard.policy` tells.

    Raises:
        ConfigurationError: It is neither TOML nor JSON.
    """
    text = path.read_bytes()
    try:
        value = json.loads(text) if path.suffix == ".json" else tomllib.loads(text.decode("utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        kind = "JSON" if path.suffix == ".json" else "TOML"
        raise ConfigurationError(
            f"{path} is no {kind}: {error}. docs/guards.md shows one."
        ) from None
    if not isinstance(value, dict):
        raise ConfigurationError(f"{path} is a list or a value. docs/guards.md shows a policy.")
    return value
