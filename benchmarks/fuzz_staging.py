"""Stage deliveries that no exporter would write, for as long as you like.

Small deliveries of every format are damaged in their bytes, lines, names and archives, and staged
in processes of their own, each with a limit of memory and of time for a case. Whatever happens, a
delivery is either refused with a sentence or staged, and then the rows read and the rows refused
are those that a simple count finds, where the bytes leave no doubt. What fails is kept.

    python benchmarks/fuzz_staging.py --minutes 20 --workers 2
    python benchmarks/fuzz_staging.py --replay var/fuzz/3-1041
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import re
import resource
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "tests" / "samples"
MEGABYTE = 1024 * 1024

Files = dict[str, bytes]


def main() -> None:
    options = _parse()
    if options.replay:
        print(json.dumps(_judge(options.replay), indent=2))
    elif options.worker is not None:
        _work(options)
    else:
        sys.exit(_watch(options))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--memory", type=int, default=3_000, help="Address space, in megabytes.")
    parser.add_argument("--growth", type=int, default=150, help="Megabytes a worker may grow by.")
    parser.add_argument("--case-seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", type=Path, default=ROOT / "var" / "fuzz")
    parser.add_argument("--replay", type=Path, help="A delivery that failed before.")
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


# What the parent does


@dataclass
class _Worker:
    """A process that stages cases and reports each on a line."""

    number: int
    child: subprocess.Popen[str]
    folder: Path
    heard_at: float
    memory: list[float] = field(default_factory=list)


@dataclass
class _Figures:
    """What has been seen so far."""

    cases: int = 0
    counted: int = 0
    results: Counter[str] = field(default_factory=Counter)
    slowest: float = 0
    failures: list[str] = field(default_factory=list)


def _watch(options: argparse.Namespace) -> int:
    options.keep.mkdir(parents=True, exist_ok=True)
    end, figures = time.monotonic() + options.minutes * 60, _Figures()
    with tempfile.TemporaryDirectory(prefix="rollbook-fuzz-") as base:
        selector = selectors.DefaultSelector()
        for number in range(options.workers):
            _start(options, number, Path(base), selector)
        started, last = options.workers, time.monotonic()
        while time.monotonic() < end:
            for key, _ in selector.select(timeout=1):
                line = key.fileobj.readline()  # type: ignore[union-attr]
                if line:
                    _note(figures, key.data, json.loads(line), options)
            for key in list(selector.get_map().values()):
                worker: _Worker = key.data
                ended = worker.child.poll() is not None
                hangs = time.monotonic() - worker.heard_at > options.case_seconds
                if ended or hangs:
                    reason = f"hangs for {options.case_seconds:g} s" if hangs else "process ended"
                    _keep(figures, worker, f"{reason}, {_end(worker, selector)}", options)
                    _start(options, started, Path(base), selector)
                    started += 1
            if time.monotonic() - last > 60:
                last = time.monotonic()
                print(f"{figures.cases:,} cases, {len(figures.failures)} failures", flush=True)
        for key in list(selector.get_map().values()):
            _check_growth(figures, key.data, options)
            _end(key.data, selector)
            slowest = options.keep / f"slowest-{options.seed}-{key.data.number}"
            if (key.data.folder / "slowest").exists():
                shutil.copytree(key.data.folder / "slowest", slowest)
    _print(figures, options)
    return bool(figures.failures)


def _start(
    options: argparse.Namespace, number: int, base: Path, selector: selectors.BaseSelector
) -> None:
    folder = base / str(number)
    folder.mkdir()
    command = [
        *(sys.executable, __file__, f"--worker={number}", f"--seed={options.seed}"),
        *(f"--keep={folder}", f"--memory={options.memory}"),
    ]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert child.stdout
    worker = _Worker(number, child, folder, time.monotonic() + 10)
    selector.register(child.stdout, selectors.EVENT_READ, worker)


def _end(worker: _Worker, selector: selectors.BaseSelector) -> str:
    assert worker.child.stdout
    selector.unregister(worker.child.stdout)
    worker.child.kill()
    code = worker.child.wait()
    worker.child.stdout.close()
    return signal.Signals(-code).name if code < 0 else f"exit {code}"


def _note(
    figures: _Figures, worker: _Worker, report: dict[str, Any], options: argparse.Namespace
) -> None:
    worker.heard_at = time.monotonic()
    worker.memory.append(report["memory"])
    figures.cases += 1
    figures.counted += report["counted"]
    figures.results[report["result"]] += 1
    figures.slowest = max(figures.slowest, report["seconds"])
    if report["failure"]:
        shown = report["failure"] + "".join(report["trace"])
        _keep(figures, worker, shown, options, folder=worker.folder / "failed" / report["case"])


def _keep(
    figures: _Figures,
    worker: _Worker,
    reason: str,
    options: argparse.Namespace,
    folder: Path | None = None,
) -> None:
    """Keep the case that failed, or else the one that was being staged."""
    source = folder or worker.folder / "case"
    target = options.keep / f"{options.seed}-{worker.number}-{figures.cases}"
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        shutil.copytree(source, target)
    figures.failures.append(f"{target}: {reason}")
    print(f"FAILED {figures.failures[-1]}", flush=True)


def _check_growth(figures: _Figures, worker: _Worker, options: argparse.Namespace) -> None:
    """Compare memory after a first round of cases, when all is loaded, with that at the end."""
    settled = worker.memory[len(worker.memory) // 4 :]
    if len(settled) > 100 and settled[-1] - settled[0] > options.growth:
        figures.failures.append(
            f"worker {worker.number} grew from {settled[0]:,.0f} to {settled[-1]:,.0f} MB"
        )
    elif settled:
        print(f"worker {worker.number}: {settled[0]:,.0f} MB, then {settled[-1]:,.0f} MB")


def _print(figures: _Figures, options: argparse.Namespace) -> None:
    print(f"\n{figures.cases:,} cases in {options.minutes:g} minutes, seed {options.seed}")
    print(f"{figures.counted:,} files whose rows were counted by other means")
    print(f"slowest case {figures.slowest:.2f} s")
    for result, count in figures.results.most_common():
        print(f"  {count:>8,} {result}")
    print(f"{len(figures.failures)} failures")
    for failure in figures.failures:
        print(f"  {failure.splitlines()[0]}")


# What a worker does


def _work(options: argparse.Namespace) -> None:
    limit = options.memory * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    seeds = list(_seeds())
    chance = random.Random(f"{options.seed}-{options.worker}")
    failed, slowest = options.keep / "failed", 0.0
    for number in range(10**9):
        case = options.keep / "case"
        shutil.rmtree(case, ignore_errors=True)
        case.mkdir()
        _write_case(chance, chance.choice(seeds), case)
        began = time.monotonic()
        report = _judge(case)
        report["seconds"] = time.monotonic() - began
        report["memory"] = _resident_megabytes()
        report["case"] = str(number)
        if report["failure"]:
            failed.mkdir(exist_ok=True)
            shutil.copytree(case, failed / str(number))
        if report["seconds"] > slowest:
            slowest = report["seconds"]
            shutil.rmtree(options.keep / "slowest", ignore_errors=True)
            shutil.copytree(case, options.keep / "slowest")
        print(json.dumps(report), flush=True)


def _resident_megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / MEGABYTE


def _judge(case: Path) -> dict[str, Any]:
    """Stage and check the one delivery in a folder, and say what came of it."""
    from rollbook.staging.data import Workspace
    from rollbook.staging.errors import PackageUnreadableError
    from rollbook.staging.stage import stage_files
    from rollbook.validation.problems import find_problems

    (path,) = case.iterdir()
    report: dict[str, Any] = {"failure": None, "trace": [], "counted": 0}
    with tempfile.TemporaryDirectory(prefix="rollbook-fuzz-") as folder:
        try:
            staged = stage_files(path, workspace=Workspace(Path(folder), memory_limit="300MB"))
            report["result"] = "staged"
            report["counted"] = _check(path, Path(folder), staged)
            if _size(path) % 10 == 0:  # the rules take ten times as long
                find_problems(staged, published=None)
        except PackageUnreadableError as error:
            report["result"] = error.code
        except Exception as error:
            report["result"] = type(error).__name__
            report["failure"] = f"{type(error).__name__}: {str(error)[:300]}\n"
            report["trace"] = traceback.format_tb(error.__traceback__)[-6:]
    return report


def _size(path: Path) -> int:
    """Return the bytes of a delivery: one in ten can be divided by ten, in every replay."""
    return sum(file.stat().st_size for file in [path, *path.rglob("*")] if file.is_file())


def _check(path: Path, workspace: Path, staged: Any) -> int:
    """Compare what was staged with a count of its own; return how many files could be counted."""
    refusals = list(staged.refusals())
    files = list(staged.read)
    for finding in [*staged.findings, *refusals]:
        for text in (finding.field, finding.value, finding.file):
            if "\0" in (text or "").encode().decode():
                raise AssertionError("a finding holds a NUL")
    refused = Counter(finding.file for finding in refusals)
    counted = 0
    folders = [path, workspace / "package"] if path.is_dir() else [workspace / "package"]
    for file in files:
        if refused[file.name] != file.refused:
            raise AssertionError(f"{file.refused} rows of {file.name} refused, not all told")
        found = [it for folder in folders for it in folder.rglob(file.name)]
        rows = _count_simply(found[0].read_bytes()) if len(found) == 1 else None
        if rows is not None:
            counted += 1
            if rows != file.rows + file.refused:
                raise AssertionError(
                    f"{file.name} has {rows} rows; {file.rows} read, {file.refused} refused"
                )
    return counted


def _count_simply(content: bytes) -> int | None:
    """Count the rows of a file; None where that takes more than counting."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content:
        return None
    content = content.removeprefix(b"\xef\xbb\xbf")
    if b'"' not in content:
        lines = [line for line in re.split(rb"\r\n|\r|\n", content) if line]
        is_clear = all(line.strip(b",;\t|") for line in lines)
        return max(0, len(lines) - 1) if is_clear else None
    try:
        text = content.decode()
        header = text.lstrip("\r\n").splitlines()[0] if text.strip("\r\n") else ""
        if any(delimiter in header for delimiter in ";\t|") or "," not in header:
            return None
        if re.search(r', +"', text):
            return None
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if any(row)]
    except (UnicodeDecodeError, csv.Error):
        return None
    # A row that spans lines may be two with a quote too many each, and is then none at all.
    widths = {len(row) for row in rows}
    return len(rows) - 1 if len(widths) == 1 else None


