from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.rosters import make_district


@pytest.fixture
def district(db: None) -> Any:
    return make_district()


@pytest.fixture
def person(db: None) -> Any:
    from django.contrib.auth.models import User

    return User.objects.create(username="dana", email="dana@oak.example")


@pytest.fixture
def _own_files(tmp_path: Path) -> Iterator[None]:
    """Give each test a file storage of its own, so that what others left does not count."""
    from django.conf import settings
    from django.test import override_settings

    from rollbook.project.file_storage import file_storage

    with override_settings(STORAGES={**settings.STORAGES, "default": file_storage(tmp_path)}):
        yield


@pytest.fixture
def connection(district: Any) -> Any:
    """An application that sees everything."""
    from rollbook.sharing.credentials import connect_application
    from rollbook.sharing.grants import set_rule
    from rollbook.sharing.models import SharingRule

    connection, _ = connect_application(district, "Hub", acting_user=None)
    set_rule(connection, SharingRule.ALL)
    return connection
