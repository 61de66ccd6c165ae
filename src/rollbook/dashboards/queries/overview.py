"""The district's first page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rollbook.dashboards.chart import Chart, RunChanges, draw
from rollbook.dashboards.queries.runs import RunLine, run_lines, totals_of
from rollbook.dashboards.repairs import LIVE, repairs_of
from rollbook.dashboards.times import spoken
from rollbook.dashboards.wording import FIGURES, capitalized, counted
from rollbook.districts.models import District
from rollbook.roster.models import Roster
from rollbook.runs.identity import waiting_pairs
from rollbook.runs.models import RunState, SyncRun
from rollbook.runs.states import Tone, is_moving, notices_of, waits_for_person, words_of
from rollbook.sharing.models import Connection

RUNS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class DistrictState:
    """The district in one sentence.

    Attributes:
        run_number: The run to look at, if one wants somebody.
        to_findings: Whether it is its findings that want somebody.
    """

    tone: Tone
    sentence: str
    next_step: str
    run_number: int | None
    to_findings: bool = False


@dataclass(frozen=True, slots=True)
class ConnectionLine:
    """An application that reads the roster, and how many students it sees."""

    name: str
    rule: str
    student_count: int


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """Everything on the page. `chart` is None until a run has compared something.

    Attributes:
        waiting_ids: How many ids wait for a decision.
    """

    state: DistrictState
    figures: list[tuple[str, int]]
    runs: list[RunLine]
    older_than: int | None
    is_newest: bool
    chart: Chart | None
    waiting_ids: int
    connections: list[ConnectionLine]


def read_overview(district: District, *, before: int | None, now: datetime) -> OverviewPage:
    """Read the page. `before`: list the runs older than this one; None, the newest."""
    roster = Roster.objects.filter(district=district).first()
    runs = _runs(district, before)
    shown = runs[:RUNS_SHOWN]
    newest = shown[0] if shown and before is None else _newest(district)
    waiting_ids = waiting_pairs(district.pk).count()
    return OverviewPage(
        state=district_state(
            newest, roster, zone=district.time_zone, now=now, waiting_ids=waiting_ids
        ),
        figures=_figures(roster),
        runs=run_lines(district, shown, now=now),
        older_than=shown[-1].number if len(runs) > RUNS_SHOWN else None,
        is_newest=before is None,
        chart=_chart(shown, roster),
        waiting_ids=waiting_ids,
        connections=_connections(district),
    )


def district_state(
    newest: SyncRun | None,
    roster: Roster | None,
    *,
    zone: str,
    now: datetime,
    waiting_ids: int = 0,
) -> DistrictState:
    """Say in one sentence how the district stands."""
    if newest is None:
        sentence = "Nothing here yet. Upload a first export, and the roster begins."
        step = "An export is a ZIP file from your student information system."
        return DistrictState(Tone.QUIET, sentence, step, None)
    words = words_of(newest)
    if newest.state in LIVE and roster:
        return _live_state(newest, _last_time(newest, roster, zone, now), waiting_ids)
    live = _live(roster, zone, now)
    sentence = f"Run {newest.number} {_happened(newest)}; {live}."
    return DistrictState(words.tone, sentence, words.next_step, newest.number)


def _happened(newest: SyncRun) -> str:
    if waits_for_person(newest):
        return "waits for your decision"
    if newest.state == RunState.FAILED:
        return "had to stop"
    return "was discarded" if newest.state == RunState.DISCARDED else "is on its way"


def _live_state(newest: SyncRun, last_time: str, waiting_ids: int) -> DistrictState:
    repairs = repairs_of(newest)
    number = newest.number
    if repairs.waiting:
        sentence = f"{capitalized(last_time)} {repairs.waiting}{_long_stale(newest)}"
        step = f"{capitalized(repairs.who)}: repair what was found; the next delivery brings it in."
        return DistrictState(Tone.WAIT, sentence, step, number, to_findings=True)
    if waiting_ids:
        verb = "waits" if waiting_ids == 1 else "wait"
        asked = f"{counted(waiting_ids, 'id')} {verb} for a decision."
        step = "An owner or a data manager of the district: decide about the ids; until then what "
        step += "is published of them stays as it is."
        return DistrictState(Tone.WAIT, f"{capitalized(last_time)} {asked}", step, None)
    sentence = f"All well: {last_time}"
    if repairs.warning_count:
        return DistrictState(Tone.GOOD, sentence, repairs.advice, number, to_findings=True)
    return DistrictState(Tone.GOOD, sentence, "There is nothing to do.", None)


def _long_stale(newest: SyncRun) -> str:
    """Say how many records should be looked at, after the sentence about the rows to repair."""
    amount = sum(notice["records"]["count"] for notice in notices_of(newest))
    if not amount:
        return ""
    waited = "has waited" if amount == 1 else "have waited"
    return f" {counted(amount, 'record')} {waited} for a usable row for two weeks or longer."


def _last_time(newest: SyncRun, roster: Roster, zone: str, now: datetime) -> str:
    students = counted(roster.counts.get("students", 0), "student")
    published = spoken(roster.published_at, zone=zone, now=now)
    if newest.state == RunState.PUBLISHED or newest.finished_at is None:
        return f"the roster of {students} was last published {published}."
    checked = spoken(newest.finished_at, zone=zone, now=now)
    return (
        f"the roster of {students} was last checked {checked}, and had not changed since "
        f"it was published {published}."
    )


def _live(roster: Roster | None, zone: str, now: datetime) -> str:
    if roster is None:
        return "there is no published roster yet"
    published = spoken(roster.published_at, zone=zone, now=now)
    return f"the roster published {published} stays live"


def _runs(district: District, before: int | None) -> list[SyncRun]:
    runs = SyncRun.objects.filter(district=district).order_by("-number")
    if before is not None:
        runs = runs.filter(number__lt=before)
    return list(runs[: RUNS_SHOWN + 1])


def _newest(district: District) -> SyncRun | None:
    return SyncRun.objects.filter(district=district).order_by("-number").first()


def _figures(roster: Roster | None) -> list[tuple[str, int]]:
    if roster is None:
        return []
    return [(label, roster.counts.get(key, 0)) for key, label in FIGURES.items()]


def _chart(runs: list[SyncRun], roster: Roster | None) -> Chart | None:
    compared = [run for run in reversed(runs) if run.counts and not is_moving(run)]
    if not compared or roster is None:
        return None
    return draw([_changes(run, roster) for run in compared])


def _changes(run: SyncRun, roster: Roster) -> RunChanges:
    is_live = run.state == RunState.PUBLISHED
    totals = totals_of(run)
    return RunChanges(
        number=run.number,
        created=totals.came if is_live else 0,
        updated=totals.altered if is_live else 0,
        removed=totals.went if is_live else 0,
        is_first_load=is_live and run.change_number == roster.baseline_change_number,
    )


def _connections(district: District) -> list[ConnectionLine]:
    connections = Connection.objects.filter(district=district).select_related("application")
    return [
        ConnectionLine(
            name=connection.application.name,
            rule=connection.get_rule_display(),
            student_count=connection.counts.get("students", 0),
        )
        for connection in connections.order_by("number")
    ]
