"""A delivery that looks otherwise than the last one waits for a person."""

from __future__ import annotations

from typing import Any

import pytest
from tests.packages import USERS, small_district
from tests.rosters import deliver, expected_roster, roster_of


@pytest.mark.django_db
def test_f01_lost_column_holds_and_changes_nothing(district: Any) -> None:
    before = small_district(students=2)
    deliver(district, before)
    package = small_district(students=2)
    package.without_column(USERS, "middleName")
    package.row(USERS, "stu-1")["givenName"] = "Zora"
    run = deliver(district, package)
    assert run.state == "held"
    assert [reason["code"] for reason in run.reasons] == ["users.drift.column_lost"]
    assert roster_of(district.pk) == expected_roster(before)


@pytest.mark.django_db
def test_same_columns_in_another_order_are_no_drift(district: Any) -> None:
    deliver(district, small_district(students=2))
    package = small_district(students=2)
    package.columns[USERS].reverse()
    assert deliver(district, package).state == "unchanged"
