"""Keep the ids about which a person decides, and tell the comparison what was decided."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from rollbook.diff.data import Pair, PairKey, Verdict
from rollbook.oneroster import Resource
from rollbook.runs.models import IdentityPair, PairVerdict, SyncRun


def verdicts_of(run: SyncRun) -> dict[PairKey, Verdict]:
    """Return what was decided about ids of the run's source and is not published yet."""
    decided = _open_pairs(run).exclude(verdict=PairVerdict.WAITING)
    rows = decided.values_list("resource", "was", "sourced_id", "verdict")
    return {(Resource(name), was, new): Verdict(said) for name, was, new, said in rows}


def has_waiting_pairs(run: SyncRun) -> bool:
    """Whether another delivery of the run's source brought ids that wait for a person.

    What a delta brings once would be lost while they wait.
    """
    waiting = _open_pairs(run).filter(verdict=PairVerdict.WAITING)
    others = SyncRun.objects.filter(district_id=run.district_id, number=OuterRef("run_number"))
    return waiting.filter(Exists(others.exclude(delivery_number=run.delivery_number))).exists()


@transaction.atomic
def keep_pairs(run: SyncRun, pairs: Iterable[Pair]) -> None:
    """Note the pairs that a run met; those that wait and were not met again are past."""
    known = {(it.resource, it.was, it.sourced_id): it for it in _open_pairs(run)}
    new = []
    for pair in pairs:
        met = known.get((pair.resource, pair.was, pair.sourced_id))
        if met:
            met.run_number = run.number
        else:
            new.append(_noted(run, pair))
    IdentityPair.objects.bulk_update(known.values(), ["run_number"], batch_size=1_000)
    IdentityPair.objects.bulk_create(new, batch_size=1_000)
    waiting = _open_pairs(run).filter(verdict=PairVerdict.WAITING)
    waiting.exclude(run_number=run.number).delete()


def settle_pairs(run: SyncRun) -> None:
    """Let decisions that the run has published be past."""
    met = _open_pairs(run).filter(run_number=run.number)
    met.exclude(verdict=PairVerdict.WAITING).update(settled_run=run.number)


def _noted(run: SyncRun, pair: Pair) -> IdentityPair:
    return IdentityPair(
        district_id=run.district_id,
        source_number=run.source_number,
        resource=pair.resource,
        was=pair.was,
        sourced_id=pair.sourced_id,
        found_run=run.number,
        kind=pair.kind,
        evidence=pair.evidence,
        confidence=pair.confidence,
        label_before=pair.label_before,
        label_after=pair.label_after,
        run_number=run.number,
    )


def _open_pairs(run: SyncRun) -> QuerySet[IdentityPair]:
    return IdentityPair.objects.filter(
        district_id=run.district_id, source_number=run.source_number, settled_run=None
    )
