"""The sources of a district, and choosing one for an upload."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from unittest.mock import patch
from zipfile import ZipFile

import pytest
from django.core.files.storage import InMemoryStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.dashboards.cast import Cast, meet_pair, run_of

from rollbook.dashboards.queries.sources import read_sources
from rollbook.runs.models import RunState, SyncRun
from rollbook.sources.models import Delivery, Source
from rollbook.sources.setup import add_source
from rollbook.sources.words import owns_what, stays_how_long, when_open

SOURCES = "/districts/oakwood/sources/"
UPLOAD = "/districts/oakwood/upload/"


@pytest.fixture
def manager(cast: Cast, client: Client) -> Client:
    client.force_login(cast.data_manager)
    return client


@pytest.fixture
def storage() -> Iterator[None]:
    with (
        patch("rollbook.sources.deliveries.queue_run"),
        patch("rollbook.sources.deliveries.default_storage", InMemoryStorage()),
    ):
        yield


def export() -> SimpleUploadedFile:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as package:
        package.writestr("orgs.csv", "sourcedId\n")
    return SimpleUploadedFile("export.zip", buffer.getvalue())


def families(cast: Cast) -> Source:
    return add_source(
        cast.oakwood,
        "Families",
        owns=["demographics", "contacts"],
        schools=["101"],
        grace_days=3,
        acting_user=None,
    )


@pytest.mark.parametrize(
    ("owns", "schools", "words"),
    [
        ([], [], "everything"),
        (["contacts"], [], "parents and guardians"),
        (["enrollments", "students", "classes"], [], "classes, students and enrollments"),
        ([], ["101"], "everything of school 101"),
        (
            ["staff"],
            ["1", "2", "3", "4", "5", "6"],
            "other staff of schools 1, 2, 3, 4, 5 and 1 more",
        ),
    ],
)
def test_what_a_source_owns_reads_well(owns: list[str], schools: list[str], words: str) -> None:
    assert owns_what(Source(owns=owns, schools=schools)) == words


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2027, 6, 30), "that has not begun, so nothing of it is taken today."),
        (date(2027, 7, 1), "It adds to the roster from 1 July 2027 to 31 July 2027."),
        (date(2027, 7, 31), "It adds to the roster from 1 July 2027 to 31 July 2027."),
        (date(2027, 8, 1), "that is over, so nothing of it is taken today."),
    ],
)
def test_additive_source_says_whether_it_is_open(today: date, words: str) -> None:
    source = Source(is_additive=True, begins_on=date(2027, 7, 1), ends_on=date(2027, 7, 31))
    assert when_open(source, today=today).endswith(words)
    assert when_open(Source(), today=today) == ""


def test_days_of_grace_are_said() -> None:
    assert stays_how_long(Source()) == ""
    assert stays_how_long(Source(grace_days=1)) == "People who are gone stay for 1 day."
    assert stays_how_long(Source(grace_days=14)) == "People who are gone stay for 14 days."


def test_page_lists_sources_with_what_they_own_and_how_they_fared(
    manager: Client, cast: Cast
) -> None:
    run = run_of(cast.oakwood, number=1, state=RunState.PUBLISHED)
    meet_pair(run)
    families(cast)
    html = manager.get(SOURCES).content.decode()
    for words in (
        "Owns everything.",
        "Owns parents and guardians and demographics of school 101.",
        "People who are gone stay for 3 days.",
        '<a href="/districts/oakwood/runs/1/">Run 1</a>',
        '<a href="/districts/oakwood/ids/?source=1">1 id waits for a decision</a>',
        "No delivery yet",
    ):
        assert words in html


def test_district_without_a_delivery_says_how_its_source_comes_to_be(manager: Client) -> None:
    assert "The first source is there with the first delivery" in (
        manager.get(SOURCES).content.decode()
    )
    assert not Source.objects.exists()


def test_page_is_only_looked_at(manager: Client) -> None:
    assert manager.post(SOURCES).status_code == 405


def test_queries_stay_flat_when_sources_double(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, 5):
        run = run_of(cast.oakwood, number=number, state=RunState.PUBLISHED, source_number=number)
        meet_pair(run, source_number=number)
        Source.objects.get_or_create(district=cast.oakwood, number=number)
        if number in (2, 4):
            with django_assert_num_queries(3):
                assert len(read_sources(cast.oakwood, now=timezone.now())) >= number


def test_upload_asks_for_nothing_with_one_source(
    manager: Client, cast: Cast, storage: None
) -> None:
    run_of(cast.oakwood, number=1, state=RunState.PUBLISHED)
    html = manager.get(UPLOAD).content.decode()
    assert 'name="source"' not in html
    assert "owns everything" not in html
    manager.post(UPLOAD, {"file": export(), "source": "7"})
    assert SyncRun.objects.get(number=2).source_number == 1


def test_upload_says_what_the_only_source_owns_when_it_is_limited(
    manager: Client, cast: Cast
) -> None:
    Source.objects.create(district=cast.oakwood, number=1, name="SIS", owns=["students"])
    assert "The source SIS owns students." in manager.get(UPLOAD).content.decode()


def test_upload_of_several_sources_goes_to_the_chosen_one(
    manager: Client, cast: Cast, storage: None
) -> None:
    families(cast)
    html = manager.get(UPLOAD).content.decode()
    assert "Owns parents and guardians and demographics of school 101." in html
    assert not re.search(r"<input[^>]*checked", html)
    answer = manager.post(UPLOAD, {"file": export(), "source": "2"})
    assert answer.headers["Location"] == "/districts/oakwood/runs/1/"
    assert SyncRun.objects.get().source_number == Delivery.objects.get().source_number == 2


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({}, "Choose the source that this file comes from."),
        ({"source": "3"}, "This source is not there any more."),
    ],
)
def test_upload_is_not_taken_without_its_source(
    manager: Client, cast: Cast, storage: None, chosen: dict[str, str], sentence: str
) -> None:
    families(cast)
    answer = manager.post(UPLOAD, {"file": export(), **chosen})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not SyncRun.objects.exists()
