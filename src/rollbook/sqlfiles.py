"""SQL kept as SQL: statements live in `sql/<name>.sql` beside their caller and are loaded by name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_sql(package: str, name: str) -> str:
    """Return the text of `<package>/sql/<name>.sql`; `{names}` in it stand for identifiers."""
    return files(package).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