# Where cases come from


def _seeds() -> Iterator[Files]:
    for folder in sorted(SAMPLES.iterdir()):
        if folder.is_dir():
            yield {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}
    yield _CLEVER
    yield _SDS
    yield {**_CLEVER, **_GUARDIANS}


_CLEVER: Files = {
    "schools.csv": b"School_id,School_name,School_number\n1,Oak,1\n2,Elm,2\n",
    "students.csv": b"School_id,Student_id,Last_name,First_name,Grade,Contact_name,ext.bus\n"
    b'1,10,Ford,"Thomas ""Tom""",3,"Ford, Ann",7\n1,10,Ford,Thomas,3,Bo Ford,7\n2,11,Ng,Li,K,,\n',
    "teachers.csv": b"School_id,Teacher_id,Last_name,First_name\n1,20,Ruiz,Zo\xc3\xab\n",
    "sections.csv": b"School_id,Section_id,Teacher_id,Name,Term_name,Term_start,Term_end\n"
    b"1,30,20,Math 3,Fall,8/15/2026,12/20/2026\n",
    "enrollments.csv": b"School_id,Section_id,Student_id\n1,30,10\n1,30,11\n",
}
_SDS: Files = {
    "School.csv": b"SIS ID,Name\n1,Oak\n",
    "Section.csv": b"SIS ID,School SIS ID,Section Name\n30,1,Math\n",
    "Student.csv": b"SIS ID,School SIS ID,Username\n10,1,tom\n",
    "Teacher.csv": b"SIS ID,School SIS ID,Username\n20,1,zoe\n",
    "StudentEnrollment.csv": b"Section SIS ID,SIS ID\n30,10\n",
    "TeacherRoster.csv": b"Section SIS ID,SIS ID\n30,20\n",
}
_GUARDIANS: Files = {"guardians.csv": b"student_id,guardian_id,name,email\n10,g1,Ann,a@x.example\n"}


