"""Find stored files that no row names: what killed uploads, publishes and erasures left behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import default_storage

from rollbook.filestore import delete_file
from rollbook.runs.models import SyncRun
from rollbook.sources.models import Delivery


def sweep_orphans(district_id: int, *, before: datetime) -> int:
    """Delete a district's files that nothing names and that were stored before a moment.

    A file is stored before the row that names it, so a younger one may still be on its way.
    """
    named = set(Delivery.objects.filter(district=district_id).values_list("stored_as", flat=True))
    for snapshot in SyncRun.objects.filter(district=district_id).values_list("snapshot", flat=True):
        named.update(key for keys in snapshot.values() for key in keys.values())
    swept = 0
    for folder in (f"snapshots/{district_id}", f"deliveries/{district_id}"):
        for key in _walk(folder):
            if key not in named and default_storage.get_modified_time(key) < before:
                delete_file(key)
                swept += 1
    return swept


def _walk(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}"
    for name in folders:
        yield from _walk(f"{folder}/{name}")
