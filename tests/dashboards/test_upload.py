"""Bringing a delivery in by hand."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from unittest.mock import Mock, patch
from zipfile import ZipFile

import pytest
from django.core.files.storage import InMemoryStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.dashboards.cast import Cast, run_of

from rollbook.runs.models import RunState, SyncRun
from rollbook.sources.models import Delivery

UPLOAD = "/districts/oakwood/upload/"


@pytest.fixture
def manager(cast: Cast, client: Client) -> Client:
    client.force_login(cast.data_manager)
    return client


@pytest.fixture
def queue() -> Iterator[Mock]:
    """The queue, which has its own tests, and a storage that forgets."""
    with (
        patch("rollbook.sources.deliveries.queue_run") as queue,
        patch("rollbook.sources.deliveries.default_storage", InMemoryStorage()),
    ):
        yield queue


def export(name: str = "export.zip") -> SimpleUploadedFile:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as package:
        package.writestr("orgs.csv", "sourcedId\n")
    return SimpleUploadedFile(name, buffer.getvalue())


def test_upload_becomes_a_run_and_leads_to_it(manager: Client, cast: Cast, queue: Mock) -> None:
    answer = manager.post(UPLOAD, {"file": export()})
    assert answer.headers["Location"] == "/districts/oakwood/runs/1/"
    delivery = Delivery.objects.get()
    assert (delivery.filename, delivery.received_from) == ("export.zip", cast.data_manager)
    queue.assert_called_once()


def test_upload_by_htmx_is_led_there_as_well(manager: Client, queue: Mock) -> None:
    answer = manager.post(UPLOAD, {"file": export()}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/districts/oakwood/runs/1/"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"sourcedId,name\n", "This file is not a ZIP archive"), (b"", "This file is empty.")],
)
def test_what_is_no_export_is_refused_beside_the_field(
    manager: Client, queue: Mock, content: bytes, sentence: str
) -> None:
    answer = manager.post(UPLOAD, {"file": SimpleUploadedFile("export.zip", content)})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not SyncRun.objects.exists()


def test_nothing_chosen_is_said_to_be(manager: Client) -> None:
    answer = manager.post(UPLOAD, {})
    assert "Choose the ZIP file of the export first." in answer.content.decode()


def test_held_run_is_named_with_what_becomes_of_it(manager: Client, cast: Cast) -> None:
    sentence = "waits for a decision; a delivery that is published takes its place."
    run_of(cast.oakwood, number=16, state=RunState.HELD, approved_digest="a digest")
    assert sentence not in manager.get(UPLOAD).content.decode()
    run_of(cast.oakwood, number=17, state=RunState.HELD)
    html = manager.get(UPLOAD).content.decode()
    assert f'<a href="/districts/oakwood/runs/17/">Run 17</a> {sentence}' in html


def test_refusal_by_htmx_is_the_form_alone(manager: Client) -> None:
    answer = manager.post(UPLOAD, {}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert b"<html" not in answer.content
