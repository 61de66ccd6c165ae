"""Tell which column of a file is which field, whatever a vendor made of the standard's names."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from rollbook.oneroster import Resource, Version, fields_of
from rollbook.staging.data import Finding, HeaderMapping, Reading
from rollbook.staging.headers import clean_header, invisible_in

# Fact base section 9, "Legacy and vendor variants": academicSessions without schoolYear.
TOLD_BY = {(Resource.ACADEMIC_SESSIONS, "schoolYear"): ("type", "endDate")}


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a format knows.

    Attributes:
        aliases: Other names under which it was seen in the field.
        is_of_version: Whether the format's version has it; columns of others are understood too.
        told_by: Columns that make up for it where it is required and not there.
    """

    name: str
    required: bool = False
    aliases: tuple[str, ...] = ()
    is_of_version: bool = True
    told_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """A file's first row, understood.

    Attributes:
        texts: The cells as the file has them.
        places: The position of each known column that is there.
        others: The position of each column that the format does not know, by its own name.
        is_usable: Every column that must be there is there, once.
    """

    texts: tuple[str, ...]
    places: Mapping[str, int]
    others: Mapping[str, int]
    findings: tuple[Finding, ...] = ()
    is_usable: bool = True


@dataclass(slots=True)
class _Matching:
    """A header while it is being matched."""

    places: dict[str, int] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def columns_of(resource: Resource, version: Version) -> tuple[Column, ...]:
    """Return the columns of a OneRoster file: its version's, then those of other versions."""
    own = {field.name: field for field in fields_of(resource, version)}
    names = [*own, *(field.name for field in fields_of(resource) if field.name not in own)]
    return tuple(
        Column(
            name,
            required=name in own and own[name].required,
            aliases=_aliases().get((str(resource), name), ()) + _aliases().get(("*", name), ()),
            is_of_version=name in own,
            told_by=TOLD_BY.get((resource, name), ()),
        )
        for name in names
    )


