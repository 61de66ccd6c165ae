"""What a sync costs, against what its engines need for the same rows alone.

One run measures the first load, then nights in which 0 %, 1 %, 10 % and 50 % of the records of each
resource are touched. Aims: the night with 1 % at most 4 times DuckDB's reading of the same files,
peak memory 2 GiB; a first load at most 3 times PostgreSQL's COPY of the same rows into tables with
the same keys; and the cost of applying grows with the changes, not with the roster.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from measuring import alone, cpu_seconds_of, print_row, read_by_duckdb, watching

CHURNS = (0.0, 0.01, 0.1, 0.5)


@dataclass(slots=True)
class Passage:
    """One run, measured.

    Attributes:
        name: "first load", or the night's churn.
        seconds: From the stored delivery to where the run rests.
        stages, stages_cpu: Seconds by stage, and processor time of worker and PostgreSQL.
            Publishing includes sharing.
        touched: Records created, updated and removed.
        records: Records in the delivery.
        wal_megabytes: What PostgreSQL wrote to its log.
        hot_share: Of the updated rows of the roster, those that touched no index.
        cpu_seconds: Processor time of worker and PostgreSQL together.
        worker_megabytes, postgres_megabytes: Most memory at one moment.
    """

    name: str
    seconds: float
    stages: dict[str, float]
    stages_cpu: dict[str, float]
    state: str
    touched: int
    records: int
    wal_megabytes: float = 0.0
    hot_share: float | None = None
    cpu_seconds: float = 0.0
    worker_megabytes: float = 0.0
    postgres_megabytes: float = 0.0


@dataclass(slots=True)
class Figures:
    """What one run of this benchmark found out. `sizes`: megabytes of tables with indexes."""

    students: int
    memory_limit: str
    read_seconds: float
    read_cpu_seconds: float
    copy_seconds: float = 0.0
    copy_cpu_seconds: float = 0.0
    passages: list[Passage] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)


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
        deliveries = _deliveries(options, options.data or folder)
        with _database():
            alone(_migrate)
            figures = _measure(options, deliveries, folder)
    _print(figures)
    if options.json:
        options.json.write_text(json.dumps(asdict(figures), indent=1) + "\n", encoding="utf-8")


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=20_000)
    parser.add_argument("--churns", type=float, nargs="*", default=CHURNS)
    parser.add_argument("--memory-limit", default="1GB")
    parser.add_argument("--work", type=Path, help="A folder on a disk with room.")
    parser.add_argument("--data", type=Path, help="Where deliveries are, or are kept once made.")
    parser.add_argument("--keep", type=Path, help="Data folder to keep for other benchmarks.")
    parser.add_argument("--json", type=Path, help="Where to write the figures, for plot.py.")
    return parser.parse_args()


def _deliveries(options: argparse.Namespace, folder: Path) -> dict[str, Path]:
    """Make the deliveries, or take those that are there: each night follows the one before."""
    from nights import make_first, make_night

    folder.mkdir(parents=True, exist_ok=True)
    last = make_first(folder / "first", students=options.students)
    deliveries = {"first load": last}
    for churn in options.churns:
        out = folder / f"night-{round(churn * 100)}"
        last = make_night(out, students=options.students, churn=churn, before=last)
        deliveries[f"{churn:.0%}"] = last
    return deliveries


@contextmanager
def _database() -> Iterator[None]:
    from rollbook.commands.database import own_server

    with own_server():
        yield


def _migrate() -> None:
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


def _measure(options: argparse.Namespace, deliveries: dict[str, Path], folder: Path) -> Figures:
    read, use = alone(read_by_duckdb, deliveries["first load"], options.memory_limit)
    figures = Figures(options.students, options.memory_limit, read, use.cpu_seconds)
    for name, delivery in deliveries.items():
        with watching(_postmaster()) as server:
            passage, worker = alone(_sync, name, delivery)
        passage.worker_megabytes = worker.megabytes
        passage.postgres_megabytes = server.megabytes
        figures.passages.append(passage)
        _print_passage(passage, figures)
        if not figures.copy_seconds:
            copied, _ = alone(_copy_by_postgres, folder)
            figures.copy_seconds, figures.copy_cpu_seconds = copied
            figures.sizes, _ = alone(_sizes)
    return figures


def _postmaster() -> int:
    pid_file = Path(os.environ["ROLLBOOK_DATA"]) / "postgres" / "cluster" / "postmaster.pid"
    return int(pid_file.read_text(encoding="ascii").split()[0])


def _sync(name: str, delivery: Path) -> Passage:
    """From the stored delivery to the published roster.

    A run that the guard holds is approved and measured when it is published.
    """
    import django

    django.setup()
    from rollbook import pipeline
    from rollbook.districts.models import District
    from rollbook.runs.models import RunState
    from rollbook.sources.deliveries import receive_delivery
    from rollbook.sources.models import Road

    with _pack(delivery).open("rb") as file:
        run = receive_delivery(
            District.objects.get(), file=file, filename="b.zip", road=Road.COMMAND, acting_user=None
        )
    while True:
        before = _counters()
        started, used = time.perf_counter(), _cpu_seconds()
        with _counting_stages() as stages_cpu:
            pipeline.run_sync(run.district_id, run.number)
        seconds, used = time.perf_counter() - started, _cpu_seconds() - used
        run.refresh_from_db()
        if run.state != RunState.HELD:
            break
        run.approved_digest = run.digest
        run.save(update_fields=["approved_digest"])
    after = _counters()
    updated = after["updated"] - before["updated"]
    return Passage(
        name=name,
        seconds=seconds,
        cpu_seconds=used,
        stages=_stage_seconds(run.number),
        stages_cpu=stages_cpu,
        state=str(run.state),
        touched=sum(
            counts.get(kind, 0)
            for counts in run.counts.values()
            for kind in ("create", "update", "abandon", "rekey")
        ),
        records=sum(counts["rows"] for counts in run.counts.values()),
        wal_megabytes=(after["wal"] - before["wal"]) / 1024**2,
        hot_share=(after["hot"] - before["hot"]) / updated if updated else None,
    )


def _cpu_seconds() -> float:
    """Return the processor time of this process and of PostgreSQL so far."""
    return time.process_time() + cpu_seconds_of(_postmaster())


@contextmanager
def _counting_stages() -> Iterator[dict[str, float]]:
    """Count the processor time of each stage of a run."""
    from rollbook import pipeline

    used: dict[str, float] = {}
    record_stage = pipeline.record_stage

    @contextmanager
    def count(run: Any, stage: Any) -> Iterator[Any]:
        before = _cpu_seconds()
        with record_stage(run, stage) as facts:
            yield facts
        used[str(stage)] = _cpu_seconds() - before

    with mock.patch.object(pipeline, "record_stage", count):
        yield used


def _pack(day: Path) -> Path:
    packed = day.with_suffix(".zip")
    if not packed.exists():
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for path in sorted(day.iterdir()):
                archive.write(path, path.name)
    return packed


def _stage_seconds(run_number: int) -> dict[str, float]:
    from rollbook.runs.models import StageRecord

    return {
        record.stage: (record.finished_at - record.started_at).total_seconds()
        for record in StageRecord.objects.filter(run_number=run_number).order_by("started_at")
        if record.finished_at
    }


def _counters() -> dict[str, int]:
    """Return what PostgreSQL has counted so far, for the whole server."""
    from rollbook.roster.connection import open_cursor

    with open_cursor() as cursor:
        cursor.execute("select pg_stat_force_next_flush()")
        cursor.execute(
            "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint, "
            "sum(n_tup_upd)::bigint, sum(n_tup_hot_upd)::bigint "
            "from pg_stat_user_tables where relname like 'roster%%'"
        )
        row = cursor.fetchone()
    return dict(zip(("wal", "updated", "hot"), row or (0, 0, 0), strict=True))


def _sizes() -> dict[str, int]:
    import django

    django.setup()
    from rollbook.roster.connection import open_cursor

    with open_cursor() as cursor:
        cursor.execute(
            "select relname, pg_total_relation_size(relid) / 1024^2 from pg_stat_user_tables "
            "where pg_total_relation_size(relid) > 10 * 1024^2 order by 2 desc"
        )
        return {name: round(megabytes) for name, megabytes in cursor.fetchall()}


def _copy_by_postgres(folder: Path) -> tuple[float, float]:
    """Copy the roster that is there into empty tables with the same keys and indexes.

    Returns:
        Seconds by the clock, and processor time of PostgreSQL and of what feeds it.
    """
    import django

    django.setup()
    from django.db import transaction

    from rollbook.oneroster import RESOURCES
    from rollbook.roster.connection import open_cursor
    from rollbook.roster.tables import table_of

    tables = [*(table_of(resource) for resource in RESOURCES), "roster_user_org"]
    dump = folder / "dump"
    dump.mkdir()
    seconds = used = 0.0
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
            started, used_before = time.perf_counter(), _cpu_seconds()
            with (
                (dump / table).open("rb") as file,
                cursor.copy(f"copy alone_{table} from stdin") as copy,
            ):
                while chunk := file.read(1024 * 1024):
                    copy.write(chunk)
            seconds += time.perf_counter() - started
            used += _cpu_seconds() - used_before
    with open_cursor() as cursor:
        cursor.execute(f"drop table {', '.join(f'alone_{table}' for table in tables)}")
    shutil.rmtree(dump)
    return seconds, used


def _print(figures: Figures) -> None:
    print(f"\n{figures.students:,} students, {figures.passages[0].records:,} records")
    print_row("DuckDB reads the files", figures.read_seconds)
    print_row("PostgreSQL copies the rows", figures.copy_seconds)
    for passage in figures.passages:
        _print_passage(passage, figures)
    print("  MB:", ", ".join(f"{name} {size:,}" for name, size in figures.sizes.items()))


def _print_passage(passage: Passage, figures: Figures) -> None:
    is_first = passage is figures.passages[0]
    by = figures.copy_seconds if is_first else figures.read_seconds
    by_cpu = figures.copy_cpu_seconds if is_first else figures.read_cpu_seconds
    ratio = f"{passage.seconds / by:.2f} × {'COPY' if is_first else 'reading'} " if by else ""
    ratio += f"({passage.cpu_seconds / by_cpu:.2f} of CPU), " if by_cpu else ""
    hot = "" if passage.hot_share is None else f", HOT {passage.hot_share:.0%}"
    print_row(
        passage.name if is_first else f"night, {passage.name} touched",
        passage.seconds,
        f"{ratio}{passage.state}, {passage.touched:,} records touched, "
        f"{passage.wal_megabytes:,.0f} MB of WAL{hot}, "
        f"worker {passage.worker_megabytes:,.0f} MB, "
        f"PostgreSQL {passage.postgres_megabytes:,.0f} MB",
    )
    for name, stages in (("seconds", passage.stages), ("of CPU", passage.stages_cpu)):
        parts = (f"{stage} {seconds:.1f}" for stage, seconds in stages.items())
        print(f"{'':31}{name}: {', '.join(parts)}", flush=True)


if __name__ == "__main__":
    main()
