"""DuckDB reads plain files, the careful reader all others: nobody may notice which one did."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.packages import write_files

from rollbook.staging.data import StagedRoster, Workspace
from rollbook.staging.records import read_records
from rollbook.staging.shape import look_at
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


def test_file_of_quoted_values_is_left_to_the_quick_reader(tmp_path: Path) -> None:
    """The careful reader is forty times slower; only what needs it may get it."""
    path = tmp_path / "orgs.csv"
    path.write_bytes(f'{HEADER}\n"d-1","Oak ""North""","a,b"\n'.encode())
    assert look_at(path).is_plain
