"""What differs, said in sentences."""

from __future__ import annotations

from rollbook.reports.changes.data import ChangesReport
from rollbook.reports.wording import counted, listed

_WOULD_BE = {"create": "created", "update": "updated", "abandon": "removed"}


def what_differs(report: ChangesReport) -> str:
    """Say in one sentence what publishing the new package over the old one would do."""
    if report.changes.is_empty:
        return f"Nothing differs: {report.new} says what {report.old} says."
    amounts = [
        f"{report.total(kind):,} {word}" for kind, word in _WOULD_BE.items() if report.total(kind)
    ]
    rekeyed = report.total("rekey")
    if not amounts:
        return f"{counted(rekeyed, 'record')} would go on under a new id."
    number, word = amounts[0].split(" ")
    noun = "record" if number == "1" else "records"
    sentence = listed([f"{number} {noun} would be {word}", *amounts[1:]])
    return f"{sentence}; {rekeyed:,} would go on under a new id." if rekeyed else f"{sentence}."


def what_to_look_at(report: ChangesReport) -> str:
    """Say what a person should do with the comparison."""
    if report.changes.is_empty:
        return "Nobody has to do anything."
    said = []
    if report.total("abandon"):
        said.append("Look at what would be removed first: it is what hurts when it is a mistake.")
    if report.total("rekey"):
        said.append(
            "Records with a new id are the same people and classes as before, by their number, "
            "e-mail address, or name and birth date; the district confirms them when it publishes."
        )
    if report.set_aside:
        rows = counted(report.set_aside, "row")
        said.append(
            f"{rows} of {report.new} could not be used; `rollbook check` on it says why. "
            "What was there before stays as it was."
        )
    return " ".join(said) or "Nothing would be removed."
