from __future__ import annotations

import threading
from typing import Any

import pytest
from tests.packages import USERS, small_district
from tests.rosters import deliver, faults_of, make_district, receive


def connect(district: Any, name: str = "Hub") -> Any:
    from rollbook.sharing.credentials import connect_application

    connection, _ = connect_application(district, name, acting_user=None)
    return connection


def share(connection: Any, rule: str = "all") -> None:
    from rollbook.sharing.grants import set_rule
    from rollbook.sharing.models import SharingRule

    set_rule(connection, SharingRule(rule))


def active(connection: Any) -> set[tuple[str, str]]:
    from rollbook.sharing.models import Grant

    grants = Grant.objects.filter(
        district_id=connection.district_id, connection_number=connection.number, is_active=True
    )
    return {(grant.resource, grant.served_id) for grant in grants}


@pytest.mark.django_db
def test_connection_sees_nothing_until_a_rule_is_set() -> None:
    district = make_district()
    connection = connect(district)
    deliver(district, small_district())
    assert active(connection) == set()
    assert connection.counts == {}


@pytest.mark.django_db
def test_rule_set_after_the_first_publish_is_a_change_of_its_own() -> None:
    from rollbook.roster.models import Roster
    from rollbook.sharing.models import Grant

    district = make_district()
    connection = connect(district)
    deliver(district, small_district())
    share(connection)
    assert len(active(connection)) == 3 + 4 + 14
    assert {grant.change_number for grant in Grant.objects.all()} == {2}
    assert Roster.objects.get(district=district).change_number == 2
    assert connection.counts["users"] == 14
    share(connection, "nothing")
    assert active(connection) == set()
    assert {grant.change_number for grant in Grant.objects.all()} == {3}
    assert connection.counts == {}
    package = small_district()
    package.drop(USERS, "par-6")
    package.row(USERS, "stu-6")["agentSourcedIds"] = ""
    assert deliver(district, package).change_number == 4
    share(connection)
    assert ("users", "par-6") not in active(connection)
    assert faults_of(district.pk) == []


@pytest.mark.django_db
def test_each_connection_has_grants_of_its_own() -> None:
    district = make_district()
    first, second = connect(district), connect(district, "Other")
    share(first)
    deliver(district, small_district())
    assert len(active(first)) == 21
    assert active(second) == set()
    share(second)
    share(first, "nothing")
    assert active(first) == set()
    assert len(active(second)) == 21


@pytest.mark.django_db(transaction=True)
def test_rule_set_during_the_first_publish_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The publish has passed the connections by, and its roster is not to be seen yet."""
    from django.db import connection as database

    from rollbook import pipeline

    district = make_district()
    connection = connect(district)
    run = receive(district, small_district())
    share_publish, started = pipeline.share_publish, threading.Event()

    def set_rule_elsewhere() -> None:
        started.set()
        share(connection)
        database.close()

    other = threading.Thread(target=set_rule_elsewhere)

    def share_and_let_the_other_begin(*arguments: Any, **keywords: Any) -> int:
        count = share_publish(*arguments, **keywords)
        other.start()
        started.wait(10)
        other.join(1)  # without a lock it would be done by now
        return count

    monkeypatch.setattr(pipeline, "share_publish", share_and_let_the_other_begin)
    pipeline.run_sync(district.pk, run.number)
    other.join(60)
    assert len(active(connection)) == 21
    assert faults_of(district.pk) == []
