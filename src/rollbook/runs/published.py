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
    """The last publish of a district.

    Attributes:
        run_number: None before the first publish.
        snapshot: The storage key of each resource's Parquet file.
        prefixed: Kinds of people whose ids have a prefix.
        shape: What its delivery looked like, as `validation.drift` writes it; empty when nobody
            noted it.
    """

    run_number: int | None = None
    snapshot: Mapping[str, str] = field(default_factory=dict)
    prefixed: frozenset[str] = frozenset()
    shape: Mapping[str, Any] = field(default_factory=dict)

    def bind(self, digest: str) -> str:
        """Tie the digest of a change set to this publish: an approval counts for both or none."""
        return hashlib.sha256(f"{self.run_number}:{digest}".encode()).hexdigest()


def find_published(district_id: int) -> Published:
    """Return what a delivery of the district is to be compared with."""
    roster = Roster.objects.filter(district_id=district_id).first()
    if roster is None:
        return Published()
    run = SyncRun.objects.get(district_id=district_id, number=roster.published_run)
    return Published(
        run_number=run.number,
        snapshot=run.snapshot,
        prefixed=frozenset(run.read_as.get("prefixed", ())),
        shape=run.read_as.get("shape", {}),
    )


def is_anything_unpublished(run: SyncRun, *, since: int | None) -> bool:
    """Whether a delivery between the last publish and this run was not taken over.

    Changes compose in order: a delta that follows one which is held, discarded or failed says
    nothing of what that one changed. Source: design, "deltas compose in order".
    """
    between = SyncRun.objects.filter(
        district_id=run.district_id, number__gt=since or 0, number__lt=run.number
    )
    return between.exclude(state=RunState.UNCHANGED).exists()
