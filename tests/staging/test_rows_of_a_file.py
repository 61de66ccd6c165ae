"""Every way to write a file ends in the same table, with the row numbers of a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.packages import write_files
from tests.stages import places, stage, table

from rollbook.oneroster import Resource

HEADER = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId"
DISTRICT = "d-1,,,Oak,district,,"
SCHOOL = "s-1,,,North,school,,d-1"
TWO = [(2, "d-1", "Oak"), (3, "s-1", "North")]
LONG = "x" * 3_000_000


@dataclass(frozen=True)
class Case:
    """A file, the rows that are read of it (record, sourcedId, name), and those that are not."""

    name: str
    content: bytes
    rows: list[tuple[int, str | None, str | None]]
    refused: list[tuple[int, str]]


def case(
    name: str,
    content: str | bytes,
    rows: list[tuple[int, str | None, str | None]],
    *refused: tuple[int, str],
    header: str = HEADER,
    end: str = "\n",
) -> Case:
    """Return a case; text that is no bytes has its header put before it."""
    if isinstance(content, str):
        content = (header + end + content).encode()
    return Case(name, content, rows, [*refused])


def lines(*rows: str, end: str = "\n") -> str:
    return "".join(row + end for row in rows)


def joined(*rows: str, end: str) -> bytes:
    return lines(HEADER, *rows, end=end).encode()


CASES = [
    # Line ends
    case("line feeds", joined(DISTRICT, SCHOOL, end="\n"), TWO),
    case("carriage return and line feed", joined(DISTRICT, SCHOOL, end="\r\n"), TWO),
    case("lone carriage returns", joined(DISTRICT, SCHOOL, end="\r"), TWO),
    case("mixed line ends", f"{HEADER}\r\n{DISTRICT}\n{SCHOOL}\r\n".encode(), TWO),
    case("return ends the header alone", f"{HEADER}\r{DISTRICT}\n{SCHOOL}\n".encode(), TWO),
    case("last line without an end", f"{DISTRICT}\n{SCHOOL}", TWO),
    case("last line without an end, CRLF", f"{HEADER}\r\n{DISTRICT}\r\n{SCHOOL}".encode(), TWO),
    # Rows without anything in them are counted, as a spreadsheet shows them, and not read
    case("blank line in between", f"{DISTRICT}\n\n{SCHOOL}\n", [TWO[0], (4, "s-1", "North")]),
    case(
        "blank lines, CRLF",
        joined(DISTRICT, "", "", SCHOOL, end="\r\n"),
        [TWO[0], (5, *TWO[1][1:])],
    ),
    case(
        "blank lines, lone returns",
        joined(DISTRICT, "", SCHOOL, end="\r"),
        [TWO[0], (4, *TWO[1][1:])],
    ),
    case("blank lines at the end", f"{DISTRICT}\n{SCHOOL}\n\n\n", TWO),
    case("blank line before the header", f"\n{HEADER}\n{DISTRICT}\n".encode(), [(3, "d-1", "Oak")]),
    case("row of commas", f"{DISTRICT}\n,,,,,,\n{SCHOOL}\n", [TWO[0], (4, "s-1", "North")]),
    case("rows of commas at the end", f"{DISTRICT}\n{SCHOOL}\n,,,,,,\n,,,,,,", TWO),
    case(
        "row of empty quotes",
        f'{DISTRICT}\n"","","","","","",""\n{SCHOOL}\n',
        [TWO[0], (4, *TWO[1][1:])],
    ),
    case("row of blanks is a row", f"{DISTRICT}\n , , , , , , \n", [TWO[0], (3, None, None)]),
    case(
        "row of blanks is a row, blank line",
        f"{DISTRICT}\n\n , , , , , , \n",
        [TWO[0], (4, None, None)],
    ),
    # Quotes
    case("all quoted", '"d-1","","","Oak","district","",""\n', TWO[:1]),
    case("comma in quotes", 'd-1,,,"Oak, upper",district,,\n', [(2, "d-1", "Oak, upper")]),
    case("doubled quotes", 'd-1,,,"Oak ""North""",district,,\n', [(2, "d-1", 'Oak "North"')]),
    case("empty quotes are no value", 'd-1,,,"",district,,\n', [(2, "d-1", None)]),
    case("two quotes in quotes", 'd-1,,,"""""",district,,\n', [(2, "d-1", '""')]),
    case(
        "line feed in quotes",
        f'd-1,,,"Oak\nUnified",district,,\n{SCHOOL}\n',
        [(2, "d-1", "Oak\nUnified"), TWO[1]],
    ),
    case(
        "CRLF in quotes of a CRLF file",
        joined('d-1,,,"Oak\r\nUnified",district,,', SCHOOL, end="\r\n"),
        [(2, "d-1", "Oak\r\nUnified"), TWO[1]],
    ),
    case(
        "line feed in quotes of a CRLF file",
        joined('d-1,,,"Oak\nUnified",district,,', SCHOOL, end="\r\n"),
        [(2, "d-1", "Oak\nUnified"), TWO[1]],
    ),
    case(
        "carriage return in quotes",
        f'd-1,,,"Oak\rUnified",district,,\n{SCHOOL}\n',
        [(2, "d-1", "Oak\rUnified"), TWO[1]],
    ),
    case(
        "blank line in quotes",
        f'd-1,,,"Oak\n\nUnified",district,,\n{SCHOOL}\n',
        [(2, "d-1", "Oak\n\nUnified"), TWO[1]],
    ),
    case(
        "quote left open",
        f'd-1,,,"Oak,district,,\n{SCHOOL}\n',
        [(3, "s-1", "North")],
        (2, "bad_quoting"),
    ),
    case(
        "quote left open in the last row",
        f'{DISTRICT}\ns-1,,,"North,school,,d-1',
        TWO[:1],
        (3, "bad_quoting"),
    ),
    case(
        "quote left open before a row with quotes",
        f'd-1,,,"Oak,district,,\ns-1,,,"North",school,,d-1\n{DISTRICT}\n',
        [(3, "s-1", "North"), (4, "d-1", "Oak")],
        (2, "bad_quoting"),
    ),
    case(
        "text after a closing quote",
        f'd-1,,,"Oak" Unified,district,,\n{SCHOOL}\n',
        [TWO[1]],
        (2, "bad_quoting"),
    ),
    case(
        "quote within a value without quotes",
        'd-1,,,Oak 6" pipe,district,,\n',
        [(2, "d-1", 'Oak 6" pipe')],
    ),
    case(
        "blank before quotes",
        b'sourcedId, name, type\nd-1, "Oak, upper", district\ns-1, North,"school"\n',
        [(2, "d-1", "Oak, upper"), (3, "s-1", "North")],
    ),
    case(
        "blank after quotes",
        f'd-1,,,"Oak" ,district,,\n{SCHOOL}\n',
        [TWO[1]],
        (2, "bad_quoting"),
    ),
    # Width
    case(
        "comma without quotes where the last column is empty",
        f"d-1,,,Oak, upper,district,\n{SCHOOL}\ns-2,,,Oak, upper,school,,\n",
        [(2, "d-1", "Oak"), TWO[1]],  # as many cells as columns: its type is what betrays it
        (4, "too_long"),
    ),
    case("short row", f"d-1,,,Oak\n{SCHOOL}\n", [TWO[1]], (2, "too_short")),
    case("row of one cell", f"d-1\n{SCHOOL}\n", [TWO[1]], (2, "too_short")),
    case("long row", f"d-1,,,Oak,district,,,extra\n{SCHOOL}\n", [TWO[1]], (2, "too_long")),
    case("row with a comma at its end", f"{DISTRICT},\n{SCHOOL}\n", [TWO[1]], (2, "too_long")),
    case(
        "comma at the end of every line",
        lines(f"{HEADER},", f"{DISTRICT},", f"{SCHOOL},").encode(),
        TWO,
    ),
    case(
        "faults in many rows",
        f'd-1,,,Oak\n\nx,,,"y\n{SCHOOL}\n{SCHOOL},,\n',
        [(5, "s-1", "North")],
        (2, "too_short"),
        (4, "bad_quoting"),
        (6, "too_long"),
    ),
    # Bytes
    case("BOM", b"\xef\xbb\xbf" + joined(DISTRICT, SCHOOL, end="\n"), TWO),
    case(
        "BOM, CRLF, quoted header",
        b'\xef\xbb\xbf"sourcedId","name","type"\r\n"d-1","Oak","district"\r\n',
        TWO[:1],
    ),
    case(
        "BOM and a blank line",
        b"\xef\xbb\xbf" + joined(DISTRICT, "", SCHOOL, end="\n"),
        [TWO[0], (4, *TWO[1][1:])],
    ),
    case(
        "letters beyond ASCII",
        "d-1,,,Ñandú Škola 学校 🎒,district,,\n",
        [(2, "d-1", "Ñandú Škola 学校 🎒")],
    ),
    case(
        "one row in another encoding",
        f"{HEADER}\nd-1,,,Éc".encode()
        + b"ole,district,,\ns-1,,,\xc9cole,school,,\n"
        + b"s-2,,,b,school,,\n",
        [(2, "d-1", "École"), (4, "s-2", "b")],
        (3, "bad_encoding"),
    ),
    case(
        "broken UTF-8 in quotes with a line feed",
        f"{HEADER}\nd-1,,,Éc".encode()
        + b'ole,district,,\ns-1,,,"\xc9c\nole",school,,\ns-2,,,b,school,,\n',
        [(2, "d-1", "École"), (4, "s-2", "b")],
        (3, "bad_encoding"),
    ),
    case(
        "Windows-1252",
        f"{HEADER}\nd-1,,,École,district,,\ns-1,,,“Zoë” – O’Neil,school,,\n".encode("cp1252"),
        [(2, "d-1", "École"), (3, "s-1", "“Zoë” – O’Neil")],
    ),
    case(
        "Windows-1252 with a pair that happens to be UTF-8",
        f"{HEADER}\nd-1,,,École é,district,,\ns-1,,,à é è,school,,\ns-2,,,Ã©,school,,\n".encode(
            "cp1252"
        ),
        [(2, "d-1", "École é"), (3, "s-1", "à é è"), (4, "s-2", "Ã©")],
    ),
    case(
        "UTF-16",
        f"{HEADER}\r\nd-1,,,École 🎒,district,,\r\n".encode("utf-16"),
        [(2, "d-1", "École 🎒")],
    ),
    case(
        "UTF-16, big end first",
        b"\xfe\xff" + f"{HEADER}\nd-1,,,École,district,,\n".encode("utf-16-be"),
        [(2, "d-1", "École")],
    ),
    case(
        "replacement characters of an earlier program",
        "d-1,,,Zo\ufffd,district,,\n",
        [(2, "d-1", "Zo\ufffd")],
    ),
    case(
        "replacement characters beside letters",
        "d-1,,,Zo\ufffd,district,,\ns-1,,,École,school,,\n",
        [(2, "d-1", "Zo\ufffd"), (3, "s-1", "École")],
    ),
    case("NUL", "d-1,,,Oa\0k,district,,\n", [(2, "d-1", "Oak")]),
    case(
        "NUL in a row that cannot be read", f"d-1,,,Oa\0k\n{SCHOOL}\n", [TWO[1]], (2, "too_short")
    ),
    case(
        "NUL in a row with an open quote",
        f'd-1,,,"Oa\0k,\n{SCHOOL}\n',
        [TWO[1]],
        (2, "bad_quoting"),
    ),
    case("very long value", f"d-1,,,{LONG},district,,\n{SCHOOL}\n", [(2, "d-1", LONG), TWO[1]]),
    case(
        "very long value, quoted",
        f'd-1,,,"{LONG}",district,,\n\n{SCHOOL}\n',
        [(2, "d-1", LONG), (4, *TWO[1][1:])],
    ),
    # Columns
    case("columns in another order", b"type,name,sourcedId\ndistrict,Oak,d-1\n", TWO[:1]),
    case("blanks around names of columns", b"sourcedId , name,type\nd-1,Oak,district\n", TWO[:1]),
    case(
        "header over two lines",
        b'sourcedId,name,type,"metadata.a\nb"\nd-1,Oak,district,x\n',
        TWO[:1],
    ),
    case(
        "broken byte in the name of an extension column",
        b"sourcedId,name,type,metadata.caf\xe9\nd-1,Oak,district,x\ns-1,North,school,\xc3\xa9\n",
        TWO,
    ),
]


