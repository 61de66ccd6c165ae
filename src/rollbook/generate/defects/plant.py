"""Spoil a generated package and list what must be found in it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, replace
from pathlib import Path

from rollbook.convert.package import open_package
from rollbook.generate.defects.kind import DefectKind
from rollbook.generate.defects.kinds import KINDS
from rollbook.generate.defects.roster import Expected, NoRecordLeftError, Roster, Told
from rollbook.generate.draws import chance_of
from rollbook.oneroster import Resource

_PEOPLE = (Resource.USERS.filename, Resource.ROLES.filename)


def plant_defects(
    package: Path,
    *,
    count: int,
    seed: int,
    out: Path,
    kinds: Collection[DefectKind] = KINDS,
    people: Path | None = None,
) -> Path:
    """Write a package again with some defects, and beside it what a checker must find.

    Kinds take turns. Each defect has people and classes for itself, so that what it gives does not
    depend on the others. The package is held in memory: about 1 GB for 100,000 students.

    Args:
        package: A folder with a generated OneRoster 1.1 package.
        count: How many defects.
        out: Where the package goes, a ZIP or a folder, as for `generate_district`.
        kinds: Those to choose from.
        people: A folder with the same district as OneRoster 1.2. Manifest, users and roles are
            taken from there as they are, so that no kind may change them: those of
            `KINDS_WITHOUT_PEOPLE`. All other files are alike in both versions.

    Returns:
        The list of findings, `<out>.expected.json`.

    Raises:
        ValueError: The district has too few records for so many defects.
    """
    roster = Roster(package, chance_of(seed, "defects"))
    findings = _folded(_plant(roster, count, list(kinds)))
    with open_package(out, is_large=False) as open_file:
        for name in ("manifest.csv", *(_PEOPLE if people else ())):
            with open_file(name) as file:
                file.write(((people or package) / name).read_bytes())
        for resource, rows in roster.files.items():
            if not people or resource.filename not in _PEOPLE:
                with open_file(resource.filename) as file:
                    file.writelines(rows.lines())
    expected = expected_path(out)
    expected.write_text(_text_of(findings), encoding="utf-8")
    return expected


def expected_path(out: Path) -> Path:
    """Return where the findings of a package are listed: beside it."""
    return out.with_name(f"{out.name}.expected.json")


def _plant(roster: Roster, count: int, kinds: list[DefectKind]) -> list[tuple[str, Expected]]:
    """Plant kind after kind; one that finds no record left is left out from then on."""
    findings: list[tuple[str, Expected]] = []
    planted = 0
    while planted < count:
        if not kinds:
            raise ValueError(
                f"The district has room for {planted} defects that do not touch one another; "
                "ask for fewer, or for more students."
            )
        kind = kinds.pop(0)
        try:
            findings += [(kind.name, finding) for finding in kind.plant(roster)]
        except NoRecordLeftError:
            continue
        planted += 1
        kinds.append(kind)
    return findings


def _folded(findings: Iterable[tuple[str, Expected]]) -> list[tuple[str, Expected]]:
    """Let what a checker tells once be one finding, at its first row."""
    folded: dict[tuple[object, ...], tuple[str, Expected]] = {}
    for kind, finding in findings:
        key = _what_is_told_once(finding)
        if key not in folded:
            folded[key] = kind, finding
            continue
        _, other = folded[key]
        first = min(finding, other, key=lambda either: either.record)
        folded[key] = kind, replace(first, rows=finding.rows + other.rows)
    return list(folded.values())


def _what_is_told_once(finding: Expected) -> tuple[object, ...]:
    place = {
        Told.EACH_ROW: (finding.value, finding.record),
        Told.EACH_VALUE: (finding.value,),
        Told.EACH_COLUMN: (),
    }
    return (finding.code, *place[finding.told])


def _text_of(findings: list[tuple[str, Expected]]) -> str:
    rows = [{**asdict(finding), "kind": kind} for kind, finding in findings]
    rows.sort(key=lambda row: (row["file"], row["record"], row["code"], row["value"] or ""))
    return json.dumps({"findings": rows}, ensure_ascii=False, indent=1) + "\n"
