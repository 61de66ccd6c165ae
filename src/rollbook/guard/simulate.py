"""Replay past runs under another policy: what would have been held, and what would have gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rollbook.diff.measures import Statistics
from rollbook.guard.data import Decision, Policy, Verdict
from rollbook.guard.judge import judge_change_set

RUNS_COMPARED = 10
"""So many of the last published runs tell what is usual."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run as it was judged.

    Attributes:
        source: Runs of one source are compared with one another.
        decision: What the guard said then.
        codes: Of its reasons then.
        is_published: Whether its changes are part of the roster's history, by whoever's yes.
    """

    number: int
    statistics: Statistics
    source: int = 1
    decision: Decision = Decision.GO
    codes: tuple[str, ...] = ()
    is_published: bool = True


@dataclass(frozen=True, slots=True)
class Replay:
    """What was said of a run then, and what would be said now."""

    run: PastRun
    verdict: Verdict

    @property
    def differs(self) -> bool:
        """Whether the other policy would have decided otherwise."""
        return self.run.decision is not self.verdict.decision

    def as_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "run": self.run.number,
            "then": {"decision": str(self.run.decision), "reasons": list(self.run.codes)},
            "now": {
                "decision": str(self.verdict.decision),
                "reasons": [
                    {"code": reason.code, "sentence": reason.sentence}
                    for reason in self.verdict.reasons
                ],
                "removals_wait": self.verdict.removals_wait,
            },
            "differs": self.differs,
        }


@dataclass(slots=True)
class _History:
    """Statistics of the published runs so far, by source."""

    of: dict[int, list[Statistics]] = field(default_factory=dict)

    def last(self, source: int) -> Sequence[Statistics]:
        return self.of.get(source, [])[-RUNS_COMPARED:]

    def take(self, run: PastRun) -> None:
        if run.is_published:
            self.of.setdefault(run.source, []).append(run.statistics)


def simulate(policy: Policy, runs: Sequence[PastRun]) -> list[Replay]:
    """Judge past runs by a policy, in their order.

    What was published then counts as published: a replay tells what each delivery would have met,
    not what a roster would have become.
    """
    return [*_replay(policy, sorted(runs, key=lambda run: run.number))]


def _replay(policy: Policy, runs: Sequence[PastRun]) -> Iterator[Replay]:
    history = _History()
    for run in runs:
        past = history.last(run.source)
        verdict = judge_change_set(run.statistics, past=past, policy=policy)
        yield Replay(run, _let_removals_wait(verdict, policy))
        history.take(run)


def _let_removals_wait(verdict: Verdict, policy: Policy) -> Verdict:
    """Return what comes of a hold where the policy lets the rest go ahead of removals.

    What else the removals would bring about is not known, so that only a run that nothing but
    removals hold is told to go.
    """
    does = policy.removals_wait and verdict.removals_may_wait
    if verdict.decision is not Decision.HOLD or not does:
        return verdict
    if not all(reason.is_about_removals for reason in verdict.reasons):
        return verdict
    return replace(verdict, decision=Decision.GO, removals_wait=True)


def count_decisions(replays: Sequence[Replay]) -> Mapping[str, int]:
    """Count what was held then and would be now."""
    return {
        "runs": len(replays),
        "held_then": sum(it.run.decision is Decision.HOLD for it in replays),
        "held_now": sum(it.verdict.decision is Decision.HOLD for it in replays),
        "differ": sum(it.differs for it in replays),
    }
