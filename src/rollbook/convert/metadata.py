"""The extension columns of the rows of a table, each asked for by name."""

from __future__ import annotations

import re
from collections.abc import Mapping

import duckdb

_FORMATS = ("clever", "sds", "sds_v1", "sds_v2", "sds_v2_1", "microsoft")


class Metadata:
    """The keys in the column `metadata` of some tables.

    Attributes:
        keys: Alias of a table in the select, and key.
        asked: Those that have a place.
    """

    def __init__(self, database: duckdb.DuckDBPyConnection, sources: Mapping[str, str]) -> None:
        """Look at tables or views by the aliases that they have in the select."""
        self.keys = [
            (alias, key) for alias, table in sources.items() for key in keys_of(database, table)
        ]
        self.asked: set[tuple[str, str]] = set()

    def __getitem__(self, name: str) -> str:
        """Return the SQL of a value by its name in any spelling: Ell_status finds ellStatus.

        What readers of formats keep of the raw values has the format's name before it, and is found
        too: clever.ell_status.
        """
        plain = _plain(name)
        found = [pair for pair in self.keys if plain in (_plain(pair[1]), _plain(_raw(pair[1])))]
        self.asked.update(found)
        if not found:
            return "null::varchar"
        return f"coalesce({', '.join(value_of(key, alias) for alias, key in found)})"

    def take_rest(self) -> list[tuple[str, str]]:
        """Return alias and key of what nobody asked for until now."""
        rest = [pair for pair in self.keys if pair not in self.asked]
        self.asked.update(rest)
        return rest


def keys_of(database: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Return the keys in the metadata of a table or view, by name."""
    rows = database.execute(
        f'select distinct unnest(json_keys(t.metadata)) as name from "{table}" as t '
        "where t.metadata is not null order by name"
    ).fetchall()
    return [key for (key,) in rows]


def value_of(key: str, alias: str = "t") -> str:
    """Return the SQL of the value of a key, whatever characters it has; null when blank."""
    pointer = "/" + key.replace("~", "~0").replace("/", "~1")
    value = f"{alias}.metadata ->> '{pointer.replace(chr(39), chr(39) * 2)}'"
    return f"nullif(translate({value}, e'\\r\\n\\t', '   '), '')"


def quoted(name: str) -> str:
    """Return a name as a column's name in SQL, in one line."""
    return '"' + re.sub(r"[\r\n\t]", " ", name).replace('"', '""') + '"'


def _raw(key: str) -> str:
    """Return a key without the name of the format that it comes from."""
    first, _, rest = key.partition(".")
    return rest if first in _FORMATS else key


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()
