"""Play a chain through the product and through the model, and say where they disagree."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

from tests.naive.chains import Chain, Export, exports_of
from tests.naive.comparing import Pair
from tests.naive.district import NaiveDistrict, Outcome
from tests.naive.records import Record, as_published
from tests.rosters import (
    decide_pairs,
    differences,
    faults_of,
    make_district,
    receive,
    records_of,
    session,
)

from rollbook.oneroster import RESOURCES, Resource

FIRST_DAY = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
KINDS = ("create", "update", "abandon", "rekey")


class Play:
    """One chain on its way.

    Attributes:
        served: The ids that Rollbook made, by the record that was given them.
        uids: The uid of every record ever met; it must never change.
    """

    def __init__(self, chain: Chain) -> None:
        from django.contrib.auth.models import User

        self.chain = chain
        self.model = NaiveDistrict(grace_days=chain.grace_days)
        self.district: Any = make_district()
        self.person = User.objects.create(username="decides")
        self.served: dict[Record, str] = {}
        self.uids: dict[Record, Any] = {}
        self.loaded: set[int] = set()
        self.incomplete: set[int] = set()
        self.found: set[Pair] = set()
        self.day = 0

    def disagreements(self) -> list[str]:
        """Play until product and model disagree; nothing: they never do."""
        self._set_up_sources()
        for number, export in enumerate(exports_of(self.chain), start=1):
            self.day += export.night.days
            with patch("django.utils.timezone.now", self._now):
                lines = self._take_in(export)
            if lines:
                return [f"night {number}: {line}" for line in lines]
        return []

    def _now(self) -> datetime:
        return FIRST_DAY + timedelta(days=self.day)

    def _set_up_sources(self) -> None:
        if self.chain.grace_days:
            set_grace_days(self.district, self.chain.grace_days)
        if self.chain.second:
            from rollbook.sources.setup import add_source

            source = next(it.source for it in exports_of(self.chain) if it.source.number == 2)
            add_source(
                self.district,
                self.chain.second,
                owns=source.owns,
                schools=source.schools,
                grace_days=self.chain.grace_days,
                acting_user=self.person,
            )

    def _take_in(self, export: Export) -> list[str]:
        run = receive(self.district, export.package, source_number=export.source.number)
        lines = self._compare(export, run)
        return lines or self._decide(export)

    def _compare(self, export: Export, run: Any, *, is_again: bool = False) -> list[str]:
        do_removals_wait = self._run(run, removals_wait=export.night.removals_wait)
        if not is_again and self._is_out_of_order(export):
            self.found = set()
            self.incomplete.add(export.source.number)
            return [] if run.state == "failed" else [f"a delta out of order is {run.state}"]
        self.incomplete.discard(export.source.number)
        outcome = self.model.deliver(
            export.source,
            export.delivery,
            day=self.day,
            removals_wait=do_removals_wait,
        )
        expected = "unchanged" if outcome.is_quiet else "published"
        if run.state != expected:
            return [f"the run is {run.state}, not {expected}: {run.reasons}"]
        lines = self._compare_rosters() + faults_of(self.district.pk)
        return lines + self._compare_changes(outcome, run) + self._compare_pairs(outcome, run)

    def _is_out_of_order(self, export: Export) -> bool:
        """Say whether a delta follows one that was not taken over, or ids still wait."""
        number = export.source.number
        is_anything_open = number in self.incomplete or bool(self.model.waiting[number])
        return bool(export.delivery.deltas) and is_anything_open

    def _run(self, run: Any, *, removals_wait: bool) -> bool:
        """Run until nothing holds it; return whether removals were left to wait."""
        from rollbook import pipeline
        from rollbook.runs.decisions import approve_run

        pipeline.run_sync(self.district.pk, run.number)
        run.refresh_from_db()
        if run.state != "held":
            return False
        waits = removals_wait and bool(run.judgement.get("removals_may_wait"))
        approve_run(
            run,
            digest=run.digest,
            reason="Looked at.",
            acting_user=self.person,
            removals_wait=waits,
        )
        pipeline.run_sync(self.district.pk, run.number)
        run.refresh_from_db()
        return waits

    def _decide(self, export: Export) -> list[str]:
        """Decide some of the pairs that wait, and compare what becomes of the delivery then."""
        chance = Random(export.night.verdict_seed)
        verdict = chance.choice(["same", "same", "different", "", ""])
        waiting = sorted(self._waiting(export.source.number))
        chosen = [pair for pair in waiting if chance.random() < 0.8]
        if not (verdict and chosen):
            return []
        pairs = self._pairs().filter(source_number=export.source.number)
        run = decide_pairs(
            self.district.pk,
            [
                it
                for it in pairs.filter(verdict="", settled_run=None)
                if (it.resource, it.was, it.sourced_id) in chosen
            ],
            verdict=verdict,
            reason="Asked at the school.",
            acting_user=self.person,
        )
        for resource, was, now in chosen:
            self.model.decide(export.source, (Resource(resource), was, now), verdict)
        return [f"{verdict}: {line}" for line in self._compare(export, run, is_again=True)]

    def _pairs(self) -> Any:
        from rollbook.runs.models import IdentityPair

        return IdentityPair.objects.filter(district_id=self.district.pk)

    def _waiting(self, source_number: int) -> set[tuple[str, str, str]]:
        pairs = self._pairs().filter(source_number=source_number, verdict="")
        pairs = pairs.filter(settled_run=None)
        return {(it.resource, it.was, it.sourced_id) for it in pairs if self._is_found(it)}

    def _is_found(self, pair: Any) -> bool:
        return (Resource(pair.resource), pair.was, pair.sourced_id) in self.found

    # What must agree

    def _compare_rosters(self) -> list[str]:
        found = {it: records_of(self.district.pk, it) for it in RESOURCES}
        lines = self._learn_ids(found)
        if lines:
            return lines
        expected: dict[Resource, dict[str, Any]] = {it: {} for it in RESOURCES}
        for record in self.model.active:
            shown = self._as_served(as_published(record))
            expected[record.resource][self._served(record)] = shown
        for records in found.values():
            for one in records.values():
                del one["uid"], one["change_number"]
        return differences(found, expected) + self._compare_tombstones()

    def _learn_ids(self, found: dict[Resource, dict[str, dict[str, Any]]]) -> list[str]:
        """Learn the ids that Rollbook made, and see that no uid changed."""
        lines = []
        for record in self.model.active:
            if self._served(record) is None:
                known = {*self.served.values()}
                made = [
                    served
                    for served, it in found[record.resource].items()
                    if it["sourced_id"] == record.sourced_id
                    and served == str(it["uid"])
                    and served not in known
                ]
                if len(made) != 1:
                    lines.append(f"{record.resource} {record.sourced_id!r} has no id of its own")
                    continue
                self.served[record] = made[0]
            served = self._served(record)
            there = found[record.resource].get(served or "")
            if there and self.uids.setdefault(record, there["uid"]) != there["uid"]:
                lines.append(f"{record.resource} {served!r} has another uid than before")
        return lines

    def _served(self, record: Record) -> str | None:
        if record.resource is Resource.DEMOGRAPHICS and record.person:
            return self._served(record.person)
        return record.served or self.served.get(record)

    def _as_served(self, shown: dict[str, Any]) -> dict[str, Any]:
        return {
            name: self._served(value)
            if isinstance(value, Record)
            else [self._served(it) if isinstance(it, Record) else it for it in value]
            if isinstance(value, list)
            else value
            for name, value in shown.items()
        }

    def _compare_tombstones(self) -> list[str]:
        rows = session().execute(
            "select resource, served_id, record ->> 'uid' from roster_tombstone "
            "where district_id = %s",
            [self.district.pk],
        )
        found = {(resource, served, uid) for resource, served, uid in rows}
        expected = {
            (str(it.resource), self._served(it), str(self.uids[it])) for it in self.model.tombstones
        }
        return [f"tombstone too many: {it}" for it in sorted(found - expected)] + [
            f"tombstone missing: {it}" for it in sorted(expected - found)
        ]

    def _compare_changes(self, outcome: Outcome, run: Any) -> list[str]:
        from rollbook.runs.models import RecordChange

        lines = []
        for resource in RESOURCES:
            changes = outcome.changes.get(resource, Counter())
            expected = {
                kind: sum(n for (_, it), n in changes.items() if it == kind) for kind in KINDS
            }
            counts = run.counts.get(str(resource), {})
            found = {kind: counts.get(kind, 0) for kind in KINDS}
            if found != expected:
                lines.append(f"{resource} counts {found}, not {expected}")
        if run.source_number not in self.loaded:
            self.loaded.add(run.source_number)  # the snapshot of a first load is its list
            return lines
        rows = RecordChange.objects.filter(district_id=self.district.pk, run_number=run.number)
        kept = Counter((Resource(it.resource), it.sourced_id, it.change) for it in rows)
        wanted = _as_listed(outcome)
        lines += [f"change too many: {it}" for it in sorted(kept - wanted)]
        lines += [f"change missing: {it}" for it in sorted(wanted - kept)]
        return lines

    def _compare_pairs(self, outcome: Outcome, run: Any) -> list[str]:
        self.found = {pair for pair, (_, _, verdict) in outcome.pairs.items() if not verdict}
        pairs = self._pairs().filter(source_number=run.source_number, run_number=run.number)
        found = {(it.resource, it.was, it.sourced_id): (it.kind, it.verdict) for it in pairs}
        expected = {
            (str(resource), was, now): (kind, verdict)
            for (resource, was, now), (kind, _, verdict) in outcome.pairs.items()
            if not verdict
        }
        waiting = {pair: it for pair, it in found.items() if not it[1]}
        if waiting == expected:
            return []
        return [f"pairs that wait: {waiting}, not {expected}"]


def _as_listed(outcome: Outcome) -> Counter[tuple[Resource, str, str]]:
    """Return changes as a run lists them: one that goes and one that comes are one line."""
    listed: Counter[tuple[Resource, str, str]] = Counter()
    for resource, changes in outcome.changes.items():
        for (sourced_id, change), number in changes.items():
            is_replaced = (sourced_id, "create") in changes and (sourced_id, "abandon") in changes
            if not is_replaced:
                listed[resource, sourced_id, change] += number
            elif change == "create":
                listed[resource, sourced_id, "replace"] += 1
    return listed


def set_grace_days(district: Any, days: int, *, source_number: int = 1) -> None:
    """Give people who are missing from a source days of grace."""
    from rollbook.sources.deliveries import first_source
    from rollbook.sources.models import Source
    from rollbook.sources.setup import limit_source

    first_source(district)
    source = Source.objects.get(district=district, number=source_number)
    limit_source(
        source, owns=source.owns, schools=source.schools, grace_days=days, acting_user=None
    )


def play(chain: Chain) -> list[str]:
    """Play a chain in a transaction that leaves nothing behind."""
    from django.db import transaction

    with transaction.atomic():
        try:
            lines = Play(chain).disagreements()
        finally:
            transaction.set_rollback(True)
    return lines
