from __future__ import annotations

import pytest
from tests.packages import small_district
from tests.stages import publish

from rollbook.staging.data import Snapshot


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """What the small district published last time."""
    return publish(small_district(), tmp_path_factory.mktemp("published"))
