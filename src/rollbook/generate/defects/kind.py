"""What a kind of defect is, and the two commonest: another value, a line that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rollbook.generate.defects.roster import Expected, Roster, Row, Told
from rollbook.oneroster import Resource

Suits = Callable[[Row], object]
Plant = Callable[[Roster], Iterator[Expected]]
Change = Callable[[Row, int], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class DefectKind:
    """One way in which rosters are wrong.

    Attributes:
        name: `<resource>.<field>`, and what is done to it.
        code: The finding that it must give; there may be others, which `plant` tells.
        plant: Spoils one record and yields what must be found.
    """

    name: str
    code: str
    plant: Plant


def found(
    roster: Roster, code: str, number: int, *, told: Told = Told.EACH_ROW, rows: int = 1
) -> Expected:
    """Return the finding of a code at a row, with the value that its field has now."""
    resource = Resource(code.split(".")[0])
    field = code.split(".")[1]
    value = roster.files[resource].get(number, field) or None
    return Expected(code, resource.filename, number + 2, field, value, told=told, rows=rows)


def found_element(roster: Roster, code: str, number: int, element: str) -> Expected:
    """Return the finding of a code at a row, about one element of a list."""
    name, field, _ = code.split(".")
    return Expected(code, Resource(name).filename, number + 2, field, element)


def changed(
    code: str,
    suits: Suits,
    change: Change,
    *,
    name: str = "",
    sets_aside: bool = False,
    told: Told = Told.EACH_ROW,
) -> DefectKind:
    """Return a defect of one row.

    Args:
        change: Makes values that are new of the row and a number that is never given twice.
        sets_aside: Whether the row does not go on.
    """
    resource = Resource(code.split(".")[0])

    def plant(roster: Roster) -> Iterator[Expected]:
        number = roster.pick(resource, suits)
        file = roster.files[resource]
        consequences = list(roster.set_aside(resource, number)) if sets_aside else []
        for field, value in change(file.values(number), roster.serial()).items():
            file.set(number, field, value)
        yield found(roster, code, number, told=told)
        yield from consequences

    return DefectKind(name or code, code, plant)


def altered(
    code: str,
    suits: Suits,
    value: str | Callable[[str, int], str],
    *,
    sets_aside: bool = False,
    told: Told = Told.EACH_ROW,
) -> DefectKind:
    """Return a defect of the one value that the code names.

    Args:
        value: The new one; `<n>` in it becomes a number that is never given twice. Or what makes it
            of the old one and the number.
    """
    field = code.split(".")[1]

    def change(row: Row, serial: int) -> Row:
        if callable(value):
            return {field: value(row[field], serial)}
        return {field: value.replace("<n>", str(serial))}

    return changed(code, suits, change, sets_aside=sets_aside, told=told)


def habit(code: str, suits: Suits, value: str | Callable[[str, int], str]) -> DefectKind:
    """Return a defect of one value that is put right, and told once for the whole column."""
    return altered(code, suits, value, told=Told.EACH_COLUMN)


def again(code: str, suits: Suits, words: Row) -> DefectKind:
    """Return a defect of a row that is there again with some other values."""
    resource = Resource(code.split(".", maxsplit=1)[0])

    def plant(roster: Roster) -> Iterator[Expected]:
        number = roster.pick(resource, suits)
        file = roster.files[resource]
        added = file.append(**file.values(number) | words)
        if words:
            yield found(roster, code, number)
        yield found(roster, code, added)

    return DefectKind(code, code, plant)


def unknown_element(code: str, suits: Suits) -> DefectKind:
    """Return a defect of a list that names one record too many."""
    name, field, _ = code.split(".")
    resource = Resource(name)

    def plant(roster: Roster) -> Iterator[Expected]:
        number = roster.pick(resource, suits)
        file = roster.files[resource]
        unknown = f"none-{roster.serial()}"
        file.set(number, field, f"{file.get(number, field)},{unknown}".removeprefix(","))
        yield found_element(roster, code, number, unknown)

    return DefectKind(code, code, plant)


def refused(code: str, suits: Suits, spoil: Callable[[str], str]) -> DefectKind:
    """Return a defect of a row that cannot be read; `spoil` makes its line of what it was."""
    resource = Resource(code.split(".", maxsplit=1)[0])

    def plant(roster: Roster) -> Iterator[Expected]:
        number = roster.pick(resource, suits)
        file = roster.files[resource]
        line = spoil(",".join(file.rows[number]))
        file.raw[number] = line.encode("utf-8", "surrogateescape") + b"\r\n"
        value = line.encode("utf-8", "replace").decode()
        yield Expected(code, resource.filename, number + 2, None, value)

    return DefectKind(code, code, plant)


def is_any(_: Row) -> bool:
    """Let every row suit."""
    return True
