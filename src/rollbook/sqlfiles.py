"""SQL kept as SQL: statements live in `sql/<name>.sql` beside their caller, loaded by name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def read_sql(package: str, name: str, /, **identifiers: object) -> str:
    """Return the text of `<package>/sql/<name>.sql`, its `{names}` replaced by identifiers.

    Identifiers come from the field table and the models, never from data; data are parameters.
    """
    text = _read(package, name)
    return text.format(**identifiers) if identifiers else text


@cache
def _read(package: str, name: str) -> str:
    return files(package).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