@pytest.mark.parametrize("it", CASES, ids=lambda it: it.name)
def test_rows_and_numbers(it: Case, tmp_path: Path) -> None:
    path = write_files(tmp_path / "delivery", {"orgs.csv": it.content})
    staged = stage(path, tmp_path)
    assert table(staged, Resource.ORGS, "record", "sourcedId", "name") == it.rows
    refused = [
        place for place in places([*staged.findings, *staged.refusals()]) if ".row." in place[0]
    ]
    assert refused == [(f"orgs.row.{problem}", record) for record, problem in it.refused]
    file = staged.files[Resource.ORGS]
    assert (file.rows, file.refused) == (len(it.rows), len(it.refused))


@pytest.mark.parametrize("it", CASES, ids=lambda it: it.name)
def test_findings_are_text_that_every_store_takes(it: Case, tmp_path: Path) -> None:
    path = write_files(tmp_path / "delivery", {"orgs.csv": it.content})
    staged = stage(path, tmp_path)
    for finding in [*staged.findings, *staged.refusals()]:
        for text in (finding.field, finding.value):
            written = (text or "").encode()  # raises for what UTF-8 cannot hold
            assert b"\0" not in written


def test_long_quoted_stretches_do_not_cost_the_rows_after_them(tmp_path: Path) -> None:
    rows = [f"s-{number},,,North,school,,d-1" for number in range(5_000)]
    rows[10] = 's-10,,,"North,school,,d-1'  # left open; the next quote is far away
    rows[4_000] = 's-4000,,,"North",school,,d-1'
    content = lines(HEADER, *rows).encode()
    staged = stage(write_files(tmp_path / "delivery", {"orgs.csv": content}), tmp_path)
    assert (staged.files[Resource.ORGS].rows, staged.files[Resource.ORGS].refused) == (4_999, 1)
    records = table(staged, Resource.ORGS, "record", "sourcedId")
    assert (4_002, "s-4000") in records
    assert ("orgs.row.bad_quoting", 12) in places([*staged.findings, *staged.refusals()])


