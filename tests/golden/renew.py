"""Texts that people review: the SQL of every rule, and what Rollbook says about the samples.

`python -m tests.golden.renew` writes them anew; the test compares. Read the difference before you
commit it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.stages import Checked, open_folder, query

from rollbook.diff.compute import compute_change_set, record_changes_sql
from rollbook.oneroster import RESOURCES, Resource
from rollbook.staging.data import Reading, Snapshot
from rollbook.staging.stage import stage_files
from rollbook.validation.data import ValidRoster
from rollbook.validation.problems import find_problems
from rollbook.validation.rules import (
    CompiledRule,
    circumstances_of,
    conditions_of,
    reference_rules_of,
    references_of,
    relation_rules_of,
    row_rules_of,
)

# Some samples tell no dates; the texts must be the same next year.
READING = Reading(school_year=2027)
HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"
# Each sample, and the one that was published before it.
PACKAGES = {
    "1.1-bulk": None,
    "1.1-bulk-second-day": "1.1-bulk",
    "1.1-delta": "1.1-bulk",
    "1.2-bulk": None,
    "1.2-delta": "1.2-bulk",
    "clever": None,
    "sds-v1": None,
    "sds-v2": None,
    "sds-v2.1": None,
    "guardians": "clever",
}


def golden_texts() -> Iterator[tuple[str, str]]:
    """Yield the name of each golden file and what it should say now."""
    yield "rules.sql", rules_text()
    for name, before in PACKAGES.items():
        yield f"{name}.txt", package_text(name, before)


def rules_text() -> str:
    """Return the SQL of every rule of every field."""
    rules = [rule for resource in RESOURCES for rule in _rules_of(resource)]
    return "\n\n".join(f"-- {rule.code}\n{rule.sql}\n;" for rule in rules) + "\n"


def _rules_of(resource: Resource) -> Iterator[CompiledRule]:
    """Yield a resource's rules, in the order in which they run."""
    for rule in conditions_of(resource):
        yield replace(rule, sql=f'from "{resource}" as t\nwhere\n{rule.sql}')
    yield from row_rules_of(resource)
    for field in references_of(resource):
        yield from reference_rules_of(field)
    for rule in circumstances_of(resource):
        yield replace(rule, sql=f'from "seen_{resource}" as t\nwhere\n{rule.sql}')
    yield from relation_rules_of(resource)


def package_text(name: str, before: str | None) -> str:
    """Return findings and changes of a sample."""
    with TemporaryDirectory() as folder:
        base = Path(folder)
        published = _publish(before, base) if before else None
        valid = _validate(name, base, published)
        lines = [f"# {name}" + (f" after {before}" if before else "")]
        lines += ["", "## Findings", *_findings(valid)]
        if valid.stops:
            lines += ["", "The run stops here."]
        else:
            lines += ["", "## Changes", *_changes(valid)]
        return "\n".join(lines) + "\n"


def _validate(name: str, base: Path, published: Snapshot | None) -> ValidRoster:
    return find_problems(
        stage_files(SAMPLES / name, workspace=open_folder(base), reading=READING),
        published=published,
    )


def _publish(name: str, base: Path) -> Snapshot:
    valid = _validate(name, base, None)
    return Checked(valid, compute_change_set(valid)).snapshot()


def _findings(valid: ValidRoster) -> Iterator[str]:
    for judged in valid.findings():
        it = judged.finding
        place = f"{it.file}:{it.record}" if it.record else it.file
        value = "" if it.value is None else f" = {it.value!r}"
        about = f" ({it.field})" if it.field and f".{it.field}." not in it.code else ""
        yield f"{judged.severity:<8} {place:<22} {it.code}{about}{value}"


def _changes(valid: ValidRoster) -> Iterator[str]:
    changes = compute_change_set(valid)
    for resource in RESOURCES:
        counts = changes.counts[resource]
        yield (
            f"{resource}: {counts.active} before, {counts.create} created, "
            f"{counts.update} updated, {counts.abandon} abandoned"
        )
        rows = query(
            valid.workspace,
            f"select sourcedId, change, label, fields from ({record_changes_sql(resource)}) "
            "order by sourcedId",
        )
        for sourced_id, change, label, fields in rows:
            yield f"  {change:<8}{sourced_id:<12}{label:<22}{fields}".rstrip()


def renew() -> None:
    """Write all golden files."""
    for name, text in golden_texts():
        (HERE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    renew()