def _write_case(chance: random.Random, seed: Files, folder: Path) -> None:
    files = dict(seed)
    if chance.random() < 0.3:
        _rewrite_all(chance, files)
    for _ in range(chance.choice([0, 1, 1, 1, 2, 3, 6])):
        name = chance.choice([*files] or ["users.csv"])
        content = files.get(name, b"")
        other = chance.choice([*files.values()] or [b""])
        files[name] = chance.choice(_DAMAGES)(chance, content, other)
    if chance.random() < 0.2:
        chance.choice(_SHUFFLES)(chance, files)
    if chance.random() < 0.5:
        for name, content in files.items():
            target = folder / "delivery" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        (folder / "delivery").mkdir(exist_ok=True)
        return
    packed = _pack(chance, files)
    if chance.random() < 0.4:
        packed = chance.choice([_flip, _cut, _insert, _repeat])(chance, packed, packed)
    (folder / "delivery.zip").write_bytes(packed)


def _pack(chance: random.Random, files: Files) -> bytes:
    out = io.BytesIO()
    prefix = chance.choice(["", "", "", "export/", "a/b/", "../", "/", "export\\"])
    method = chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(prefix + name, content)
    return out.getvalue()


def _rewrite_all(chance: random.Random, files: Files) -> None:
    """Write every file in another way that says the same."""
    encoding = chance.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "latin-1"])
    delimiter = chance.choice([",", ",", ";", "\t", "|"])
    end = chance.choice(["\n", "\r\n", "\r"])
    quoting = chance.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
    tail = chance.choice(["", "", "", delimiter, "\n"])
    for name, content in files.items():
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=delimiter, lineterminator=tail + end, quoting=quoting)  # type: ignore[arg-type]
        writer.writerows(csv.reader(io.StringIO(content.decode("utf-8", "replace"), newline="")))
        files[name] = out.getvalue().encode(encoding, "replace")


