"""Instants as a district says them, in its own time zone."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def spoken(instant: datetime, *, zone: str, now: datetime) -> str:
    """Return "today at 06:02", "yesterday at 06:02" or "on 3 March 2026 at 06:02"."""
    local = instant.astimezone(ZoneInfo(zone))
    today = now.astimezone(ZoneInfo(zone)).date()
    if local.date() == today:
        return f"today at {local:%H:%M}"
    if local.date() == today - timedelta(days=1):
        return f"yesterday at {local:%H:%M}"
    return f"on {local.day} {local:%B %Y} at {local:%H:%M}"


def listed(instant: datetime, *, zone: str, now: datetime) -> str:
    """Return the same for a table: "Today, 06:02" or "3 Mar 2026, 06:02"."""
    local = instant.astimezone(ZoneInfo(zone))
    today = now.astimezone(ZoneInfo(zone)).date()
    if local.date() == today:
        return f"Today, {local:%H:%M}"
    if local.date() == today - timedelta(days=1):
        return f"Yesterday, {local:%H:%M}"
    return f"{local.day} {local:%b %Y}, {local:%H:%M}"


def took(start: datetime, end: datetime) -> str:
    """Return how long something took: "0.4 s", "12 s", "3 min 20 s"."""
    seconds = (end - start).total_seconds()
    if seconds < 0.1:
        return "less than 0.1 s"
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
