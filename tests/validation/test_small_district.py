from __future__ import annotations

from pathlib import Path

from tests.packages import small_district
from tests.stages import check, publish


def test_small_district_is_without_a_finding(tmp_path: Path) -> None:
    assert check(small_district(), tmp_path).found == []


def test_same_package_again_changes_nothing(tmp_path: Path) -> None:
    published = publish(small_district(), tmp_path)
    again = check(small_district(), tmp_path, published=published)
    assert again.changes.is_empty
    assert again.found == []
