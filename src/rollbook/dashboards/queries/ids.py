"""Ids about which a person decides, and what was decided lately."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Count, Max, Min, Q, QuerySet

from rollbook.dashboards.queries.paging import Choice, Pages, pages_of, query_of
from rollbook.dashboards.times import listed
from rollbook.dashboards.wording import NAMES, RECORDS, capitalized, person_name
from rollbook.districts.models import District
from rollbook.oneroster import RESOURCES
from rollbook.runs.identity import waiting_pairs
from rollbook.runs.models import IdentityPair, PairKind, PairVerdict, SyncRun
from rollbook.sources.models import Source

PAIRS_PER_PAGE = 25
DECISIONS_SHOWN = 10
KINDS: dict[str, str] = {
    PairKind.REKEYED: "The same under another id",
    PairKind.REASSIGNED: "Another under the same id",
}


@dataclass(frozen=True, slots=True)
class PairLine:
    """One pair that waits.

    Attributes:
        key: What the form sends for it.
        kind: What it seems to be, as a sentence.
        evidence: Why it is thought so.
        met_by: The run that met it last.
    """

    key: str
    kind: str
    is_rekeyed: bool
    resource: str
    was: str
    sourced_id: str
    name_before: str
    name_after: str
    evidence: str
    is_certain: bool
    met_by: int
    is_ticked: bool = False


@dataclass(frozen=True, slots=True)
class CertainPairs:
    """All pairs of one kind that are certain, on every page of what the filters leave.

    Attributes:
        met_until: The newest run that found one: the form says it again, so that a pair which
            comes later is not decided unseen.
    """

    kind: str
    amount: int
    met_until: int

    @property
    def key(self) -> str:
        """What the form sends for them."""
        return f"{self.kind}:{self.amount}:{self.met_until}"


@dataclass(frozen=True, slots=True)
class WaitingPart:
    """The pairs of one source that wait.

    Attributes:
        total: Of the district, whatever the filters.
        certain: Each kind that has certain pairs, by itself: an answer that is right for somebody
            who has a new id is wrong for an id that is somebody else's.
        has_rekeyed, has_reassigned: Whether the filters leave pairs of either kind.
    """

    total: int
    source_number: int
    sources: list[Choice]
    kinds: list[Choice]
    resources: list[Choice]
    kind: str
    resource: str
    lines: list[PairLine]
    pages: Pages
    certain: list[CertainPairs]
    has_rekeyed: bool
    has_reassigned: bool


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision about one or many pairs.

    Attributes:
        what: About whom, or about how many ids.
        verdict: What was decided, as a sentence.
        published_by: The run that published it; None while none has.
    """

    what: str
    verdict: str
    person: str
    when: str
    reason: str
    published_by: int | None


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the pairs the address asks for; blank is everything."""

    source: str = ""
    kind: str = ""
    resource: str = ""
    page: str = ""


def filter_of(asked: Mapping[str, str]) -> Filter:
    """Return what an address or a form asks for; what does not exist is not asked for."""
    kind, resource = asked.get("kind", ""), asked.get("resource", "")
    return Filter(
        source=asked.get("source", ""),
        kind=kind if kind in KINDS else "",
        resource=resource if resource in RECORDS else "",
        page=asked.get("page", ""),
    )


def count_waiting(run: SyncRun) -> int:
    """Count the ids that wait for a decision and that this run met last."""
    met = waiting_pairs(run.district_id).filter(source_number=run.source_number)
    return met.filter(run_number=run.number).count()


def read_waiting(district: District, asked: Filter, ticked: Collection[str] = ()) -> WaitingPart:
    """Read the pairs that wait, of one source: each source has ids of its own."""
    groups = _groups(district)
    source = _chosen_source(groups, asked.source)
    of_source = [group for group in groups if group.source_number == source]
    kind, resource = asked.kind, asked.resource
    left = [group for group in of_source if group.is_among(kind, resource)]
    filters = {"source": str(source), "kind": kind, "resource": resource}
    pages = pages_of(
        sum(group.amount for group in left),
        per_page=PAIRS_PER_PAGE,
        wanted=asked.page,
        name="page",
        filters=filters,
    )
    rows = filtered_pairs(district.pk, source, kind=kind, resource=resource)
    rows = rows.order_by("resource", "label_before", "was", "sourced_id")
    return WaitingPart(
        total=sum(group.amount for group in groups),
        source_number=source,
        sources=_sources(district, groups, source),
        kinds=_kinds(of_source, source, kind, resource),
        resources=_resources(of_source, source, kind, resource),
        kind=kind,
        resource=resource,
        lines=[_line(row, ticked) for row in rows[pages.offset : pages.last]],
        pages=pages,
        certain=[it for kind in KINDS if (it := _certain(left, kind)).amount],
        has_rekeyed=any(group.kind == PairKind.REKEYED for group in left),
        has_reassigned=any(group.kind == PairKind.REASSIGNED for group in left),
    )


def filtered_pairs(
    district_id: int, source_number: int, *, kind: str, resource: str
) -> QuerySet[IdentityPair]:
    """Return the waiting pairs of a source that the filters leave; blank is everything."""
    rows = waiting_pairs(district_id).filter(source_number=source_number)
    wanted = {"kind": kind, "resource": resource}
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def named_pairs(
    district_id: int, source_number: int, keys: Collection[str]
) -> QuerySet[IdentityPair]:
    """Return the waiting pairs of a source that a form names; what is no key names none."""
    named = [(district_id, source_number, *key) for text in keys if (key := _parse(text))]
    return waiting_pairs(district_id).filter(pk__in=named)


def read_decisions(district: District, *, now: datetime) -> list[DecisionLine]:
    """Return the latest decisions, newest first; ids decided at once are one line."""
    decided = IdentityPair.objects.filter(district=district, decided_at__isnull=False)
    by = ("decided_at", "verdict", "kind", "resource", "decided_by", "decision_reason")
    rows = list(
        decided.values(*by)
        .annotate(
            amount=Count("*"),
            name=Min("label_before"),
            was=Min("was"),
            new=Min("sourced_id"),
            published_by=Max("settled_run"),
        )
        .order_by("-decided_at", "resource", "kind")[:DECISIONS_SHOWN]
    )
    people = User.objects.in_bulk({row["decided_by"] for row in rows if row["decided_by"]})
    return [
        DecisionLine(
            what=_what(row["amount"], row["resource"], row["name"], row["was"], row["new"]),
            verdict=_verdict(row["verdict"], row["kind"]),
            person=person_name(people.get(row["decided_by"])),
            when=listed(row["decided_at"], zone=district.time_zone, now=now),
            reason=row["decision_reason"],
            published_by=row["published_by"],
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class _Group:
    """The pairs of one source, kind and resource that wait, counted."""

    source_number: int
    kind: str
    resource: str
    amount: int
    certain: int
    met_until: int

    def is_among(self, kind: str, resource: str) -> bool:
        return kind in ("", self.kind) and resource in ("", self.resource)


def _groups(district: District) -> list[_Group]:
    rows = waiting_pairs(district.pk).values("source_number", "kind", "resource")
    counted = rows.annotate(
        amount=Count("*"),
        certain=Count("was", filter=Q(confidence="certain")),
        met_until=Max("found_run"),
    )
    return [_Group(**row) for row in counted.order_by("source_number", "kind", "resource")]


def _certain(groups: list[_Group], kind: str) -> CertainPairs:
    of_kind = [group for group in groups if group.kind == kind and group.certain]
    return CertainPairs(
        kind,
        amount=sum(group.certain for group in of_kind),
        met_until=max((group.met_until for group in of_kind), default=0),
    )


def _chosen_source(groups: list[_Group], asked: str) -> int:
    known = [group.source_number for group in groups]
    return next((it for it in known if str(it) == asked), known[0] if known else 1)


def _sources(district: District, groups: list[_Group], current: int) -> list[Choice]:
    numbers = {group.source_number for group in groups}
    if len(numbers) < 2:
        return []
    sources = Source.objects.filter(district=district, number__in=numbers).order_by("number")
    return [
        Choice(
            source.name,
            sum(group.amount for group in groups if group.source_number == source.number),
            query_of(source=str(source.number)),
            source.number == current,
        )
        for source in sources
    ]


def _kinds(groups: list[_Group], source: int, current: str, resource: str) -> list[Choice]:
    return [
        Choice(
            word,
            sum(group.amount for group in groups if group.is_among(kind, resource)),
            query_of(source=str(source), kind=kind, resource=resource),
            kind == current,
        )
        for kind, word in ({"": "All"} | KINDS).items()
        if not kind or any(group.kind == kind for group in groups)
    ]


def _resources(groups: list[_Group], source: int, kind: str, current: str) -> list[Choice]:
    met = [resource for resource in RESOURCES if any(it.resource == resource for it in groups)]
    if len(met) < 2:
        return []
    names = {"": "Every file"} | {str(resource): NAMES[resource] for resource in met}
    return [
        Choice(
            word,
            sum(group.amount for group in groups if group.is_among(kind, resource)),
            query_of(source=str(source), kind=kind, resource=resource),
            resource == current,
        )
        for resource, word in names.items()
    ]


def _line(pair: IdentityPair, ticked: Collection[str]) -> PairLine:
    is_rekeyed = pair.kind == PairKind.REKEYED
    record = RECORDS[pair.resource]
    key = json.dumps([pair.resource, pair.was, pair.sourced_id, pair.found_run])
    return PairLine(
        key=key,
        kind=(
            f"The same {record} under another id, it seems"
            if is_rekeyed
            else f"Another {record} under the same id, it seems"
        ),
        is_rekeyed=is_rekeyed,
        resource=NAMES[pair.resource],
        was=pair.was,
        sourced_id=pair.sourced_id,
        name_before=pair.label_before,
        name_after=pair.label_after,
        evidence=capitalized(pair.evidence),
        is_certain=pair.confidence == "certain",
        met_by=pair.run_number,
        is_ticked=key in ticked,
    )


def _parse(text: str) -> tuple[str, str, str, int] | None:
    try:
        parts = json.loads(text)
    except ValueError:
        return None
    match parts:
        case [str(resource), str(was), str(sourced_id), int(found_run)] if _fits(*parts):
            return resource, was, sourced_id, found_run
    return None


def _fits(resource: str, was: str, sourced_id: str, found_run: int) -> bool:
    """Whether PostgreSQL can be asked for it at all."""
    has_nul = any("\0" in text for text in (resource, was, sourced_id))
    return not has_nul and 0 < found_run < 2**31


def _what(amount: int, resource: str, name: str, was: str, new: str) -> str:
    if amount > 1:
        return f"{amount:,} ids of {NAMES[resource].lower()}"
    ids = was if was == new else f"{was} → {new}"
    return f"{name} ({ids})" if name else ids


def _verdict(verdict: str, kind: str) -> str:
    if verdict == PairVerdict.SAME:
        return "The same" if kind == PairKind.REASSIGNED else "The same, under a new id"
    return "Somebody else, a new record" if kind == PairKind.REASSIGNED else "Two different records"
