"""The district at a glance."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.dashboards.cast import (
    MORNING,
    Cast,
    change_users,
    connect,
    find,
    publish_roster,
    run_of,
)

from rollbook.dashboards.queries.overview import (
    RUNS_SHOWN,
    DistrictState,
    district_state,
    read_overview,
)
from rollbook.roster.models import Roster
from rollbook.runs.models import RunState, SyncRun

ZONE = "America/New_York"
UNKNOWN = "enrollments.userSourcedId.unknown"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (
            RunState.PUBLISHED,
            "All well: the roster of 1,212 students was last published today at 06:02.",
        ),
        (
            RunState.UNCHANGED,
            "All well: the roster of 1,212 students was last checked today at 07:02, and had not "
            "changed since it was published today at 06:02.",
        ),
        (
            RunState.HELD,
            "Run 4 waits for your decision; the roster published today at 06:02 stays live.",
        ),
        (RunState.FAILED, "Run 4 had to stop; the roster published today at 06:02 stays live."),
        (
            RunState.DISCARDED,
            "Run 4 was discarded; the roster published today at 06:02 stays live.",
        ),
        (RunState.STAGED, "Run 4 is on its way; the roster published today at 06:02 stays live."),
    ],
)
def test_district_says_how_it_stands(state: RunState, sentence: str) -> None:
    roster = Roster(published_at=MORNING, counts={"students": 1_212})
    run = SyncRun(number=4, state=state, finished_at=MORNING + timedelta(hours=1))
    now = MORNING + timedelta(hours=5)
    assert district_state(run, roster, zone=ZONE, now=now).sentence == sentence


@pytest.mark.parametrize(
    ("set_aside", "waiting"),
    [
        (0, "2 errors wait to be repaired."),
        (1, "1 row was set aside and waits to be repaired."),
        (2, "2 rows were set aside and wait to be repaired."),
    ],
)
def test_district_is_not_all_well_with_rows_to_repair(set_aside: int, waiting: str) -> None:
    state = _live_state({UNKNOWN: 2}, {"error": 2}, set_aside=set_aside)
    begin = "The roster of 1,212 students was last published today at 06:02."
    assert state.sentence == f"{begin} {waiting}"
    assert state.next_step.startswith("The district: repair")
    assert (state.run_number, state.to_findings) == (4, True)


def test_records_without_a_usable_row_for_long_are_told() -> None:
    state = _live_state({UNKNOWN: 1}, {"error": 1}, set_aside=1, long_stale=2)
    assert state.sentence.endswith(
        "repaired. 2 records have waited for a usable row for two weeks or longer."
    )


def test_warnings_leave_a_district_well_and_wait_for_whom_they_name() -> None:
    state = _live_state({"package.manifest.missing": 1}, {"warning": 1})
    assert state.sentence.startswith("All well")
    assert state.next_step == "Nothing is urgent; 1 warning waits for the SIS vendor."
    assert (state.run_number, state.to_findings) == (4, True)


def test_ids_that_wait_are_something_to_do() -> None:
    roster = Roster(published_at=MORNING, counts={"students": 1_212})
    run = SyncRun(number=4, state=RunState.PUBLISHED)
    state = district_state(run, roster, zone=ZONE, now=MORNING, waiting_ids=1)
    assert state.sentence.endswith("was last published today at 06:02. 1 id waits for a decision.")
    assert state.next_step.startswith("An owner or a data manager of the district: decide")


def test_notes_leave_nothing_to_do() -> None:
    state = _live_state({"package.file.unknown": 1}, {"info": 1})
    assert (state.next_step, state.run_number) == ("There is nothing to do.", None)


def test_page_leads_to_the_findings_that_wait(cast: Cast, client: Client) -> None:
    publish_roster(cast.oakwood)
    run = run_of(cast.oakwood, number=1, state=RunState.PUBLISHED)
    find(run, code=UNKNOWN, severity="error", count=1)
    client.force_login(cast.reader)
    html = client.get("/districts/oakwood/").content.decode()
    assert "/districts/oakwood/runs/1/#findings" in html
    assert "All well" not in html


def test_district_without_a_run_says_how_to_begin() -> None:
    state = district_state(None, None, zone=ZONE, now=MORNING)
    assert state.sentence == "Nothing here yet. Upload a first export, and the roster begins."


def test_first_run_that_fails_leaves_no_roster() -> None:
    run = SyncRun(number=1, state=RunState.FAILED)
    state = district_state(run, None, zone=ZONE, now=MORNING)
    assert state.sentence == "Run 1 had to stop; there is no published roster yet."


def test_page_shows_counts_runs_chart_and_applications(cast: Cast, client: Client) -> None:
    publish_roster(cast.oakwood)
    run_of(cast.oakwood, number=1, state=RunState.PUBLISHED, change_number=1)
    night = run_of(cast.oakwood, number=2, state=RunState.PUBLISHED, change_number=2)
    change_users(night, created=3, updated=5, removed=1)
    connect(cast.oakwood)
    client.force_login(cast.reader)
    html = client.get("/districts/oakwood/").content.decode()
    assert "1,212" in html
    assert "Run 2: 3 created, 5 updated, 1 removed." in html
    assert "Reading Garden" in html
    assert "Upload an export" not in html


def test_runs_that_published_nothing_do_not_count_as_changes(cast: Cast) -> None:
    held = run_of(cast.oakwood, number=1, state=RunState.HELD)
    change_users(held, created=0, updated=0, removed=40)
    page = read_overview(cast.oakwood, before=None, now=timezone.now())
    assert page.runs[0].totals is None


def test_older_runs_have_pages_of_their_own(cast: Cast, client: Client) -> None:
    for number in range(1, RUNS_SHOWN + 3):
        run_of(cast.oakwood, number=number, state=RunState.UNCHANGED)
    client.force_login(cast.reader)
    newest = client.get("/districts/oakwood/").content.decode()
    assert "?before=3" in newest
    older = client.get("/districts/oakwood/?before=3").content.decode()
    assert "Run 2</a>" in older
    assert "Run 3</a>" not in older


def test_queries_stay_flat_when_the_district_doubles(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish_roster(cast.oakwood)
    for number in range(1, 5):
        run_of(cast.oakwood, number=number, state=RunState.PUBLISHED)
        connect(cast.oakwood, name=f"Application {number}", number=number)
        if number in (2, 4):
            with django_assert_num_queries(5):
                read_overview(cast.oakwood, before=None, now=timezone.now())


def test_home_leads_to_the_only_district(cast: Cast, client: Client) -> None:
    client.force_login(cast.reader)
    assert client.get("/").headers["Location"] == "/districts/oakwood/"
    client.force_login(cast.operator)
    html = client.get("/").content.decode()
    assert html.index("Elm Valley") < html.index("Oakwood Unified")


def _live_state(
    findings: dict[str, int], severities: dict[str, int], *, set_aside: int = 0, long_stale: int = 0
) -> DistrictState:
    notices = [{"records": {"count": long_stale}}] if long_stale else []
    run = SyncRun(
        number=4,
        state=RunState.PUBLISHED,
        finding_counts=findings,
        severity_counts=severities,
        counts={"enrollments": {"rows": 9, "set_aside": set_aside}},
        judgement={"notices": notices},
    )
    roster = Roster(published_at=MORNING, counts={"students": 1_212})
    return district_state(run, roster, zone=ZONE, now=MORNING + timedelta(hours=5))
