"""What a sync costs, against what its engines need for the same rows alone.

Aims: a night with 1 % churn at most 4 times DuckDB's reading of the same files, peak memory 2 GiB;
a first load at most 3 times PostgreSQL's COPY of the same rows into tables with the same keys.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from measuring import alone, print_row, read_by_duckdb


def main() -> None:
    options = _parse()
    with tempfile.TemporaryDirectory(prefix="rollbook-bench-", dir=options.work) as work:
        folder = Path(work)
        os.environ |= {
            "ROLLBOOK_DATA": str(options.keep or folder / "data"),
            "DJANGO_SETTINGS_MODULE": "rollbook.project.settings",
            "ROLLBOOK_MEMORY_LIMIT": options.memory_limit,
            "ROLLBOOK_LOG_LEVEL": "WARNING",
        }
        days = [_generate(options, folder, day) for day in (1, 2)]
        with _database():
            alone(_migrate)
            read, _ = alone(read_by_duckdb, days[0], options.memory_limit)
            first, first_memory = alone(_sync, days[0])
            copy, _ = alone(_copy_by_postgres, folder)
            quiet, _ = alone(_sync, days[0])
            night, night_memory = alone(_sync, days[1])
        print(f"\n{options.students:,} students, churn {options.churn:.0%}")
        print_row("DuckDB reads the files", read)
        print_row("PostgreSQL copies the rows", copy)
        print_row("first load", first, f"{first / copy:.1f} × COPY, {first_memory:,.0f} MB")
        print_row("quiet night", quiet, f"{quiet / read:.1f} × reading")
        print_row(
            "night with churn", night, f"{night / read:.1f} × reading, {night_memory:,.0f} MB"
        )


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=20_000)
    parser.add_argument("--churn", type=float, default=0.01)
    parser.add_argument("--memory-limit", default="1GB")
    parser.add_argument("--work", type=Path, help="A folder on a disk with room.")
    parser.add_argument("--data", type=Path, help="A folder with day1 and day2, made before.")
    parser.add_argument("--keep", type=Path, help="Data folder to keep for other benchmarks.")
    return parser.parse_args()


def _generate(options: argparse.Namespace, folder: Path, day: int) -> Path:
    from rollbook.generate import generate_district

    if options.data:
        return options.data / f"day{day}"
    out = folder / f"day{day}"
    generate_district(out, students=options.students, seed=1, day=day, churn=options.churn)
    return out


@contextmanager
def _database() -> Iterator[None]:
    from rollbook.commands.database import own_server

    with own_server():
        yield


def _migrate() -> float:
    import django

    django.setup()
    from django.core.management import call_command

    from rollbook.districts.models import District
    from rollbook.sharing.credentials import connect_application
    from rollbook.sharing.grants import set_rule
    from rollbook.sharing.models import SharingRule

    call_command("migrate", verbosity=0)
    district = District.objects.create(name="Benchmark", slug="benchmark")
    connection, _ = connect_application(district, "Reader", acting_user=None)
    set_rule(connection, SharingRule.ALL)
    return 0.0


def _sync(day: Path) -> float:
    """From the stored delivery to the published roster."""
    import django

    django.setup()
    from rollbook import pipeline
    from rollbook.districts.models import District
    from rollbook.runs.models import StageRecord
    from rollbook.sources.deliveries import receive_delivery
    from rollbook.sources.models import Road

    packed = _pack(day)
    with packed.open("rb") as file:
        run = receive_delivery(
            District.objects.get(), file=file, filename="b.zip", road=Road.COMMAND, acting_user=None
        )
    started = time.perf_counter()
    pipeline.run_sync(run.district_id, run.number)
    seconds = time.perf_counter() - started
    run.refresh_from_db()
    print(f"  run {run.number}: {run.state}")
    for record in StageRecord.objects.filter(run_number=run.number).order_by("started_at"):
        if record.finished_at:
            took = (record.finished_at - record.started_at).total_seconds()
            print(f"    {record.stage:<12} {took:>7.1f} s")
    return seconds


def _pack(day: Path) -> Path:
    packed = day.with_suffix(".zip")
    if not packed.exists():
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for path in sorted(day.iterdir()):
                archive.write(path, path.name)
    return packed


def _copy_by_postgres(folder: Path) -> float:
    """Copy the roster that is there into empty tables with the same keys and indexes."""
    import django

    django.setup()
    from django.db import transaction

    from rollbook.oneroster import RESOURCES
    from rollbook.roster.connection import open_cursor
    from rollbook.roster.tables import table_of

    tables = [*(table_of(resource) for resource in RESOURCES), "roster_user_org"]
    dump = folder / "dump"
    dump.mkdir()
    seconds = 0.0
    for table in tables:
        with (
            open_cursor() as cursor,
            (dump / table).open("wb") as file,
            cursor.copy(f"copy (select * from {table} order by 1, 2) to stdout") as copy,
        ):
            for chunk in copy:
                file.write(chunk)
    for table in tables:
        with transaction.atomic(), open_cursor() as cursor:
            cursor.execute(f"create table alone_{table} (like {table} including all)")
            started = time.perf_counter()
            with (
                (dump / table).open("rb") as file,
                cursor.copy(f"copy alone_{table} from stdin") as copy,
            ):
                while chunk := file.read(1024 * 1024):
                    copy.write(chunk)
            seconds += time.perf_counter() - started
    with open_cursor() as cursor:
        cursor.execute(f"drop table {', '.join(f'alone_{table}' for table in tables)}")
    shutil.rmtree(dump)
    return seconds


if __name__ == "__main__":
    main()
