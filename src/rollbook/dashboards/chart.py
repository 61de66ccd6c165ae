"""The chart of changes per run: numbers in, places on a drawing out.

Created and updated records stand on a line, removed ones hang below it. The run that loaded the
roster for the first time created everything; drawn to scale it would flatten every night after it,
so it is a dashed column without scale and says its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 1000
HEIGHT = 224
SLOTS = 14  # newest runs shown; a younger district leaves the right of the page empty
_LINE = 128  # where the chart's line runs, from the top
_ABOVE = 98  # the highest column
_BELOW = 44
_BAR = 26
_LEAST = 3  # a change is never too small to be seen


@dataclass(frozen=True, slots=True)
class RunChanges:
    """What one run changed in the roster, all resources together."""

    number: int
    created: int
    updated: int
    removed: int
    is_first_load: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle: `kind` is created, updated, removed or first."""

    kind: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Column:
    """One run of the chart."""

    label: str
    x: int
    middle: int
    bars: tuple[Bar, ...]
    above: str
    above_y: int
    below: str
    below_y: int

    @property
    def is_quiet(self) -> bool:
        """Whether the run changed nothing."""
        return not self.bars


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template needs to draw."""

    columns: tuple[Column, ...]
    slots: tuple[int, ...]
    description: str
    has_first_load: bool
    width: int = WIDTH
    height: int = HEIGHT
    line: int = _LINE
    bar: int = _BAR


def draw(runs: Sequence[RunChanges]) -> Chart:
    """Place the newest runs, oldest first, from left to right."""
    shown = runs[-SLOTS:]
    measured = [run for run in shown if not run.is_first_load]
    tallest = max((run.created + run.updated for run in measured), default=0)
    deepest = max((run.removed for run in measured), default=0)
    # One scale for both directions, so that a removal is as long as a creation of the same size.
    scale = min(_ABOVE / max(tallest, 1), _BELOW / max(deepest, 1))
    columns = tuple(_column(run, place, scale) for place, run in enumerate(shown))
    slots = tuple(_middle(place) for place in range(SLOTS))
    return Chart(
        columns=columns,
        slots=slots,
        description=_description(shown),
        has_first_load=any(run.is_first_load for run in shown),
    )


def _column(run: RunChanges, place: int, scale: float) -> Column:
    bars = _first_bars() if run.is_first_load else _bars(run, scale)
    gained = run.created + run.updated
    return Column(
        label=f"{run.number}" if place else f"Run {run.number}",
        x=_middle(place) - _BAR // 2,
        middle=_middle(place),
        bars=bars,
        above=_short(gained) if gained else "",
        above_y=min((bar.y for bar in bars), default=_LINE) - 8,
        below=_short(run.removed) if run.removed else "",
        below_y=max((bar.y + bar.height for bar in bars), default=_LINE) + 18,
    )


def _bars(run: RunChanges, scale: float) -> tuple[Bar, ...]:
    created, updated, removed = (
        _length(amount, scale) for amount in (run.created, run.updated, run.removed)
    )
    bars = (
        Bar("updated", _LINE - updated, updated),
        Bar("created", _LINE - updated - created, created),
        Bar("removed", _LINE + 1, removed),
    )
    return tuple(bar for bar in bars if bar.height)


def _first_bars() -> tuple[Bar, ...]:
    return (Bar("first", _LINE - _ABOVE, _ABOVE),)


def _length(amount: int, scale: float) -> int:
    return max(round(amount * scale), _LEAST) if amount else 0


def _middle(place: int) -> int:
    step = WIDTH / SLOTS
    return round(place * step + step / 2)


def _short(amount: int) -> str:
    if amount < 10_000:
        return f"{amount:,}"
    return f"{amount / 1_000:.0f}k" if amount < 1_000_000 else f"{amount / 1_000_000:.1f}M"


def _description(runs: Sequence[RunChanges]) -> str:
    return " ".join(
        f"Run {run.number}: {run.created:,} created, {run.updated:,} updated, "
        f"{run.removed:,} removed{' (first load, not to scale)' if run.is_first_load else ''}."
        for run in runs
    )
