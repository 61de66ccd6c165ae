"""Statistics for tests of the guard, said in few words."""

from __future__ import annotations

from collections.abc import Mapping

from rollbook.diff.measures import Figure, Statistics, Tally

NAMES = {"sch-1": "Oak Elementary", "sch-2": "Oak High"}


def tallied(subject: str, **counts: int) -> Statistics:
    """Return statistics of one subject of the district."""
    return Statistics(tallies={subject: Tally(**counts)}, names=NAMES)


def at_school(subject: str, school: str = "sch-1", **counts: int) -> Statistics:
    """Return statistics of one subject at one school, of a district so large that it is little."""
    return Statistics(
        tallies={subject: Tally(active=1_000_000)},
        schools={school: {subject: Tally(**counts)}},
        names=NAMES,
    )


def figured(
    measure: str,
    subject: str,
    amount: int,
    of: int,
    *,
    field: str | None = None,
    school: str | None = None,
    parts: Mapping[str, int] | None = None,
) -> Statistics:
    """Return statistics with one figure."""
    figure = Figure(measure, subject, amount, of, field, school, parts or {})
    return Statistics(figures=(figure,), names=NAMES)
