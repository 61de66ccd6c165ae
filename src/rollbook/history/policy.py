"""How long what is kept: a pure decision about what has aged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """Days for which things are kept; 0 is for ever.

    Attributes:
        snapshots_days: Every published snapshot.
        weekly_days: After that, the last snapshot of each week; and then that of each month.
        deliveries_days: Stored files, counted from the end of their runs.
        details_days: Findings and changes of single records.
        tombstones_days: What a removed record said; afterwards its ids alone.
        notices_days: Ids of erased people, so that applications learn that they are gone.
    """

    snapshots_days: int = 30
    weekly_days: int = 365
    deliveries_days: int = 90
    details_days: int = 365
    tombstones_days: int = 365
    notices_days: int = 30


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A published run with a snapshot, as the policy sees it.

    Attributes:
        is_needed: It is what is published, or a run that is not over refers to it.
    """

    number: int
    finished_at: datetime
    is_needed: bool = False


def policy_of_installation() -> RetentionPolicy:
    """Return the policy that the settings give."""
    return RetentionPolicy(**settings.ROLLBOOK_RETENTION)


def choose_kept(
    runs: Iterable[KeptRun], *, policy: RetentionPolicy, now: datetime
) -> frozenset[int]:
    """Return the numbers of the runs whose snapshots stay; of each period the last one does."""
    kept, last_of = set(), {}
    for run in sorted(runs, key=lambda run: run.number):
        age = now - run.finished_at
        is_young = not policy.snapshots_days or age <= timedelta(days=policy.snapshots_days)
        if run.is_needed or is_young:
            kept.add(run.number)
        elif not policy.weekly_days or age <= timedelta(days=policy.weekly_days):
            last_of["week", *run.finished_at.isocalendar()[:2]] = run.number
        else:
            last_of["month", run.finished_at.year, run.finished_at.month] = run.number
    return frozenset(kept | {*last_of.values()})
