"""DuckDB reads plain files, the careful reader all others: nobody may notice which one did."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.packages import write_files

from rollbook.staging.data import StagedRoster, Workspace
from rollbook.staging.loading import load_file, make_refusals
from rollbook.staging.records import read_records
from rollbook.staging.shape import Shape, look_at
from rollbook.staging.stage import stage_files

HEADER = "sourcedId,name,type"
# Few letters, so that quotes, commas and line ends meet often.
SOUP = st.text(alphabet='ab", \n\r\té\0', max_size=60)
CELLS = st.text(alphabet=st.sampled_from("ab\", é🎒\n\r'\\;|#"), max_size=6)
MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read_both_ways(content: bytes) -> None:
    """Stage a file, and read it with the careful reader; fail where the two differ."""
    with TemporaryDirectory() as folder:
        base = Path(folder)
        path = write_files(base / "delivery", {"orgs.csv": content})
        staged = stage_files(path, workspace=Workspace(base))
        shape = look_at(path / "orgs.csv")
        _, *records = read_records(path / "orgs.csv", shape)
        rows = [
            (it.number, *(cell or None for cell in it.cells)) for it in records if not it.refusal
        ]
        refused = [(f"orgs.row.{it.refusal}", it.number) for it in records if it.refusal]
        assert _rows(staged) == rows
        assert _refused(staged) == refused


def _rows(staged: StagedRoster) -> list[tuple[object, ...]]:
    with staged.workspace.connect() as database:
        return database.execute(
            "select record, c0, c1, c2 from raw_orgs order by record"
        ).fetchall()


def _refused(staged: StagedRoster) -> list[tuple[str, int | None]]:
    return [(found.code, found.record) for found in staged.refusals()]


@MANY
@given(SOUP)
def test_readers_agree_on_any_text(text: str) -> None:
    read_both_ways(f"{HEADER}\n{text}".encode())


@MANY
@given(st.lists(st.binary(max_size=8), max_size=6))
def test_readers_agree_on_any_bytes(pieces: list[bytes]) -> None:
    read_both_ways(HEADER.encode() + b"\n" + b",".join(pieces))


@MANY
@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6),
    line_end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    bom=st.booleans(),
    ends_last_line=st.booleans(),
)
def test_what_was_written_is_read(
    rows: list[tuple[str, str, str]], line_end: str, quoting: int, bom: bool, ends_last_line: bool
) -> None:
    text = io.StringIO(newline="")
    if any("\r" in cell for row in rows for cell in row):
        line_end = "\r\n"  # Python's writer quotes a carriage return only where it ends lines
    writer = csv.writer(text, lineterminator=line_end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(HEADER.split(","))
    writer.writerows(rows)
    content = text.getvalue() if ends_last_line else text.getvalue().removesuffix(line_end)
    with TemporaryDirectory() as folder:
        base = Path(folder)
        encoded = content.encode("utf-8-sig" if bom else "utf-8")
        path = write_files(base / "delivery", {"orgs.csv": encoded})
        expected = [
            (number, *(cell or None for cell in row))
            for number, row in enumerate(rows, start=2)
            if any(row)
        ]
        shape = look_at(path / "orgs.csv")
        if shape.pads_quotes:  # then blanks before values do not count
            return
        assert _rows(stage_files(path, workspace=Workspace(base))) == expected


# Pieces that meet in real files, for every way to delimit and encode.
PIECES = st.sampled_from(
    ["a", "1", "é", "’", " ", '"', '""', '"a"', '"a\nb"', '"a "b" c"', ",", ",", ",", "\n", "\r\n",
     "\r", "\n\n", ",,", ",,\n", "\0", "\ufffd", "🎒", "Ã©"]
)  # fmt: skip
PLAIN_PIECES = st.sampled_from(["a", "é", '"a"', '"a\nb"', ",,\n", "b,c,d\n", ",", "\n"])


def load(path: Path, shape: Shape, *, width: int, threads: int) -> tuple[object, ...]:
    """Load a file, and return everything that came of it."""
    with duckdb.connect() as database:
        database.execute(f"set threads = {threads}")
        make_refusals(database)
        copy = path.with_name("copy.csv")
        loaded = load_file(
            database, table="t", path=path, shape=shape, width=width, clean_copy=copy
        )
        rows = database.execute("from t order by record").fetchall()
        refused = database.execute("from refusals order by record").fetchall()
        tolerated = database.execute("from tolerations order by record").fetchall()
    return rows, refused, tolerated, loaded.has_line_breaks, {*loaded.line_ends}


@MANY
@given(
    pieces=st.one_of(st.lists(PIECES, max_size=25), st.lists(PLAIN_PIECES, max_size=25)),
    header=st.sampled_from(["id,name,kind", "id,name,kind,", '"id","name","kind"', "id"]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    threads=st.sampled_from([1, 3]),
)
def test_quick_and_careful_reader_agree(
    pieces: list[str], header: str, delimiter: str, encoding: str, end: str, threads: int
) -> None:
    text = f"{header}\n{''.join(pieces)}".replace(",", delimiter)
    if "\r" not in text:
        text = text.replace("\n", end)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(text.encode(encoding, "replace"))
        shape = look_at(path)
        width = len(next(read_records(path, shape)).cells)
        careful = replace(shape, is_plain=False, needs_copy=False)
        quick = load(path, shape, width=width, threads=threads)
        assert quick == load(path, careful, width=width, threads=1)


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("odd", ["", "\n", "x\n", ",,\n", '"a" b,,\n'])
def test_numbers_stay_right_with_several_threads(odd: str, threads: int, tmp_path: Path) -> None:
    """Blank lines, refused rows and line breaks in values, in a file of many pieces."""
    path = tmp_path / "t.csv"
    with path.open("w", newline="") as file:
        file.write("id,name,kind\n")
        for number in range(2, 60_002):
            name = f'"{"North" * 60}\n{number}"' if odd != "\n" and number % 7 == 0 else "x" * 400
            file.write(odd if odd and number % 5_000 == 0 else f"{number},{name},a\n")
    shape = look_at(path)
    with duckdb.connect() as database:
        database.execute(f"set threads = {threads}")
        make_refusals(database)
        names = {"table": "t", "path": path, "shape": shape, "clean_copy": tmp_path / "copy.csv"}
        loaded = load_file(database, width=3, **names)  # type: ignore[arg-type]
        odd_rows = 12 if odd else 0
        is_refused = odd.startswith(("x", '"'))
        assert (loaded.rows, loaded.refused) == (60_000 - odd_rows, odd_rows * is_refused)
        wrong = "select count(*) from t where c0::bigint <> record"
        assert database.execute(wrong).fetchone() == (0,)
        assert database.execute(
            "select count(*) from refusals where record % 5000 > 0"
        ).fetchone() == (0,)


def test_file_of_quoted_values_is_left_to_the_quick_reader(tmp_path: Path) -> None:
    """The careful reader is forty times slower; only what needs it may get it."""
    path = tmp_path / "orgs.csv"
    path.write_bytes(f'{HEADER}\n"d-1","Oak ""North""","a,b"\n'.encode())
    assert look_at(path).is_plain
