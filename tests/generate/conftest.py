"""One district on two days, read once for all tests."""

from __future__ import annotations

import pytest
from tests.generate.packages import Package, generated


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return generated(tmp_path_factory.mktemp("first"), students=3000)


@pytest.fixture(scope="session")
def second_day(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return generated(tmp_path_factory.mktemp("second"), students=3000, day=2)
