"""What vendors write instead of the standard's spelling: told once per column, and put right.

A file of ten million rows is scanned once; only columns that need it are repaired afterwards, so
that a file to the letter of the standard costs nothing.

Source: fact base section 9, "values"; section 3, S8 and S9.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import duckdb

from rollbook.oneroster import Field, Kind
from rollbook.staging.data import Finding

_PADDING = "' ' || chr(9) || chr(10) || chr(13) || chr(160)"
_TRUE, _FALSE = ("true", "t", "yes", "y", "1"), ("false", "f", "no", "n", "0")
_BOOLEANS = {**dict.fromkeys(_TRUE, "true"), **dict.fromkeys(_FALSE, "false")}
_PLACEHOLDERS = ("NULL", "(NULL)", "N/A", "#N/A", "NA", "-", "--")
# Padding and placeholders begin below the full stop, end with a blank, or are one of the words.
_ODD = (
    "({c} < '.' or suffix({c}, ' ') or suffix({c}, chr(160)) or suffix({c}, chr(9)) "
    "or ({c} >= chr(160) and {c} < chr(161)) or {c} in ('NULL', 'N/A', 'NA'))"
)
_NAMES = ("givenName", "familyName", "middleName", "name", "title")

# A day of the month above 12 in the first place: the column is not written the American way.
_DAY_FIRST = r"regexp_full_match({c}, '(1[3-9]|2\d|3[01])/\d{1,2}/\d{2,4}')"
_REWRITTEN = r"""
    case
        when regexp_full_match({c}, '\d{1,2}/\d{1,2}/\d{4}') and {american}
            then try_strptime({c}, '%m/%d/%Y')::date::varchar
        when regexp_full_match({c}, '\d{1,2}/\d{1,2}/\d{2}') and {american}
            then try_strptime({c}, '%m/%d/%y')::date::varchar
        when regexp_full_match({c}, '\d{4}[-/]\d{1,2}[-/]\d{1,2}')
            then try_strptime(replace({c}, '/', '-'), '%Y-%m-%d')::date::varchar
        when regexp_full_match({c}, '\d{4}-\d\d-\d\d[T ]\d\d:.*')
            then try_cast(left({c}, 10) as date)::varchar
        when regexp_full_match({c}, '\d{8}')
            then try_strptime({c}, '%Y%m%d')::date::varchar
    end
