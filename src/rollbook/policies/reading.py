"""Read a district's policy, and its past runs as the guard saw them."""

from __future__ import annotations

from collections.abc import Sequence

from rollbook.diff.measures import Statistics
from rollbook.guard.data import Decision, Policy
from rollbook.guard.policy import read_policy
from rollbook.guard.simulate import RUNS_COMPARED, PastRun
from rollbook.policies.models import GuardPolicy
from rollbook.runs.models import RunState, RunStatistics, SyncRun

_PUBLISHED = (RunState.PUBLISHED, RunState.UNCHANGED)


def find_policy(district_id: int) -> Policy:
    """Return a district's policy; the defaults, where it has set none."""
    newest = GuardPolicy.objects.filter(district_id=district_id).order_by("-number").first()
    return read_policy(newest.rules) if newest else Policy()


def find_past_runs(district_id: int, *, most: int) -> list[PastRun]:
    """Return the last runs that the guard has judged, oldest first."""
    judged = SyncRun.objects.filter(district_id=district_id).exclude(judgement={})
    runs = list(judged.order_by("-number")[:most])
    statistics = find_statistics(district_id, [run.number for run in runs])
    return [
        PastRun(
            number=run.number,
            statistics=statistics[run.number],
            source=run.source_number,
            decision=_decision_of(run),
            codes=tuple(run.judgement["reasons"]),
            is_published=run.state in _PUBLISHED,
        )
        for run in reversed(runs)
        if run.number in statistics
    ]


def _decision_of(run: SyncRun) -> Decision:
    """Return what became of a run by itself: one whose removals wait by the policy was not held."""
    if run.state in _PUBLISHED and run.removals_wait and run.decided_at is None:
        return Decision.GO
    return Decision(run.judgement["decision"])


def past_statistics(run: SyncRun) -> list[Statistics]:
    """Return the statistics of the last runs of the source that were published, oldest first."""
    runs = SyncRun.objects.filter(
        district_id=run.district_id,
        source_number=run.source_number,
        number__lt=run.number,
        state__in=_PUBLISHED,
    ).exclude(judgement={})
    numbers = runs.order_by("-number").values_list("number", flat=True)[:RUNS_COMPARED]
    found = find_statistics(run.district_id, list(numbers))
    return [found[number] for number in sorted(found)]


def find_statistics(district_id: int, run_numbers: Sequence[int]) -> dict[int, Statistics]:
    """Return the statistics of runs that have any, by number."""
    rows = RunStatistics.objects.filter(district_id=district_id, run_number__in=run_numbers)
    return {row.run_number: Statistics.from_json(row.statistics) for row in rows}


def keep_statistics(run: SyncRun, statistics: Statistics) -> None:
    """Keep what the guard judged; judged anew, the run has the new ones."""
    RunStatistics.objects.update_or_create(
        district_id=run.district_id,
        run_number=run.number,
        defaults={"statistics": statistics.as_json()},
    )
