"""The stage: an address for applications, and the cast in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from .cast import Cast


@pytest.fixture(autouse=True)
def _address(settings: SettingsWrapper) -> None:
    settings.PUBLIC_URL = "http://rosters.example"
    settings.ROOT_URLCONF = "rollbook.provider.urls"


@pytest.fixture
def cast(db: None) -> Cast:
    from .cast import set_the_stage  # not before Django is set up

    return set_the_stage()
