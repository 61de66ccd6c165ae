"""Write docs/guards.md from the guards: `python -m rollbook.guard.guards_page`."""

from __future__ import annotations

from pathlib import Path

from rollbook.diff.measures import KINDS
from rollbook.guard.guards import EVERYTHING, GUARDS, HIGHEST_OF_TERMS, MOVED, Guard
from rollbook.oneroster import RESOURCES

PAGE = Path("docs") / "guards.md"

_HEAD = """\
# Guards

Written from the guards by `make docs`. Before anything is published, each of these looks at what a
run would change. What passes a limit holds the run: nothing of it is published until an owner or a
data manager of the district has read the reasons and approves or discards it. Some only tell: the
run goes on, and says what somebody should look at.

A limit counts for the whole district and, where nothing else is said, for each school by itself.
`{resource}` and `{field}` stand for those that a guard fits. With `_at_school` at its end, a code
is about single schools.

## A policy of one's own

`rollbook policy --district NAME --set FILE --reason TEXT --as EMAIL` sets it, and
`rollbook simulate --district NAME --policy FILE` tells before what it would have done with past
runs. With `--once`, the rules count for the next run only, and go back by themselves; before that,
`--withdraw` takes them back.

```toml
removals_wait = false  # true: additions and updates go ahead while removals wait

[district]
updates = { on = false }
removals = { percent = 15 }

[resources.students]  # a resource, or a kind of its records
removals = { percent = 20, records = 30 }  # up to 30 never hold

[schools.sch-1]  # a school, by its sourcedId
removals = { percent = 60 }
email = { on = false }
```

The nearer rule wins: a school's over a kind's, that over its resource's, that over the district's,
and that over what is set here. Each guard has `on`, `percent`, `records` (up to so many never hold)
and `per_school` (whether each school is looked at by itself).
"""

_TAIL = f"""
## Always

### `{EVERYTHING}`

**Nothing of the roster would remain** (refused)

The run fails and nothing is published; no approval can make it right.

### `{MOVED}`

**The changes are not those that were approved** (holds)

The roster was published anew between the approval and its turn, so the run is shown again.

Two people must approve a run that would remove more than 95 % of the schools, students, teachers or
staff, in a district where two may.
"""


def guards_page() -> str:
    """Return the page: how policies are written, then a section per guard."""
    subjects = ", ".join(f"`{resource}`" for resource in RESOURCES)
    kinds = "; ".join(
        f"of `{resource}`: {', '.join(f'`{kind}`' for kind in names)}"
        for resource, names in KINDS.items()
    )
    sections = "".join(_section(guard) for guard in GUARDS)
    return f"{_HEAD}\nResources: {subjects}. Kinds {kinds}.\n{sections}{_TAIL}"


def _section(guard: Guard) -> str:
    return (
        f"\n## `{guard.name}`\n\n"
        f"**{guard.title}** (`{guard.code}`)\n\n{guard.meaning}\n\n{_say_default(guard)}\n"
    )


def _say_default(guard: Guard) -> str:
    it = guard.default
    if guard.is_notice:
        limit = (
            "Tells whenever it happens, on the run and on the district's page, and holds nothing."
        )
    elif it.percent is None:
        limit = "Holds whenever it happens."
    else:
        than = "at" if guard.holds_at_limit else "above"
        limit = f"Holds {than} {it.percent:g} %, of more than {it.records} records."
        if not it.records:
            limit = f"Holds {than} {it.percent:g} %."
        limit += f" May be set up to {guard.highest:g} %"
        is_more_for_terms = guard.highest < HIGHEST_OF_TERMS
        limit += f", of terms up to {HIGHEST_OF_TERMS:g} %." if is_more_for_terms else "."
    switch = "Cannot be switched off." if guard.is_fixed else "Can be switched off."
    scope = ["Looks at the district as a whole."] if guard.is_of_district else []
    return " ".join([*([] if it.on else ["Off by default."]), limit, switch, *scope])


if __name__ == "__main__":
    PAGE.write_text(guards_page(), encoding="utf-8")
