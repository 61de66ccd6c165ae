"""Keep the ids about which a person decides, and tell the comparison what was decided."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from rollbook.diff.data import Pair, PairKey, Verdict
from rollbook.oneroster import Resource
from rollbook.runs.models import IdentityPair, PairVerdict, SyncRun


def verdicts_of(run: SyncRun) -> dict[PairKey, Verdict]:
    """Return what was decided about ids of the run's source."""
    decided = _pairs_of(run).exclude(verdict=PairVerdict.WAITING)
    rows = decided.values_list("resource", "was", "sourced_id", "verdict")
    return {(Resource(name), was, new): Verdict(said) for name, was, new, said in rows}


@transaction.atomic
def keep_pairs(run: SyncRun, pairs: Iterable[Pair]) -> None:
    """Note the pairs that a run met; those that wait and were not met again are past."""
    IdentityPair.objects.bulk_create(
        [
            IdentityPair(
                district_id=run.district_id,
                source_number=run.source_number,
                resource=pair.resource,
                was=pair.was,
                sourced_id=pair.sourced_id,
                kind=pair.kind,
                evidence=pair.evidence,
                confidence=pair.confidence,
                label_before=pair.label_before,
                label_after=pair.label_after,
                run_number=run.number,
            )
            for pair in pairs
        ],
        update_conflicts=True,
        unique_fields=["district_id", "source_number", "resource", "was", "sourced_id"],
        update_fields=["evidence", "confidence", "label_before", "label_after", "run_number"],
        batch_size=1_000,
    )
    waiting = _pairs_of(run).filter(verdict=PairVerdict.WAITING)
    waiting.exclude(run_number=run.number).delete()


def _pairs_of(run: SyncRun) -> QuerySet[IdentityPair]:
    return IdentityPair.objects.filter(district_id=run.district_id, source_number=run.source_number)
