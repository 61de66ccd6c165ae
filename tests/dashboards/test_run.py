"""The page of one run."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries
from tests.dashboards.cast import Cast, change_users, find, run_of

from rollbook.dashboards.queries.changes import CHANGES_PER_PAGE, read_changes
from rollbook.dashboards.queries.findings import FIRST_ROWS, read_findings
from rollbook.dashboards.queries.run import RunPage, read_run
from rollbook.diff.measures import Figure, Statistics, Tally
from rollbook.districts.access import access_district
from rollbook.guard.data import Policy
from rollbook.guard.judge import judge_change_set
from rollbook.runs.models import Finding, RunState, SyncRun

RUN = "/districts/oakwood/runs/1/"
UNKNOWN = "enrollments.userSourcedId.unknown"
POLL = {"HX-Request": "true", "HX-Target": "run"}


@pytest.fixture
def reader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.reader)
    return client


@pytest.fixture
def manager(cast: Cast, client: Client) -> Client:
    client.force_login(cast.data_manager)
    return client


@pytest.fixture
def night(cast: Cast) -> SyncRun:
    """A published run with findings and changes."""
    run = run_of(cast.oakwood, number=1, state=RunState.PUBLISHED, sender=cast.owner)
    find(run, code=UNKNOWN, severity="error", count=63)
    find(run, code="package.manifest.missing", severity="warning", count=1, first=100)
    change_users(run, created=30, updated=2, removed=4)
    return run


@pytest.fixture
def held(cast: Cast) -> SyncRun:
    run = run_of(
        cast.oakwood,
        number=1,
        state=RunState.HELD,
        digest="a digest",
        reasons=[{"code": "users.removals.too_many", "sentence": "412 users would go."}],
    )
    change_users(run, created=0, updated=0, removed=3)
    return run


def cells_of(page: HttpResponse) -> list[list[str]]:
    """Return the text of the rows of findings."""
    rows = page.content.decode().split('<td data-name="File">')[1:]
    cells = [re.split(r"<td[^>]*>", row.split("</tr>")[0]) for row in rows]
    return [[" ".join(strip_tags(cell).split()) for cell in row] for row in cells]


def test_moving_run_asks_again_and_hears_only_of_changes(cast: Cast, reader: Client) -> None:
    run = run_of(cast.oakwood, number=1, state=RunState.STAGED, counts={}, finished_at=None)
    html = reader.get(RUN).content.decode()
    assert 'hx-trigger="every 1s"' in html
    seen = html.split("?seen=")[1].split('"')[0]
    assert reader.get(RUN, {"seen": seen}, headers=POLL).status_code == 204
    SyncRun.objects.filter(pk=run.pk).update(state=RunState.PUBLISHED)
    last = reader.get(RUN, {"seen": seen}, headers=POLL)
    assert last.status_code == 200
    assert b"<html" not in last.content
    assert b"every 1s" not in last.content


def test_held_run_shows_its_reasons_to_everybody_and_the_form_to_those_who_decide(
    cast: Cast, client: Client, held: SyncRun
) -> None:
    client.force_login(cast.reader)
    html = client.get(RUN).content.decode()
    assert "412 users would go." in html
    assert "Approve and publish" not in html
    client.force_login(cast.data_manager)
    html = client.get(RUN).content.decode()
    assert "Approve and publish" in html
    assert "Approving removes 3, updates 0 and creates 0 records." in html


def test_held_run_calls_records_as_the_page_does(reader: Client, held: SyncRun) -> None:
    statistics = Statistics(
        tallies={"academicSessions": Tally(active=6, abandon=6), "orgs": Tally(active=2)}
    )
    verdict = judge_change_set(statistics, policy=Policy())
    held.reasons = [reason.as_json() for reason in verdict.reasons]
    held.save()
    html = reader.get(RUN).content.decode()
    assert "6 of 6 terms (100%) would be removed" in html
    assert "6 academicSessions" not in html


def test_reason_names_its_first_records_and_leads_to_the_others(
    reader: Client, held: SyncRun
) -> None:
    records = {
        "change": "abandon",
        "count": 30,
        "ids": [f"abandon-{place:05}" for place in range(25)],
    }
    held.reasons = [{**held.reasons[0], "subject": "students", "records": records}]
    held.save()
    html = reader.get(RUN).content.decode()
    part = html.split('aria-labelledby="reasons-heading"')[1].split("</section>")[0]
    assert "Show 30 records" in part
    assert "Zoë O’Brien-2 <code" in part
    assert "abandon-00024</code>" in part  # its change was not kept
    assert "… and 5 more." in part
    assert "?resource=users&amp;change=abandon#changes" in part


def test_notice_tells_what_needs_a_look(cast: Cast, reader: Client) -> None:
    statistics = Statistics(figures=(Figure("long_stale", "students", 2, 1_212),))
    verdict = judge_change_set(statistics, policy=Policy())
    run_of(cast.oakwood, number=1, state=RunState.PUBLISHED, judgement=verdict.as_json())
    html = reader.get(RUN).content.decode()
    part = html.split('aria-labelledby="notices-heading"')[1].split("</section>")[0]
    assert "2 of 1,212 students (0.2%) had no usable row for two weeks or longer" in part
    assert 'aria-labelledby="reasons-heading"' not in html


def test_removals_can_be_left_out_only_where_they_may(manager: Client, held: SyncRun) -> None:
    button = "Publish without the removals"
    assert button not in manager.get(RUN).content.decode()
    form = {"digest": held.digest, "reason": "Later.", "removals_wait": "true"}
    refused = manager.post(f"{RUN}approve/", form, follow=True).content.decode()
    assert "The removals of this run cannot wait" in refused
    held.judgement = {"removals_may_wait": True}
    held.save()
    assert button in manager.get(RUN).content.decode()
    with patch("rollbook.runs.decisions.queue_run"):
        manager.post(f"{RUN}approve/", form)
    held.refresh_from_db()
    assert (held.approved_digest, held.removals_wait) == ("a digest", True)


def test_two_people_approve_when_nearly_everybody_goes(
    cast: Cast, client: Client, held: SyncRun
) -> None:
    held.judgement = {"needs_second": True}
    held.save()
    form = {"digest": held.digest, "reason": "Everybody moves."}
    client.force_login(cast.data_manager)
    assert "Approve as the first of two" in client.get(RUN).content.decode()
    html = client.post(f"{RUN}approve/", form, follow=True).content.decode()
    assert "Another owner or data manager of the district" in html
    assert "Approved first by Miguel Núñez" in html
    assert "You have approved this run." in html
    again = client.post(f"{RUN}approve/", form, follow=True).content.decode()
    assert "You have approved this run already." in again
    client.force_login(cast.owner)
    with patch("rollbook.runs.decisions.queue_run") as queued:
        client.post(f"{RUN}approve/", {**form, "reason": "They do."})
    held.refresh_from_db()
    assert queued.called
    assert (held.first_approved_by, held.decided_by) == (cast.data_manager, cast.owner)


def test_run_without_its_removals_says_that_they_wait(reader: Client, held: SyncRun) -> None:
    held.state = RunState.PUBLISHED
    held.removals_wait = True
    held.save()
    html = strip_tags(reader.get(RUN).content.decode())
    assert "whom it would have removed is still there" in html
    assert "Why its removals wait" in html


def test_approval_names_the_digest_that_the_person_saw(manager: Client, held: SyncRun) -> None:
    with patch("rollbook.runs.decisions.queue_run"):
        answer = manager.post(
            f"{RUN}approve/", {"digest": held.digest, "reason": "Riverside closes."}
        )
    held.refresh_from_db()
    assert answer.headers["Location"] == RUN
    assert (held.approved_digest, held.decision_reason) == ("a digest", "Riverside closes.")
    assert "Approved" in manager.get(RUN).content.decode()


def test_approval_of_another_change_set_is_refused_in_a_sentence(
    manager: Client, held: SyncRun
) -> None:
    form = {"digest": "of yesterday", "reason": "Riverside closes."}
    html = manager.post(f"{RUN}approve/", form, follow=True).content.decode()
    held.refresh_from_db()
    assert held.approved_digest == ""
    assert "was compared again" in html


@pytest.mark.parametrize("verb", ["approve", "discard"])
def test_decision_needs_a_reason(manager: Client, held: SyncRun, verb: str) -> None:
    answer = manager.post(f"{RUN}{verb}/", {"digest": held.digest, "reason": " "})
    assert answer.status_code == 422
    assert "Say why, in a sentence." in answer.content.decode()


def test_discarded_run_says_who_and_why(cast: Cast, manager: Client, held: SyncRun) -> None:
    html = manager.post(
        f"{RUN}discard/", {"reason": "The export was cut off."}, follow=True
    ).content.decode()
    assert "Discarded by Miguel Núñez" in html
    assert "The export was cut off." in html


@pytest.mark.parametrize("by_a_person", [True, False])
def test_discarded_run_says_what_it_would_have_changed_and_counts_no_waiting(
    cast: Cast, reader: Client, held: SyncRun, by_a_person: bool
) -> None:
    held.state = RunState.DISCARDED
    held.finished_at = timezone.now()
    held.decided_by = cast.owner if by_a_person else None
    held.save()
    html = reader.get(RUN).content.decode()
    assert "What it would have changed" in html
    assert "The run took" not in html


def test_failed_run_says_why_and_which_stages_it_never_reached(cast: Cast, reader: Client) -> None:
    run_of(
        cast.oakwood,
        number=1,
        state=RunState.FAILED,
        reasons=[{"code": "users.file.missing", "sentence": "users.csv is missing."}],
    )
    html = reader.get(RUN).content.decode()
    assert "Why it stopped" in html
    assert "users.csv is missing." in html
    assert html.count("Stopped here") == 1
    assert "Done in" not in html
    assert html.count("Not reached") == 5
    assert "Nothing to repair" not in html


def test_fault_of_rollbook_is_not_blamed_on_the_data(cast: Cast, reader: Client) -> None:
    fault = {"code": "rollbook.fault", "sentence": "Rollbook made a mistake of its own."}
    run_of(cast.oakwood, number=1, state=RunState.FAILED, reasons=[fault])
    assert "Whoever runs this installation" in reader.get(RUN).content.decode()


def test_published_run_names_who_repairs_its_rows(reader: Client, night: SyncRun) -> None:
    html = " ".join(reader.get(RUN).content.decode().split())
    assert "The SIS vendor and the district. Repair the rows below; the next delivery" in html


def test_published_run_without_errors_asks_nobody_for_rows(cast: Cast, reader: Client) -> None:
    run = run_of(cast.oakwood, number=1, state=RunState.PUBLISHED)
    assert "Nobody. There is nothing to do." in reader.get(RUN).content.decode()
    find(run, code="package.manifest.missing", severity="warning", count=1)
    html = reader.get(RUN).content.decode()
    assert "The SIS vendor. Read the warnings below; nothing is urgent." in html


def test_findings_are_grouped_with_their_first_rows(night: SyncRun) -> None:
    part = read_findings(night, severity="", code="", page="")
    assert [(kind.code, kind.count, len(kind.rows)) for kind in part.kinds] == [
        (UNKNOWN, 63, FIRST_ROWS),
        ("package.manifest.missing", 1, 1),
    ]
    assert part.kinds[1].query == ""


def test_nearest_header_is_said_to_be_a_guess(cast: Cast, reader: Client) -> None:
    run = run_of(cast.oakwood, number=1, state=RunState.FAILED)
    find(run, code="classes.header.missing", severity="error", count=2)
    Finding.objects.filter(ordinal=1).update(value=None)
    cells = cells_of(reader.get(RUN))
    assert [row[4] for row in cells] == ["Perhaps meant: s-0", "–"]


def test_finding_about_a_file_has_neither_field_nor_value(cast: Cast, reader: Client) -> None:
    run = run_of(cast.oakwood, number=1, state=RunState.PUBLISHED)
    find(run, code="package.file.unknown", severity="info", count=1)
    find(run, code="users.row.too_short", severity="error", count=1, first=1)
    find(run, code="users.email.missing", severity="error", count=1, first=2)
    Finding.objects.filter(ordinal__lte=1).update(field=None, value=None)
    Finding.objects.filter(ordinal=2).update(value=None)
    cells = cells_of(reader.get(RUN))
    assert sorted(tuple(row[3:]) for row in cells) == [
        ("email", "empty"),
        ("whole row", "–"),
        ("–", "–"),
    ]


def test_findings_filter_by_severity_and_ignore_one_that_does_not_exist(night: SyncRun) -> None:
    warnings = read_findings(night, severity="warning", code="", page="")
    assert [kind.severity for kind in warnings.kinds] == ["warning"]
    assert len(read_findings(night, severity="dreadful", code="", page="").kinds) == 2


def test_rows_of_one_code_have_pages(night: SyncRun) -> None:
    last = read_findings(night, severity="", code=UNKNOWN, page="99")
    assert (last.pages.first, last.pages.last, last.pages.following) == (51, 63, "")
    assert last.pages.previous == f"?code={UNKNOWN}&findings=1"


def test_findings_that_were_counted_and_not_kept_are_said_to_be(night: SyncRun) -> None:
    night.finding_counts[UNKNOWN] = 1_063
    assert read_findings(night, severity="", code=UNKNOWN, page="").unlisted == 1_000


def test_code_that_no_rule_knows_any_more_is_still_shown(cast: Cast, reader: Client) -> None:
    run = run_of(cast.oakwood, number=1, state=RunState.PUBLISHED)
    find(run, code="users.shoeSize.too_big", severity="error", count=1)
    assert "users.shoeSize.too_big" in reader.get(RUN).content.decode()


def test_findings_alone_come_when_htmx_asks_for_them(reader: Client, night: SyncRun) -> None:
    headers = {"HX-Request": "true", "HX-Target": "findings"}
    html = reader.get(RUN, {"code": UNKNOWN}, headers=headers).content.decode()
    assert html.strip().startswith("<section")
    assert "Stages" not in html


def test_download_has_every_kept_finding_and_runs_nothing_in_a_spreadsheet(
    reader: Client, night: SyncRun
) -> None:
    Finding.objects.filter(ordinal=0).update(value='=cmd|"/c calc"!A1', sourced_id=None)
    answer = reader.get(f"{RUN}findings.csv")
    lines = answer.getvalue().decode().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 65
    assert lines[0].startswith("severity,code,file,record,sourcedId")
    assert "\"'=cmd|" in lines[1]
    assert "oakwood-run-1-findings.csv" in answer.headers["Content-Disposition"]


def test_changes_have_pages_without_counting(night: SyncRun) -> None:
    first = read_changes(night, resource="", change="", page="")
    assert len(first.lines) == CHANGES_PER_PAGE
    assert (first.pages.total, first.pages.following) == (36, "?changes=2")


def test_changes_filter_by_kind_and_resource(night: SyncRun) -> None:
    part = read_changes(night, resource="users", change="update", page="")
    assert [line.change for line in part.lines] == ["update", "update"]
    assert part.lines[0].fields[0].name == "email"
    assert (part.lines[0].fields[0].before, part.lines[0].fields[0].after) == (
        "",
        "z@example.org",
    )
    assert [(choice.word, choice.amount) for choice in part.kinds] == [
        ("All", 36),
        ("Created", 30),
        ("Updated", 2),
        ("Removed", 4),
    ]


def test_first_load_is_not_listed_record_by_record(cast: Cast, reader: Client) -> None:
    counts = {"users": {"rows": 9, "create": 9}}
    run_of(cast.oakwood, number=1, state=RunState.PUBLISHED, counts=counts)
    assert "The first load of a roster is not listed" in reader.get(RUN).content.decode()


def test_queries_stay_flat_when_findings_and_changes_double(
    cast: Cast, night: SyncRun, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    standing = access_district(cast.reader, "oakwood")
    for first in (200, 400):
        find(night, code=f"users.field{first}.missing", severity="error", count=90, first=first)
        with django_assert_num_queries(5):
            read_run(night, standing, now=timezone.now())
            read_findings(night, severity="", code="", page="")
            read_changes(night, resource="", change="", page="")


def test_new_ids_and_replaced_records_are_shown_in_words(
    cast: Cast, reader: Client, night: SyncRun
) -> None:
    change_users(night, created=0, updated=0, removed=0, rekeyed=3, replaced=2)
    html = reader.get(RUN).content.decode()
    assert '<th scope="col" class="number">New id</th>' in html
    assert '<th scope="col" class="number">Replaced</th>' in html
    part = read_changes(night, resource="", change="", page="")
    assert {("New id", 3), ("Replaced", 2)} <= {(it.word, it.amount) for it in part.kinds}
    part = read_changes(night, resource="users", change="rekey", page="")
    assert [(line.word, line.fields[0].before) for line in part.lines] == [("New id", "1187")] * 3
    assert "<del" in reader.get(RUN, {"change": "replace"}).content.decode()


def test_replaced_record_is_counted_once_and_told_before_it_is_approved(
    cast: Cast, manager: Client, held: SyncRun
) -> None:
    change_users(held, created=1, updated=0, removed=0, rekeyed=2, replaced=5)
    html = " ".join(manager.get(RUN).content.decode().split())
    assert "Approving removes 0, updates 0 and creates 1 records." in html
    assert "It replaces 5: the old record of an id goes" in html
    assert "It gives 2 a new id" in html
    line = next(line for line in read_run_of(cast, held).counts if line.name == "People")
    assert (line.created, line.removed, line.rekeyed, line.replaced) == (1, 0, 2, 5)


def read_run_of(cast: Cast, run: SyncRun) -> RunPage:
    return read_run(run, access_district(cast.reader, "oakwood"), now=timezone.now())