"""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """One thing that is put right in a column.

    Attributes:
        problem: The last part of its finding's code.
        condition: SQL, true where `{c}` needs it.
        repaired: SQL of what `{c}` is then.
        suspicion: SQL that is cheaper than the condition, and true wherever that is.
    """

    problem: str
    condition: str
    repaired: str
    suspicion: str


@dataclass(frozen=True, slots=True)
class TolerantColumn:
    """A column of a raw table and the field that it holds."""

    field: Field
    column: str


def tolerate(
    database: duckdb.DuckDBPyConnection,
    raw: str,
    columns: list[TolerantColumn],
    *,
    name: str,
    file: str,
) -> tuple[dict[str, str], list[Finding]]:
    """Find what must be put right in a raw table.

    Returns:
        For each field its expression over the raw table, and a finding for each thing put right.
    """
    wanted = _suspected(database, raw, columns)
    counts = _count(database, raw, wanted)
    expressions = {column.field.name: column.column for column in columns}
    findings = []
    for (column, tolerance), (rows, record, value) in zip(wanted, counts, strict=True):
        if rows:
            field = column.field.name
            before = expressions[field]
            condition = tolerance.condition.replace("{c}", before)
            repaired = tolerance.repaired.replace("{c}", before)
            expressions[field] = f"case when {condition} then {repaired} else {before} end"
            code = f"{name}.{field}.{tolerance.problem}"
            findings.append(Finding(code, file, record=record, field=field, value=value, rows=rows))
    return expressions, findings


def _suspected(
    database: duckdb.DuckDBPyConnection, raw: str, columns: list[TolerantColumn]
) -> list[tuple[TolerantColumn, Tolerance]]:
    """Return what may have to be put right, after a scan that is ten times cheaper than looking."""
    possible = [(column, it) for column in columns for it in _tolerances(column.field)]
    if not possible:
        return []
    suspicions = [it.suspicion.replace("{c}", column.column) for column, it in possible]
    distinct = [*dict.fromkeys(suspicions)]
    any_of_them = " or ".join(f"({suspicion})" for suspicion in distinct)
    if not database.execute(f"select 1 from {raw} where {any_of_them} limit 1").fetchone():
        return []
    query = f"select {', '.join(f'bool_or({suspicion})' for suspicion in distinct)} from {raw}"
    found = dict(zip(distinct, database.execute(query).fetchone() or (), strict=True))
    suspected = [pair for pair, it in zip(possible, suspicions, strict=True) if found[it]]
    return [
        (column, _of_the_column(database, raw, column, tolerance))
        for column, tolerance in suspected
    ]


def _of_the_column(
    database: duckdb.DuckDBPyConnection, raw: str, column: TolerantColumn, tolerance: Tolerance
) -> Tolerance:
    """Decide what the whole column decides: whether its dates begin with months."""
    american = (
        "false"
        if "{american}" in tolerance.condition and _has_day_first(database, raw, column.column)
        else "true"
    )
    return replace(
        tolerance,
        condition=tolerance.condition.replace("{american}", american),
        repaired=tolerance.repaired.replace("{american}", american),
    )


def _tolerances(field: Field) -> Iterator[Tolerance]:
    """Yield what may be put right in a field, in the order in which it is."""
    yield Tolerance(
        "padded", f"{{c}} <> trim({{c}}, {_PADDING})", f"nullif(trim({{c}}, {_PADDING}), '')", _ODD
    )
    if field.name not in _NAMES and field.kind is not Kind.ID:
        words = ", ".join(f"'{word}'" for word in _PLACEHOLDERS)
        yield Tolerance("placeholder", f"{{c}} in ({words})", "null", _ODD)
    if spellings := _spellings(field):
        yield _respelling(spellings)
    if field.kind is Kind.DATE:
        plain = "{c} not like '____-__-__'"
        yield Tolerance(
            "rewritten", f"({plain} and ({_REWRITTEN}) is not null)", f"({_REWRITTEN})", plain
        )
    if field.kind in (Kind.REFS, Kind.LIST):
        spaced = "(contains({c}, ', ') or contains({c}, ' ,'))"
        yield Tolerance("spaced", spaced, "regexp_replace({c}, ' *, *', ',', 'g')", spaced)


def _respelling(spellings: dict[str, str]) -> Tolerance:
    known = ", ".join(_quoted(word) for word in sorted(set(spellings.values())))
    written = ", ".join(_quoted(word) for word in sorted(spellings))
    cases = " ".join(f"when {_quoted(word)} then {_quoted(to)}" for word, to in spellings.items())
    return Tolerance(
        "respelt",
        f"({{c}} not in ({known}) and lower(trim({{c}}, {_PADDING})) in ({written}))",
        f"case lower({{c}}) {cases} end",
        f"{{c}} not in ({known})",
    )


def _spellings(field: Field) -> dict[str, str]:
    if field.kind is Kind.BOOLEAN:
        return _BOOLEANS
    spellings = {word.lower(): word for word in field.values}
    # OneRoster 1.0 said inactive for what is to be deleted.
    return {**spellings, "inactive": "tobedeleted"} if field.name == "status" else spellings


def _has_day_first(database: duckdb.DuckDBPyConnection, raw: str, column: str) -> bool:
    condition = _DAY_FIRST.replace("{c}", column)
    query = f"select 1 from {raw} where contains({column}, '/') and {condition} limit 1"
    return database.execute(query).fetchone() is not None


def _count(
    database: duckdb.DuckDBPyConnection,
    raw: str,
    wanted: list[tuple[TolerantColumn, Tolerance]],
) -> list[tuple[int, int | None, str | None]]:
    """Count the rows that need each thing, with the first of them, in one scan."""
    if not wanted:
        return []
    conditions = [tolerance.condition.replace("{c}", column.column) for column, tolerance in wanted]
    counts = ", ".join(f"count(*) filter (where {condition})" for condition in conditions)
    found = database.execute(f"select {counts} from {raw}").fetchone() or ()
    return [
        (rows, *(_first(database, raw, column.column, condition) if rows else (None, None)))
        for rows, (column, _), condition in zip(found, wanted, conditions, strict=True)
    ]


def _first(
    database: duckdb.DuckDBPyConnection, raw: str, column: str, condition: str
) -> tuple[int | None, str | None]:
    row = database.execute(
        f"select min(record), arg_min(left({column}, 100), record) from {raw} where {condition}"
    ).fetchone()
    return row or (None, None)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
