"""What each state of a run means to a district: what happened, who acts next, and what to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from rollbook.runs.models import NO_SOURCE, RunState, SyncRun


class Tone(StrEnum):
    """How a state feels to somebody who glances at it."""

    GOOD = "good"
    MOVING = "moving"
    WAIT = "wait"
    BAD = "bad"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class StateWords:
    """One state in plain words.

    Attributes:
        label: The state in a word, as it stands in a table.
        happened: What happened, as a sentence.
        who: Who acts next.
        next_step: What that person does, as a sentence.
    """

    label: str
    tone: Tone
    happened: str
    who: str
    next_step: str


_NOBODY = "Nobody"
_ROLLBOOK = "Rollbook"
_DISTRICT = "An owner or a data manager of the district"
_ALONE = "It goes on by itself."

WORDS: dict[RunState, StateWords] = {
    RunState.RECEIVED: StateWords(
        "Received",
        Tone.MOVING,
        "The delivery is stored and waits for its turn.",
        _ROLLBOOK,
        "It starts by itself, as soon as the run before it is finished.",
    ),
    RunState.STAGED: StateWords(
        "Staged", Tone.MOVING, "The files are read; now every row is checked.", _ROLLBOOK, _ALONE
    ),
    RunState.VALIDATED: StateWords(
        "Validated",
        Tone.MOVING,
        "Every row is checked; now the delivery is compared with the roster.",
        _ROLLBOOK,
        _ALONE,
    ),
    RunState.COMPARED: StateWords(
        "Compared",
        Tone.MOVING,
        "The differences are known and are published now.",
        _ROLLBOOK,
        _ALONE,
    ),
    RunState.HELD: StateWords(
        "Held",
        Tone.WAIT,
        "This delivery would change more than usual, so nothing of it is published yet.",
        _DISTRICT,
        "Read the reasons and the changes, then approve or discard the run. Until then the roster "
        "stays as it was.",
    ),
    RunState.PUBLISHED: StateWords(
        "Published",
        Tone.GOOD,
        "The changes of this delivery are in the roster, and applications can read them.",
        _NOBODY,
        "There is nothing to do.",
    ),
    RunState.UNCHANGED: StateWords(
        "Unchanged",
        Tone.GOOD,
        "The delivery says what the roster says already.",
        _NOBODY,
        "There is nothing to do.",
    ),
    RunState.DISCARDED: StateWords(
        "Discarded",
        Tone.QUIET,
        "A person decided against this delivery, so nothing of it was published.",
        "Whoever makes the exports",
        "Repair the data in the student information system and deliver it again.",
    ),
    RunState.FAILED: StateWords(
        "Failed",
        Tone.BAD,
        "The run had to stop. Nothing of it was published, and the roster is as it was before.",
        "Whoever makes the exports",
        "Read the reason below, repair what it names, and deliver again.",
    ),
}

# A held run that a person has approved waits for its turn like a new one.
_APPROVED = StateWords(
    "Approved",
    Tone.MOVING,
    "The run is approved and is about to be published.",
    _ROLLBOOK,
    "It is compared once more first; if the changes are still the approved ones, they go live.",
)


# A run that has begun is still "received" until its files are read.
_READING = StateWords(
    "Received", Tone.MOVING, "The files of the delivery are being read.", _ROLLBOOK, _ALONE
)
# What stopped the run was not the data.
_FAULT = StateWords(
    "Failed",
    Tone.BAD,
    "Rollbook itself had a problem. Nothing of this run was published, and the roster is as it was "
    "before.",
    "Whoever runs this installation",
    "Tell them the number of this run; they find the cause in the log.",
)


# What stopped the run is a setting or a decision of the district, not the data.
_FOR_DISTRICT = replace(
    WORDS[RunState.FAILED], who=_DISTRICT, next_step="Read the reason below, and do what it says."
)
_REASONS_FOR_DISTRICT = ("run.delta_while_ids_wait", "run.outside_dates")


# So much would be removed that two people must say yes, and one has.
_APPROVED_ONCE = StateWords(
    "Held",
    Tone.WAIT,
    "One person has approved this delivery. It would remove nearly everybody of a kind, so nothing "
    "of it is published before a second one does.",
    "Another owner or data manager of the district",
    "Read the reasons and the changes, then approve or discard the run.",
)


# What the guard held back is not in the roster's way any more, but it is not decided either.
_WITHOUT_REMOVALS = StateWords(
    "Published, removals wait",
    Tone.WAIT,
    "The additions and updates of this delivery are in the roster; whom it would have removed is "
    "still there.",
    _DISTRICT,
    "Read what would be removed. If it is right, approve the next delivery, which asks again; if "
    "not, have the export repaired.",
)


# Nobody decided against it; a newer run came first.
_SUPERSEDED = StateWords(
    "Superseded",
    Tone.QUIET,
    "A newer run took the place of this one, so nothing of it was published.",
    _NOBODY,
    "There is nothing to do.",
)


# A restore has no delivery, and nobody who makes exports acts on it.
_RESTORED: dict[RunState, StateWords] = {
    RunState.RECEIVED: replace(
        WORDS[RunState.RECEIVED], happened="The restore is asked for and waits for its turn."
    ),
    RunState.HELD: replace(
        WORDS[RunState.HELD],
        happened="This restore would change more than usual, so nothing of it is published yet.",
    ),
    RunState.PUBLISHED: replace(
        WORDS[RunState.PUBLISHED],
        happened="The earlier rows are in the roster again, and applications can read them.",
        who=_DISTRICT,
        next_step="See that the export is repaired before the next delivery: it counts again.",
    ),
    RunState.UNCHANGED: replace(
        WORDS[RunState.UNCHANGED], happened="The roster says already what the earlier run said."
    ),
    RunState.DISCARDED: replace(
        WORDS[RunState.DISCARDED],
        happened="A person decided against this restore, so nothing of it was published.",
        who=_NOBODY,
        next_step="There is nothing to do.",
    ),
    RunState.FAILED: replace(
        WORDS[RunState.FAILED],
        who=_DISTRICT,
        next_step="Read the reason below, and choose another run to restore.",
    ),
}
_ERASED = StateWords(
    "Erasure",
    Tone.GOOD,
    "A person was erased; the roster goes on without the person.",
    _NOBODY,
    "There is nothing to do.",
)


def words_of(run: SyncRun) -> StateWords:
    """Return the words for where a run stands."""
    if run.source_number == NO_SOURCE:
        return _ERASED
    words = _words_of_any(run)
    if run.restores_run and words is WORDS.get(RunState(run.state)):
        return _RESTORED.get(RunState(run.state), words)
    return words


def _words_of_any(run: SyncRun) -> StateWords:
    if run.state == RunState.DISCARDED and run.decided_by_id is None:
        return _SUPERSEDED
    if run.state == RunState.HELD and run.approved_digest:
        return _APPROVED
    if run.state == RunState.HELD and run.first_approved_digest == run.digest != "":
        return _APPROVED_ONCE
    if run.state in (RunState.PUBLISHED, RunState.UNCHANGED) and run.removals_wait:
        return _WITHOUT_REMOVALS
    if run.state == RunState.RECEIVED and run.started_at:
        return _READING
    if run.state == RunState.FAILED and _is_fault(run):
        return _FAULT
    if run.state == RunState.FAILED and _is_for_district(run):
        return _FOR_DISTRICT
    return WORDS[RunState(run.state)]


def notices_of(run: SyncRun) -> list[dict[str, Any]]:
    """Return what somebody should look at, though nothing is held for it: as reasons are kept."""
    return list(run.judgement.get("notices", ()))


def is_moving(run: SyncRun) -> bool:
    """Whether the run goes on by itself; otherwise it stays until somebody does something."""
    return words_of(run).tone is Tone.MOVING


def waits_for_person(run: SyncRun) -> bool:
    """Whether the run is held and nobody has decided."""
    return run.state == RunState.HELD and not run.approved_digest


def _is_fault(run: SyncRun) -> bool:
    return any(reason["code"].startswith("rollbook.") for reason in run.reasons)


def _is_for_district(run: SyncRun) -> bool:
    return any(reason["code"] in _REASONS_FOR_DISTRICT for reason in run.reasons)
