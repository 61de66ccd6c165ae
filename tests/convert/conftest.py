"""One small district, checked once and written in every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.convert.rosters import checked
from tests.packages import USERS, small_district

from rollbook.convert.data import Conversion
from rollbook.convert.write import write_package
from rollbook.staging.data import Workspace
from rollbook.staging.formats.data import Format

PASSWORD = "hunter2"
Written = Callable[[Format], tuple[Path, Conversion]]


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The small district, whose users have passwords."""
    package = small_district()
    for row in package.rows[USERS]:
        row["password"] = PASSWORD
    folder = tmp_path_factory.mktemp("district")
    return checked(package.write(folder / "source.zip"), folder / "work")


@pytest.fixture(scope="session")
def written(district: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The small district in a format: where, and what came of it."""
    folder = tmp_path_factory.mktemp("written")
    done: dict[Format, tuple[Path, Conversion]] = {}

    def write(to: Format) -> tuple[Path, Conversion]:
        if to not in done:
            out = folder / to.value
            done[to] = out, write_package(district, to=to, out=out)
        return done[to]

    return write
