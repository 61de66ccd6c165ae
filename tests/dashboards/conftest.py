"""The cast, ready for every test of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.dashboards.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Both districts and their people."""
    from tests.dashboards.cast import invite_cast  # models wait until Django is ready

    return invite_cast()
