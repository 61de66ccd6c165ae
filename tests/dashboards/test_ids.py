"""Deciding about ids."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import Mock, patch

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.dashboards.cast import Cast, meet_pair, reassign, run_of

from rollbook.dashboards.queries.ids import (
    PAIRS_PER_PAGE,
    Filter,
    read_decisions,
    read_waiting,
)
from rollbook.runs.models import IdentityPair, PairVerdict, RunState, SyncRun
from rollbook.sources.models import Source

IDS = "/districts/oakwood/ids/"
WHY = "The new system gave new ids."
PART = {"HX-Request": "true", "HX-Target": "waiting"}


@pytest.fixture
def manager(cast: Cast, client: Client) -> Client:
    client.force_login(cast.data_manager)
    return client


@pytest.fixture
def run(cast: Cast) -> SyncRun:
    return run_of(cast.oakwood, number=1, state=RunState.UNCHANGED)


@pytest.fixture(autouse=True)
def queue() -> Iterator[Mock]:
    """The queue, which has its own tests."""
    with patch("rollbook.runs.identity.queue_run") as queue:
        yield queue


def key_of(pair: IdentityPair) -> str:
    return f'["{pair.resource}", "{pair.was}", "{pair.sourced_id}", {pair.found_run}]'


def form_of(*pairs: IdentityPair, **fields: object) -> dict[str, object]:
    """Return what the page sends when these are ticked."""
    ticked = [key_of(pair) for pair in pairs]
    return {"source": 1, "which": "ticked", "verdict": "same", "reason": WHY, "pair": ticked} | (
        fields
    )


def test_page_says_who_what_and_why_it_is_thought_so(manager: Client, run: SyncRun) -> None:
    meet_pair(run)
    reassign(run, place=2)
    html = manager.get(IDS).content.decode()
    for words in (
        "Zoë O’Brien-1",
        "<code>stu-1</code>",
        "<code>2027-0001</code>",
        "The same person under another id, it seems",
        "E-mail, number",
        "Another person under the same id, it seems",
        "Mateo Díaz",
        '<a href="/districts/oakwood/runs/1/">Run 1</a>',
    ):
        assert words in html


def test_page_says_what_each_answer_does_to_what_waits(manager: Client, run: SyncRun) -> None:
    meet_pair(run)
    html = manager.get(IDS).content.decode()
    assert "the record goes on under its new id" in html
    assert "name and birth date are corrected" not in html
    reassign(run, place=2)
    assert "name and birth date are corrected" in manager.get(IDS).content.decode()


def test_reader_looks_and_is_told_who_decides(cast: Cast, client: Client, run: SyncRun) -> None:
    meet_pair(run)
    client.force_login(cast.reader)
    html = client.get(IDS).content.decode()
    assert "An owner or a data manager decides." in html
    assert 'type="submit" name="verdict"' not in html
    assert 'name="pair"' not in html


def test_nothing_waits_and_nothing_was_decided(manager: Client) -> None:
    html = manager.get(IDS).content.decode()
    assert "No id waits for a decision." in html
    assert "Nobody has decided about an id yet." in html


def test_decision_about_those_ticked_leads_to_the_run_that_follows(
    manager: Client, cast: Cast, run: SyncRun, queue: Mock
) -> None:
    chosen, other = meet_pair(run), meet_pair(run, place=2)
    answer = manager.post(IDS, form_of(chosen))
    assert answer.headers["Location"] == "/districts/oakwood/runs/2/"
    chosen.refresh_from_db()
    other.refresh_from_db()
    assert (chosen.verdict, chosen.decided_by) == (PairVerdict.SAME, cast.data_manager)
    assert chosen.decision_reason == WHY
    assert other.verdict == PairVerdict.WAITING
    queue.assert_called_once()


def test_all_certain_ones_of_a_kind_are_decided_at_once(manager: Client, run: SyncRun) -> None:
    for place in range(PAIRS_PER_PAGE + 5):
        meet_pair(run, place=place)
    meet_pair(run, place=90, confidence="likely")
    reassign(run, place=91)
    assert f'value="rekeyed:{PAIRS_PER_PAGE + 5}:1"' in manager.get(IDS).content.decode()
    which = f"rekeyed:{PAIRS_PER_PAGE + 5}:1"
    answer = manager.post(IDS, form_of(verdict="different", which=which))
    assert answer.status_code == 302
    decided = IdentityPair.objects.filter(verdict=PairVerdict.DIFFERENT)
    assert decided.count() == PAIRS_PER_PAGE + 5
    assert set(IdentityPair.objects.filter(verdict="").values_list("was", flat=True)) == {
        "stu-90",
        "stu-91",
    }


def test_certain_ones_that_came_since_are_not_decided_unseen(
    manager: Client, cast: Cast, run: SyncRun
) -> None:
    meet_pair(run)
    later = run_of(cast.oakwood, number=2, state=RunState.UNCHANGED)
    meet_pair(later, place=2)
    manager.post(IDS, form_of(which="rekeyed:1:1"))
    assert IdentityPair.objects.get(verdict=PairVerdict.SAME).was == "stu-1"


def test_certain_ones_that_went_since_are_told_in_a_sentence(manager: Client, run: SyncRun) -> None:
    meet_pair(run)
    answer = manager.post(IDS, form_of(which="rekeyed:2:1"))
    assert answer.status_code == 422
    assert "look at the list once more" in answer.content.decode()
    assert not IdentityPair.objects.exclude(verdict="").exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": " "}, "Say why, in a sentence."),
        ({"verdict": ""}, "Say whether they are the same or two different ones."),
        ({"pair": []}, "Tick the ids that you decide about."),
        ({"pair": ["stu-1"]}, "Nothing was decided now"),
        ({"pair": ['["users", "no\\u0000", "body", 1]']}, "Nothing was decided now"),
        ({"source": "2"}, "Nothing was decided now"),
        ({"source": "none"}, "Nothing was decided now"),
        ({"which": "rekeyed:0:1"}, "Nothing was decided now"),
        ({"which": "everybody"}, "Say which ids you decide about."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_decided(
    manager: Client, run: SyncRun, change: dict[str, object], sentence: str
) -> None:
    pair = meet_pair(run)
    answer = manager.post(IDS, form_of(pair) | change)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    pair.refresh_from_db()
    assert pair.verdict == PairVerdict.WAITING
    assert SyncRun.objects.count() == 1


def test_refused_form_keeps_what_was_ticked(manager: Client, run: SyncRun) -> None:
    html = manager.post(IDS, form_of(meet_pair(run), reason="")).content.decode()
    assert html.count("checked") == 2  # the pair, and that those ticked are meant


def test_what_somebody_else_decided_first_stays(manager: Client, run: SyncRun) -> None:
    pair = meet_pair(run)
    manager.post(IDS, form_of(pair))
    answer = manager.post(IDS, form_of(pair, verdict="different"))
    assert "Somebody has decided about some of these ids already" in answer.content.decode()
    pair.refresh_from_db()
    assert pair.verdict == PairVerdict.SAME


def test_pair_of_another_district_cannot_be_decided(
    cast: Cast, client: Client, run: SyncRun
) -> None:
    pair = meet_pair(run)
    client.force_login(cast.outsider)
    answer = client.post("/districts/elm-valley/ids/", form_of(pair))
    assert answer.status_code == 422
    pair.refresh_from_db()
    assert pair.verdict == PairVerdict.WAITING


def test_other_methods_are_refused(manager: Client) -> None:
    assert manager.delete(IDS).status_code == 405


def test_filters_leave_one_kind_and_one_file(cast: Cast, run: SyncRun) -> None:
    meet_pair(run)
    meet_pair(
        run, resource="classes", was="c-01", sourced_id="c-1", evidence="id written otherwise"
    )
    reassign(run, place=3)
    part = read_waiting(cast.oakwood, Filter())
    assert [(choice.word, choice.amount) for choice in part.kinds] == [
        ("All", 3),
        ("The same under another id", 2),
        ("Another under the same id", 1),
    ]
    assert [(choice.word, choice.amount) for choice in part.resources] == [
        ("Every file", 3),
        ("Classes", 1),
        ("People", 2),
    ]
    part = read_waiting(cast.oakwood, Filter(kind="rekeyed", resource="classes"))
    assert [(line.was, line.kind) for line in part.lines] == [
        ("c-01", "The same class under another id, it seems")
    ]
    assert (part.total, [it.key for it in part.certain]) == (3, ["rekeyed:1:1"])


def test_each_source_is_decided_by_itself(cast: Cast, run: SyncRun) -> None:
    Source.objects.create(district=cast.oakwood, number=2, name="Families")
    meet_pair(run)
    meet_pair(run, source_number=2, place=2)
    part = read_waiting(cast.oakwood, Filter())
    assert [(choice.word, choice.is_current) for choice in part.sources] == [
        ("SIS export", True),
        ("Families", False),
    ]
    assert [line.was for line in part.lines] == ["stu-1"]
    assert [line.was for line in read_waiting(cast.oakwood, Filter(source="2")).lines] == ["stu-2"]


def test_pages_turn_by_htmx_within_the_part(manager: Client, run: SyncRun) -> None:
    for place in range(PAIRS_PER_PAGE + 1):
        meet_pair(run, place=place)
    answer = manager.get(IDS, {"page": "2"}, headers=PART)
    html = answer.content.decode()
    assert "<html" not in html
    assert html.count('name="pair"') == 1
    assert "26–26 of 26 ids" in html


def test_wrong_filters_are_as_good_as_none(manager: Client, run: SyncRun) -> None:
    meet_pair(run)
    asked = {"kind": "\0", "resource": "students", "source": "x", "page": "-1"}
    assert "stu-1" in manager.get(IDS, asked).content.decode()


def test_decisions_are_listed_with_who_and_why_and_many_at_once_are_one(
    manager: Client, cast: Cast, run: SyncRun
) -> None:
    pairs = [meet_pair(run, place=place) for place in range(3)]
    other = reassign(run, place=7)
    manager.post(IDS, form_of(*pairs))
    manager.post(IDS, form_of(other, verdict="different"))
    first, second = read_decisions(cast.oakwood, now=timezone.now())
    assert (first.what, first.verdict) == ("Zoë O’Brien-7 (stu-7)", "Somebody else, a new record")
    assert (second.what, second.verdict) == ("3 ids of people", "The same, under a new id")
    assert (second.person, second.reason) == ("Miguel Núñez", WHY)
    assert second.published_by is None
    html = manager.get(IDS).content.decode()
    assert "3 ids of people" in html
    assert "not published yet" in html
    IdentityPair.objects.update(settled_run=2)
    assert "published by run 2" in manager.get(IDS).content.decode()


def test_overview_and_run_lead_to_what_waits(manager: Client, cast: Cast, run: SyncRun) -> None:
    meet_pair(run)
    meet_pair(run, place=2)
    later = run_of(cast.oakwood, number=2, state=RunState.UNCHANGED)
    assert "2 ids wait for your decision" in manager.get("/districts/oakwood/").content.decode()
    html = manager.get("/districts/oakwood/runs/1/").content.decode()
    assert "There is nothing to do." not in html
    assert "Decide about the ids that wait" in html
    assert f'<a href="{IDS}?source=1">2 ids wait for your decision</a>' in html
    assert "your decision" not in manager.get("/districts/oakwood/runs/2/").content.decode()
    IdentityPair.objects.filter(was="stu-1").update(run_number=later.number)
    html = manager.get("/districts/oakwood/runs/2/").content.decode()
    assert "1 id waits for your decision" in html


def test_queries_stay_flat_when_more_waits(
    cast: Cast, run: SyncRun, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Source.objects.create(district=cast.oakwood, number=2, name="Families")
    for place in range(1, 41):
        meet_pair(run, place=place, source_number=place % 2 + 1)
        if place in (20, 40):
            with django_assert_num_queries(3):
                read_waiting(cast.oakwood, Filter())
    IdentityPair.objects.update(
        verdict="same", decided_at=timezone.now(), decided_by=cast.owner, decision_reason=WHY
    )
    with django_assert_num_queries(2):
        read_decisions(cast.oakwood, now=timezone.now())
