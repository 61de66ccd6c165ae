"""The entry to this stage: from a package to tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rollbook.oneroster import FILES_WITHOUT_ROSTER, Resource
from rollbook.staging.data import Finding, Reading, StagedRoster, Workspace
from rollbook.staging.detect import detect_format
from rollbook.staging.files import PackageFile, look_at_file
from rollbook.staging.loading import make_refusals
from rollbook.staging.manifest import read_manifest
from rollbook.staging.package import Package, open_package
from rollbook.staging.standard import stage_standard

_AS_USUAL = Reading()


def stage_files(path: Path, *, workspace: Workspace, reading: Reading = _AS_USUAL) -> StagedRoster:
    """Read a package of any format that Rollbook knows into the workspace's database.

    Args:
        path: A ZIP or a folder. It is read, never changed.

    Raises:
        PackageUnreadableError: The package cannot be opened, or is of no known format. Everything
            less is a finding.

    Source: OneRoster CSV (fact base sections 2 to 5 and 9); clever.md section 3.
    """
    package = open_package(path, unpack_to=workspace.folder / "package")
    manifest = read_manifest(package.files.get("manifest"), reading)
    files = {name: look_at_file(name, file) for name, file in package.files.items()}
    detected = detect_format({name: file.header for name, file in files.items()}, manifest)
    with workspace.connect() as database:
        make_refusals(database)
        assert detected.format.version
        staged = stage_standard(
            database,
            files,
            version=detected.format.version,
            manifest=manifest,
            workspace=workspace,
            reading=reading,
        )
    findings = [*manifest.findings, *_find_unused(package, files), *staged.findings]
    return StagedRoster(
        workspace=workspace,
        format=detected.format,
        because=detected.because,
        files=staged.files,
        read=tuple(staged.read),
        findings=tuple(findings),
        leaves_roles_apart=staged.leaves_roles_apart,
        prefixed=staged.prefixed,
    )


def _find_unused(package: Package, files: Mapping[str, PackageFile]) -> Iterator[Finding]:
    """Yield files that were not read, with the reason."""
    known = {"manifest", *(str(resource).lower() for resource in Resource)}
    of_the_standard = {name.lower() for name in FILES_WITHOUT_ROSTER}
    for name, file in files.items():
        if name in of_the_standard:
            yield Finding("package.file.not_roster", file.path.name)
        elif name not in known:
            yield Finding("package.file.unknown", file.path.name)
    for other in package.others:
        yield Finding("package.file.unknown", other)
