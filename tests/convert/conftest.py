"""One small district, checked once and written in every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.convert.rosters import checked
from tests.packages import DEMOGRAPHICS, USERS, small_district

from rollbook.convert.data import Conversion
from rollbook.convert.write import write_package
from rollbook.staging.data import Workspace
from rollbook.staging.formats.data import Format

PASSWORD = "hunter2"
Written = Callable[[Format], tuple[Path, Conversion]]
ReadAgain = Callable[[Format], Workspace]


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


@pytest.fixture(scope="session")
def read_again(written: Written, tmp_path_factory: pytest.TempPathFactory) -> ReadAgain:
    """What was written in a format, checked in its turn: no row of it may be set aside."""
    folder = tmp_path_factory.mktemp("read_again")
    done: dict[Format, Workspace] = {}

    def read(of: Format) -> Workspace:
        if of not in done:
            done[of] = checked(written(of)[0], folder / of.value)
        return done[of]

    return read


@pytest.fixture(scope="session")
def without_demographics(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The small district without one of the files that may be absent."""
    package = small_district()
    package.without_file(DEMOGRAPHICS)
    folder = tmp_path_factory.mktemp("without_demographics")
    return checked(package.write(folder / "source.zip"), folder / "work")
