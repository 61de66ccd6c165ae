"""The entry to this stage: compute which records each connection may see."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from rollbook.oneroster import Resource
from rollbook.roster.connection import open_cursor
from rollbook.roster.lock import lock_district
from rollbook.roster.models import Roster
from rollbook.roster.tables import table_of
from rollbook.sharing.models import Connection, SharingRule
from rollbook.sqlfiles import read_sql

GRANTED = (Resource.ORGS, Resource.CLASSES, Resource.USERS)


def share_publish(district_id: int, *, change_number: int) -> int:
    """Bring every connection's grants up to what was just published, inside its transaction.

    The work grows with the changes: only records of this change number are looked at, unless it is
    the first load.

    Returns:
        How many connections see something.
    """
    roster = Roster.objects.get(district_id=district_id)
    is_first = change_number == roster.baseline_change_number
    connections = Connection.objects.filter(district_id=district_id, rule=SharingRule.ALL)
    for connection in connections:
        _share(connection, "share_all" if is_first else "share_changes", change_number)
    connections.update(counts=roster.counts)
    return len(connections)


@transaction.atomic
def set_rule(connection: Connection, rule: SharingRule) -> None:
    """Set what a connection shares and compute its grants anew; a change like any other."""
    # During a first publish there is no roster to be seen yet, and the publish may have passed by
    # the connections already; so wait for it.
    lock_district(connection.district_id)
    connection.rule = rule
    connection.save(update_fields=["rule"])
    roster = Roster.objects.select_for_update().filter(district_id=connection.district_id).first()
    if roster is None:
        return
    Roster.objects.filter(pk=roster.pk).update(change_number=F("change_number") + 1)
    statement = "share_all" if rule == SharingRule.ALL else "share_nothing"
    _share(connection, statement, roster.change_number + 1)
    connection.counts = roster.counts if rule == SharingRule.ALL else {}
    connection.save(update_fields=["counts"])


def _share(connection: Connection, statement: str, change_number: int) -> None:
    parameters = {
        "district": connection.district_id,
        "connection": connection.number,
        "number": change_number,
    }
    with open_cursor() as cursor:
        for resource in GRANTED:
            for part in _statements(statement, resource):
                cursor.execute(part, {**parameters, "resource": str(resource)})


def _statements(name: str, resource: Resource) -> Iterable[str]:
    sql = read_sql("rollbook.sharing", name, table=table_of(resource))
    return (part for part in sql.split(";") if part.strip())
