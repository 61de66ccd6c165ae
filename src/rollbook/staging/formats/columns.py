"""The columns of every file of every format here, read from `columns.csv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rollbook.staging.formats.data import Format


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one file.

    Attributes:
        file: The file's name in lower case without its ending.
        name: The header as the format's documents write it.
        required: A file without it cannot be used.
        aliases: Other headers seen for the same column.
        resource: The canonical resource that it feeds; empty where the file is left out.
        field: The field of the resource, or `metadata`.
    """

    format: Format
    file: str
    name: str
    required: bool
    aliases: tuple[str, ...]
    resource: str
    field: str

    @property
    def is_secret(self) -> bool:
        """Whether the column is never read; raw views do not have it."""
        return self.field == "password"


@cache
def columns_of(format: Format) -> tuple[Column, ...]:
    """Return the columns of a format, file by file in the order of its documents."""
    return tuple(column for column in _column_table() if column.format is format)


def files_of(format: Format) -> tuple[str, ...]:
    """Return the files of a format that are read."""
    return tuple(dict.fromkeys(column.file for column in columns_of(format) if column.resource))


def left_out_files_of(format: Format) -> tuple[str, ...]:
    """Return the files that belong to a format and say nothing of a roster, `attendance`."""
    every = dict.fromkeys(column.file for column in columns_of(format))
    return tuple(file for file in every if file not in files_of(format))


def view_of(format: Format, file: str) -> str:
    """Return the name of the raw view of a file, `sds_v2_1_userflags`."""
    return f"{identifier_of(format)}_{file}"


def identifier_of(format: Format) -> str:
    """Return the format's name in SQL and of its folder, `sds_v2_1`."""
    return format.value.replace("-", "_").replace(".", "_")


@cache
def _column_table() -> tuple[Column, ...]:
    text = files(__package__).joinpath("columns.csv").read_text(encoding="utf-8")
    return tuple(
        Column(
            format=Format(row["format"]),
            file=row["file"],
            name=row["column"],
            required=row["required"] == "always",
            aliases=tuple(filter(None, row["aliases"].split("|"))),
            resource=row["resource"],
            field=row["field"],
        )
        for row in csv.DictReader(text.splitlines())
    )
