"""Read manifest.csv: which files the sender says are there, and whether they are complete.

Source: OneRoster 1.1 and 1.2 CSV, manifest (fact base section 4).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rollbook.oneroster import FILES_WITHOUT_ROSTER, Resource, Version, resources_of
from rollbook.staging.data import Finding, Mode, Reading

ABSENT = "absent"
_MODES = (ABSENT, *Mode)
_GENERAL = ("manifest.version", "oneroster.version", "source.systemName", "source.systemCode")
_SIZE_LIMIT = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the manifest says; empty when there is none.

    Attributes:
        version: The version that it names, if Rollbook reads it.
        modes: `absent`, `bulk` or `delta` for each resource that it names.
    """

    version: Version | None = None
    modes: Mapping[Resource, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def read_manifest(path: Path | None, reading: Reading) -> Manifest:
    """Read the manifest, if there is one; whatever is wrong with it becomes a finding."""
    if path is None:
        return Manifest()
    rows = _read_rows(path)
    properties = {name.rstrip("*"): value for name, value in rows}
    version = _version(properties.get("oneroster.version", ""))
    modes = {
        resource: properties[f"file.{resource}"].lower()
        for resource in Resource
        if f"file.{resource}" in properties
    }
    findings = [*_find_problems(rows, properties, version, modes)]
    if version and reading.strict:
        findings += _find_unnamed(properties, version)
    return Manifest(version=version, modes=modes, findings=tuple(findings))


def _read_rows(path: Path) -> list[tuple[str, str]]:
    """Return the properties, without the header; what is no text is replaced."""
    text = path.read_bytes()[:_SIZE_LIMIT].decode("utf-8-sig", "replace").replace("\0", "")
    rows = [*csv.reader(text.splitlines())]
    pairs = [(row[0].strip(), row[1].strip()) for row in rows if len(row) > 1]
    return [pair for pair in pairs if pair[0].lower() != "propertyname" and pair[0]]


def _version(text: str) -> Version | None:
    """Return the version that a text names: corrections of a version are read like it."""
    for version in Version:
        if text.removeprefix("v") == version or text.startswith(f"{version}."):
            return version
    return None


def _find_problems(
    rows: list[tuple[str, str]],
    properties: Mapping[str, str],
    version: Version | None,
    modes: Mapping[Resource, str],
) -> Iterator[Finding]:
    if "oneroster.version" not in properties:
        yield _finding("missing_property", "oneroster.version", None)
    elif version is None:
        yield _finding("unsupported_version", "oneroster.version", properties["oneroster.version"])
    for resource, mode in modes.items():
        if mode not in _MODES:
            yield _finding("unknown_mode", f"file.{resource}", mode)
    names = [name.rstrip("*") for name, _ in rows]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield _finding("duplicate_property", name, None)
    known = {*_GENERAL, *(f"file.{name}" for name in (*Resource, *FILES_WITHOUT_ROSTER))}
    for name in dict.fromkeys(names):
        if name not in known:
            yield _finding("unknown_property", name, properties[name])


def _find_unnamed(properties: Mapping[str, str], version: Version) -> Iterator[Finding]:
    """Yield what a manifest must mention; what it does not counts as absent, or as it is there."""
    others = [name for name, since in FILES_WITHOUT_ROSTER.items() if since <= version]
    for name in ("manifest.version", *(f"file.{it}" for it in (*resources_of(version), *others))):
        if name not in properties:
            yield _finding("missing_property", name, None)


def _finding(problem: str, name: str, value: str | None) -> Finding:
    return Finding(f"package.manifest.{problem}", "manifest.csv", field=name, value=value)
