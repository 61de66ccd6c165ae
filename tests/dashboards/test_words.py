"""Times, sizes, states, charts and cells: what the pages say, without a page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rollbook.dashboards.chart import SLOTS, RunChanges, draw
from rollbook.dashboards.queries.paging import pages_of
from rollbook.dashboards.repairs import words_with_work
from rollbook.dashboards.spreadsheet import harmless
from rollbook.dashboards.times import listed, spoken, took
from rollbook.dashboards.wording import counted, size
from rollbook.runs.models import RunState, SyncRun
from rollbook.runs.states import WORDS, is_moving, words_of

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("instant", "words", "cell"),
    [
        (datetime(2026, 3, 3, 11, 2, tzinfo=UTC), "today at 06:02", "Today, 06:02"),
        # Still the evening of the second in New York.
        (datetime(2026, 3, 3, 4, 59, tzinfo=UTC), "yesterday at 23:59", "Yesterday, 23:59"),
        (datetime(2025, 8, 9, 10, 0, tzinfo=UTC), "on 9 August 2025 at 06:00", "9 Aug 2025, 06:00"),
    ],
)
def test_times_are_those_of_the_district(instant: datetime, words: str, cell: str) -> None:
    assert spoken(instant, zone=NEW_YORK, now=NOW) == words
    assert listed(instant, zone=NEW_YORK, now=NOW) == cell


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-1, "less than 0.1 s"),
        (0.42, "0.4 s"),
        (14, "14 s"),
        (200, "3 min 20 s"),
        (3_720, "1 h 2 min"),
    ],
)
def test_durations_are_short(seconds: float, words: str) -> None:
    assert took(NOW, NOW + timedelta(seconds=seconds)) == words


def test_amounts_and_sizes_read_well() -> None:
    assert counted(1, "school") == "1 school"
    assert counted(1_212, "student") == "1,212 students"
    sizes = [size(size_bytes) for size_bytes in (1, 812_000, 3_400_000, 2_100_000_000)]
    assert sizes == ["1 byte", "812 KB", "3.4 MB", "2.1 GB"]


def test_every_state_has_its_words() -> None:
    assert set(WORDS) == set(RunState)
    for words in WORDS.values():
        assert words.happened.endswith(".")
        assert words.next_step.endswith(".")


def test_approved_run_goes_on_by_itself() -> None:
    run = SyncRun(state=RunState.HELD, approved_digest="a digest")
    assert is_moving(run)
    assert words_of(run).label == "Approved"


@pytest.mark.parametrize(
    ("severities", "waiting_ids", "who", "next_step"),
    [
        ({}, 0, "Nobody", "There is nothing to do."),
        ({}, 2, "An owner", "Decide about the ids"),
        ({"warning": 1}, 0, "The district", "Read the warnings"),
        ({"warning": 1}, 2, "An owner", "Decide about the ids"),
        ({"error": 1}, 2, "The district", "Repair the rows"),
    ],
)
def test_live_run_names_the_work_that_it_leaves(
    severities: dict[str, int], waiting_ids: int, who: str, next_step: str
) -> None:
    codes = {"users.sourcedId.no_child": 1} if severities else {}
    run = SyncRun(state=RunState.PUBLISHED, severity_counts=severities, finding_counts=codes)
    words = words_with_work(run, waiting_ids=waiting_ids)
    assert words.who.startswith(who)
    assert words.next_step.startswith(next_step)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "  =1", "＝1"])
def test_formula_becomes_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "O'Brien", "12-3", "a=b"])
def test_other_cells_stay(cell: str) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize(
    ("wanted", "first", "last"), [("", 1, 10), ("2", 11, 20), ("99", 21, 24), ("-4", 1, 10)]
)
def test_wanted_page_is_the_nearest_that_exists(wanted: str, first: int, last: int) -> None:
    pages = pages_of(24, per_page=10, wanted=wanted, name="page", filters={})
    assert (pages.first, pages.last) == (first, last)


def test_empty_list_has_one_empty_page() -> None:
    pages = pages_of(0, per_page=10, wanted="3", name="page", filters={})
    assert (pages.first, pages.last, pages.previous, pages.following) == (0, 0, "", "")


def changes(number: int, created: int = 0, removed: int = 0, *, first: bool = False) -> RunChanges:
    return RunChanges(number, created, 0, removed, is_first_load=first)


def test_first_load_does_not_flatten_the_nights_after_it() -> None:
    chart = draw([changes(1, 90_000, first=True), changes(2, 10)])
    first, night = chart.columns
    assert [bar.kind for bar in first.bars] == ["first"]
    assert night.bars[0].height == first.bars[0].height
    assert first.above == "90k"


def test_removals_hang_below_the_line_at_the_same_scale() -> None:
    chart = draw([changes(1, created=40, removed=40)])
    above, below = chart.columns[0].bars
    assert above.height == below.height
    assert above.y + above.height == chart.line
    assert below.y > chart.line


def test_smallest_change_can_be_seen_and_no_change_is_a_dot() -> None:
    chart = draw([changes(1, 100_000), changes(2, 1), changes(3)])
    assert chart.columns[1].bars[0].height >= 3
    assert chart.columns[2].is_quiet


def test_chart_keeps_the_newest_runs_within_its_edges() -> None:
    chart = draw([changes(number, number) for number in range(1, 40)])
    assert len(chart.columns) == SLOTS
    assert chart.columns[-1].label == "39"
    for column in chart.columns:
        assert 0 <= column.x <= chart.width - chart.bar
        assert all(bar.y >= 0 and bar.y + bar.height <= chart.height for bar in column.bars)
