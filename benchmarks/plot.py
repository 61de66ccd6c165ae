"""Draw what a night costs against how much of the roster it touches, out of the figures of sync.py.

`python benchmarks/plot.py figures.json docs/cost-of-a-night.svg` writes the drawing, and prints the
same figures as a table for the page beside it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 50, 60
PARTS = (
    ("staging", "#4e79a7", "staging"),
    ("validation", "#9c755f", "validation"),
    ("diff", "#59a14f", "comparison"),
    ("guard", "#edc948", "guard"),
    ("apply", "#e15759", "publishing"),
    ("", "#bab0ac", "not counted by stage"),
)
# Sharing is a part of publishing.


def main(source: Path, drawing: Path) -> None:
    figures = json.loads(source.read_text(encoding="utf-8"))
    drawing.write_text(draw(figures), encoding="utf-8")
    print(table(figures))


def draw(figures: dict[str, Any]) -> str:
    """Return the SVG: a bar for each night, stage upon stage, and the aim as a line.

    By processor time of worker and PostgreSQL: a busy machine hardly changes it.
    """
    nights = figures["passages"][1:]
    aim = 4 * figures["read_cpu_seconds"]
    top = 1.1 * max(aim, *(sum(_stages(night).values()) for night in nights))
    scale = (HEIGHT - TOP - BOTTOM) / top
    step = (WIDTH - LEFT - RIGHT) / len(nights)
    parts = [*_frame(figures, top, scale)]
    for number, night in enumerate(nights):
        x, y = LEFT + step * (number + 0.2), HEIGHT - BOTTOM
        for (name, seconds), (_, colour, _) in zip(_stages(night).items(), PARTS, strict=True):
            y -= seconds * scale
            bar = f'x="{x:.1f}" y="{y:.1f}" width="{step * 0.6:.1f}" height="{seconds * scale:.1f}"'
            parts.append(
                f'<rect {bar} fill="{colour}"><title>{name} {seconds:.1f} s</title></rect>'
            )
        middle = x + step * 0.3
        parts.append(_text(middle, y - 6, f"{sum(_stages(night).values()):.0f} s", "middle"))
        parts.append(_text(middle, HEIGHT - BOTTOM + 18, night["name"], "middle"))
        records = f"{night['touched']:,} records"
        parts.append(_text(middle, HEIGHT - BOTTOM + 34, records, "middle", size=11))
    level = HEIGHT - BOTTOM - aim * scale
    line = f'x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{level:.1f}" y2="{level:.1f}"'
    parts.append(f'<line {line} stroke="black" stroke-dasharray="6 4"/>')
    parts.append(_text(WIDTH - RIGHT + 8, level + 4, "4 × reading: aim at 1 %"))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
    style = 'font-family="sans-serif" font-size="13"'
    body = "\n".join(parts)
    return f'{head} {style}>\n<rect width="100%" height="100%" fill="white"/>\n{body}\n</svg>\n'


def _stages(night: dict[str, Any]) -> dict[str, float]:
    """Return a night's processor seconds by stage, in the order of `PARTS`."""
    counted = night.get("stages_cpu") or {"": night["cpu_seconds"]}
    return {name: counted.get(name, 0.0) for name, _, _ in PARTS}


def _frame(figures: dict[str, Any], top: float, scale: float) -> Iterable[str]:
    """Yield title, axis and legend."""
    records = f"{figures['students']:,} students, {figures['passages'][0]['records']:,} records"
    yield f"<title>What a night costs: {records}</title>"
    yield _text(
        LEFT, 24, f"Processor seconds of a night, by share of records touched ({records})", size=12
    )
    step = next(it for it in (1, 5, 10, 25, 50, 100, 250, 500, 1000, 5000) if top / it <= 8)
    for seconds in range(0, int(top) + 1, step):
        y = HEIGHT - BOTTOM - seconds * scale
        line = f'x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"'
        yield f'<line {line} stroke="#cccccc"/>'
        yield _text(LEFT - 8, y + 4, f"{seconds}", "end")
    shown = {name for night in figures["passages"][1:] for name, it in _stages(night).items() if it}
    for number, (_, colour, name) in enumerate(it for it in reversed(PARTS) if it[0] in shown):
        y = TOP + 20 * number
        square = f'x="{WIDTH - RIGHT + 8}" y="{y}" width="12" height="12"'
        yield f'<rect {square} fill="{colour}"/>'
        yield _text(WIDTH - RIGHT + 26, y + 11, name)


def _text(x: float, y: float, text: str, anchor: str = "start", *, size: int = 13) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
    return f"<text {place}>{escape(text)}</text>"


def table(figures: dict[str, Any]) -> str:
    """Return the figures as Markdown."""
    heads = ("touched", "records", "seconds", "ratio", "CPU, s", "ratio")
    heads += (
        *(f"{name}, CPU" for *_, name in PARTS),
        "WAL, MB",
        "HOT",
        "worker, MB",
        "PostgreSQL, MB",
    )
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for number, night in enumerate(figures["passages"]):
        kind = "read" if number else "copy"
        hot = "" if night["hot_share"] is None else f"{night['hot_share']:.0%}"
        cells = [
            night["name"],
            f"{night['touched']:,}",
            f"{night['seconds']:.1f}",
            f"{night['seconds'] / figures[f'{kind}_seconds']:.1f}",
            f"{night['cpu_seconds']:.1f}",
            f"{night['cpu_seconds'] / figures[f'{kind}_cpu_seconds']:.1f}",
            *(f"{seconds:.1f}" for seconds in _stages(night).values()),
            f"{night['wal_megabytes']:,.0f}",
            hot,
            f"{night['worker_megabytes']:,.0f}",
            f"{night['postgres_megabytes']:,.0f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