@cache
def _aliases() -> dict[tuple[str, str], tuple[str, ...]]:
    text = files("rollbook.oneroster").joinpath("aliases.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        key = row["resource"], row["name"]
        found[key] = (*found.get(key, ()), row["alias"])
    return found


def match_header(
    texts: Sequence[str],
    columns: Sequence[Column],
    *,
    name: str,
    file: str,
    reading: Reading,
    names_are_exact: bool = True,
) -> Header:
    """Match a header with the columns of a format.

    A district's own mapping comes first, then the exact name, then the name whatever its capitals,
    blanks and signs, then names that vendors are known to use instead.

    Args:
        name: What the format calls the file, `users`; findings begin with it.
        names_are_exact: Whether another spelling is worth a word; some formats know several.

    Source: fact base section 9, "header" and "Legacy and vendor variants"; clever.md 3.1.
    """
    mapping = reading.mappings.files.get(name.lower(), HeaderMapping())
    matching = _Matching()
    cleaned = [clean_header(text) for text in texts]
    for place, text in enumerate(cleaned):
        target = _target(text, columns, cleaned, mapping)
        is_known = text in mapping.columns
        _place(matching, place, text, target, name=name, file=file, is_known=is_known)
    if not names_are_exact:
        matching.findings = [it for it in matching.findings if not _is_about_spelling(it)]
    matching.findings += _find_cleaned(texts, cleaned, name, file)
    is_to_the_letter = reading.strict and names_are_exact
    matching.findings += _find_missing(
        columns, matching, mapping, name, file, names_absent=is_to_the_letter
    )
    matching.findings = _offer_nearest(matching.findings, columns, matching)
    if is_to_the_letter:
        matching.findings += _find_disorder(columns, matching, name, file)
    return Header(
        texts=tuple(cleaned),
        places=matching.places,
        others=matching.others,
        findings=tuple(matching.findings),
        is_usable=not any(_forbids_use(finding) for finding in matching.findings),
    )


def _simple(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _target(
    text: str, columns: Sequence[Column], header: Sequence[str], mapping: HeaderMapping
) -> Column | None:
    by_name = {column.name: column for column in columns}
    if text in mapping.columns:
        return by_name.get(mapping.columns[text])
    if text in by_name:
        return by_name[text]
    taken = {*header, *mapping.columns.values()}
    for column in columns:
        spellings = {_simple(column.name), *map(_simple, column.aliases)}
        if _simple(text) in spellings and column.name not in taken:
            return column
    return None


def _place(
    matching: _Matching,
    place: int,
    text: str,
    column: Column | None,
    *,
    name: str,
    file: str,
    is_known: bool,
) -> None:
    """Note where a column stands; of one that the district has mapped nothing is to be said."""

    def found(problem: str, field: str, value: str | None = None) -> None:
        code = f"{name}.header.{problem}"
        matching.findings.append(Finding(code, file, record=1, field=field, value=value))

    if not text:
        found("unnamed", f"column {place + 1}")
    elif column is None and text in matching.others:
        found("duplicate", text)
    elif column is None:
        matching.others[text] = place
        if not text.startswith(("metadata.", "ext.")):
            found("unknown", text)
    elif column.name in matching.places:
        found("duplicate", column.name, None if text == column.name else text)
    else:
        matching.places[column.name] = place
        if is_known or text == column.name:
            return
        if _simple(text) == _simple(column.name):
            found("respelt", column.name, text)
        elif _simple(text) in map(_simple, column.aliases):
            found("alias", column.name, text)


def _find_cleaned(
    texts: Sequence[str], cleaned: Sequence[str], name: str, file: str
) -> Iterator[Finding]:
    for text, clean in zip(texts, cleaned, strict=True):
        if text != clean and clean:
            value = ", ".join(invisible_in(text)) or None
            yield Finding(f"{name}.header.invisible", file, record=1, field=clean, value=value)


def _find_missing(
    columns: Sequence[Column],
    matching: _Matching,
    mapping: HeaderMapping,
    name: str,
    file: str,
    *,
    names_absent: bool,
) -> Iterator[Finding]:
    """Yield columns that are not there, each with the unknown header that is most like it."""
    for column in columns:
        if column.name in matching.places or column.name in mapping.constants:
            continue
        is_told = bool(column.told_by) and matching.places.keys() >= {*column.told_by}
        if column.required and is_told and not names_absent:
            yield Finding(f"{name}.{column.name}.told_by_dates", file, record=1, field=column.name)
        elif column.required:
            nearest = _nearest(column, [*matching.others])
            yield Finding(
                f"{name}.header.missing", file, record=1, field=column.name, value=nearest
            )
        elif names_absent and column.is_of_version:
            yield Finding(f"{name}.header.absent", file, record=1, field=column.name)


def _offer_nearest(
    findings: list[Finding], columns: Sequence[Column], matching: _Matching
) -> list[Finding]:
    """Let findings about unknown headers name the absent column that is most like them."""
    absent = {_simple(it.name): it.name for it in columns if it.name not in matching.places}

    def offered(finding: Finding) -> Finding:
        close = difflib.get_close_matches(_simple(finding.field or ""), [*absent], n=1)
        is_unknown = finding.code.endswith(".header.unknown")
        return replace(finding, value=absent[close[0]]) if is_unknown and close else finding

    return [offered(finding) for finding in findings]


def _nearest(column: Column, others: list[str]) -> str | None:
    simple = {_simple(other): other for other in others}
    close = difflib.get_close_matches(_simple(column.name), [*simple], n=1)
    return simple[close[0]] if close else None


def _find_disorder(
    columns: Sequence[Column], matching: _Matching, name: str, file: str
) -> Iterator[Finding]:
    places = [matching.places[column.name] for column in columns if column.name in matching.places]
    if places != sorted(places):
        yield Finding(f"{name}.header.order", file, record=1)
    if places and any(place < max(places) for place in matching.others.values()):
        yield Finding(f"{name}.header.metadata_position", file, record=1)


def _is_about_spelling(finding: Finding) -> bool:
    return finding.code.endswith((".header.respelt", ".header.alias"))


def _forbids_use(finding: Finding) -> bool:
    return finding.code.endswith((".header.missing", ".header.duplicate"))
