"""What a run whose roster is live leaves to repair, and to whom; the run's own counts say it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rollbook.dashboards.queries.findings import find_rule
from rollbook.dashboards.wording import capitalized, counted
from rollbook.runs.models import RunState, SyncRun
from rollbook.runs.states import WORDS, StateWords, words_of
from rollbook.validation.severity import Severity

LIVE = (RunState.PUBLISHED, RunState.UNCHANGED)
# In the order in which they are named.
_PEOPLE = {"SIS vendor": "the SIS vendor", "district": "the district"}
_SOMEBODY = "whoever makes the exports"


@dataclass(frozen=True, slots=True)
class Repairs:
    """What waits to be repaired after a run.

    Attributes:
        who: Who repairs it, to stand inside a sentence; empty when there is nothing.
    """

    error_count: int
    warning_count: int
    set_aside: int
    who: str

    @property
    def waiting(self) -> str:
        """The errors as a sentence; empty without any."""
        if not self.error_count:
            return ""
        if self.set_aside:
            verbs = "was set aside and waits" if self.set_aside == 1 else "were set aside and wait"
            return f"{counted(self.set_aside, 'row')} {verbs} to be repaired."
        verb = "waits" if self.error_count == 1 else "wait"
        return f"{counted(self.error_count, 'error')} {verb} to be repaired."

    @property
    def advice(self) -> str:
        """What can be done about the warnings, as a sentence."""
        verb = "waits" if self.warning_count == 1 else "wait"
        return f"Nothing is urgent; {counted(self.warning_count, 'warning')} {verb} for {self.who}."


def repairs_of(run: SyncRun) -> Repairs:
    """Add up what the run found, without a query."""
    return Repairs(
        error_count=run.severity_counts.get(Severity.ERROR, 0),
        warning_count=run.severity_counts.get(Severity.WARNING, 0),
        set_aside=sum(counts.get("set_aside", 0) for counts in run.counts.values()),
        who=_who(run),
    )


def words_with_work(run: SyncRun, *, waiting_ids: int) -> StateWords:
    """Return the words for where a run stands; those of a live one name the work that it leaves.

    Rows to repair come first, then ids that somebody decides about, then warnings.

    Args:
        waiting_ids: How many ids that the run met wait for a decision.
    """
    words = words_of(run)
    if run.state not in LIVE or run.removals_wait:
        return words
    repairs = repairs_of(run)
    who = capitalized(repairs.who)
    if repairs.error_count:
        step = "Repair the rows below; the next delivery brings them in."
        return replace(words, who=who, next_step=step)
    if waiting_ids:
        step = "Decide about the ids that wait; the rest of the delivery is live."
        return replace(words, who=WORDS[RunState.HELD].who, next_step=step)
    if who:
        return replace(words, who=who, next_step="Read the warnings below; nothing is urgent.")
    return words


def _who(run: SyncRun) -> str:
    if not any(run.severity_counts.get(weight) for weight in (Severity.ERROR, Severity.WARNING)):
        return ""
    rules = [rule for code in run.finding_counts if (rule := find_rule(code))]
    found = {rule.who for rule in rules if rule.severity is not Severity.INFO}
    return " and ".join(words for who, words in _PEOPLE.items() if who in found) or _SOMEBODY
