"""`rollbook sync`."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rollbook.commands.exit_codes import ExitCode

_POLL_SECONDS = 0.3

if TYPE_CHECKING:
    from rollbook.districts.models import District
    from rollbook.runs.models import SyncRun


def sync(
    path: Annotated[Path, typer.Argument(help="The export: a ZIP, or a folder of its files.")],
    district: Annotated[str, typer.Option(help="The district's name, or its name in addresses.")],
    create: Annotated[bool, typer.Option("--create", help="Make the district if need be.")] = False,
    source: Annotated[
        str, typer.Option(help="The number or the name of the source that it comes from.")
    ] = "1",
) -> int:
    """Deliver a package for a district and wait until its run rests."""
    from rollbook.commands.database import ready_database

    with ready_database():
        from rollbook.commands.sources import find_source
        from rollbook.sources.deliveries import receive_delivery
        from rollbook.sources.models import Road

        target = find_district(district, create=create)
        number = find_source(target, source).number
        with tempfile.TemporaryDirectory() as folder:
            package = as_zip(path, Path(folder))
            with package.open("rb") as file:
                run = receive_delivery(
                    target,
                    file=file,
                    filename=package.name,
                    road=Road.COMMAND,
                    acting_user=None,
                    source_number=number,
                )
        wait_for(run)
        return report_run(run)


def find_district(name: str, *, create: bool = False) -> District:
    """Return the district of that name or slug.

    Raises:
        ConfigurationError: There is none, and none is to be made.
    """
    from django.db.models import Q
    from django.utils.text import slugify

    from rollbook.districts.models import District
    from rollbook.errors import ConfigurationError

    district = District.objects.filter(Q(name__iexact=name) | Q(slug=name)).first()
    if district is None and create:
        return District.objects.create(name=name, slug=_free_slug(slugify(name)))
    if district is None:
        known = ", ".join(District.objects.values_list("name", flat=True)) or "none yet"
        raise ConfigurationError(
            f"There is no district {name!r}. "
            f"Districts: {known}. `rollbook sync --create` makes one."
        )
    return district


def _free_slug(wanted: str) -> str:
    """Return a slug that no district has; a name without Latin letters gives none by itself."""
    from rollbook.districts.models import District

    base = wanted[:40] or "district"
    taken = set(District.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)


def as_zip(path: Path, folder: Path) -> Path:
    """Return a ZIP as it is; pack the files of a folder, byte for byte, into one.

    Raises:
        PackageUnreadableError: There is nothing at that path.
    """
    from rollbook.staging.errors import PackageUnreadableError

    if not path.exists():
        raise PackageUnreadableError(
            "package.file.missing", f"There is no file or folder {path}. Check the path."
        )
    if path.is_file():
        return path
    packed = folder / f"{path.resolve().name}.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for file in sorted(path.iterdir()):
            if file.is_file():
                archive.write(file, file.name)
    return packed


def wait_for(run: SyncRun) -> None:
    """Work on the run here, or wait for the worker that took it, showing where it stands."""
    import time
    from concurrent.futures import ThreadPoolExecutor

    from rich.console import Console

    from rollbook.processes.drain import drain_runs
    from rollbook.runs.states import is_moving, words_of

    with ThreadPoolExecutor(max_workers=1) as pool, Console(stderr=True).status("") as status:
        draining = pool.submit(drain_runs)
        while is_moving(run):
            status.update(words_of(run).happened)
            time.sleep(_POLL_SECONDS)
            if draining.done():
                # Nothing is left for us, and the run is not over: another worker has it, or had it
                # when it was killed, or it waits to be tried again.
                draining.result()
                draining = pool.submit(drain_runs)
            run.refresh_from_db()
        draining.result()


def report_run(run: SyncRun) -> int:
    """Tell how a run ended and what it did; return the exit code."""
    from rollbook.dashboards.queries.ids import count_waiting
    from rollbook.dashboards.repairs import words_with_work
    from rollbook.runs.models import RunState
    from rollbook.runs.states import notices_of

    waiting = count_waiting(run)
    words = words_with_work(run, waiting_ids=waiting)
    typer.echo(f"Run {run.number}: {words.happened}")
    for resource, counts in run.counts.items():
        if line := _counts_line(counts):
            typer.echo(f"  {resource:<17} {line}")
    for code, count in run.finding_counts.items():
        typer.echo(f"  {count:>9,} × {code}")
    for reason in run.reasons:
        typer.echo(f"  {reason['sentence']}")
    for notice in notices_of(run):
        typer.echo(f"  Needs a look: {notice['sentence']}")
    if waiting:
        typer.echo(
            f"  Ids that wait for a person's decision: {waiting:,}. `rollbook ids` lists them."
        )
    typer.echo(f"{words.who}: {words.next_step}")
    is_live = run.state in (RunState.PUBLISHED, RunState.UNCHANGED)
    return ExitCode.OK if is_live else ExitCode.FAILED


def _counts_line(counts: dict[str, int]) -> str:
    """Return what changed in a resource, empty when nothing did; what is seldom only if it is."""
    from rollbook.dashboards.wording import CHANGES, changes_of

    changes = changes_of(counts)
    if not any(changes.values()) and not counts["set_aside"]:
        return ""
    usual = {name: changes[name] for name in ("create", "update", "abandon")}
    seldom = {name: changes[name] for name in ("rekey", "replace") if changes[name]}
    told = [f"{amount:>9,} {CHANGES[name].lower()}" for name, amount in (usual | seldom).items()]
    return " ".join([*told, f"{counts['set_aside']:>7,} set aside"])
