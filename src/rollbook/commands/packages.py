"""What commands that read packages have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rollbook.errors import SourceDataError
from rollbook.progress import OnProgress
from rollbook.staging.formats.options import Derivation

if TYPE_CHECKING:
    from rollbook.staging.data import Reading, Snapshot, StagedRoster, Workspace
    from rollbook.validation.data import ValidRoster

_SIZE = re.compile(r"\d+(\.\d+)? ?[KMGT]i?B", re.IGNORECASE)


def _sized(text: str) -> str:
    if not _SIZE.fullmatch(text):
        raise typer.BadParameter(f"{text} is no size. Write for example 512MB or 2GB.")
    return text


MemoryLimit = Annotated[
    str,
    typer.Option("--memory-limit", help="How much memory may be used.", callback=_sized),
]
DEFAULT_MEMORY_LIMIT = "1GB"


class UnusablePackageError(SourceDataError):
    """A package has problems for which it would not be used at all.

    Attributes:
        codes: What stops it.
    """

    def __init__(self, name: str, titles: dict[str, str]) -> None:
        said = "; ".join(titles.values())
        super().__init__(
            f"{name} would not be used, so nothing can be compared with it: {said}. "
            f"`rollbook check` on it says how to repair that."
        )
        self.codes = tuple(titles)


MapFile = Annotated[
    Path | None,
    typer.Option("--map", help="A mapping file: own headers and codes in the format's words."),
]


Without = Annotated[
    list[Derivation] | None,
    typer.Option("--without", help="A derivation that is not wanted; may be given several times."),
]


def reading_with(
    mapping: Path | None,
    previous: Path | None = None,
    *,
    without: list[Derivation] | None = None,
) -> Reading:
    """Return how to read a package: with a mapping file, without some derivations."""
    from rollbook.staging.data import Mappings, Reading
    from rollbook.staging.mapping import read_mappings

    mappings = read_mappings(mapping, previous=previous) if mapping else Mappings()
    return Reading(mappings=mappings, switched_off=frozenset(without or ()))


def read_package(
    path: Path, workspace: Workspace, on_progress: OnProgress, reading: Reading
) -> StagedRoster:
    """Stage a package."""
    from rollbook.staging.stage import stage_files

    on_progress(f"Reading {path.name}")
    return stage_files(path, workspace=workspace, reading=reading, on_progress=on_progress)


@dataclass(frozen=True, slots=True)
class Before:
    """A package that another is compared with.

    Attributes:
        snapshot: Its records, as if they had been published.
        staged: What was read of it.
    """

    snapshot: Snapshot
    staged: StagedRoster

    def reading_after(self, reading: Reading) -> Reading:
        """Return how the next package is to be read: ids keep the prefixes that they have."""
        return replace(reading, prefixed=self.staged.prefixed, is_first_load=False)


def read_before(
    path: Path, workspace: Workspace, on_progress: OnProgress, reading: Reading
) -> Before:
    """Stage and check a package as if it had been published.

    Raises:
        UnusablePackageError: It would not have been.
    """
    from rollbook.diff.compute import compute_change_set
    from rollbook.diff.snapshot import write_snapshot
    from rollbook.validation.problems import find_problems

    staged = read_package(path, workspace, on_progress, reading)
    on_progress(f"Checking {path.name}")
    valid = find_problems(staged, published=None, on_progress=on_progress)
    demand_usable(path.name, valid)
    before = Before(write_snapshot(compute_change_set(valid)), staged)
    workspace.close()
    return before


def demand_usable(name: str, valid: ValidRoster) -> None:
    """Raise when a checked package would not be used at all."""
    from rollbook.validation.catalogue import rule_of

    if valid.stops:
        titles = {finding.code: rule_of(finding.code).title for finding in valid.stops}
        raise UnusablePackageError(name, titles)
