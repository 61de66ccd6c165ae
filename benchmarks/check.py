"""What `rollbook check` costs, against reading the same files and against a plain program.

Aims: at most 3 times what DuckDB needs to read the files as text into tables, peak memory 2 GiB.
The plain program checks ten rules with Python's csv module and dictionaries, as a district's own
script would.
"""

from __future__ import annotations

import argparse
import csv
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from measuring import alone, print_row, processor_seconds, read_by_duckdb

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ROLES = {
    "administrator",
    "aide",
    "guardian",
    "parent",
    "proctor",
    "relative",
    "student",
    "teacher",
}


def main() -> None:
    options = _parse()
    with tempfile.TemporaryDirectory(prefix="rollbook-bench-", dir=options.work) as work:
        package = options.data or _generate(options, Path(work) / "package")
        print(f"{package}: {sum(path.stat().st_size for path in package.iterdir()) / 1e6:,.0f} MB")
        clock = processor_seconds if options.processor else time.perf_counter
        read, use = alone(read_by_duckdb, package, options.memory_limit, clock)
        print_row("DuckDB reads the files", read, f"{use.megabytes:,.0f} MB")
        report = Path(work) / "report.json"
        check, use = alone(_check, package, options.memory_limit, report, clock)
        print_row("rollbook check", check, f"{check / read:.1f} × reading, {use.megabytes:,.0f} MB")
        if (package / "orgs.csv").exists() and not options.skip_plain:
            plain, use = alone(_check_plainly, package, clock)
            remark = f"{plain / check:.1f} × rollbook check, {use.megabytes:,.0f} MB"
            print_row("ten rules, csv module", plain, remark)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=20_000)
    parser.add_argument("--format", default="oneroster-1.1")
    parser.add_argument("--memory-limit", default="1500MB")
    parser.add_argument("--work", type=Path, help="A folder on a disk with room.")
    parser.add_argument("--data", type=Path, help="A package made before, as a folder.")
    parser.add_argument(
        "--processor", action="store_true", help="Count seconds of the processor, not of the wall."
    )
    parser.add_argument("--skip-plain", action="store_true", help="Leave the plain program out.")
    return parser.parse_args()


def _generate(options: argparse.Namespace, out: Path) -> Path:
    from rollbook.commands.main import run

    students, name = str(options.students), options.format
    run(["generate", str(out), "--students", students, "--format", name, "--quiet"])
    return out


def _check(package: Path, memory_limit: str, report: Path, clock: Callable[[], float]) -> float:
    from rollbook.commands.main import run

    started = clock()
    limit = ["--memory-limit", memory_limit]
    code = run(["check", str(package), "--format", "json", "--out", str(report), *limit])
    seconds = clock() - started
    print(f"  exit code {code}, report of {report.stat().st_size:,} bytes")
    return seconds


def _check_plainly(package: Path, clock: Callable[[], float]) -> float:
    """Check ten rules of a OneRoster 1.1 package, and print how many rows break each."""
    started, found = clock(), Counter[str]()
    orgs = {row["sourcedId"] for row in _rows(package, "orgs")}
    users: dict[str, str] = {}
    for row in _rows(package, "users"):
        found["user without a name"] += not (row["givenName"] and row["familyName"])
        found["user of an unknown role"] += row["role"] not in _ROLES
        found["user at an unknown org"] += not orgs.issuperset(row["orgSourcedIds"].split(","))
        found["user twice"] += row["sourcedId"] in users
        users[row["sourcedId"]] = row["role"]
    classes = {row["sourcedId"]: row["schoolSourcedId"] for row in _rows(package, "classes")}
    taught, learning = set[str](), set[str]()
    for row in _rows(package, "enrollments"):
        user, roster_class = row["userSourcedId"], row["classSourcedId"]
        found["enrollment of an unknown user"] += user not in users
        found["enrollment in an unknown class"] += roster_class not in classes
        found["enrollment at another school"] += classes.get(roster_class) != row["schoolSourcedId"]
        found["no date"] += bool(row["beginDate"]) and not _DATE.fullmatch(row["beginDate"])
        (taught if row["role"] == "teacher" else learning).add(
            roster_class if row["role"] == "teacher" else user
        )
    found["class without a teacher"] += len(classes.keys() - taught)
    students = {user for user, role in users.items() if role == "student"}
    found["student without an enrollment"] += len(students - learning)
    print(f"  the plain program found {sum(found.values()):,} rows by {len(found)} rules")
    return clock() - started


def _rows(package: Path, name: str) -> Iterator[dict[str, str]]:
    with (package / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    main()
