"""Write `docs/settings.md` from the table of settings. `make docs` runs this module."""

from __future__ import annotations

from pathlib import Path

from rollbook.project.environment import SETTINGS, Setting

PAGE = Path("docs") / "settings.md"

_HEAD = """\
# Settings

Rollbook is set by environment variables. None is required for a first start. Each may also be given
as `NAME_FILE`, the path of a file that holds the value; so a secret need not stand in the
environment. An empty value counts as not set.

Written by `make docs` from `src/rollbook/project/environment.py`.

| setting | value | default | meaning |
|---|---|---|---|
"""


def settings_page() -> str:
    """Return the page."""
    return _HEAD + "".join(_row(setting) for setting in SETTINGS)


def _row(setting: Setting) -> str:
    default = f"`{setting.default}`" if setting.default else ""
    return f"| `{setting.name}` | {setting.kind} | {default} | {setting.meaning} |\n"


if __name__ == "__main__":
    PAGE.write_text(settings_page(), encoding="utf-8")
