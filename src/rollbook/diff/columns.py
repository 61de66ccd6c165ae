"""Lists of columns and conditions that statements about a resource have in common."""

from __future__ import annotations

from rollbook.oneroster import Field, Resource, fields_of


def kept_fields(resource: Resource) -> list[Field]:
    """Return the fields that are compared, the id first."""
    return [field for field in fields_of(resource) if field.is_kept]


def columns_of(resource: Resource) -> str:
    """Return the columns of a record, quoted."""
    return ", ".join([*(f'"{field.name}"' for field in kept_fields(resource)), "metadata"])


def differs(resource: Resource) -> str:
    """Return the condition that `n` and `p` say something else."""
    names = [*(field.name for field in kept_fields(resource)[1:]), "metadata"]
    return "\n    or ".join(f'n."{name}" is distinct from p."{name}"' for name in names)


def struct_of(resource: Resource, record: str) -> str:
    """Return the expression of a whole record as one value."""
    names = [*(field.name for field in kept_fields(resource)), "metadata"]
    return "{" + ", ".join(f"'{name}': {record}.\"{name}\"" for name in names) + "}"


def label_of(resource: Resource, *, records: tuple[str, ...] = ("n", "p")) -> str:
    """Return the expression of a record's name, out of the first alias that has it."""
    names = {field.name for field in fields_of(resource)}
    for words in (("givenName", "familyName"), ("title",), ("name",)):
        if names.issuperset(words):
            values = [", ".join(f'{alias}."{word}"' for alias in records) for word in words]
            return " || ' ' || ".join(f"coalesce({value})" for value in values)
    return "''"
