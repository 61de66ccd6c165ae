"""Deliveries that list changes only."""

from __future__ import annotations

from typing import Any

import pytest
from tests.packages import CLASSES, ENROLLMENTS, USERS, Package, small_district
from tests.rosters import deliver, expected_roster, roster_of

CHANGED_AT = "2026-10-05T06:00:00.000Z"


def changes(**title: str) -> Package:
    """Return a delta: a class gets another title, one enrollment goes."""
    package = small_district(students=2)
    gone = package.rows[ENROLLMENTS][-1]
    package.rows = {
        CLASSES: [{**package.rows[CLASSES][0], **title}],
        ENROLLMENTS: [gone],
    }
    for row in package.rows[CLASSES]:
        row.update(status="active", dateLastModified=CHANGED_AT)
    gone.update(status="tobedeleted", dateLastModified=CHANGED_AT)
    assert package.manifest is not None
    package.manifest |= {f"file.{name}": "delta" for name in package.rows}
    return package


def after(**title: str) -> Package:
    package = small_district(students=2)
    package.rows[CLASSES][0].update(title)
    package.rows[ENROLLMENTS].pop()
    return package


@pytest.mark.django_db
def test_delta_changes_what_it_names_and_nothing_else(district: Any) -> None:
    deliver(district, small_district(students=2))
    run = deliver(district, changes(title="Chess"))
    assert run.state == "published"
    assert roster_of(district.pk) == expected_roster(after(title="Chess"))


@pytest.mark.django_db
def test_delta_without_a_roster_is_not_used(district: Any) -> None:
    run = deliver(district, changes(title="Chess"))
    assert run.state == "failed"
    assert [reason["code"] for reason in run.reasons] == ["package.delta.without_base"]


@pytest.mark.django_db
def test_delta_after_an_unusable_delivery_waits_for_a_complete_one(district: Any) -> None:
    deliver(district, small_district(students=2))
    broken = small_district(students=2)
    broken.rows[USERS].clear()
    deliver(district, broken)
    run = deliver(district, changes(title="Chess"))
    assert run.state == "failed"
    assert [reason["code"] for reason in run.reasons] == ["run.delta_out_of_order"]
    assert roster_of(district.pk) == expected_roster(small_district(students=2))
    assert deliver(district, after(title="Go")).state == "published"
    assert deliver(district, changes(title="Chess")).state == "published"
