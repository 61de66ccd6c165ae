"""Name the columns of a file that was loaded, as OneRoster names them."""

from __future__ import annotations

from pathlib import Path

import duckdb

from rollbook.oneroster import Field, Kind, Resource, fields_of
from rollbook.staging.loading import Loaded, load_file
from rollbook.staging.shape import Shape

_TRUE, _FALSE = ("true", "t", "yes", "y", "1"), ("false", "f", "no", "n", "0")
_BOOLEANS = {**dict.fromkeys(_TRUE, "true"), **dict.fromkeys(_FALSE, "false")}


def load_table(
    database: duckdb.DuckDBPyConnection,
    *,
    resource: Resource,
    path: Path,
    shape: Shape,
    columns: tuple[str, ...],
    clean_copy: Path,
) -> Loaded:
    """Create the table `<resource>` with `file`, `record`, the resource's fields and `metadata`.

    Args:
        columns: The file's header; columns are read by their place and named afterwards.
        clean_copy: Where the careful reader may write.
    """
    raw = f"raw_{resource}"
    loaded = load_file(
        database,
        table=raw,
        path=path,
        shape=shape,
        width=len(columns),
        clean_copy=clean_copy,
        hidden_from=1 if any(field.is_secret for field in fields_of(resource)) else None,
        subject=resource,
    )
    database.execute(
        f'create or replace view "{resource}" as '
        f"select {_select_list(resource, path.name, columns, 'record')} from {raw}"
    )
    return loaded


def _select_list(resource: Resource, file: str, columns: tuple[str, ...], record: str) -> str:
    place = {name: f"c{number}" for number, name in reversed(list(enumerate(columns)))}
    fields = [field for field in fields_of(resource) if not field.is_secret]
    named = [f'{_cell(field, place)} as "{field.name}"' for field in fields]
    return ", ".join(
        [
            f"{_quoted(file)} as file",
            f"{record} as record",
            *named,
            f"{_metadata(place, fields_of(resource))} as metadata",
        ]
    )


def _cell(field: Field, place: dict[str, str]) -> str:
    """Return the column of a field; words that only their capitals set apart are the standard's.

    Source: fact base section 9, "values": TRUE, 1 and Y for true, Scheduled for scheduled.
    """
    cell = place.get(field.name, "null::varchar")
    spellings = _spellings(field)
    if not spellings or field.name not in place:
        return cell
    known = ", ".join(_quoted(word) for word in sorted(set(spellings.values())))
    cases = " ".join(f"when {_quoted(text)} then {_quoted(to)}" for text, to in spellings.items())
    return (
        f"case when {cell} in ({known}) then {cell} "
        f"else case lower({cell}) {cases} else {cell} end end"
    )


def _spellings(field: Field) -> dict[str, str]:
    if field.kind is Kind.BOOLEAN:
        return _BOOLEANS
    spellings = {word.lower(): word for word in field.values}
    # OneRoster 1.0 said inactive for what is to be deleted.
    return {**spellings, "inactive": "tobedeleted"} if field.name == "status" else spellings


def _metadata(place: dict[str, str], fields: tuple[Field, ...]) -> str:
    """Gather the columns that are none of the standard's as one JSON object, null when empty."""
    standard = {field.name for field in fields}
    extra: dict[str, str] = {}
    for name, column in sorted(place.items()):
        if name not in standard:
            extra.setdefault(name.removeprefix("metadata."), column)
    if not extra:
        return "null::varchar"
    pairs = ", ".join(f"{_quoted(name)}, {column}" for name, column in extra.items())
    some = f"coalesce({', '.join(extra.values())})"
    merged = f"json_merge_patch('{{}}', json_object({pairs}))"
    return f"case when {some} is not null then {merged}::varchar end"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
