from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from tests.packages import small_district
from tests.rosters import make_district, receive


@pytest.mark.django_db(transaction=True)
def test_delivery_and_snapshot_are_on_the_disk_before_their_transaction_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from django.core.files.storage import default_storage

    from rollbook import pipeline
    from rollbook.sources.models import Delivery

    synced: set[Path] = set()
    known: list[set[Path]] = []
    fsync, apply = os.fsync, pipeline.apply_change_set

    def note(descriptor: int) -> None:
        synced.add(Path(f"/proc/self/fd/{descriptor}").readlink())
        fsync(descriptor)

    def apply_then(*arguments: Any, **keywords: Any) -> Any:
        known.append({*synced})
        return apply(*arguments, **keywords)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(pipeline, "apply_change_set", apply_then)
    district = make_district()
    run = receive(district, small_district())
    delivery = Delivery.objects.get()
    assert _with_folders(default_storage.path(delivery.stored_as)) <= synced
    pipeline.run_sync(district.pk, run.number)
    run.refresh_from_db()
    keys = run.snapshot["1"].values()
    assert keys
    for key in keys:
        assert _with_folders(default_storage.path(key)) <= known[0]


def _with_folders(path: str) -> set[Path]:
    """Return a file and every folder that leads to it from the storage's own."""
    from django.core.files.storage import default_storage

    root = Path(default_storage.path(""))
    return {it for it in (Path(path), *Path(path).parents) if it == root or root in it.parents}
