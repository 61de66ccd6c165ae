from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
from tests.packages import USERS, small_district
from tests.rosters import make_district, receive


def zip_bytes() -> bytes:
    import zipfile

    package = small_district(students=1)
    package.columns[USERS].remove("password")  # with one the file is rewritten: test_passwords.py
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in package.files().items():
            archive.writestr(name, content)
    return packed.getvalue()


def take(district: Any, content: bytes, filename: str) -> Any:
    from rollbook.sources.deliveries import receive_delivery
    from rollbook.sources.models import Delivery, Road

    run = receive_delivery(
        district, file=io.BytesIO(content), filename=filename, road=Road.UPLOAD, acting_user=None
    )
    return Delivery.objects.get(district=district, number=run.delivery_number)


@pytest.mark.django_db
def test_delivery_is_stored_as_it_came() -> None:
    from django.core.files.storage import default_storage

    content = zip_bytes()
    delivery = take(make_district(), content, "export.zip")
    with default_storage.open(delivery.stored_as) as stored:
        assert stored.read() == content
    assert delivery.sha256 == hashlib.sha256(content).hexdigest()
    assert (delivery.size_bytes, delivery.filename) == (len(content), "export.zip")


@pytest.mark.django_db
def test_same_name_twice_is_two_files() -> None:
    district = make_district()
    first, second = (take(district, zip_bytes(), "export.zip") for _ in range(2))
    assert first.stored_as != second.stored_as
    assert (first.number, second.number) == (1, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "filename",
    [
        "../../etc/passwd", "..", ".", "", "/", "a/b.zip", "C:\\new\\x.zip", "学校 2026.zip",
        "é" * 300, "x" * 500 + ".zip", "a\0b.zip", "???", " ", "-rf", "a\nb.zip",
    ],
)  # fmt: skip
def test_any_name_of_a_file_is_taken(filename: str) -> None:
    from django.core.files.storage import default_storage

    delivery = take(make_district(), zip_bytes(), filename)
    assert delivery.stored_as.startswith("deliveries/")
    assert ".." not in delivery.stored_as
    assert default_storage.exists(delivery.stored_as)


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"sourcedId,name\n", zip_bytes()[:-30], b"PK\x03\x04"])
def test_what_is_no_archive_is_refused_and_nothing_is_stored(content: bytes) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    from rollbook.runs.models import SyncRun
    from rollbook.sources.errors import DeliveryRefusedError
    from rollbook.sources.models import Delivery

    with pytest.raises(DeliveryRefusedError):
        take(make_district(), content, "export.zip")
    assert not Delivery.objects.exists()
    assert not SyncRun.objects.exists()
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.django_db
def test_run_and_job_come_with_the_delivery_or_not_at_all() -> None:
    from django.db import transaction
    from procrastinate.contrib.django.models import ProcrastinateJob

    from rollbook.runs.models import SyncRun

    district = make_district()
    with transaction.atomic():
        receive(district, small_district(students=1))
        assert ProcrastinateJob.objects.count() == SyncRun.objects.count() == 1
        transaction.set_rollback(True)
    assert ProcrastinateJob.objects.count() == SyncRun.objects.count() == 0


@pytest.mark.django_db
def test_numbers_count_within_a_district() -> None:
    oak, elm = make_district("Oak"), make_district("Elm")
    runs = [receive(district, small_district(students=1)) for district in (oak, oak, elm)]
    assert [run.number for run in runs] == [1, 2, 1]
