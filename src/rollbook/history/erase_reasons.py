"""Take a person out of what the guard noted: records behind its reasons, and examples of drift."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from rollbook.runs.models import RunStatistics, SyncRun

ErasedRecord = tuple[int, str, str]
"""Source, resource and sourcedId."""

_EXAMPLES_OF = "sourcedId"  # what drift says of any other field names a column
# An id as a word of its own, and what it was or became: `007 → 7`.
_EXAMPLE = r"(?:[^\s(]+ → )?(?<![\w.@-])(?:{words})(?![\w.@-])(?: → [^\s)]+)?"


def forget_in_reasons(district_id: int, erased: Collection[ErasedRecord]) -> int:
    """Rewrite what names one of the records; return how many runs it was of."""
    found = 0
    for row, field, told in _tellings(district_id, erased):
        setattr(row, field, told)
        row.save(update_fields=[field])
        found += 1
    return found


def count_in_reasons(district_id: int, erased: Collection[ErasedRecord]) -> int:
    """Return how many runs still name one of the records there."""
    return sum(1 for _ in _tellings(district_id, erased))


def _tellings(
    district_id: int, erased: Collection[ErasedRecord]
) -> Iterator[tuple[SyncRun | RunStatistics, str, Any]]:
    """Yield each row that names one of the records, the field that does, and what stays of it."""
    runs = SyncRun.objects.filter(district_id=district_id).exclude(reasons=[])
    for run in runs.only("district_id", "number", "source_number", "reasons"):
        told = [_without(it, run.source_number, erased, text="sentence") for it in run.reasons]
        if told != run.reasons:
            yield run, "reasons", told
    judged = SyncRun.objects.filter(district_id=district_id, judgement__has_key="notices")
    for run in judged.only("district_id", "number", "source_number", "judgement"):
        notices = run.judgement["notices"]
        told = [_without(it, run.source_number, erased, text="sentence") for it in notices]
        if told != notices:
            yield run, "judgement", {**run.judgement, "notices": told}
    sources = dict(
        SyncRun.objects.filter(district_id=district_id).values_list("number", "source_number")
    )
    drifted = RunStatistics.objects.filter(district_id=district_id).exclude(statistics__drift=[])
    for row in drifted:
        source = sources.get(row.run_number, 0)
        drift = [_without(it, source, erased, text="value") for it in row.statistics["drift"]]
        if drift != row.statistics["drift"]:
            yield row, "statistics", {**row.statistics, "drift": drift}


def _without(
    said: dict[str, Any], source: int, erased: Collection[ErasedRecord], *, text: str
) -> dict[str, Any]:
    """Return a reason, or what was said of drift, without the ids of the records."""
    resource = str(said["code"]).partition(".")[0]
    ids = {it for number, name, it in erased if (number, name) == (source, resource)}
    left = dict(said)
    if ids and said.get("field") == _EXAMPLES_OF and said.get(text):
        words = "|".join(map(re.escape, sorted(ids)))
        left[text] = re.sub(_EXAMPLE.format(words=words), "…", said[text])
    if ids and (records := said.get("records")):
        named = [it for it in records.get("ids", ()) if it not in ids]
        left["records"] = {**records, "ids": named}
    return left
