"""What the bytes of a file can be like: told as facts, and read into the same cells."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from rollbook.staging.errors import PackageUnreadableError
from rollbook.staging.headers import clean_header, invisible_in, tell_delimiter
from rollbook.staging.loading import COLUMNS_LIMIT, Loaded, load_file, make_refusals
from rollbook.staging.records import read_records
from rollbook.staging.shape import LineEnd, TrailingDelimiter, look_at, physical_lines

CRLF, LF, CR = LineEnd.CRLF, LineEnd.LF, LineEnd.CR


@dataclass(frozen=True)
class Read:
    """What came of a file."""

    loaded: Loaded
    rows: list[tuple[Any, ...]]
    refused: list[tuple[Any, ...]] = field(default_factory=list)
    tolerated: list[tuple[Any, ...]] = field(default_factory=list)


def read(content: bytes, base: Path, *, hidden_from: int | None = None) -> Read:
    """Load a file; every file is left as it was, and no copy stays behind."""
    path = base / "words.csv"
    path.write_bytes(content)
    shape = look_at(path)
    width = len(next(read_records(path, shape)).cells)
    with duckdb.connect() as database:
        make_refusals(database)
        loaded = load_file(
            database,
            table="words",
            path=path,
            shape=shape,
            width=width,
            clean_copy=base / "clean.csv",
            hidden_from=hidden_from,
        )
        asides = [
            database.execute(f"select code, record, line, value from {table}").fetchall()
            for table in ("refusals", "tolerations")
        ]
        rows = database.execute("from words order by record").fetchall()
    assert path.read_bytes() == content
    assert [*base.iterdir()] == [path]
    assert (loaded.rows, loaded.refused, loaded.tolerated) == (len(rows), *map(len, asides))
    return Read(loaded, rows, *asides)


HEADER, ROW, LAST = "id,name,kind", "1,Zoë,a", "2,Ann,b"
BOTH = [(2, "1", "Zoë", "a"), (3, "2", "Ann", "b")]


def text(*lines: str, end: str = "\n", encoding: str = "utf-8") -> bytes:
    return "".join(line + end for line in lines).encode(encoding)


PLAIN = text(HEADER, ROW, LAST)

# name: content, facts of its shape, rows
SHAPES: dict[str, tuple[bytes, dict[str, object], list[tuple[Any, ...]]]] = {
    "UTF-8": (PLAIN, {"encoding": "utf-8", "has_bom": False, "line_ends": (LF,)}, BOTH),
    "UTF-8 with a mark": (b"\xef\xbb\xbf" + PLAIN, {"encoding": "utf-8", "has_bom": True}, BOTH),
    "UTF-8 with two marks": (b"\xef\xbb\xbf" * 2 + PLAIN, {"has_bom": True}, BOTH),
    "UTF-16 LE with a mark": (
        b"\xff\xfe" + text(HEADER, ROW, LAST, encoding="utf-16-le"),
        {"encoding": "utf-16-le", "has_bom": True, "nul_bytes": 0},
        BOTH,
    ),
    "UTF-16 BE with a mark": (
        b"\xfe\xff" + text(HEADER, ROW, LAST, encoding="utf-16-be", end="\r\n"),
        {"encoding": "utf-16-be", "has_bom": True, "line_ends": (CRLF,)},
        BOTH,
    ),
    "UTF-16 LE without a mark": (
        text(HEADER, ROW, LAST, encoding="utf-16-le"),
        {"encoding": "utf-16-le", "has_bom": False, "nul_bytes": 0, "is_text": True},
        BOTH,
    ),
    "UTF-16 BE without a mark": (
        text(HEADER, ROW, LAST, encoding="utf-16-be"),
        {"encoding": "utf-16-be", "has_bom": False},
        BOTH,
    ),
    "Latin-1": (
        text(HEADER, ROW, LAST, encoding="latin-1"),
        {"encoding": "latin-1", "is_text": True},
        BOTH,
    ),
    "Windows-1252": (
        text(HEADER, ROW, "2,O’Neil,b", encoding="cp1252"),
        {"encoding": "cp1252", "is_text": True},
        [BOTH[0], (3, "2", "O’Neil", "b")],
    ),
    "encoded twice": (
        text(HEADER, "1,ZoÃ«,a"),
        {"encoding": "utf-8", "is_twice_encoded": True},
        [(2, "1", "ZoÃ«", "a")],
    ),
    "dash encoded twice": (
        text(HEADER, "1,A â€“ B,a"),
        {"is_twice_encoded": True},
        [(2, "1", "A â€“ B", "a")],
    ),
    "letters that are like what is encoded twice": (
        text(HEADER, "1,JOÃO ÂNGELO â,a"),
        {"is_twice_encoded": False},
        [(2, "1", "JOÃO ÂNGELO â", "a")],
    ),
    "pairs of return and feed": (text(HEADER, ROW, LAST, end="\r\n"), {"line_ends": (CRLF,)}, BOTH),
    "lone returns": (text(HEADER, ROW, LAST, end="\r"), {"line_ends": (CR,)}, BOTH),
    "every kind of line end": (
        f"{HEADER}\r\n{ROW}\r{LAST}\n3,x,y\r\n".encode(),
        {"line_ends": (CRLF, CR, LF), "needs_copy": True},
        [*BOTH, (4, "3", "x", "y")],
    ),
    "semicolons": (PLAIN.replace(b",", b";"), {"delimiter": ";", "is_plain": True}, BOTH),
    "tabs": (PLAIN.replace(b",", b"\t"), {"delimiter": "\t", "is_plain": True}, BOTH),
    "pipes": (PLAIN.replace(b",", b"|"), {"delimiter": "|", "is_plain": True}, BOTH),
    "semicolons, and commas in values": (
        b"id;name;kind\n1;Ortiz, Ana;a\n",
        {"delimiter": ";"},
        [(2, "1", "Ortiz, Ana", "a")],
    ),
    "semicolons in a name of a comma file": (
        b'id,name,"kind;of;a;thing;"\n1,x,a\n',
        {"delimiter": ","},
        [(2, "1", "x", "a")],
    ),
    "blank lines": (
        text(HEADER, "", "", ROW, "", LAST, "", ""),
        {"blank_lines": 5},
        [(4, *BOTH[0][1:]), (6, *BOTH[1][1:])],
    ),
    "blank lines at the end alone": (
        text(HEADER, ROW, LAST, "", "", end="\r\n"),
        {"blank_lines": 2, "is_plain": True},
        BOTH,
    ),
    "blank lines in a file of quotes": (
        text(HEADER, "", '1,"Zoë",a'),
        {"blank_lines": 1, "needs_copy": False},
        [(3, "1", "Zoë", "a")],
    ),
    "rows of commas": (
        text(HEADER, ",,", ROW, ",,", LAST, ",,"),
        {"blank_lines": 0, "is_plain": True},
        [(3, *BOTH[0][1:]), (5, *BOTH[1][1:])],
    ),
    "a single column, and blank lines at the end": (
        text("id", "1", '"2"', "", ""),
        {"blank_lines": 2},
        [(2, "1"), (3, "2")],
    ),
    "NUL bytes": (
        PLAIN.replace(b"Ann", b"A\0n\0n"),
        {"nul_bytes": 2, "encoding": "utf-8"},
        BOTH,
    ),
    "delimiter at the end of every line": (
        text(*(line + "," for line in (HEADER, ROW, LAST))),
        {"trailing_delimiter": TrailingDelimiter.EVERY_LINE},
        [(*row, None) for row in BOTH],
    ),
    "delimiters at the end of every row": (
        text(HEADER, ROW + ",,", LAST + ",,"),
        {"trailing_delimiter": TrailingDelimiter.ROWS, "row_cells": 5, "is_plain": True},
        BOTH,
    ),
    "delimiter at the end of the header": (
        text(HEADER + ",", ROW, LAST),
        {"trailing_delimiter": TrailingDelimiter.HEADER, "row_cells": 3},
        [(*row, None) for row in BOTH],
    ),
    "blanks before quotes": (
        text('id, "name", "kind"', '1, "Zoë", "a"', '2, "Ann", "b"'),
        {"pads_quotes": True},
        BOTH,
    ),
    "a comma, a blank and a quote within quotes": (
        text(HEADER, '1,"He said, ""so""",a', "2, x,b"),
        {"pads_quotes": False, "is_plain": True},
        [(2, "1", 'He said, "so"', "a"), (3, "2", " x", "b")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_facts_and_cells(name: str, tmp_path: Path) -> None:
    content, facts, rows = SHAPES[name]
    came = read(content, tmp_path)
    assert came.rows == rows
    assert came.refused == []
    shape = look_at(tmp_path / "words.csv")
    assert {fact: getattr(shape, fact) for fact in facts} == facts


def filler(count: int, start: int = 10) -> list[str]:
    return [f"{number},x,y" for number in range(start, start + count)]


# name: content, records that are there, (code, record) of those refused
REFUSED: dict[str, tuple[bytes, list[int], list[tuple[str, int]]]] = {
    "a stray byte costs its row alone": (
        text(HEADER, ROW).replace(b"Zo", "é".encode() * 3) + b"2,\xff,b\n3,x,y\n",
        [2, 4],
        [("bad_encoding", 3)],
    ),
    "a byte that Windows-1252 does not have": (
        text(HEADER, "1,é,a", "2,’,b", encoding="cp1252") + b"3,\x81,c\n4,d,e\n",
        [2, 3, 5],
        [("bad_encoding", 4)],
    ),
    "half a pair of UTF-16": (
        b"\xff\xfe"
        + text(HEADER, "1,x,a", encoding="utf-16-le")
        + b"2\0,\0\x00\xd8,\0b\0\n\0"
        + text("3,y,c", encoding="utf-16-le"),
        [2, 4],
        [("bad_encoding", 3)],
    ),
    "UTF-16 cut in the middle of a letter": (
        b"\xff\xfe" + text(HEADER, "1,x,a", "2,y,b", encoding="utf-16-le")[:-3],
        [2],
        [("bad_encoding", 3)],
    ),
    "one row with a delimiter too many": (text(HEADER, ROW + ",", LAST), [3], [("too_long", 2)]),
    "a lone row with a delimiter too many": (text(HEADER, ROW + ","), [], [("too_long", 2)]),
    "rows with a comma in a name": (
        text(HEADER, "Ortiz, Ana,x,", "Ng, Bo,y,", "Ho, Cy,z,"),
        [],
        [("too_long", 2), ("too_long", 3), ("too_long", 4)],
    ),
    "delimiters that weigh as much as the blank lines after them": (
        b"id\n1,,\n\n\n",
        [],
        [("too_long", 2)],
    ),
    "one more delimiter than the other rows": (
        text(HEADER, *(f"{row}," for row in filler(20)), "1,Zoë,up,a,"),
        [*range(2, 22)],
        [("too_long", 22)],
    ),
    "a value after the last column": (
        text(HEADER, *(f"{row}," for row in filler(20)), "1,Zoë,up,a"),
        [*range(2, 22)],
        [("too_long", 22)],
    ),
    "one delimiter less than the other rows": (
        text(HEADER, *(f"{row}," for row in filler(20)), ROW),
        [*range(2, 22)],
        [("too_short", 22)],
    ),
    "a header that ends with a delimiter, and rows of both kinds": (
        text(HEADER + ",", *filler(5), *(f"{row}," for row in filler(5))),
        [*range(7, 12)],
        [("too_short", number) for number in range(2, 7)],
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_rows_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    content, records, refused = REFUSED[name]
    came = read(content, tmp_path)
    assert [row[0] for row in came.rows] == records
    expected = [(f"words.row.{problem}", record) for problem, record in refused]
    assert [(code, record) for code, record, _, _ in came.refused] == expected


# the second cell as it stands in the file, and as it is read; None: its row is refused
LOOSE: list[tuple[str, str | None]] = [
    ('"Thomas "Tom" Ford"', 'Thomas "Tom" Ford'),
    ('"Thomas "Tom""', 'Thomas "Tom"'),
    ('""Tom" Ford"', '"Tom" Ford'),
    ('"6" pipe, long"', '6" pipe, long'),
    ('"6""', '6"'),
    ('"Thomas ""Tom" Ford"', None),  # doubled and not
    ('"Ford, "Tom", Sr"', None),  # may end at Tom
    ('"Ford,"Tom" Sr"', None),  # may begin at Tom
    ('"Ford "Tom"', 'Ford "Tom'),
    ('"Tom" Ford', None),
    ('"Tom" ', None),
    ('"Tom', None),
]


@pytest.mark.parametrize(("cell", "value"), LOOSE)
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_inner_quotes_that_are_not_doubled(
    cell: str, value: str | None, delimiter: str, end: str, tmp_path: Path
) -> None:
    rows = ["id,name,kind", '1,"x ""y""",a', "2,%,b", "3,z,c"]
    content = text(*(row.replace(",", delimiter) for row in rows), end=end)
    content = content.replace(b"%", cell.replace(",", delimiter).encode())
    value = value and value.replace(",", delimiter)
    came = read(content, tmp_path)
    names = {record: name for record, _, name, _ in came.rows}
    assert names == {2: 'x "y"', 4: "z"} | ({3: value} if value else {})
    codes = [(code, record) for code, record, *_ in (*came.refused, *came.tolerated)]
    assert codes == [("words.row.loose_quotes" if value else "words.row.bad_quoting", 3)]


def test_file_of_pairs_with_line_feeds_in_quotes_is_not_mixed(tmp_path: Path) -> None:
    content = text(HEADER, '1,"Zo\në",a', "2,Ann,b", end="\r\n")
    came = read(content, tmp_path)
    assert came.loaded.line_ends == (CRLF,)
    assert came.loaded.has_line_breaks
    mixed = read(content.replace(b"b\r\n", b"b\r\n3,x,y\n"), tmp_path)
    assert mixed.loaded.line_ends == (LF, CRLF)


def test_lines_are_told_where_they_are_not_the_records(tmp_path: Path) -> None:
    content = text(
        HEADER, ROW, "", '3,"a\n\nb",c', "4,short", LAST, '6,"torn,x', '7,"a\nb",c', "8,,"
    )
    came = read(content, tmp_path)
    assert came.loaded.has_line_breaks
    assert [(record, line) for _, record, line, _ in came.refused] == [(5, 7), (7, 9)]
    path = tmp_path / "words.csv"
    shape = look_at(path)
    assert physical_lines(path, shape, {2, 4, 6, 8, 9}) == {6: 8, 8: 10, 9: 12}
    assert physical_lines(path, shape, {4}) == {}
    assert physical_lines(path, shape, {}) == {}
    assert not read(PLAIN, tmp_path).loaded.has_line_breaks


def test_lines_are_not_looked_for_in_a_file_without_quotes(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_bytes(PLAIN)
    shape = look_at(path)
    path.unlink()
    assert physical_lines(path, shape, range(2, 4)) == {}


@pytest.mark.parametrize(
    "ends", ["1,Zoë,S3cret", '1,"Zoë,S3cret', "1,Zoë,a,S3cret,x", '1,x,"S3\ncret']
)
def test_secret_of_a_refused_row_is_not_shown(ends: str, tmp_path: Path) -> None:
    content = text("id,name,kind,password", "0,x,y,z", ends, "0,x,y,z")
    came = read(content, tmp_path, hidden_from=1)
    shown = [value or "" for *_, value in came.refused]
    assert shown
    assert not any("cret" in value or "S3" in value for value in shown)
    assert shown[0] == "1"
    with_all = read(content, tmp_path)
    assert any("S3" in (value or "") for *_, value in with_all.refused)


def test_field_of_several_megabytes(tmp_path: Path) -> None:
    long = "é" * 4_000_000
    came = read(text(HEADER, f"1,{long},a", f'2,"{long}",b', "3,short"), tmp_path)
    assert [row[2] for row in came.rows] == [long, long]
    assert [len(value) for *_, value in came.refused] == [7]


def test_row_too_large_for_any_roster_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rollbook.staging.records.RECORD_LETTERS_LIMIT", 100)
    large = "x" * 250
    came = read(text(HEADER, f"1,{large},a", LAST, "3,a", f'4,"{large}', "5,a,b"), tmp_path)
    assert [row[0] for row in came.rows] == [3, 6]
    assert [(code.split(".")[-1], record) for code, record, *_ in came.refused] == [
        ("too_large", 2),
        ("too_short", 4),
        ("too_large", 5),
    ]


def test_many_unknown_columns(tmp_path: Path) -> None:
    names = [f"x{number}" for number in range(500)]
    came = read(text(",".join(names), ",".join(names), '"' + '","'.join(names) + '"'), tmp_path)
    assert came.rows == [(2, *names), (3, *names)]


def test_more_columns_than_any_roster_has_are_refused(tmp_path: Path) -> None:
    header = "," * COLUMNS_LIMIT
    with pytest.raises(PackageUnreadableError) as refused:
        read(text("id" + header, "1" + header), tmp_path)
    assert refused.value.code == "package.file.too_many_columns"


@pytest.mark.parametrize("content", [PLAIN, PLAIN + b'3,"x,y\n'])
def test_rows_lost_on_the_way_are_never_passed_over(content: bytes, tmp_path: Path) -> None:
    """A reader that skips a row, or one that stops early, is found out."""
    path = tmp_path / "words.csv"
    path.write_bytes(content)
    shape = replace(look_at(path), lines=9)
    with duckdb.connect() as database:
        make_refusals(database)
        names = {"table": "words", "path": path, "shape": shape, "clean_copy": tmp_path / "c.csv"}
        with pytest.raises(RuntimeError, match="lost"):
            load_file(database, width=3, **names)  # type: ignore[arg-type]


HEADERS = [
    ("sourcedId", "sourcedId", ()),
    (" name ", "name", ()),
    ("given\ufeffName", "givenName", ("BYTE ORDER MARK",)),
    ("\u200bname\u200b", "name", ("ZERO WIDTH SPACE",)),
    ("given\u00a0name\u00a0", "given name", ("NO-BREAK SPACE",)),
    ("fam\u00adily", "family", ("SOFT HYPHEN",)),
    ("\u202aname\u202c", "name", ("LEFT-TO-RIGHT EMBEDDING", "POP DIRECTIONAL FORMATTING")),
    ("na\x07me", "name", ("U+0007",)),
    ("metadata.größe 学校", "metadata.größe 学校", ()),
    ("metadata.a\nb", "metadata.a\nb", ()),
]


@pytest.mark.parametrize(("name", "cleaned", "removed"), HEADERS)
def test_what_nobody_sees_in_a_header(name: str, cleaned: str, removed: tuple[str, ...]) -> None:
    assert clean_header(name) == cleaned
    assert invisible_in(name) == removed


def test_delimiter_of_one_column_is_the_comma() -> None:
    assert tell_delimiter("sourcedId") == ","