_TOKENS = [
    *(b'"', b'""', b'"""', b',"', b'",', b", ", b",,", b";", b"\t", b"|", b"\\", b"'"),
    *(b"\n", b"\r", b"\r\n", b"\n\n", b"\r\r\n", b"\n,,\n", b"\x0b", b"\x0c", b"\x1a", b"\0"),
    *(b"\xff", b"\xc3", b"\xe9", b"\x81", b"\xc3\xa9", b"\xc3\x83\xc2\xa9", b"\xf0\x9f\x8e\x92"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xc2\xad", b"\xe2\x80\x8b", b"\xc2\x85"),
    *(b"\xed\xa0\x80", b"\xe2\x80\xa8", b"\xc2\xa0", b"=1+1", b"sep=;\n", b"8-Jun", b"1/2/99"),
    *(b"tobedeleted", b"-1", b"1e999", b"9" * 40, b"NULL", b"{", b"}", b"%s", b"'); drop table x;"),
]


def _place(chance: random.Random, content: bytes) -> int:
    """Return a place, more often at a border than anywhere."""
    borders = [0, len(content)]
    at = chance.randrange(len(content) + 1)
    border = content.find(chance.choice([b",", b"\n", b'"', b"\r"]), at)
    return chance.choice([*borders, at, at, max(border, 0), max(border, 0) + 1])


def _flip(chance: random.Random, content: bytes, _: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 8])):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _insert(chance: random.Random, content: bytes, _: bytes) -> bytes:
    for _ in range(chance.choice([1, 1, 2, 4, 10])):
        at = _place(chance, content)
        content = content[:at] + chance.choice(_TOKENS) + content[at:]
    return content


def _cut(chance: random.Random, content: bytes, _: bytes) -> bytes:
    begin, end = sorted((_place(chance, content), _place(chance, content)))
    return content[:begin] if chance.random() < 0.4 else content[:begin] + content[end:]


def _repeat(chance: random.Random, content: bytes, _: bytes) -> bytes:
    begin, end = sorted((_place(chance, content), _place(chance, content)))
    return content[:begin] + content[begin:end] * chance.choice([2, 3, 50]) + content[end:]


