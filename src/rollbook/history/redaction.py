"""Rewrite the files of a package without a person, every other byte as it was."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from rollbook.staging.decoding import tell_encoding
from rollbook.staging.headers import tell_delimiter

_TABLES = (".csv", ".txt", ".tsv")
_NAMES_PEOPLE = re.compile(
    r"user|student|teacher|staff|contact|guardian|agent|parent|person|email", re.IGNORECASE
)
_FILES_OF_PEOPLE = re.compile(
    r"user|student|teacher|staff|contact|guardian|demographic|admin", re.IGNORECASE
)
_OWN_ID = re.compile(r"(sourced|sis)? ?id$", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:student|teacher|staff|contact)-")


@dataclass(frozen=True, slots=True)
class Traces:
    """What a person leaves in the files of one delivery.

    Attributes:
        ids: The person's ids, as staging has them.
        terms: What only the person has, in small letters.
        whole: For each file the rows that are the person's: file name to record numbers.
        shared: For each file rows that name the person and are about others too.
        understood: Files whose rows staging took in, refused ones apart; of others every row is
            judged by its columns.
    """

    ids: frozenset[str]
    terms: frozenset[str]
    whole: Mapping[str, frozenset[int]] = field(default_factory=dict)
    shared: Mapping[str, frozenset[int]] = field(default_factory=dict)
    understood: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def written(self) -> frozenset[str]:
        """The ids as the files may have them: without the prefix that staging gave."""
        return self.ids | {_PREFIX.sub("", it) for it in self.ids}


@dataclass(slots=True)
class Redacted:
    """What was taken out of a package."""

    rows: int = 0
    cells: int = 0

    @property
    def total(self) -> int:
        """Rows and cells together: nothing, and the package stays as it is."""
        return self.rows + self.cells


def redact_package(package: Path, target: Path, traces: Traces) -> Redacted:
    """Write a ZIP without a person's rows and, in rows of others, without what names the person.

    Raises:
        zipfile.BadZipFile, csv.Error, UnicodeError, RuntimeError, NotImplementedError: A file
            cannot be read.
    """
    done = Redacted()
    with (
        zipfile.ZipFile(package) as archive,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written,
        TemporaryDirectory(dir=target.parent) as folder,
    ):
        for member in archive.infolist():
            if member.is_dir():
                written.writestr(member, b"")
                continue
            path = Path(archive.extract(member, folder))
            if path.suffix.lower() in _TABLES:
                _redact_file(path, PurePosixPath(member.filename).name, traces, done)
            written.write(path, member.filename)
            path.unlink()
    return done


def find_traces(package: Path, traces: Traces) -> int:
    """Count the files of a ZIP that still hold one of the terms, or an id as a word of its own."""
    needles = [
        re.compile(rb"(?<![\w.@-])" + re.escape(it.encode(codec)) + rb"(?![\w.@-])", re.IGNORECASE)
        for codec in ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
        for it in {*traces.terms, *(it for it in traces.ids if len(it) > 5 and not it.isdigit())}
        if _can_be(it, codec)
    ]
    hits = 0
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            small = content.lower()
            hits += any(needle.search(small) for needle in needles)
    return hits


def _can_be(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeError:
        return False
    return True


def _redact_file(path: Path, name: str, traces: Traces, done: Redacted) -> None:
    encoding, _ = tell_encoding(path)
    target = path.with_name(f"{path.name}.redacted")
    before = done.total
    with (
        path.open(encoding=encoding, errors="surrogateescape", newline="") as lines,
        target.open("w", encoding=encoding, errors="surrogateescape", newline="") as out,
    ):
        judge: _Judge | None = None
        delimiter = tell_delimiter(lines.readline())
        lines.seek(0)
        for number, raw, cells in _records(lines, delimiter):
            if judge is None:
                judge = _Judge(name, cells, delimiter, traces)
                out.write(raw)
                continue
            out.write(judge.judge(number, raw, cells, done))
    if done.total > before:
        target.replace(path)
    else:
        target.unlink()


def _records(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield each record's number as a spreadsheet counts, its text as it stands, and its cells."""
    taken: list[str] = []

    def note() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    for number, cells in enumerate(csv.reader(note(), delimiter=delimiter), start=1):
        yield number, "".join(taken), cells
        taken.clear()


class _Judge:
    """Decides what of each row of one file stays."""

    def __init__(self, name: str, header: list[str], delimiter: str, traces: Traces) -> None:
        self._traces = traces
        self._delimiter = delimiter
        self._whole = traces.whole.get(name, frozenset())
        self._shared = traces.shared.get(name, frozenset())
        self._refused = traces.understood.get(name)
        is_of_people = _FILES_OF_PEOPLE.search(name) is not None
        self._people = {
            place
            for place, title in enumerate(header)
            if _NAMES_PEOPLE.search(title) or (is_of_people and _OWN_ID.search(title.strip()))
        }
        needles = [*traces.terms, *(it.casefold() for it in traces.written)]
        self._mentions = re.compile("|".join(map(re.escape, needles)) or r"(?!)").search
        terms = "|".join(map(re.escape, traces.terms)) or r"(?!)"
        self._tells = re.compile(rf"(?<![\w.@-])(?:{terms})(?![\w.@-])").search

    def judge(self, number: int, raw: str, cells: list[str], done: Redacted) -> str:
        """Return what stays of a row."""
        if number in self._whole or self._is_refused_and_theirs(number, raw, cells):
            done.rows += 1
            return ""
        if not self._mentions(raw.casefold()):
            return raw
        kept = [self._keep(place, cell, number) for place, cell in enumerate(cells)]
        changed = sum(before != after for before, after in zip(cells, kept, strict=True))
        if not changed:
            return raw
        done.cells += changed
        return _render(kept, self._delimiter, end=raw[len(raw.rstrip("\r\n")) :])

    def _is_refused_and_theirs(self, number: int, raw: str, cells: list[str]) -> bool:
        """Whether a row that staging could not read, or a file that it does not, is the person's.

        A row that cannot be read is dropped when it mentions the person anywhere.
        """
        if self._refused is None:
            return any(
                cell.strip() in self._traces.written
                for place, cell in enumerate(cells)
                if place in self._people
            )
        return number in self._refused and self._mentions(raw.casefold()) is not None

    def _keep(self, place: int, cell: str, number: int) -> str:
        if self._tells(cell.casefold()):
            return ""
        if number in self._shared and place in self._people:
            parts = [it for it in cell.split(",") if it.strip() not in self._traces.written]
            return ",".join(parts) if len(parts) < cell.count(",") + 1 else cell
        return cell


def _render(cells: list[str], delimiter: str, *, end: str) -> str:
    rendered: list[str] = []
    sink: Callable[[str], object] = rendered.append
    csv.writer(_Sink(sink), delimiter=delimiter, lineterminator=end).writerow(cells)
    return "".join(rendered)


class _Sink:
    """A file that hands on what is written to it."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self.write = write
