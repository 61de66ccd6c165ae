"""The naive model of a district: what its sources have published, and what a delivery changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from tests.naive.comparing import Comparison, Pair
from tests.naive.judging import Judgement, Own
from tests.naive.pairing import Departed, Person
from tests.naive.records import Delivery, Record, Source, as_published, reference_fields

from rollbook.oneroster import RESOURCES, Resource

USERS, DEMOGRAPHICS = Resource.USERS, Resource.DEMOGRAPHICS


@dataclass
class Outcome:
    """What one delivery did.

    Attributes:
        changes: How often each (id, kind of change) of the source's own records occurs.
        others: Changes of records of other sources that follow from it.
        pairs: Pairs that the delivery shows, with kind, confidence and verdict.
    """

    changes: dict[Resource, Counter[tuple[str, str]]]
    others: Counter[tuple[Resource, str, str]]
    pairs: dict[Pair, tuple[str, str, str]]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing changed."""
        return not self.others and not any(self.changes.values())


class NaiveDistrict:
    """A district as plain objects.

    Attributes:
        active: Every published record.
        tombstones: Every record that left and has not come back.
        verdicts: What people decided about pairs, by source, until it is published.
        waiting: Pairs that the last delivery of a source showed and nobody has decided.
        grace_days: How long people stay who are missing.
    """

    def __init__(self, *, grace_days: int = 0) -> None:
        self.active: dict[Record, None] = {}
        self.tombstones: dict[Record, None] = {}
        self.departed: dict[int, dict[tuple[Resource, str], Departed]] = defaultdict(dict)
        self.verdicts: dict[int, dict[Pair, str]] = defaultdict(dict)
        self.waiting: dict[int, set[Pair]] = defaultdict(set)
        self.absent_since: dict[Record, int] = {}
        self.grace_days = grace_days

    def deliver(
        self, source: Source, delivery: Delivery, *, day: int = 0, removals_wait: bool = False
    ) -> Outcome:
        """Take a delivery in and publish what it says."""
        fallen: set[Record] = set()
        while True:
            judged = Judgement(
                source,
                delivery,
                self._own(source),
                others=self._others(source),
                departed=self.departed[source.number],
                fallen=fallen,
            )
            it = Comparison(
                judged,
                departed=self.departed[source.number],
                verdicts=self.verdicts[source.number],
                is_in_grace=self._grace(judged, day),
                removals_wait=removals_wait,
            )
            after = self._after(it)
            fell = {
                judged.own[resource][sourced_id]
                for resource, kept in judged.kept.items()
                for sourced_id in kept
                if judged.own[resource][sourced_id] not in after
            } - {*it.divided}
            if fell <= fallen:
                return self._publish(source, it, after)
            fallen |= fell

    def decide(self, source: Source, pair: Pair, verdict: str) -> None:
        """Note what a person decided about a pair."""
        self.verdicts[source.number][pair] = verdict

    def roster(self) -> dict[Resource, dict[Record, dict[str, Any]]]:
        """Return what the roster shows; ids are the records themselves."""
        shown: dict[Resource, dict[Record, dict[str, Any]]] = {it: {} for it in RESOURCES}
        for record in self.active:
            shown[record.resource][record] = as_published(record)
        return shown

    def _own(self, source: Source) -> Own:
        own: Own = {resource: {} for resource in RESOURCES}
        for record in self.active:
            if record.source == source.number:
                own[record.resource][record.sourced_id] = record
        return own

    def _others(self, source: Source) -> Own:
        others: Own = {resource: {} for resource in RESOURCES}
        for record in sorted(self.active, key=lambda it: -it.source):
            if record.source != source.number:
                others[record.resource][record.sourced_id] = record
        return others

    def _grace(self, judged: Judgement, day: int) -> dict[str, bool]:
        """Note who is missing, and say who may be for now."""
        in_grace = {}
        for sourced_id, user in judged.own[USERS].items():
            if judged.stays(USERS, sourced_id):
                if sourced_id in judged.valid[USERS] or sourced_id in judged.bad[USERS]:
                    self.absent_since.pop(user, None)  # of others a delta says nothing
                continue
            since = self.absent_since.setdefault(user, day)
            in_grace[sourced_id] = day - since < self.grace_days
        return in_grace

    def _after(self, it: Comparison) -> dict[Record, dict[str, Any]]:
        """Return every record of the district as it will be, what cannot stand left out."""
        own = {record for records in it.own.values() for record in records.values()}
        after = {record: record.copy() for record in self.active if record not in own}
        after |= {record: it.settled(record.resource, one) for record, one in it.next.items()}
        for record, values in after.items():
            if record in it.next:
                _settle_own_kind(it, record, values)
        while falling := [one for one in it.next if one in after and not _can_stand(one, after)]:
            for record in falling:
                del after[record]
        # What other sources say stays as they say it, whoever leaves: they may return.
        for record in after.keys() & it.next.keys():
            values = after[record]
            for one in reference_fields(record.resource):
                values[one.name] = tuple(r for r in values.get(one.name) or () if r in after)
        return after

    def _publish(
        self, source: Source, it: Comparison, after: dict[Record, dict[str, Any]]
    ) -> Outcome:
        changes: dict[Resource, Counter[tuple[str, str]]] = defaultdict(Counter)
        others: Counter[tuple[Resource, str, str]] = Counter()
        departed = self.departed[source.number]
        leaving = [record for record in self.active if record not in after]
        left = {record: self._departed(record) for record in leaving}
        for record in {**self.active, **after}:
            change = self._change(record, it, after)
            sourced_id = it.moved.get(record, record.sourced_id)
            if change and record.source == source.number:
                changes[record.resource][sourced_id, change] += 1
            elif change:
                others[record.resource, sourced_id, change] += 1
        for record, values in after.items():
            record.sourced_id = it.moved.get(record, record.sourced_id)
            record.values = values
            if record in it.made:
                record.served = self._free_id(record, it.replacing)
            self.tombstones.pop(record, None)
        for record in leaving:
            self.absent_since.pop(record, None)
            self.tombstones[record] = None
            self.departed[record.source][record.resource, record.sourced_id] = left[record]
        self.active = dict.fromkeys(after)
        for record in after:
            known = departed.get((record.resource, record.sourced_id))
            if known and known.record is record:
                del departed[record.resource, record.sourced_id]
        verdicts = self.verdicts.pop(source.number, {})  # each was about these two people only
        pairs = {
            pair: (kind, confidence, verdicts.get(pair, ""))
            for pair, (kind, confidence) in it.found.items()
        }
        self.waiting[source.number] = {pair for pair, one in pairs.items() if not one[-1]}
        return Outcome(dict(changes), others, pairs)

    def _change(
        self, record: Record, it: Comparison, after: dict[Record, dict[str, Any]]
    ) -> str | None:
        if record not in after:
            return "abandon"
        if record not in self.active:
            return "create"
        if record in it.moved:
            return "rekey"
        return "update" if _said(record.values) != _said(after[record]) else None

    def _departed(self, record: Record) -> Departed:
        if record.resource is USERS:
            born = [
                it.text("birthDate")
                for it in self.active
                if it.resource is DEMOGRAPHICS and it.person is record
            ]
            return Departed(record, Person.of(record.values, next(iter(born), None)), set())
        years = {term.text("schoolYear") for term in record.targets("termSourcedIds")}
        return Departed(record, None, years)

    def _free_id(self, record: Record, replacing: Collection[Record]) -> str | None:
        """Return the id under which a new record is served; None: one that Rollbook makes."""
        if record.resource is DEMOGRAPHICS:
            assert record.person
            return record.person.served
        if record in replacing:
            return None
        taken = any(
            it.served == record.sourced_id and it.resource is record.resource and it is not record
            for it in (*self.active, *self.tombstones)
        )
        return None if taken else record.sourced_id


def _settle_own_kind(it: Comparison, record: Record, values: dict[str, Any]) -> None:
    """Let links to the own kind mean records; who waits is named only where they were already."""
    for one in reference_fields(record.resource):
        if one.refers_to is not record.resource:
            continue
        means: list[Record | None] = []
        for target in values.get(one.name) or ():
            if record.resource is USERS and target in it.frozen_ids:
                published = it.frozen_ids[target]
                means.append(published if published in record.targets(one.name) else None)
            else:
                means.append(it.meaning(record.resource, target))
        if record in it.kept:
            means = [it.successor(one) for one in means if one]
        values[one.name] = tuple(dict.fromkeys(it for it in means if it))


def _can_stand(record: Record, after: dict[Record, dict[str, Any]]) -> bool:
    needed = [it.name for it in reference_fields(record.resource) if it.required]
    if record.resource is DEMOGRAPHICS:
        needed.append("sourcedId")
    for name in needed:
        named = after[record].get(name) or ()
        is_homeless = name == "orgSourcedIds" and not named
        if not is_homeless and not any(it in after for it in named):
            return False
    return True


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
