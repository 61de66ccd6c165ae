"""What a check found, said in sentences; every report for people begins and ends with them."""

from __future__ import annotations

from rollbook.reports.data import CheckReport
from rollbook.reports.wording import capitalized, counted, format_name, listed, people, severities
from rollbook.validation.severity import Severity


def what_was_read(report: CheckReport) -> str:
    """Say which format the package is in and why, and how many rows it has."""
    files = report.staged.read
    reason = f" ({report.because})" if report.because else ""
    rows, refused = sum(file.rows for file in files), sum(file.refused for file in files)
    said = f"{report.name} was read as {format_name(report.format)}{reason}."
    if not files:
        return f"{said} None of its files could be read."
    amount = f"{counted(rows, 'row')} in {counted(len(files), 'file')}"
    if not refused:
        return f"{said} It has {amount}."
    verb = "has" if refused == 1 else "have"
    return f"{said} It has {amount}; {refused:,} more could not be read and {verb} to be repaired."


def what_was_found(report: CheckReport) -> str:
    """Say the counts in one sentence."""
    amounts = [
        severities(report.count_of(weight), weight)
        for weight in Severity
        if report.count_of(weight)
    ]
    if not amounts:
        return "Nothing to repair: every row passed every check."
    kinds = counted(len(report.valid.finding_counts), "kind")
    said = f"{listed(amounts)}, of {kinds}."
    if not report.count_of(Severity.ERROR) and not report.count_of(Severity.WARNING):
        return f"Nothing to repair: every row passed every check. {capitalized(said)}"
    if report.set_aside:
        verb = "was" if report.set_aside == 1 else "were"
        said += f" {counted(report.set_aside, 'row')} {verb} set aside and cannot be used yet."
    return capitalized(said)


def what_happens_next(report: CheckReport) -> str:
    """Say what becomes of the package, and who acts."""
    if report.valid.stops:
        return (
            "This package would not be used, and the roster would stay as it is. "
            f"{capitalized(_who(report, Severity.ERROR))} repairs what stops it, marked above, "
            "and exports again."
        )
    if report.count_of(Severity.ERROR):
        return (
            "Everything else can be used as it is. "
            f"The errors are for {_who(report, Severity.ERROR)} to repair; "
            "the next export then brings these rows in."
        )
    if report.count_of(Severity.WARNING):
        return (
            "Every row can be used. Nothing is urgent: the warnings are for "
            f"{_who(report, Severity.WARNING)} to look at."
        )
    return "The package can be sent as it is; nobody has to do anything."


def _who(report: CheckReport, severity: Severity) -> str:
    stops = {finding.code for finding in report.valid.stops}
    rules = [rule for rule, _ in report.rules() if rule.severity is severity]
    stopping = [rule for rule in rules if rule.code in stops]
    return people(rule.who for rule in stopping or rules)
