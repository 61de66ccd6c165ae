"""Take a delivery in: store the file as it came, but for passwords, note it, and queue its run."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path, PurePath
from typing import BinaryIO

import structlog
from django.contrib.auth.models import User
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from rollbook.districts.models import District
from rollbook.filestore import fetch_file
from rollbook.runs.models import SyncRun
from rollbook.runs.queue import queue_run
from rollbook.sources.errors import DeliveryGoneError, DeliveryRefusedError
from rollbook.sources.models import Delivery, Road, Source
from rollbook.sources.passwords import without_passwords

_CHUNK_BYTES = 1024 * 1024

log = structlog.get_logger(__name__)


def receive_delivery(
    district: District,
    *,
    file: BinaryIO,
    filename: str,
    road: Road,
    acting_user: User | None,
    source_number: int = 1,
) -> SyncRun:
    """Store a ZIP, note the delivery, and queue the run that will read it.

    Passwords are cut before anything is stored; the sha256 of what came is kept. The file is stored
    before the transaction that names it. Killed in between, it is a file that
    nobody knows; never a delivery without its file.

    Raises:
        DeliveryRefusedError: The file is not a ZIP archive. Nothing was stored.
    """
    refuse_unless_zip(file)
    sha256 = _digest_of(file)
    with without_passwords(file) as stored:
        key = default_storage.save(_key(district, filename), File(stored))
    stored_sha256, size_bytes = _digest(key)
    with transaction.atomic():
        # The district's row is locked so that two deliveries at once get two numbers.
        District.objects.select_for_update().get(pk=district.pk)
        delivery = Delivery.objects.create(
            district=district,
            number=_next(Delivery, district),
            source_number=_source(district, source_number).number,
            road=road,
            received_from=acting_user,
            filename=_as_text(PurePath(filename).name)[:255],
            stored_as=key,
            size_bytes=size_bytes,
            sha256=sha256,
            stored_sha256=stored_sha256,
        )
        run = SyncRun.objects.create(
            district=district,
            number=_next(SyncRun, district),
            source_number=source_number,
            delivery_number=delivery.number,
        )
        queue_run(run)
    log.info("delivery received", district=district.pk, run=run.number, bytes=size_bytes)
    return run


def refuse_unless_zip(file: BinaryIO) -> None:
    """Look at a file without keeping it.

    Raises:
        DeliveryRefusedError: It is not a ZIP archive.
    """
    file.seek(0)
    is_zip = zipfile.is_zipfile(file)
    file.seek(0)
    if not is_zip:
        raise DeliveryRefusedError(
            "This file is not a ZIP archive, or it arrived cut off. Put the CSV files of the "
            "OneRoster export into one ZIP and send that."
        )


def fetch_delivery(run: SyncRun, *, folder: Path) -> Path:
    """Make the run's delivery readable on this machine: the stored file, or a copy of it.

    Raises:
        DeliveryGoneError: The file is not kept any more.
    """
    delivery = Delivery.objects.get(district_id=run.district_id, number=run.delivery_number or 0)
    if not delivery.stored_as:
        raise DeliveryGoneError(
            "The file of this delivery is not kept any more. Export and deliver once more."
        )
    return fetch_file(delivery.stored_as, into=folder / "delivery.zip")


def _key(district: District, filename: str) -> str:
    day = timezone.now().strftime("%Y-%m-%d")
    try:
        name = default_storage.get_valid_name(PurePath(filename).name)[-80:]
    except SuspiciousFileOperation:  # nothing of it can be part of a path
        name = "delivery.zip"
    return f"deliveries/{district.pk}/{day}/{name}"


def _as_text(filename: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in filename)


def _digest_of(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK_BYTES):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _digest(key: str) -> tuple[str, int]:
    """Read back what was stored, so that the digest vouches for the stored file."""
    digest, size = hashlib.sha256(), 0
    with default_storage.open(key) as stored:
        while chunk := stored.read(_CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _next(model: type[Delivery] | type[SyncRun], district: District) -> int:
    highest = model.objects.filter(district=district).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def source_of(run: SyncRun) -> Source:
    """Return the source that a run's delivery came from."""
    return Source.objects.get(district_id=run.district_id, number=run.source_number)


def first_source(district: District) -> Source:
    """Return a district's first source, which is there from the beginning."""
    source, _ = Source.objects.get_or_create(
        district=district, number=1, defaults={"name": "SIS export"}
    )
    return source


def _source(district: District, number: int) -> Source:
    if number == 1:
        return first_source(district)
    return Source.objects.get(district=district, number=number)
