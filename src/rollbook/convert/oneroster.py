"""OneRoster packages of either version: the columns of each file as SQL.

What only the newer version can say goes to `metadata.<field>` in the older one, and comes back from
there, so that a roster survives the way there and back.

Source: OneRoster CSV, fact base section 10, "Writer checklist" 9 and 10.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from rollbook.convert.data import Table
from rollbook.convert.metadata import keys_of, quoted, value_of
from rollbook.oneroster import Field, Kind, Resource, Version, fields_of, resources_of

# What stands for a word that 1.1 does not know, where the row must have one.
_STAND_INS = {
    (Resource.ORGS, "type"): "department",
    (Resource.ACADEMIC_SESSIONS, "type"): "term",
    (Resource.CLASSES, "classType"): "scheduled",
    (Resource.USERS, "role"): "aide",
    (Resource.ENROLLMENTS, "role"): "proctor",
}
_EXTENSION = "ext:[a-zA-Z0-9._-]+"
_FIRST_ORG = "trim(split_part(t.orgSourcedIds, ',', 1))"


@dataclass(frozen=True, slots=True)
class _Extension:
    """A column after those of the standard. `is_certain`: it has a value in some row."""

    key: str
    value: str
    is_certain: bool


def tables_of(database: duckdb.DuckDBPyConnection, version: Version) -> Iterator[Table]:
    """Yield the files of a version."""
    for resource in resources_of(version):
        source = _source_of(resource, version)
        keys = keys_of(database, source)
        if version is not Version.V1_2:
            extensions = list(_extensions_of_1_1(resource, keys))
            values = [_value_in_1_1(field) for field in fields_of(resource, version)]
        else:
            extensions = list(_extensions_of_1_2(resource, keys))
            values = [_value_in_1_2(field, keys) for field in fields_of(resource, version)]
        headers = [quoted(field.name) for field in fields_of(resource, version)]
        for extension in _with_values(database, source, extensions):
            values.append(extension.value)
            headers.append(quoted(f"metadata.{extension.key}"))
        columns = [f"{value} as {header}" for value, header in zip(values, headers, strict=True)]
        yield Table(
            resource.filename, f'select {", ".join(columns)} from "{source}" as t order by t.row'
        )


def _source_of(resource: Resource, version: Version) -> str:
    if resource is Resource.ROLES:
        return "written_roles"
    if resource is Resource.USERS and version is not Version.V1_2:
        return "written_users"
    return f"given_{resource}"


def _with_values(
    database: duckdb.DuckDBPyConnection, source: str, extensions: list[_Extension]
) -> list[_Extension]:
    """Leave out the extension columns that are blank in every row."""
    doubtful = [extension for extension in extensions if not extension.is_certain]
    if not doubtful:
        return extensions
    counts = ", ".join(f"count({extension.value}) > 0" for extension in doubtful)
    found = database.execute(f'select {counts} from "{source}" as t').fetchone() or ()
    blank = {item.key for item, has_values in zip(doubtful, found, strict=True) if not has_values}
    return [extension for extension in extensions if extension.key not in blank]


def _value(field: Field) -> str | None:
    """Return the value of a field that every version writes alike."""
    if not field.is_kept:
        return "null"
    if field.is_list:
        return f"regexp_replace(t.\"{field.name}\", '\\s*,\\s*', ',', 'g')"
    return None if field.name in _movable(field.resource) else f't."{field.name}"'


def _movable(resource: Resource) -> dict[str, Field]:
    """Return the fields of which 1.2 can say more than 1.1, or which 1.1 does not have."""
    in_1_1 = {field.name for field in fields_of(resource, Version.V1_1)}
    if not in_1_1:
        return {}
    fields = fields_of(resource)
    return {f.name: f for f in fields if f.is_extensible or (f.is_kept and f.name not in in_1_1)}


def _value_in_1_1(field: Field) -> str:
    if value := _value(field):
        return value
    stand_in = f"'{_STAND_INS[field.resource, field.name]}'" if field.required else "null"
    return f'if({_is_known(field)}, t."{field.name}", {stand_in})'


def _extensions_of_1_1(resource: Resource, keys: list[str]) -> Iterator[_Extension]:
    movable = _movable(resource)
    in_1_1 = {field.name: field for field in fields_of(resource, Version.V1_1)}
    for key in sorted({*keys, *movable}):
        value = value_of(key) if key in keys else "null"
        if key not in movable:
            yield _Extension(key, value, is_certain=True)
        elif key in in_1_1:
            told = "t.role_1_2" if (resource, key) == (Resource.USERS, "role") else "null"
            moved = f'if({_is_known(in_1_1[key])}, {told}, t."{key}")'
            yield _Extension(key, f"coalesce({moved}, {value})", is_certain=False)
        else:
            moved = f't."{key}"'
            if key == "primaryOrgSourcedId":
                moved = f"nullif({moved}, {_FIRST_ORG})"
            yield _Extension(key, f"coalesce({moved}, {value})", is_certain=False)


def _value_in_1_2(field: Field, keys: list[str]) -> str:
    if value := _value(field):
        return value
    value = f't."{field.name}"'
    if field.name in keys:
        value = f"if({_comes_back(field)}, {value_of(field.name)}, {value})"
    return f"coalesce({value}, {_FIRST_ORG})" if field.name == "primaryOrgSourcedId" else value


def _extensions_of_1_2(resource: Resource, keys: list[str]) -> Iterator[_Extension]:
    movable = _movable(resource)
    for key in keys:
        if key in movable:
            kept = f"if({_comes_back(movable[key])}, null, {value_of(key)})"
            yield _Extension(key, kept, is_certain=False)
        else:
            yield _Extension(key, value_of(key), is_certain=True)


def _comes_back(field: Field) -> str:
    """Return when the extension column of a field's name says what 1.1 could not."""
    value, moved = f't."{field.name}"', value_of(field.name)
    if (field.resource, field.name) == (Resource.USERS, "role"):
        return (
            f"(regexp_full_match({moved}, '{_EXTENSION}') or ({value}, {moved}) in "
            "(select (c.role_1_1, c.role_1_2) from crosswalk_roles as c))"
        )
    if field.kind is Kind.ENUM:
        word = f"({moved} in ({_words(field)}) or regexp_full_match({moved}, '{_EXTENSION}'))"
        stand_in = _STAND_INS.get((field.resource, field.name), "")
        return f"({word} and coalesce({value}, '{stand_in}') = '{stand_in}')"
    if field.refers_to:
        targets = f"select r.sourcedId from given_{field.refers_to} as r"
        return f"({value} is null and {moved} in ({targets}))"
    return f"({value} is null and {moved} is not null)"


def _is_known(field: Field) -> str:
    return f't."{field.name}" in ({_words(field)})'


def _words(field: Field) -> str:
    return ", ".join(f"'{word}'" for word in field.values)
