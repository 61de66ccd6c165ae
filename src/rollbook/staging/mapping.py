"""Read a mapping file: a district's own headers and codes in the words of a format.

A TOML file with a table for each file of the format:

    [users.columns]              # header in the district's file = column of the format
    "Student Number" = "identifier"

    [users.constants]            # a column that the district's file does not have
    enabledUser = "true"

    [users.values.grades]        # the district's own code = the format's
    "Kinder" = "KG"
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from rollbook.errors import SourceDataError
from rollbook.staging.data import Finding, HeaderMapping, Mappings

_PARTS = ("columns", "constants", "values")
_IDS = (
    "sourcedId", "guardianSourcedId", "studentSourcedId", "School_id", "Student_id", "Teacher_id",
    "Section_id", "Staff_id", "SIS ID",
)  # fmt: skip


def read_mappings(path: Path, *, previous: Path | None = None) -> Mappings:
    """Read a mapping file.

    Args:
        previous: The mapping of the delivery before, to see whether an id moved.

    Raises:
        SourceDataError: The file is not there, or not TOML of the right shape.
    """
    return Mappings(
        name=path.name,
        files={name.lower(): _read_one(path, name, part) for name, part in _read(path).items()},
        previous=read_mappings(previous) if previous else None,
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SourceDataError(f"There is no mapping file {path.name}. Check the path.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceDataError(
            f"{path.name} cannot be read as a mapping: {error}. It is a TOML file; see "
            "docs/howto/header-mapping.md."
        ) from None


def _read_one(path: Path, name: str, part: object) -> HeaderMapping:
    is_right = isinstance(part, dict) and part.keys() <= {*_PARTS}
    if is_right and isinstance(part, dict):
        columns, constants = part.get("columns", {}), part.get("constants", {})
        values = part.get("values", {})
        if all(_is_words(words) for words in (columns, constants, *_tables(values))):
            return HeaderMapping(columns=columns, constants=constants, values=values)
    raise SourceDataError(
        f"{path.name}: [{name}] may hold the tables columns, constants and values, each of "
        "texts in quotes; see docs/howto/header-mapping.md."
    )


def _tables(values: object) -> list[object]:
    return [*values.values()] if isinstance(values, dict) else [None]


def _is_words(table: object) -> bool:
    return isinstance(table, dict) and all(isinstance(word, str) for word in table.values())


def find_mapping_problems(
    mappings: Mappings,
    columns: Mapping[str, Collection[str]],
    headers: Mapping[str, Collection[str]],
    words: Mapping[tuple[str, str], Collection[str]],
) -> Iterator[Finding]:
    """Yield what is wrong with a mapping, which is checked like data.

    Args:
        columns: The columns that the format knows, by file.
        headers: The headers of the files that are there.
        words: The words that a column of a file may hold, where they are few.
    """
    for name, mapping in mappings.files.items():
        if name not in columns:
            yield Finding("mapping.file.unknown", mappings.name, field=name)
            continue
        yield from _find_wrong_columns(mappings.name, name, mapping, columns[name])
        yield from _find_wrong_words(mappings.name, name, mapping, words)
        if name in headers:
            yield from _find_absent(mappings.name, name, mapping, headers[name])
        if mappings.previous:
            before = mappings.previous.files.get(name, HeaderMapping())
            yield from _find_moved_ids(mappings.name, name, mapping, before)


def _find_wrong_columns(
    file: str, name: str, mapping: HeaderMapping, columns: Collection[str]
) -> Iterator[Finding]:
    targets = [*mapping.columns.values()]
    for column in sorted({*targets, *mapping.constants, *mapping.values}):
        if column not in columns:
            yield Finding("mapping.column.unknown", file, field=f"{name}.{column}")
    for column in sorted({column for column in targets if targets.count(column) > 1}):
        headers = ", ".join(text for text, to in mapping.columns.items() if to == column)
        yield Finding("mapping.column.two_headers", file, field=f"{name}.{column}", value=headers)
    for column in sorted({*targets} & mapping.constants.keys()):
        yield Finding("mapping.column.also_constant", file, field=f"{name}.{column}")


def _find_wrong_words(
    file: str, name: str, mapping: HeaderMapping, words: Mapping[tuple[str, str], Collection[str]]
) -> Iterator[Finding]:
    for column in mapping.constants:
        if column in _IDS:
            yield Finding("mapping.constant.of_an_id", file, field=f"{name}.{column}")
    stated = {column: [word] for column, word in mapping.constants.items()}
    stated |= {column: [*table.values()] for column, table in mapping.values.items()}
    for column, said in stated.items():
        known = words.get((name, column))
        for word in dict.fromkeys(said):
            if known and word and word not in known and not word.startswith("ext:"):
                yield Finding(
                    "mapping.value.unknown_word", file, field=f"{name}.{column}", value=word
                )


def _find_absent(
    file: str, name: str, mapping: HeaderMapping, header: Collection[str]
) -> Iterator[Finding]:
    for text, column in mapping.columns.items():
        if text in header and column in header and text != column:
            yield Finding(
                "mapping.column.two_headers",
                file,
                field=f"{name}.{column}",
                value=f"{column}, {text}",
            )
    for text in mapping.columns:
        if text not in header:
            yield Finding("mapping.header.not_in_file", file, field=f"{name}.{text}")


def _find_moved_ids(
    file: str, name: str, mapping: HeaderMapping, before: HeaderMapping
) -> Iterator[Finding]:
    now = {to: text for text, to in mapping.columns.items() if to in _IDS}
    then = {to: text for text, to in before.columns.items() if to in _IDS}
    for column in sorted(now.keys() | then.keys()):
        if now.get(column, column) != then.get(column, column):
            yield Finding(
                "mapping.id.moved", file, field=f"{name}.{column}", value=now.get(column, column)
            )