def _splice(chance: random.Random, content: bytes, other: bytes) -> bytes:
    begin, end = sorted((_place(chance, other), _place(chance, other)))
    at = _place(chance, content)
    return content[:at] + other[begin:end] + content[at:]


def _replace(chance: random.Random, content: bytes, _: bytes) -> bytes:
    old = chance.choice([b",", b"\n", b'"', b"\r\n", b"1", b"a", b" ", b"-"])
    return content.replace(old, chance.choice(_TOKENS), chance.choice([1, 2, -1]))


def _encode(chance: random.Random, content: bytes, _: bytes) -> bytes:
    text = content.decode("utf-8", "replace")
    encoding = chance.choice(["utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "utf-32"])
    encoded = text.encode(encoding, "replace")
    return encoded if chance.random() < 0.7 else encoded + content


def _swell(chance: random.Random, content: bytes, _: bytes) -> bytes:
    """Make one thing very large: a value, a header, a stretch of blank lines or open quotes."""
    at = _place(chance, content)
    what = chance.choice([b"x", b",", b"\n", b'"', b"\0", b'"\n', b"a,b\n", b'"a', b"\xc3\xa9"])
    return content[:at] + what * chance.choice([100, 3_000, 200_000]) + content[at:]


def _end_lines(chance: random.Random, content: bytes, _: bytes) -> bytes:
    """End some lines otherwise, with delimiters or with quotes."""
    share = chance.choice([0.1, 0.5, 1])
    tail = chance.choice([b",", b",,", b",x", b'"', b" ", b"\r", b"\n", b",\n", b"\x1a"])
    lines = content.split(b"\n")
    return b"\n".join(line + tail if chance.random() < share else line for line in lines)


def _columns(chance: random.Random, content: bytes, _: bytes) -> bytes:
    """Drop, double, rename or move a column, in the header and below or in the header alone."""
    rows = [line.split(b",") for line in content.splitlines()]
    if not rows or not rows[0]:
        return content
    at, to = chance.randrange(len(rows[0])), chance.randrange(len(rows[0]))
    kind = chance.choice(["drop", "double", "rename", "move"])
    for row in rows[: 1 if chance.random() < 0.2 else None]:
        if len(row) > max(at, to):
            if kind == "double":
                row.insert(to, row[at])
            elif kind == "rename":
                row[at] = chance.choice([row[at].upper(), row[to], b"", row[at] + b"\xe2\x80\x8b"])
            else:
                cell = row.pop(at)
                row[to:to] = [cell] if kind == "move" else []
    return b"\n".join(b",".join(row) for row in rows)


_DAMAGES: list[Callable[[random.Random, bytes, bytes], bytes]] = [
    _flip, _insert, _insert, _insert, _cut, _repeat, _splice, _replace, _replace, _encode, _swell,
    _end_lines, _columns,
]  # fmt: skip


def _drop(chance: random.Random, files: Files) -> None:
    for name in chance.sample([*files], chance.randrange(len(files) + 1)):
        del files[name]


def _rename(chance: random.Random, files: Files) -> None:
    for name in chance.sample([*files], min(2, len(files))):
        new = chance.choice(
            [name.upper(), name.replace(".csv", ".txt"), f"old/{name}", f"{name}.gz", f" {name}",
             name[:3], f"é{name}", f"._{name}", "users.csv", f"{name}.csv"]
        )  # fmt: skip
        files[new] = files.pop(name)


def _double(chance: random.Random, files: Files) -> None:
    for name in chance.sample([*files], min(1, len(files))):
        files[chance.choice([name.title(), name.replace(".csv", ".TXT")])] = files[name]


def _empty(chance: random.Random, files: Files) -> None:
    for name in chance.sample([*files], min(2, len(files))):
        files[name] = chance.choice(
            [b"", b"\n", b"\xef\xbb\xbf", b"\0", b"\xff\xfe", b"PK\x03\x04"]
        )


_SHUFFLES: list[Callable[[random.Random, Files], None]] = [_drop, _rename, _double, _empty]


if __name__ == "__main__":
    main()
