"""Which rows of a delivery can be used, and which published records stay without one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from tests.naive.ownership import owns_record, owns_row
from tests.naive.records import (
    Delivery,
    Record,
    Source,
    delivered_fields,
    named_ids,
    reference_fields,
)
from tests.packages import Row

from rollbook.oneroster import RESOURCES, Field, Kind, Resource

Own = dict[Resource, dict[str, Record]]
Target = str | Record  # an id of the delivery, or a record that is there already
_UNUSABLE = object()


class Judgement:
    """One delivery judged against what its source and the others have published.

    Attributes:
        valid: Values of the rows that go on, by id; references hold targets.
        removed: Ids whose row says that the record is gone.
        kept: Ids of published records that stay though no row of theirs can be used.
        named: Ids that are the source's own, whether a record has them now or had them.
        curtailed: Users whose row is bad, and takes their access away all the same.
    """

    def __init__(
        self,
        source: Source,
        delivery: Delivery,
        own: Own,
        *,
        others: Own,
        departed: Collection[tuple[Resource, str]],
        fallen: set[Record],
    ) -> None:
        self.source, self.delivery = source, delivery
        self.own, self.others, self.fallen = own, others, fallen
        self.named = {
            resource: {*own.get(resource, {}), *(it for kind, it in departed if kind is resource)}
            for resource in RESOURCES
        }
        self.valid: dict[Resource, dict[str, dict[str, Any]]] = {}
        self.removed: dict[Resource, set[str]] = defaultdict(set)
        self.bad: dict[Resource, set[str]] = defaultdict(set)
        self.kept: dict[Resource, set[str]] = {}
        self.curtailed: set[str] = set()
        for resource in RESOURCES:
            self._judge(resource)

    def stays(self, resource: Resource, sourced_id: str) -> bool:
        """Say whether the source itself has a record of that id after this delivery."""
        return sourced_id in self.valid[resource] or sourced_id in self.kept[resource]

    def _judge(self, resource: Resource) -> None:
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self.delivery.rows.get(resource, []):
            sourced_id = row.get("sourcedId")
            is_to_be_judged = sourced_id and owns_row(self.source, resource, row)
            if is_to_be_judged and row not in rows[sourced_id]:
                rows[sourced_id].append(row)
        self.named[resource] |= {*rows}
        self.valid[resource] = {}
        chosen: dict[str, Row] = {}
        for sourced_id, several in rows.items():
            self._choose(resource, sourced_id, several, chosen)
        self.kept[resource] = {
            sourced_id
            for sourced_id, record in self.own.get(resource, {}).items()
            if self._is_kept(record)
        }
        for sourced_id, row in chosen.items():
            values = self.valid[resource][sourced_id]
            for it in reference_fields(resource):
                if it.refers_to is resource:
                    values[it.name] = self._links(resource, sourced_id, row, it)

    def _choose(
        self, resource: Resource, sourced_id: str, rows: list[Row], chosen: dict[str, Row]
    ) -> None:
        if len(rows) == 1 and rows[0].get("status") in ("tobedeleted", "inactive"):
            self.removed[resource].add(sourced_id)
            return
        is_published = sourced_id in self.own.get(resource, {})
        candidates = [] if len(rows) > 1 and is_published else rows
        for row in candidates:
            values = self._values(resource, sourced_id, row)
            if values is not None:
                self.valid[resource][sourced_id] = values
                chosen[sourced_id] = row
                return
        self.bad[resource].add(sourced_id)
        if any(row.get("enabledUser") == "false" for row in rows):
            self.curtailed.add(sourced_id)

    def _is_kept(self, record: Record) -> bool:
        resource, sourced_id = record.resource, record.sourced_id
        if sourced_id in self.valid[resource] or record in self.fallen:
            return False
        if not owns_record(self.source, record):
            return True
        if sourced_id in self.removed[resource]:
            return False
        return (
            sourced_id in self.bad[resource]
            or resource not in self.delivery.rows
            or resource in self.delivery.deltas
            or resource in self.delivery.unreadable
        )

    def _values(self, resource: Resource, sourced_id: str, row: Row) -> dict[str, Any] | None:
        """Return what a row says, or None when it cannot be used."""
        published = self.own.get(resource, {}).get(sourced_id)
        values: dict[str, Any] = {}
        for it in delivered_fields(resource):
            if it.refers_to is resource:
                continue  # once it is known which records of the kind stay
            value = (
                self._links(resource, sourced_id, row, it)
                if it.refers_to
                else _plain(it, row.get(it.name) or None, published)
            )
            is_homeless = it.name == "orgSourcedIds" and not row.get(it.name)  # a warning only
            if value is _UNUSABLE or (it.refers_to and it.required and not (value or is_homeless)):
                return None
            values[it.name] = value
        if resource is Resource.DEMOGRAPHICS:
            values["sourcedId"] = self._find(Resource.USERS, sourced_id)
            if not values["sourcedId"]:
                return None
        is_session = resource is Resource.ACADEMIC_SESSIONS
        if is_session and not values["startDate"] < values["endDate"]:
            return None
        return values

    def _links(
        self, resource: Resource, sourced_id: str, row: Row, it: Field
    ) -> tuple[Target, ...]:
        assert it.refers_to
        named = named_ids(row, it.name)
        found = tuple(target for one in named for target in self._find(it.refers_to, one))
        published = self.own.get(resource, {}).get(sourced_id)
        if named and not found and not it.required and not it.is_list and published:
            if any(one in self.removed[it.refers_to] for one in named):
                return ()
            return tuple(one for one in published.targets(it.name) if self.still_stands(one))
        return found

    def still_stands(self, record: Record) -> bool:
        """Say whether a published record is there after this delivery."""
        return record.source != self.source.number or self.stays(record.resource, record.sourced_id)

    def _find(self, resource: Resource, sourced_id: str) -> tuple[Target, ...]:
        """Return what an id means: the source's own record first, then another source's."""
        if self.stays(resource, sourced_id):
            return (sourced_id,)
        if sourced_id in self.named[resource]:
            return ()  # its own, which is not there any more; never somebody else's
        record = self.others.get(resource, {}).get(sourced_id)
        return (record,) if record else ()


def _plain(it: Field, text: str | None, published: Record | None) -> Any:
    if text is None:
        return _UNUSABLE if it.required else None
    match it.kind:
        case Kind.ENUM:
            is_good = text in it.values
        case Kind.BOOLEAN:
            is_good = text in ("true", "false")
        case Kind.DATE:
            is_good = _is_date(text)
        case _:
            is_good = True
    if is_good:
        return text
    if it.required:
        return _UNUSABLE
    return published.values.get(it.name) if published else None


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
