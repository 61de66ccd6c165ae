from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.flows.installation import Installation
from tests.rosters import make_district


@pytest.fixture
def district(db: None) -> Any:
    return make_district()


@pytest.fixture
def connection(district: Any) -> Any:
    """An application that sees everything."""
    from rollbook.sharing.credentials import connect_application
    from rollbook.sharing.grants import set_rule
    from rollbook.sharing.models import SharingRule

    connection, _ = connect_application(district, "Hub", acting_user=None)
    set_rule(connection, SharingRule.ALL)
    return connection


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    installation = Installation(database_url, tmp_path)
    yield installation
    installation.stop()
