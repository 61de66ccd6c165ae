"""Find the run whose snapshot the roster is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rollbook.roster.models import Roster
from rollbook.runs.models import RunState, SyncRun


@dataclass(frozen=True, slots=True)
class Published:
    """The last publish of a district, as a delivery of one of its sources meets it.

    Attributes:
        run_number: Of whichever source; None before the first publish.
        source_run: The last published run of this source; None before its first.
        source_number: The source.
        snapshot: For each source the storage key of each resource's Parquet file.
        read_as: How the source's last published delivery was read.
        is_restored: The source's last publish brought an earlier one back.
    """

    source_number: int
    run_number: int | None = None
    source_run: int | None = None
    snapshot: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    read_as: Mapping[str, Any] = field(default_factory=dict)
    is_restored: bool = False

    @property
    def prefixed(self) -> frozenset[str]:
        """Kinds of people whose ids have a prefix in this source."""
        return frozenset(self.read_as.get("prefixed", ()))

    @property
    def shape(self) -> Mapping[str, Any]:
        """What the source's delivery looked like, as `validation.drift` writes it; empty when
        nobody noted it."""
        shape: Mapping[str, Any] = self.read_as.get("shape", {})
        return shape

    @property
    def own(self) -> Mapping[str, str]:
        """The storage keys of what this source has published."""
        return self.snapshot.get(str(self.source_number), {})

    @property
    def others(self) -> Mapping[str, Mapping[str, str]]:
        """The storage keys of what the other sources have published."""
        mine = str(self.source_number)
        return {number: keys for number, keys in self.snapshot.items() if number != mine}

    def with_own(self, keys: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
        """Return the snapshot of the roster once this source has published anew."""
        return {**self.snapshot, str(self.source_number): keys}

    def bind(self, digest: str) -> str:
        """Tie the digest of a change set to this publish: an approval counts for both or none."""
        return hashlib.sha256(f"{self.run_number}:{digest}".encode()).hexdigest()


def find_published(district_id: int, source_number: int) -> Published:
    """Return what a delivery of a source is to be compared with."""
    roster = Roster.objects.filter(district_id=district_id).first()
    if roster is None:
        return Published(source_number)
    runs = SyncRun.objects.filter(district_id=district_id)
    own = runs.filter(source_number=source_number, state=RunState.PUBLISHED)
    latest = own.order_by("-number").first()
    return Published(
        source_number,
        run_number=roster.published_run,
        source_run=latest.number if latest else None,
        snapshot=runs.get(number=roster.published_run).snapshot,
        read_as=latest.read_as if latest else {},
        is_restored=bool(latest and latest.restores_run),
    )


def is_anything_unpublished(run: SyncRun, *, since: int | None) -> bool:
    """Whether a delivery of the source between its last publish and this run was not taken over.

    Changes compose in order: a delta that follows one which is held, discarded or failed says
    nothing of what that one changed. Source: design, "deltas compose in order".
    """
    between = SyncRun.objects.filter(
        district_id=run.district_id,
        source_number=run.source_number,
        number__gt=since or 0,
        number__lt=run.number,
        restores_run=None,
    )
    again = between.exclude(delivery_number=run.delivery_number)
    return again.exclude(state=RunState.UNCHANGED).exists()
