"""One delivery compared with what stands: who becomes what, written record by record."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.naive.judging import Judgement, Target
from tests.naive.pairing import (
    Departed,
    Person,
    are_alike,
    find_rekeyed,
    find_respelt,
    is_of_a_later_year,
)
from tests.naive.records import FRAMES, LINKS, Record, content_of, reference_fields

from rollbook.oneroster import Resource

Pair = tuple[Resource, str, str]  # what, published id, delivered id
USERS, CLASSES, DEMOGRAPHICS = Resource.USERS, Resource.CLASSES, Resource.DEMOGRAPHICS


class Comparison:
    """What a judged delivery makes of its source's records.

    Attributes:
        next: The source's records as they will be, references still as targets.
        moved: Records that get another sourcedId.
        found: Pairs that the delivery shows, with kind and confidence.
        made: Records that are new.
        divided: Records that go because their id stands for another one now: old to new.
        replacing: Records that came under an id that another one had.
        kept: Records without a usable row; what they name are ids, as in a row of today.
    """

    def __init__(
        self,
        judged: Judgement,
        *,
        departed: dict[tuple[Resource, str], Departed],
        verdicts: dict[Pair, str],
        is_in_grace: dict[str, bool],
        removals_wait: bool,
    ) -> None:
        self.judged, self.own = judged, judged.own
        self.departed, self.verdicts = departed, verdicts
        self.next: dict[Record, dict[str, Any]] = {}
        self.moved: dict[Record, str] = {}
        self.found: dict[Pair, tuple[str, str]] = {}
        self.made: set[Record] = set()
        self.meant: dict[Resource, dict[str, Record]] = {}
        self.frozen_records: set[Record] = set()
        self.frozen_ids: dict[str, Record | None] = {}
        self.divided: dict[Record, Record] = {}
        self.replacing: set[Record] = set()
        self.graced: set[Record] = set()
        self.kept: set[Record] = set()
        self.divided_ids: dict[Resource, set[str]] = {CLASSES: set(), USERS: set()}
        for resource in FRAMES:
            self._keep(resource)
            self._compare_frames(resource)
        self._keep(USERS)
        self._compare_users()
        self._bear_with_absence(is_in_grace)
        for resource in LINKS:
            self._keep(resource)
            self._compare_links(resource)
        if removals_wait:
            for resource in self.own:
                self._stay(self._unclaimed(resource))

    # What every kind has in common

    def _keep(self, resource: Resource) -> None:
        self.meant[resource] = {}
        for sourced_id in self.judged.kept[resource]:
            record = self.own[resource][sourced_id]
            self._stay([record])
            self.kept.add(record)
            self.meant[resource][sourced_id] = record
            if resource is USERS and sourced_id in self.judged.curtailed:
                self.next[record]["enabledUser"] = "false"

    def _stay(self, records: list[Record]) -> None:
        for record in records:
            self.next[record] = record.copy()

    def _take(self, record: Record, sourced_id: str, values: dict[str, Any]) -> None:
        """Let a record become what was delivered under an id."""
        self.next[record] = values
        self.meant[record.resource][sourced_id] = record
        if record.sourced_id != sourced_id:
            self.moved[record] = sourced_id

    def _make(self, resource: Resource, sourced_id: str, values: dict[str, Any]) -> Record:
        record = Record(self.judged.source.number, resource, sourced_id, None)
        self.made.add(record)
        self._take(record, sourced_id, values)
        return record

    def _replace(
        self, published: Record | None, resource: Resource, sourced_id: str, values: dict[str, Any]
    ) -> None:
        """Let a record go, and another come under its id, with what hangs on it."""
        record = self._make(resource, sourced_id, values)
        if published:
            self.replacing.add(record)
            self.next.pop(published, None)
            self.divided[published] = record

    def _unclaimed(self, resource: Resource) -> list[Record]:
        """Return published records that have no place in what follows, so far."""
        return [
            record
            for record in self.own.get(resource, {}).values()
            if record not in self.next and record not in self.divided
        ]

    def _missing(self, resource: Resource) -> list[Record]:
        return [
            record
            for sourced_id, record in self.own.get(resource, {}).items()
            if not self.judged.stays(resource, sourced_id)
        ]

    def _added(self, resource: Resource) -> dict[str, dict[str, Any]]:
        published = self.own.get(resource, {})
        valid = self.judged.valid[resource]
        return {sourced_id: it for sourced_id, it in valid.items() if sourced_id not in published}

    def meaning(self, resource: Resource, target: Target) -> Record | None:
        """Return the record that a reference means."""
        return target if isinstance(target, Record) else self.meant[resource].get(target)

    def successor(self, record: Record) -> Record:
        """Return what stands under a record's id after this delivery."""
        return self.divided.get(record, record)

    def settled(self, resource: Resource, values: dict[str, Any]) -> dict[str, Any]:
        """Return values with records in place of targets, but for links to the own kind."""
        settled = dict(values)
        for it in reference_fields(resource):
            if it.refers_to is not resource and it.refers_to in self.meant:
                means = [self.meaning(it.refers_to, one) for one in values.get(it.name) or ()]
                settled[it.name] = tuple(dict.fromkeys(one for one in means if one))
        if resource is DEMOGRAPHICS:
            user = self.meaning(USERS, values["sourcedId"][0])
            settled["sourcedId"] = (user,) if user else ()
        return settled

    # Orgs, sessions, courses, classes

    def _compare_frames(self, resource: Resource) -> None:
        added = self._added(resource)

        def is_same_content(record: Record, now: str) -> bool:
            return content_of(record, record.values) == content_of(
                record, self.settled(resource, added[now])
            )

        for sourced_id in [*self.judged.kept[resource]] if resource is CLASSES else ():
            record = self.own[CLASSES][sourced_id]
            then = {term.text("schoolYear") for term in record.targets("termSourcedIds")}
            if is_of_a_later_year(then, self._years(record.values)):  # its terms moved on
                self.divided_ids[CLASSES].add(sourced_id)
                self._replace(record, CLASSES, sourced_id, record.copy())
        handled = set()
        for was, (now, certain) in find_respelt(
            self._missing(resource), added, is_same_content
        ).items():
            self.found[resource, was, now] = "rekeyed", certain
            verdict = self.verdicts.get((resource, was, now), "")
            record = self.own[resource][was]
            if verdict == "":
                self._stay([record])
                self.meant[resource][now] = record
            elif verdict == "same":
                self._take(record, now, added[now])
            if verdict != "different":
                handled.add(now)
        for sourced_id, values in self.judged.valid[resource].items():
            if sourced_id not in handled:
                self._compare_frame(resource, sourced_id, values)

    def _compare_frame(self, resource: Resource, sourced_id: str, values: dict[str, Any]) -> None:
        published = self.own.get(resource, {}).get(sourced_id)
        departed = self.departed.get((resource, sourced_id))
        if published:
            years = {term.text("schoolYear") for term in published.targets("termSourcedIds")}
        else:
            years = departed.years if departed else set()
        if resource is CLASSES and is_of_a_later_year(years, self._years(values)):
            self.divided_ids[CLASSES].add(sourced_id)
            self._replace(published, resource, sourced_id, values)
        elif published:
            self._take(published, sourced_id, values)
        elif departed:
            self._take(departed.record, sourced_id, values)
        else:
            self._make(resource, sourced_id, values)

    def _years(self, values: dict[str, Any]) -> set[str]:
        terms = self.settled(CLASSES, values)["termSourcedIds"]
        return {self.next.get(term, term.values)["schoolYear"] for term in terms}

    # People

    def _compare_users(self) -> None:
        before = {it: self._person_before(one) for it, one in self.own.get(USERS, {}).items()}
        after = self._people_after()
        added, valid = self._added(USERS), self.judged.valid[USERS]
        gone = {it.sourced_id: before[it.sourced_id] for it in self._missing(USERS)}
        come = {it: after[it] for it in added}
        waits: set[str] = set()
        same: dict[str, Record] = {}
        alike = {
            (record.sourced_id, now)
            for record in self._missing(USERS)
            for now in added
            if are_alike(record.sourced_id, now)
            and content_of(record, record.values)
            == content_of(record, self.settled(USERS, added[now]))
        }
        rekeyed = find_rekeyed(
            gone, come, alike=alike, before=before.values(), after=after.values()
        )
        for was, (now, confidence) in rekeyed.items():
            self.found[USERS, was, now] = "rekeyed", confidence
            verdict = self.verdicts.get((USERS, was, now), "")
            if verdict == "":
                self._freeze(self.own[USERS][was], now)
                waits.add(now)
            elif verdict == "same":
                same[now] = self.own[USERS][was]
        for sourced_id in valid:
            earlier = before.get(sourced_id)
            left = self.departed.get((USERS, sourced_id)) if sourced_id in added else None
            earlier = left.person if left else earlier
            if sourced_id in same or not earlier:
                continue
            if not earlier.is_somebody_else(after[sourced_id]):
                continue
            self.found[USERS, sourced_id, sourced_id] = "reassigned", ""
            verdict = self.verdicts.get((USERS, sourced_id, sourced_id), "")
            if verdict == "":
                self._freeze(self.own[USERS].get(sourced_id), sourced_id)
                waits.add(sourced_id)
            elif verdict == "different":
                self.divided_ids[USERS].add(sourced_id)
        for sourced_id, values in valid.items():
            if sourced_id not in waits:
                self._compare_user(sourced_id, values, same)

    def _compare_user(
        self, sourced_id: str, values: dict[str, Any], same: dict[str, Record]
    ) -> None:
        published = self.own.get(USERS, {}).get(sourced_id)
        departed = self.departed.get((USERS, sourced_id))
        if sourced_id in same:
            self._take(same[sourced_id], sourced_id, values)
        elif sourced_id in self.divided_ids[USERS]:
            self._replace(published, USERS, sourced_id, values)
        elif published:
            self._take(published, sourced_id, values)
        elif departed:
            self._take(departed.record, sourced_id, values)
        else:
            self._make(USERS, sourced_id, values)

    def _freeze(self, record: Record | None, delivered: str) -> None:
        self.frozen_ids[delivered] = record
        if record:
            self.frozen_records.add(record)
            self._stay([record])
            if self.judged.valid[USERS][delivered]["enabledUser"] == "false":
                self.next[record]["enabledUser"] = "false"

    def _person_before(self, user: Record) -> Person:
        about = self.own.get(DEMOGRAPHICS, {}).get(user.sourced_id)
        return Person.of(user.values, about.text("birthDate") if about else None)

    def _people_after(self) -> dict[str, Person]:
        """Return everybody whom the source has after this delivery, by id."""
        people = {}
        everybody = {it: self.own[USERS][it].values for it in self.judged.kept[USERS]}
        for sourced_id, values in (everybody | self.judged.valid[USERS]).items():
            about = self.judged.valid[DEMOGRAPHICS].get(sourced_id)
            if not about and sourced_id in self.judged.kept[DEMOGRAPHICS]:
                about = self.own[DEMOGRAPHICS][sourced_id].values
            people[sourced_id] = Person.of(values, about["birthDate"] if about else None)
        return people

    def _bear_with_absence(self, is_in_grace: dict[str, bool]) -> None:
        """Let people who are missing stay for their days of grace, with all that hangs on them."""
        for user in self._unclaimed(USERS):
            is_told = user.sourced_id in self.judged.removed[USERS]
            if is_in_grace.get(user.sourced_id) and not is_told:
                self._stay([user])
                self.graced.add(user)

    # What hangs on people

    def _compare_links(self, resource: Resource) -> None:
        own, valid = self.own.get(resource, {}), self.judged.valid[resource]
        loose: dict[str, dict[str, Any]] = {}
        for sourced_id in {**own, **valid}:
            record, values = own.get(sourced_id), valid.get(sourced_id)
            if self._is_frozen(record, resource, values):
                if record:
                    self._stay([record])
            elif self._is_divided(record, resource, values):
                self._replace_link(record, resource, sourced_id, values)
            elif values is not None:
                if record and resource is not DEMOGRAPHICS:
                    self._take(record, sourced_id, values)
                else:
                    loose[sourced_id] = values
            elif record and record.person in self.graced:
                self._stay([record])
        if resource is DEMOGRAPHICS:
            self._place_demographics(loose)
        else:
            self._place_links(resource, loose)

    def _replace_link(
        self,
        record: Record | None,
        resource: Resource,
        sourced_id: str,
        values: dict[str, Any] | None,
    ) -> None:
        """Make a link anew; one that is kept counts as if it had been delivered again."""
        if values is not None:
            self._replace(record, resource, sourced_id, values)
        elif record in self.next:
            again = {
                name: tuple(self.successor(it) for it in value)
                if isinstance(value, tuple)
                else value
                for name, value in record.copy().items()
            }
            self._replace(record, resource, sourced_id, again)

    def _is_frozen(
        self, record: Record | None, resource: Resource, values: dict[str, Any] | None
    ) -> bool:
        if record and record.person in self.frozen_records:
            return True
        return values is not None and _user(resource, values) in self.frozen_ids

    def _is_divided(
        self, record: Record | None, resource: Resource, values: dict[str, Any] | None
    ) -> bool:
        if record and {record.person, *record.targets("classSourcedId")} & {*self.divided}:
            return True
        if values is None:
            return False
        classes = values.get("classSourcedId") or ()
        return (
            _user(resource, values) in self.divided_ids[USERS]
            or {*classes} & self.divided_ids[CLASSES] != set()
        )

    def _place_demographics(self, loose: dict[str, dict[str, Any]]) -> None:
        """Let demographics follow their person, whatever the person's id."""
        of_person = {it.person: it for it in self.own.get(DEMOGRAPHICS, {}).values()}
        for (resource, _), departed in self.departed.items():
            if resource is DEMOGRAPHICS:
                of_person.setdefault(departed.record.person, departed.record)
        for user, sourced_id in self.moved.items():
            if user.resource is USERS and (kept := of_person.get(user)) in self.next:
                self.moved[kept] = sourced_id
        for sourced_id, values in loose.items():
            user = self.meaning(USERS, values["sourcedId"][0])
            if record := of_person.get(user):
                self.moved.pop(record, None)
                self._take(record, sourced_id, values)
            else:
                self._make(DEMOGRAPHICS, sourced_id, values)

    def _place_links(self, resource: Resource, loose: dict[str, dict[str, Any]]) -> None:
        """Let links that only got another id follow, one to one; make the others anew."""
        gone = {
            record: repr(content_of(record, record.values)) for record in self._unclaimed(resource)
        }
        contents = Counter(gone.values())
        sample = Record(0, resource, "", None)
        new = {
            sourced_id: repr(content_of(sample, self.settled(resource, values)))
            for sourced_id, values in loose.items()
        }
        coming = Counter(new.values())
        for sourced_id, values in loose.items():
            content = new[sourced_id]
            departed = self.departed.get((resource, sourced_id))
            if contents[content] == coming[content] == 1:
                [record] = [it for it, one in gone.items() if one == content]
                self._take(record, sourced_id, values)
            elif departed and self._is_itself(departed.record, values):
                self._take(departed.record, sourced_id, values)
            else:
                self._make(resource, sourced_id, values)

    def _is_itself(self, record: Record, values: dict[str, Any]) -> bool:
        settled = self.settled(record.resource, values)
        return all(
            record.values.get(name) == settled.get(name)
            for name in ("userSourcedId", "classSourcedId")
        )


def _user(resource: Resource, values: dict[str, Any]) -> Target | None:
    name = "sourcedId" if resource is DEMOGRAPHICS else "userSourcedId"
    return next(iter(values.get(name) or ()), None)
