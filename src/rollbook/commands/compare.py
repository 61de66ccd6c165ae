"""`rollbook compare`: what differs between two published runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rollbook.commands.deciding import OfDistrict
from rollbook.commands.diff import ChangesFormat, changes_writer
from rollbook.commands.exit_codes import ExitCode
from rollbook.commands.output import OutPath, Quiet, ShowValues, say, write_report
from rollbook.commands.past import past_of

if TYPE_CHECKING:
    from rollbook.districts.models import District
    from rollbook.reports.changes.data import ChangesReport
    from rollbook.staging.data import Workspace


def compare(
    before: Annotated[int, typer.Argument(min=1, help="The run that is looked at first.")],
    after: Annotated[int, typer.Argument(min=1, help="The run that is compared with it.")],
    district: OfDistrict,
    report_format: Annotated[
        ChangesFormat, typer.Option("--format", help="How the changes are written.")
    ] = ChangesFormat.TEXT,
    out: OutPath = None,
    show_values: ShowValues = False,
    quiet: Quiet = False,
) -> int:
    """Compare the rosters of two published runs, in either direction: per school, record by record.

    Exits with 0 whether anything differs or not, 1 when a run has no snapshot (any more), 3 when
    the command was called wrongly. `--format json` is for programs.
    """
    with past_of(district) as (target, workspace):
        report = _compare(target, before, after, workspace, show_values=show_values)
        write_report(changes_writer(report_format), report, out, quiet=quiet)
    if out:
        say(f"The report is in {out}.", quiet=quiet)
    return ExitCode.OK


def _compare(
    district: District, before: int, after: int, workspace: Workspace, *, show_values: bool
) -> ChangesReport:
    from datetime import UTC, datetime

    from rollbook.history.compare import compare_rosters
    from rollbook.history.rosters import fetch_roster, find_kept_run
    from rollbook.reports.changes.data import ChangesReport

    was, became = (
        fetch_roster(find_kept_run(district.pk, number), folder=workspace.folder / str(place))
        for place, number in enumerate((before, after))
    )
    return ChangesReport(
        old=f"Run {before}",
        new=f"Run {after}",
        changes=compare_rosters(was, became, workspace),
        shows_values=show_values,
        made_at=datetime.now(UTC).astimezone(),
    )
