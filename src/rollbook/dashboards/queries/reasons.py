"""Why a run was held or stopped, each reason with the first of its records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rollbook.dashboards.queries.paging import query_of
from rollbook.runs.models import RecordChange, SyncRun
from rollbook.runs.states import notices_of


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """A record behind a reason; without a label where the run has not kept its change."""

    sourced_id: str
    label: str


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One reason.

    Attributes:
        count: How many records are behind it; 0 where it is not about records.
        records: The first of them, those that the reason names.
        query: Shows its records among the changes of the run; empty where no filter does.
    """

    code: str
    sentence: str
    count: int
    records: list[NamedRecord]
    query: str

    @property
    def rest(self) -> int:
        """How many records the reason does not name."""
        return max(self.count - len(self.records), 0)


def read_reasons(run: SyncRun) -> list[ReasonLine]:
    """Read the reasons of a run; the names of all their records with one query."""
    labels = _labels(run)
    return [_line(reason, labels) for reason in run.reasons]


def read_notices(run: SyncRun) -> list[ReasonLine]:
    """Read what somebody should look at; its records stay as they are, so the run has no names."""
    return [_line(notice, {}) for notice in notices_of(run)]


def _line(reason: Mapping[str, Any], labels: Mapping[tuple[str, str], str]) -> ReasonLine:
    records = reason.get("records") or {}
    resource = _resource(reason)
    named = [
        NamedRecord(sourced_id, labels.get((resource, sourced_id), ""))
        for sourced_id in records.get("ids", ())
    ]
    change = records.get("change") or ("update" if reason.get("field") else "")
    return ReasonLine(
        code=reason["code"],
        sentence=reason["sentence"],
        count=records.get("count", 0),
        records=named,
        query=query_of(resource=resource, change=change) if named and change else "",
    )


def _labels(run: SyncRun) -> dict[tuple[str, str], str]:
    wanted = {
        (_resource(reason), sourced_id)
        for reason in run.reasons
        for sourced_id in (reason.get("records") or {}).get("ids", ())
    }
    if not wanted:
        return {}
    rows = RecordChange.objects.filter(
        district_id=run.district_id,
        run_number=run.number,
        resource__in={resource for resource, _ in wanted},
        sourced_id__in={sourced_id for _, sourced_id in wanted},
    )
    found = rows.values_list("resource", "sourced_id", "label")
    return {(resource, sourced_id): label for resource, sourced_id, label in found}


def _resource(reason: Mapping[str, Any]) -> str:
    """Return the resource that a reason's code begins with."""
    return str(reason["code"]).partition(".")[0]