def test_numbers_stay_right_in_files_of_several_buffers(tmp_path: Path) -> None:
    """DuckDB reads large files in parallel; the numbers must not notice."""
    rows = [f's-{number},,,"North\n{"x" * 180}",school,,d-1' for number in range(250_000)]
    content = lines(HEADER, *rows).encode()
    staged = stage(write_files(tmp_path / "delivery", {"orgs.csv": content}), tmp_path)
    assert staged.files[Resource.ORGS].rows == 250_000
    wrong = f"select count(*) from \"{Resource.ORGS}\" where sourcedId <> 's-' || (record - 2)"
    with staged.workspace.connect() as database:
        assert database.execute(wrong).fetchone() == (0,)


def test_refused_row_of_a_user_does_not_show_a_password(tmp_path: Path) -> None:
    header = "sourcedId,enabledUser,orgSourcedIds,role,username,givenName,familyName,password"
    content = lines(header, "u-1,true,d-1,student,u1,Ana,Ortiz,S3cret!,extra").encode()
    staged = stage(write_files(tmp_path / "delivery", {"users.csv": content}), tmp_path)
    assert [finding.value for finding in staged.refusals()] == ["u-1"]


def test_words_in_other_capitals_are_the_words_of_the_standard(tmp_path: Path) -> None:
    content = lines(HEADER, "s-1,Inactive,,North,SCHOOL,,d-1").encode()
    staged = stage(write_files(tmp_path / "delivery", {"orgs.csv": content}), tmp_path)
    assert table(staged, Resource.ORGS, "status", "type") == [("tobedeleted", "school")]
