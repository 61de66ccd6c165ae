"""Write docs/rules.md from the catalogue: `python -m rollbook.validation.rules_page`."""

from __future__ import annotations

from pathlib import Path

from rollbook.validation.catalogue import Rule, all_rules

PAGE = Path("docs") / "rules.md"

_HEAD = """\
# Rules

Written from the catalogue by `make docs`. `{resource}` and `{field}` stand for those that a rule
fits; `rollbook check` and the pages fill them in. A rule that **stops the run** leaves the roster
as it is; an error in a row sets the row aside; warnings and infos pass.
"""


def rules_page() -> str:
    """Return the page, a section per rule."""
    return _HEAD + "".join(_section(rule) for rule in all_rules())


def _section(rule: Rule) -> str:
    weight = f"{rule.severity}, stops the run" if rule.stops else str(rule.severity)
    if rule.optional:
        weight += f"; {rule.optional} where the field is optional"
    return (
        f"\n## `{rule.code}`\n\n"
        f"**{rule.title}** ({weight})\n\n{rule.meaning}\n\n"
        f"Repair ({rule.who}): {rule.repair}\n\nSource: {rule.source}.\n"
    )


if __name__ == "__main__":
    PAGE.write_text(rules_page(), encoding="utf-8")
