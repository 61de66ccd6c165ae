"""Values that go into the comparison and come out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rollbook.oneroster import Ownership, Resource
from rollbook.staging.data import Snapshot, Workspace


class PairKind(StrEnum):
    """What a pair of ids leaves open."""

    REKEYED = "rekeyed"  # two ids, one record, it seems
    REASSIGNED = "reassigned"  # one id, two people, it seems


class Verdict(StrEnum):
    """What is known of a pair."""

    SAME = "same"
    DIFFERENT = "different"
    WAITING = ""  # nobody has decided


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ids that seem to be one record, or one id that seems to be two people.

    Attributes:
        was: The published id.
        sourced_id: The delivered id; equal to `was` when an id was reassigned.
        evidence: Why it is thought so: "e-mail, number".
        confidence: `certain` when two things say so, else `likely`.
        label_before: The published record's name.
        label_after: The delivered record's name.
    """

    resource: Resource
    was: str
    sourced_id: str
    kind: PairKind
    evidence: str
    confidence: str
    label_before: str
    label_after: str
    verdict: Verdict


PairKey = tuple[Resource, str, str]


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What else a comparison goes by, besides the two rosters.

    Attributes:
        verdicts: What was decided about pairs, by resource, `was` and `sourced_id`; None: every
            re-key is taken for one and every id for the same person, as on the command line.
        today: The day of the run, in the district's time zone.
        grace_days: For how many days people who are gone stay as they were.
        removals_wait: Whether what would be removed stays for now.
        ownership: What the source may remove.
    """

    verdicts: Mapping[PairKey, Verdict] | None = None
    today: date = date.min
    grace_days: int = 0
    removals_wait: bool = False
    ownership: Ownership = field(default_factory=Ownership)


@dataclass(frozen=True, slots=True)
class KindCounts:
    """How many records change in which way, each record once."""

    create: int
    update: int
    abandon: int
    rekey: int


@dataclass(frozen=True, slots=True)
class ChangeCounts:
    """How many records of one resource change.

    Attributes:
        create: New records.
        abandon: Records that go. One that is replaced by another of the same id counts in both.
        active: Records that the source has published now, before the change.
        rekey: Records that go on under another id; they are in no other count.
        replace: Those in `create` and `abandon` that are one id.
        others: Records that the other sources have published.
        leaving: Records that would be gone and stay for their days of grace, since today.
        due: Those of `abandon` whose days of grace are over: they were counted when they began.
    """

    create: int
    update: int
    abandon: int
    active: int
    rekey: int = 0
    replace: int = 0
    others: int = 0
    leaving: int = 0
    due: int = 0

    @property
    def total(self) -> int:
        """Records touched."""
        return self.create + self.update + self.abandon + self.rekey

    @property
    def active_after(self) -> int:
        """Records that the source will have published once the change is applied."""
        return self.active + self.create - self.abandon

    @property
    def kinds(self) -> KindCounts:
        """The changes by their kind."""
        return KindCounts(self.create, self.update, self.abandon, self.rekey)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The difference between a delivery and what its source has published, frozen in the workspace.

    For each resource there are `changes_<resource>` (sourcedId, change, was, evidence), at most one
    row per record, `before_<resource>`, the published records, re-keyed ones under the id they go
    on with, and `next_<resource>`, the records as they will be. `change` is create, update,
    abandon, rekey, or replace: the old record of that id goes and a new one comes.

    `served_<resource>` (sourcedId, servedId) tells under which id a record is served, where that is
    another; `left_<resource>` does so for all records that go. The tables are there where there is
    anything to tell.

    Attributes:
        renamed: Resources of which some records are served under another id than their own.
        pairs: Ids about which a person decides, or has decided.
        published: The snapshot it was computed against; None before the source's first publish.
        digest: Equal for equal changes; an approval is bound to it. The same for every first load:
            it removes nothing, so nobody is asked.
        notes_differ: Whether days of grace began or ended, which the next snapshot must say.
        stale: Resources of which some records stay because their rows cannot be used: in
            `stale_<resource>` (sourcedId, servedId).
    """

    workspace: Workspace
    published: Snapshot | None
    counts: Mapping[Resource, ChangeCounts]
    digest: str
    renamed: frozenset[Resource] = frozenset()
    pairs: tuple[Pair, ...] = ()
    notes_differ: bool = False
    stale: frozenset[Resource] = frozenset()

    @property
    def has_others(self) -> bool:
        """Whether other sources have published anything."""
        return any(it.others for it in self.counts.values())

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to publish."""
        return not self.notes_differ and not any(it.total for it in self.counts.values())
