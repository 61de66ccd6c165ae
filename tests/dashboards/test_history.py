"""Looking back, bringing back and forgetting, on pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.dashboards.cast import Cast, ask, publish_roster, run_of

from rollbook.dashboards.queries.erasures import read_erasures
from rollbook.dashboards.queries.history import read_history
from rollbook.history.models import Erasure, Inquiry
from rollbook.runs.models import RunState, SyncRun

BASE = "/districts/oakwood/"
KEPT: dict[str, Any] = {"state": RunState.PUBLISHED, "snapshot": {"1": {"users": "a.parquet"}}}
ANSWER = {
    "counts": {"users": {"create": 1, "update": 1, "abandon": 0, "rekey": 1}},
    "schools": [{"name": "Oak", "counts": {"users": {"create": 1, "update": 0}}}],
    "changes": [
        {
            "resource": "users",
            "change": "rekey",
            "sourced_id": "S1",
            "was": "1",
            "label": "Zoë <b>O’Brien",
            "fields": {"email": [None, "z@example.org"]},
        }
    ],
}


@pytest.fixture
def published(cast: Cast) -> None:
    """Run 1 is what is published; runs 2 and 3 came after it in number, 3 has no snapshot."""
    publish_roster(cast.oakwood)
    run_of(cast.oakwood, number=1, **KEPT)
    run_of(cast.oakwood, number=2, **KEPT)
    run_of(cast.oakwood, number=3, state=RunState.PUBLISHED)


@pytest.fixture
def owner(cast: Cast, client: Client) -> Client:
    client.force_login(cast.owner)
    return client


@pytest.mark.usefixtures("published")
def test_kept_runs_are_offered(cast: Cast, owner: Client) -> None:
    page = read_history(cast.oakwood, now=timezone.now())
    assert [(run.number, run.may_restore) for run in page.runs] == [(2, True), (1, False)]
    assert (page.before, page.after) == (1, 2)
    html = owner.get(f"{BASE}history/?record=stu%201").content.decode()
    assert "published now" in html
    assert 'value="stu 1"' in html


@pytest.mark.usefixtures("published")
def test_a_question_is_answered_once_the_worker_has_read(owner: Client) -> None:
    answer = owner.post(f"{BASE}history/compare/", {"before": "1", "after": "2"})
    inquiry = Inquiry.objects.get()
    assert answer["Location"] == f"{BASE}history/answers/{inquiry.number}/"
    assert "are being read" in owner.get(answer["Location"]).content.decode()
    polled = owner.get(answer["Location"], headers={"HX-Request": "true"})
    assert polled.status_code == 204
    Inquiry.objects.update(answer=ANSWER, answered_at=timezone.now())
    part = owner.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Zoë &lt;b&gt;O’Brien" in part
    assert "z@example.org" in part
    assert "The first 1 of 3" in part
    Inquiry.objects.update(problem="The snapshot of run 1 is not kept any more.")
    assert "not kept any more" in owner.get(answer["Location"]).content.decode()


@pytest.mark.usefixtures("published")
def test_a_long_comparison_has_pages(owner: Client) -> None:
    address = owner.post(f"{BASE}history/compare/", {"before": "1", "after": "2"})["Location"]
    (one,) = ANSWER["changes"]
    many = [{**one, "sourced_id": f"S{number}", "label": ""} for number in range(60)]
    counts = {"users": {"create": 0, "update": 0, "abandon": 0, "rekey": 60}}
    Inquiry.objects.update(
        answer={**ANSWER, "counts": counts, "changes": many}, answered_at=timezone.now()
    )
    first = owner.get(address).content.decode()
    assert "1–25 of 60 records" in first
    assert f'hx-get="{address}?changes=2"' in first
    assert "<code>S0</code>" in first
    assert "<code>S25</code>" not in first
    assert "The first" not in first
    last = owner.get(f"{address}?changes=3", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in last
    assert "51–60 of 60 records" in last
    assert "<code>S59</code>" in last


@pytest.mark.usefixtures("published")
def test_a_story_names_its_runs(owner: Client) -> None:
    answer = owner.post(f"{BASE}history/record/", {"record": "S1"})
    event = {
        "run_number": 2,
        "at": timezone.now().isoformat(),
        "change": "revive",
        "sourced_id": "S1",
        "was": None,
        "label": "Zoë",
        "fields": {},
        "is_exact": False,
    }
    story = {"resource": "users", "served_id": "1", "events": [event]}
    Inquiry.objects.update(answer={"stories": [story]}, answered_at=timezone.now())
    html = owner.get(answer["Location"]).content.decode()
    assert "Back again" in html
    assert "or an earlier run" in html
    Inquiry.objects.update(answer={"stories": []})
    assert "No published run has had a record" in owner.get(answer["Location"]).content.decode()


@pytest.mark.usefixtures("published")
def test_a_restore_becomes_a_run_with_its_reason(cast: Cast, owner: Client) -> None:
    page = owner.get(f"{BASE}runs/2/restore/").content.decode()
    assert "The whole district" in page
    answer = owner.post(f"{BASE}runs/2/restore/", {"school": "", "reason": "A bad night."})
    run = SyncRun.objects.get(number=4)
    assert answer["Location"] == f"{BASE}runs/4/"
    assert (run.restores_run, run.restored_by, run.state) == (2, cast.owner, RunState.RECEIVED)
    html = owner.get(f"{BASE}runs/4/").content.decode()
    assert "A bad night." in html
    assert "The restore is asked for" in html


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("number", [1, 3])
def test_what_cannot_be_restored_says_so(owner: Client, number: int) -> None:
    address = f"{BASE}runs/{number}/restore/"
    assert "cannot be restored" in owner.get(address).content.decode()
    assert owner.post(address, {"reason": "A bad night."}).status_code == 422
    assert SyncRun.objects.count() == 3


@pytest.mark.usefixtures("published")
def test_a_run_page_leads_to_its_restore(cast: Cast, owner: Client, client: Client) -> None:
    assert f"{BASE}runs/2/restore/" in owner.get(f"{BASE}runs/2/").content.decode()
    client.force_login(cast.reader)
    assert f"{BASE}runs/2/restore/" not in client.get(f"{BASE}runs/2/").content.decode()


def test_erasing_needs_an_id_a_reason_and_a_tick(cast: Cast, owner: Client) -> None:
    whole = {"person": "stu-1", "reason": "The family asked.", "is_sure": "on"}
    for name in whole:
        data = {key: value for key, value in whole.items() if key != name}
        assert owner.post(f"{BASE}history/erasures/", data).status_code == 422
    assert not Erasure.objects.exists()
    assert owner.post(f"{BASE}history/erasures/", whole).status_code == 302
    erasure = Erasure.objects.get()
    assert (erasure.asked_by, erasure.state, erasure.subject) == (cast.owner, "waiting", "stu-1")
    html = owner.get(f"{BASE}history/erasures/").content.decode()
    assert "Waiting for its turn" in html
    assert "stu-1" not in html


def test_the_log_says_what_was_removed_and_that_nothing_is_left(cast: Cast, owner: Client) -> None:
    ask(cast.oakwood)
    html = " ".join(owner.get(f"{BASE}history/erasures/").content.decode().split())
    assert "Removed: people 1, enrollments 2." in html
    assert "41 tables and files were searched afterwards; nothing of the person is left." in html
    owner.post(f"{BASE}history/erasures/1/lift/")
    assert Erasure.objects.get().state == "lifted"


def test_pages_ask_as_often_however_much_there_is(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish_roster(cast.oakwood)
    for number in range(1, 12):
        run_of(cast.oakwood, number=number, **KEPT)
        Erasure.objects.create(
            district=cast.oakwood, number=number, reason="Asked.", asked_by=cast.owner
        )
    with django_assert_num_queries(2):
        read_history(cast.oakwood, now=timezone.now())
    with django_assert_num_queries(1):
        read_erasures(cast.oakwood, now=timezone.now())
