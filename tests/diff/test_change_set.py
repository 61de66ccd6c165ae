from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.packages import (
    DEMOGRAPHICS,
    ENROLLMENTS,
    ORGS,
    USERS,
    Package,
    Style,
    small_district,
)
from tests.stages import check, publish, query

from rollbook.diff.compute import record_changes_sql
from rollbook.diff.data import ChangeCounts
from rollbook.oneroster import Version, resources_of
from rollbook.staging.data import Snapshot

Alter = Callable[[Package], object]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return publish(small_district(), tmp_path_factory.mktemp("published"))


def changed(package: Package) -> None:
    package.row(USERS, "stu-1").update(givenName="Zoé", email="zoe@oak.example", identifier="")
    package.add(USERS, **{**package.row(USERS, "tch-1"), "sourcedId": "new"})
    package.drop(DEMOGRAPHICS, "stu-2")


def test_create_update_abandon(published: Snapshot, tmp_path: Path) -> None:
    package = small_district()
    changed(package)
    it = check(package, tmp_path, published=published)
    assert it.all_changes == {
        USERS: {"stu-1": "update", "new": "create"},
        DEMOGRAPHICS: {"stu-2": "abandon"},
    }
    counts = it.changes.counts
    assert counts[USERS] == ChangeCounts(create=1, update=1, abandon=0, active=14)
    assert (counts[USERS].total, counts[USERS].active_after) == (2, 15)
    assert counts[DEMOGRAPHICS] == ChangeCounts(create=0, update=0, abandon=1, active=6)
    assert not it.changes.is_empty
    rows = query(it.valid.workspace, record_changes_sql(USERS) + " order by 1")
    (_, create, name, created), (_, update, label, updated) = rows
    assert (create, name) == ("create", "Bjørn O'Neil")
    assert json.loads(created)["role"] == [None, "teacher"]
    assert "agentSourcedIds" not in json.loads(created)
    assert (update, label) == ("update", "Zoé Müller-Díaz 1")
    assert json.loads(updated) == {
        "givenName": ["Zoë", "Zoé"],
        "email": [None, "zoe@oak.example"],
        "identifier": ["000001", None],
    }
    ((_, abandon, _, gone),) = query(it.valid.workspace, record_changes_sql(DEMOGRAPHICS))
    assert abandon == "abandon"
    assert json.loads(gone)["birthDate"] == ["2018-02-28", None]


def test_first_load_creates_everything(tmp_path: Path) -> None:
    it = check(small_district(), tmp_path)
    for resource in resources_of(Version.V1_1):
        rows = len(small_district().rows[resource])
        assert it.changes.counts[resource] == ChangeCounts(rows, 0, 0, active=0)
    assert not it.changes.is_empty


def reverse(package: Package) -> None:
    for rows in package.rows.values():
        rows.reverse()


@pytest.mark.parametrize("style", [Style(), Style(quote_all=True, column_order=2, line_end="\n")])
def test_digest_is_the_same_whatever_the_order_of_rows(
    style: Style, published: Snapshot, tmp_path: Path
) -> None:
    digests = set()
    for order in (lambda package: None, reverse):
        package = small_district()
        changed(package)
        order(package)
        digests.add(check(package, tmp_path, published=published, style=style).changes.digest)
    package = small_district()
    changed(package)
    digests.add(check(package, tmp_path, published=published).changes.digest)
    assert len(digests) == 1


DIFFERENT: dict[str, Alter] = {
    "nothing": lambda package: None,
    "one value": lambda package: package.row(USERS, "stu-1").update(givenName="A"),
    "that value in another field": lambda package: package.row(USERS, "stu-1").update(
        middleName="A"
    ),
    "that value of another record": lambda package: package.row(USERS, "stu-2").update(
        givenName="A"
    ),
    "a removal": lambda package: package.drop(DEMOGRAPHICS, "stu-1"),
    "a removal elsewhere": lambda package: package.drop(ENROLLMENTS, "stu-1-cls-21"),
    "an extension column": lambda package: (
        package.columns[ORGS].append("metadata.a"),
        package.row(ORGS, "d-1").update({"metadata.a": "1"}),
    ),
}


def test_digest_differs_when_anything_differs(published: Snapshot, tmp_path: Path) -> None:
    digests = {}
    for name, alter in DIFFERENT.items():
        package = small_district()
        alter(package)
        digests[name] = check(package, tmp_path, published=published).changes.digest
    assert len(set(digests.values())) == len(DIFFERENT)


def test_records_to_be_are_published_ones_with_the_changes(
    published: Snapshot, tmp_path: Path
) -> None:
    package = small_district()
    changed(package)
    it = check(package, tmp_path, published=published)
    assert {*it.records(USERS)} == {row["sourcedId"] for row in package.rows[USERS]}
    assert check(package, tmp_path, published=it.snapshot()).changes.is_empty
