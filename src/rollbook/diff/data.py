"""Values that come out of the comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rollbook.oneroster import Resource
from rollbook.staging.data import Snapshot, Workspace


@dataclass(frozen=True, slots=True)
class ChangeCounts:
    """How many records of one resource change.

    Attributes:
        active: Records that are published now, before the change.
    """

    create: int
    update: int
    abandon: int
    active: int

    @property
    def total(self) -> int:
        """Records touched."""
        return self.create + self.update + self.abandon

    @property
    def active_after(self) -> int:
        """Records that will be published once the change is applied."""
        return self.active + self.create - self.abandon


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The difference between a delivery and the roster, frozen in the workspace.

    For each resource there is `changes_<resource>` (sourcedId, change), at most one row per
    record, and `next_<resource>`, the records as they will be.

    Attributes:
        published: The snapshot it was computed against; None before the first publish.
        digest: Equal for equal changes; an approval is bound to it. The same for every first load:
            it removes nothing, so nobody is asked.
    """

    workspace: Workspace
    published: Snapshot | None
    counts: Mapping[Resource, ChangeCounts]
    digest: str

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to apply."""
        return not any(counts.total for counts in self.counts.values())


@dataclass(frozen=True, slots=True)
class RekeyedCounts:
    """How many records of one resource change, re-keys told apart.

    Attributes:
        rekey: Records that go on under another id; they are in no other count.
    """

    create: int
    update: int
    abandon: int
    rekey: int


@dataclass(frozen=True, slots=True)
class RekeyedChanges:
    """A change set in which a record that only got another id is one change, not two.

    For each resource there are in the workspace `rekeys_<resource>` (was, sourcedId, evidence),
    `before_<resource>`, the published records under the ids they go on with, and
    `compared_<resource>` (sourcedId, was, evidence, change), at most one row per record. References
    are translated too: an enrollment of a re-keyed student is not a change.
    """

    workspace: Workspace
    counts: Mapping[Resource, RekeyedCounts]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not any(it.create + it.update + it.abandon + it.rekey for it in self.counts.values())
