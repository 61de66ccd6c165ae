"""Cells that a spreadsheet shows and does not run."""

from __future__ import annotations

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    Source: OWASP, "CSV Injection".
    """
    return f"'{cell}" if cell.lstrip(" ").startswith(_STARTS_A_FORMULA) else cell
