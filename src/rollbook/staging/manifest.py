"""Read manifest.csv: which files the sender says are there, and whether they are complete.

Source: OneRoster 1.1 CSV, manifest (fact base section 4).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rollbook.oneroster import RESOURCES, Resource, Version
from rollbook.staging.data import Finding

_MODES = ("absent", "bulk", "delta")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the manifest says; empty when there is none.

    Attributes:
        modes: `absent`, `bulk` or `delta` for each resource that it names.
    """

    modes: Mapping[Resource, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def read_manifest(path: Path | None) -> Manifest:
    """Read the manifest, if there is one; whatever is wrong with it becomes a finding."""
    if path is None:
        return Manifest(findings=(Finding("package.manifest.missing", "manifest.csv"),))
    properties = _read_properties(path)
    modes = {
        resource: properties[f"file.{resource}"]
        for resource in RESOURCES
        if f"file.{resource}" in properties
    }
    return Manifest(modes=modes, findings=tuple(_find_problems(properties, modes)))


def _read_properties(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = list(csv.reader(lines))
    return {row[0].strip().rstrip("*"): row[1].strip() for row in rows if len(row) > 1}


def _find_problems(properties: dict[str, str], modes: dict[Resource, str]) -> list[Finding]:
    findings = []
    version = properties.get("oneroster.version")
    if version not in tuple(Version):
        findings.append(_finding("unsupported_version", "oneroster.version", version))
    for resource, mode in modes.items():
        if mode == "delta":
            findings.append(_finding("unsupported_delta", f"file.{resource}", mode))
        elif mode not in _MODES:
            findings.append(_finding("unknown_mode", f"file.{resource}", mode))
    return findings


def _finding(problem: str, name: str, value: str | None) -> Finding:
    return Finding(f"package.manifest.{problem}", "manifest.csv", field=name, value=value)
