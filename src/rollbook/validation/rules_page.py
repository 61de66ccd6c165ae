"""Write docs/rules.md from the catalogue: `python -m rollbook.validation.rules_page`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rollbook.validation.catalogue import Rule, all_rules

PAGE = Path("docs") / "rules.md"

_HEAD = """\
# Rules

Written from the catalogue by `make docs`. `{resource}` and `{field}` stand for those that a rule
fits; `rollbook check` and the pages fill them in. A rule that **stops the run** leaves the roster
as it is; an error in a row sets the row aside; warnings and infos pass.
"""


# Each group: its heading, and how the codes of its rules begin. What fits none is about any field.
_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("The package and its manifest", ("package.",)),
    ("Files", ("{resource}.file.",)),
    ("Headers", ("{resource}.header.",)),
    ("Header mappings", ("mapping.",)),
    ("Rows that cannot be read, or only just", ("{resource}.row.",)),
    ("Changes since the last delivery", ("{resource}.drift.",)),
    ("Other formats than OneRoster", ("{resource}.extension.", "users.contact.")),
    ("Values, ids and links of any kind of record", ("{resource}.{field}.",)),
    ("Orgs", ("orgs.",)),
    ("Sessions", ("academicSessions.",)),
    ("Courses", ("courses.",)),
    ("Classes", ("classes.",)),
    ("Users", ("users.",)),
    ("Roles and profiles", ("roles.", "userProfiles.")),
    ("Enrollments", ("enrollments.",)),
    ("Demographics", ("demographics.",)),
)


def rules_page() -> str:
    """Return the page: what there is, then a chapter per group and a section per rule."""
    groups = [(heading, [*_rules_of(starts)]) for heading, starts in _GROUPS]
    contents = "".join(_line(heading, len(rules)) for heading, rules in groups)
    chapters = "".join(
        f"\n## {heading}\n" + "".join(_section(rule) for rule in rules) for heading, rules in groups
    )
    return f"{_HEAD}\n{len(all_rules())} rules:\n\n{contents}{chapters}"


def _rules_of(starts: tuple[str, ...]) -> Iterator[Rule]:
    for rule in all_rules():
        first = next(
            start for _, group in _GROUPS for start in group if rule.code.startswith(start)
        )
        if first in starts:
            yield rule


def _line(heading: str, count: int) -> str:
    anchor = re.sub(r"[^a-z0-9 ]", "", heading.lower()).replace(" ", "-")
    return f"- [{heading}](#{anchor}): {count}\n"


def _section(rule: Rule) -> str:
    weight = f"{rule.severity}, stops the run" if rule.stops else str(rule.severity)
    if rule.optional:
        weight += f"; {rule.optional} where the field is optional"
    if rule.strict and rule.strict != rule.severity:
        weight += f"; {rule.strict} with `--strict`"
    return (
        f"\n### `{rule.code}`\n\n"
        f"**{rule.title}** ({weight})\n\n{rule.meaning}\n\n"
        f"Repair ({rule.who}): {rule.repair}\n\nSource: {rule.source}.\n"
    )


if __name__ == "__main__":
    PAGE.write_text(rules_page(), encoding="utf-8")
