"""Strategies for whole districts: consistent packages with texts that hurt."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.packages import (
    CLASSES,
    COURSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    ORGS,
    SESSIONS,
    USERS,
    Package,
    Row,
    Style,
    empty_package,
)

from rollbook.oneroster import Field, Kind, Resource, Version, fields_of

# What SIS exports hold: letters of many scripts, quotes, commas, line ends, signs of other formats.
_LETTERS = "aZ9 .,;:'\"\\/|#+-_@(){}[]<>&%$\n\r\tñßØéЖ学ש🎒\u00a0\u200b\ufffd"
_PADDING = " \t\n\r\u00a0"  # goes, wherever it stands around a value
_STANDS_FOR_NOTHING = ("-", "--")
TEXTS = (
    st.text(alphabet=_LETTERS, min_size=1, max_size=12)
    .map(lambda text: text.strip(_PADDING))
    .filter(lambda text: text and text not in _STANDS_FOR_NOTHING)
)
OPTIONAL_TEXTS = st.just("") | TEXTS
ELEMENTS = st.text(alphabet="aZ9 .'\"\\-ñ学{}", min_size=1, max_size=6).filter(
    lambda text: text.strip(" {}")
)
LISTS = (
    st.lists(ELEMENTS, max_size=3)
    .map(",".join)
    .filter(lambda text: text.strip(_PADDING) not in _STANDS_FOR_NOTHING)
)
# A lone dash stands for nothing in the field.
IDENTIFIERS = st.text(alphabet="aZ9.-_/@", min_size=1, max_size=5).filter(
    lambda text: text.strip("-")
)
DATES = st.dates().map(lambda day: day.isoformat())

STYLES = st.builds(
    Style,
    line_end=st.just("\r\n"),  # Python's writer quotes a carriage return only where it ends lines
    quote_all=st.booleans(),
    bom=st.booleans(),
    ends_last_line=st.booleans(),
    column_order=st.integers(0, 20),
)


def values_of(field: Field, targets: list[str]) -> st.SearchStrategy[str]:
    """Return texts that a field may have, blank where it may be."""
    may_be_blank = not field.required
    blank = [""] if may_be_blank else []
    match field.kind:
        case Kind.ENUM:
            return st.sampled_from([*blank, *field.values])
        case Kind.BOOLEAN:
            return st.sampled_from([*blank, "true", "false"])
        case Kind.DATE:
            return (st.just("") | DATES) if may_be_blank else DATES
        case Kind.YEAR:
            return st.integers(1000, 2999).map(str)
        case Kind.REF:
            return st.sampled_from([*blank, *targets]) if targets else st.just("")
        case Kind.REFS if not targets:
            return st.just("")
        case Kind.REFS:
            least = 0 if may_be_blank else 1
            some = st.lists(st.sampled_from(targets), min_size=least, max_size=3, unique=True)
            return some.map(",".join)
        case Kind.LIST:
            return LISTS
        case Kind.TYPED_IDS:
            pairs = st.tuples(IDENTIFIERS, IDENTIFIERS).map("{{{0[0]}:{0[1]}}}".format)
            return st.lists(pairs, max_size=2).map(",".join)
        case _:
            return OPTIONAL_TEXTS if may_be_blank else TEXTS


@st.composite
def rows_of(
    draw: st.DrawFn, resource: Resource, ids: dict[Resource, list[str]], most: int
) -> list[Row]:
    """Draw the rows of a file; references name only what is there."""
    if resource is DEMOGRAPHICS:
        choices = st.sampled_from(ids[USERS]) if ids[USERS] else st.nothing()
    else:
        choices = IDENTIFIERS
    own = draw(st.lists(choices, min_size=1, max_size=most, unique=True))
    ids[resource] = own
    rows = []
    for sourced_id in own:
        row = {"sourcedId": sourced_id}
        for field in fields_of(resource, Version.V1_1):
            if field.is_kept and field.kind is not Kind.ID:
                targets = [*ids[field.refers_to]] if field.refers_to else []
                if field.refers_to is resource:
                    targets.remove(sourced_id)  # nobody is their own parent
                row[field.name] = draw(values_of(field, targets))
        if resource is SESSIONS:
            row["startDate"], row["endDate"] = sorted(
                draw(st.lists(DATES, min_size=2, max_size=2, unique=True))
            )
        rows.append(row)
    return rows


@st.composite
def packages(draw: st.DrawFn, most: int = 4) -> Package:
    """Draw a consistent package of every resource."""
    package, ids = empty_package(), {}
    for resource in (ORGS, SESSIONS, COURSES, CLASSES, USERS, ENROLLMENTS, DEMOGRAPHICS):
        package.rows[resource] = draw(rows_of(resource, ids, most))
        if draw(st.booleans()):
            package.columns[resource].append("metadata.note")
            for row in package.rows[resource]:
                row["metadata.note"] = draw(OPTIONAL_TEXTS)
    return package


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Package, Package]:
    """Draw a package and what became of it: rows gone, others in their place, values changed."""
    before, after = draw(packages()), draw(packages())
    return before, after
