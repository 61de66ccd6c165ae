"""Present the raw rows of a file under the names of its format."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from rollbook.oneroster import Resource, fields_of
from rollbook.staging.data import HeaderMapping
from rollbook.staging.matching import Header


def present_resource(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    raw: str,
    *,
    file: str,
    header: Header,
    expressions: Mapping[str, str],
) -> None:
    """Create the view of a OneRoster file: row, file, record, the resource's fields, metadata.

    Args:
        expressions: What each field of the file is, over the raw table.
    """
    fields = [field for field in fields_of(resource) if not field.is_secret]
    named = [
        f'{expressions.get(field.name, "null::varchar")} as "{field.name}"' for field in fields
    ]
    others = {
        name.removeprefix("metadata."): f"c{place}" for name, place in sorted(header.others.items())
    }
    columns = [*_place(file), *named, f"{as_json(others)} as metadata"]
    database.execute(
        f'create or replace view "{resource}" as select {", ".join(columns)} from {raw}'
    )


def _place(file: str) -> list[str]:
    return ["record as row", f"{quoted(file)} as file", "record"]


def mapped(expression: str, column: str, mapping: HeaderMapping, *, is_list: bool) -> str:
    """Put the format's words in the place of the district's own."""
    words = mapping.values.get(column)
    if not words:
        return expression
    cases = " ".join(f"when {quoted(word)} then {quoted(to)}" for word, to in words.items())
    if not is_list:
        return f"case {expression} {cases} else {expression} end"
    return (
        f"array_to_string(list_transform(string_split({expression}, ','), "
        f"lambda element: case trim(element) {cases} else element end), ',')"
    )


def as_json(columns: Mapping[str, str]) -> str:
    """Gather columns as one JSON object, null when all of them are empty."""
    if not columns:
        return "null::varchar"
    pairs = ", ".join(f"{quoted(name)}, {column}" for name, column in columns.items())
    some = f"coalesce({', '.join(columns.values())})"
    merged = f"json_merge_patch('{{}}', json_object({pairs}))"
    return f"case when {some} is not null then {merged}::varchar end"


def quoted(text: str) -> str:
    """Return a text as SQL."""
    return "'" + text.replace("'", "''") + "'"
