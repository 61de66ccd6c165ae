"""Deliver packages to districts, read their rosters back, and look for faults in what is there."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

from psycopg import Connection as Session
from tests.packages import Package, Style

from rollbook.oneroster import RESOURCES, Field, Kind, Resource, fields_of

TABLES = {
    Resource.ORGS: "roster_org",
    Resource.ACADEMIC_SESSIONS: "roster_academic_session",
    Resource.COURSES: "roster_course",
    Resource.CLASSES: "roster_class",
    Resource.USERS: "roster_user",
    Resource.USER_PROFILES: "roster_user_profile",
    Resource.ROLES: "roster_user_role",
    Resource.ENROLLMENTS: "roster_enrollment",
    Resource.DEMOGRAPHICS: "roster_demographics",
}
PLAIN = Style()
Records = dict[str, dict[str, Any]]


def session() -> Session[Any]:
    """Return psycopg's connection below Django's: same session, same transaction."""
    from django.db import connection

    connection.ensure_connection()
    raw: Session[Any] = connection.connection
    return raw


def make_district(name: str = "Oak") -> Any:
    from rollbook.districts.models import District

    return District.objects.create(name=name, slug=name.lower())


def decide_pairs(
    district_id: int, pairs: list[Any], *, verdict: str, reason: str, acting_user: Any
) -> Any:
    """Decide about pairs of one source that are at hand; return the run that follows, or None."""
    from rollbook.runs.identity import decide_waiting
    from rollbook.runs.models import IdentityPair, PairVerdict

    return decide_waiting(
        district_id,
        pairs[0].source_number,
        IdentityPair.objects.filter(pk__in=[pair.pk for pair in pairs]),
        amount=len(pairs),
        verdict=PairVerdict(verdict),
        reason=reason,
        acting_user=acting_user,
    )


def receive(
    district: Any,
    package: Package | dict[str, bytes],
    style: Style = PLAIN,
    *,
    source_number: int = 1,
) -> Any:
    """Store a package as a delivery and return its run, which nobody has begun."""
    from rollbook.sources.deliveries import receive_delivery
    from rollbook.sources.models import Road

    files = package.files(style) if isinstance(package, Package) else package
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return receive_delivery(
        district,
        file=packed,
        filename="export.zip",
        road=Road.UPLOAD,
        acting_user=None,
        source_number=source_number,
    )


def deliver(
    district: Any,
    package: Package | dict[str, bytes],
    style: Style = PLAIN,
    *,
    source_number: int = 1,
) -> Any:
    """Take a package from the door to where its run rests."""
    from rollbook import pipeline

    run = receive(district, package, style, source_number=source_number)
    pipeline.run_sync(district.pk, run.number)
    run.refresh_from_db()
    return run


def records_of(district_id: int, resource: Resource, using: Session[Any] | None = None) -> Records:
    """Return the records of a resource by id: every kept field by its wire name, and the rest."""
    kept = [field for field in fields_of(resource) if field.is_kept and field.kind is not Kind.ID]
    rest = ["uid", "sourced_id", "change_number", "metadata"]
    columns = ", ".join([f'"{field.column}"' for field in kept] + rest)
    rows = (using or session()).execute(
        f"select served_id, {columns} from {TABLES[resource]} where district_id = %s",  # type: ignore[arg-type]
        [district_id],
    )
    names = [field.name for field in kept] + rest
    records = {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}
    for record in records.values():
        if isinstance(record["metadata"], str):  # Django reads JSON itself, and late
            record["metadata"] = json.loads(record["metadata"])
    return records


def roster_of(district_id: int, using: Session[Any] | None = None) -> dict[Resource, Records]:
    """Return what the roster says: records without the parts that each publish sets anew."""
    roster = {}
    for resource in RESOURCES:
        records = records_of(district_id, resource, using)
        for record in records.values():
            del record["uid"], record["change_number"]
        roster[resource] = records
    return roster


def typed(field: Field, text: str | None) -> Any:
    """Return what the roster holds for a text of a file."""
    if field.is_list:
        elements = [element.strip(" ") for element in (text or "").split(",")]
        outside = " {}" if field.kind is Kind.TYPED_IDS else " "
        return [element.strip(outside) for element in elements if element]
    if not text:
        return None
    if field.kind is Kind.BOOLEAN:
        return text == "true"
    if field.kind is Kind.DATE:
        return date.fromisoformat(text)
    return text


def expected_roster(package: Package) -> dict[Resource, Records]:
    """Return what a package without a fault publishes, computed the plain way."""
    roster: dict[Resource, Records] = {}
    for resource in RESOURCES:
        kept = [
            field for field in fields_of(resource) if field.is_kept and field.kind is not Kind.ID
        ]
        extra = [name for name in package.columns.get(resource, []) if name.startswith("metadata.")]
        roster[resource] = {}
        for row in package.rows.get(resource, []):
            record = {field.name: typed(field, row.get(field.name)) for field in kept}
            metadata = {
                name.removeprefix("metadata."): row[name] for name in extra if row.get(name)
            }
            record |= {"sourced_id": row["sourcedId"], "metadata": metadata or None}
            roster[resource][row["sourcedId"]] = record
    return roster


def faults_of(district_id: int, using: Session[Any] | None = None) -> list[str]:
    """Look for whatever must never be true of a district's tables."""
    ask = (using or session()).execute
    faults = []

    def expect_none(name: str, query: str) -> None:
        rows = ask(query, {"district": district_id}).fetchall()  # type: ignore[call-overload]
        if rows:
            faults.append(f"{name}: {rows[:3]} ({len(rows)})")

    for resource, table in TABLES.items():
        _expect_sound_records(expect_none, resource, table)
    _expect_sound_log(expect_none)
    _expect_sound_places(expect_none)
    _expect_sound_counts(expect_none)
    return faults


Expect = Callable[[str, str], None]


def _expect_sound_records(expect_none: Expect, resource: Resource, table: str) -> None:
    here = "r.district_id = %(district)s"
    expect_none(
        f"{resource} changed without an entry in the log",
        f"select r.served_id from {table} r join roster_roster o using (district_id) where {here} "
        "and r.change_number > o.baseline_change_number and not exists (select from "
        "roster_change_log l where l.district_id = r.district_id and l.served_id = r.served_id "
        f"and l.resource = '{resource}' and l.change_number = r.change_number)",
    )
    expect_none(
        f"{resource} with a tombstone",
        f"select r.served_id from {table} r join roster_tombstone t using (district_id, served_id) "
        f"where {here} and t.resource = '{resource}'",
    )
    expect_none(
        f"{resource} touched later than the roster",
        f"select r.served_id from {table} r join roster_roster o using (district_id) "
        f"where {here} and r.change_number > o.change_number",
    )
    expect_none(
        f"stale marks on {resource} that are not there",
        f"select s.served_id from roster_stale_record s left join {table} r "
        "using (district_id, served_id) where s.district_id = %(district)s "
        f"and s.resource = '{resource}' and r.served_id is null",
    )
    for field in fields_of(resource):
        if field.refers_to:
            _expect_resolved(expect_none, field, table)
    if resource in (Resource.ORGS, Resource.CLASSES, Resource.USERS):
        _expect_sound_grants(expect_none, resource, table)


def _expect_resolved(expect_none: Expect, field: Field, table: str) -> None:
    column = "served_id" if field.kind is Kind.ID else field.column
    named = f"unnest(r.{column})" if field.is_list else f"r.{column}"
    assert field.refers_to
    expect_none(
        f"{field.resource}.{field.name} that names nobody",
        f"select n.served_id, n.target from (select r.served_id, {named} as target from {table} r "
        "where r.district_id = %(district)s) n where n.target is not null and not exists (select "
        f"from {TABLES[field.refers_to]} t where t.district_id = %(district)s "
        "and t.served_id = n.target) "
        # What names another source's record goes on naming it: it may return, and meanwhile nobody
        # is shown the link.
        "and not exists (select from roster_roster o join roster_tombstone s using (district_id) "
        "where o.district_id = %(district)s and (o.counts ->> 'sources')::int > 1 "
        f"and s.resource = '{field.refers_to}' and s.served_id = n.target)",
    )


def _expect_sound_grants(expect_none: Expect, resource: Resource, table: str) -> None:
    shared = (
        "select c.district_id, c.number, r.served_id from sharing_connection c "
        f"join {table} r using (district_id) where c.district_id = %(district)s and c.rule = 'all'"
    )
    active = (
        "select g.district_id, g.connection_number, g.served_id from sharing_grant g "
        f"where g.district_id = %(district)s and g.resource = '{resource}' and g.is_active"
    )
    expect_none(f"{resource} shared without a grant", f"{shared} except {active}")
    expect_none(f"{resource} granted without being there", f"{active} except {shared}")


def _expect_sound_log(expect_none: Expect) -> None:
    records = " union all ".join(
        f"select district_id, '{resource}' as resource, served_id, change_number from {table}"
        for resource, table in TABLES.items()
    )
    expect_none(
        "two entries in the log for one record",
        "select resource, served_id from roster_change_log where district_id = %(district)s "
        "group by 1, 2 having count(*) > 1",
    )
    expect_none(
        "an entry in the log that is not a record's last change",
        "select l.resource, l.served_id from roster_change_log l where "
        "l.district_id = %(district)s and not exists (select from "
        f"({records} union all select district_id, resource, served_id, change_number "
        "from roster_tombstone) r where r.district_id = l.district_id and r.resource = l.resource "
        "and r.served_id = l.served_id and r.change_number = l.change_number)",
    )
    expect_none(
        "a tombstone without an entry in the log",
        "select t.resource, t.served_id from roster_tombstone t where t.district_id = %(district)s "
        "and not exists (select from roster_change_log l where l.district_id = t.district_id "
        "and l.resource = t.resource and l.served_id = t.served_id "
        "and l.change_number = t.change_number)",
    )
    expect_none(
        "a uid twice",  # an erased person's tombstone has none
        "select u.uid from (select (r.record ->> 'uid')::uuid as uid from roster_tombstone r "
        "where r.district_id = %(district)s union all "
        + " union all ".join(
            f"select r.uid from {table} r where r.district_id = %(district)s"
            for table in TABLES.values()
        )
        + ") u where u.uid is not null group by 1 having count(*) > 1",
    )


def _expect_sound_places(expect_none: Expect) -> None:
    users = (
        "select distinct u.district_id, unnest(u.org_served_ids), u.role, u.served_id "
        "from roster_user u where u.district_id = %(district)s"
    )
    places = (
        "select district_id, org_served_id, role, user_served_id from roster_user_org "
        "where district_id = %(district)s"
    )
    expect_none("places that users do not have", f"({places}) except ({users})")
    expect_none("places of users that are missing", f"({users}) except ({places})")


def _expect_sound_counts(expect_none: Expect) -> None:
    for resource, table in TABLES.items():
        expect_none(
            f"count of {resource}",
            f"select o.counts ->> '{resource}' from roster_roster o where "
            f"o.district_id = %(district)s and (o.counts ->> '{resource}')::bigint <> "
            f"(select count(*) from {table} r where r.district_id = o.district_id)",
        )
    for name, condition in {
        "students": "role = 'student'",
        "teachers": "role = 'teacher'",
        "parents": "role in ('parent', 'guardian', 'relative')",
    }.items():
        expect_none(
            f"count of {name}",
            f"select o.counts ->> '{name}' from roster_roster o where "
            f"o.district_id = %(district)s and (o.counts ->> '{name}')::bigint <> "
            "(select count(*) from roster_user r where r.district_id = o.district_id "
            f"and {condition})",
        )


def differences(found: dict[Resource, Records], expected: dict[Resource, Records]) -> list[str]:
    """Say in which fields two rosters differ."""
    lines = []
    for resource in RESOURCES:
        for sourced_id in sorted({*found[resource], *expected[resource]}):
            was, should = (it[resource].get(sourced_id, {}) for it in (found, expected))
            lines += [
                f"{resource} {sourced_id!r}: {name} is {was.get(name)!r}, not {should.get(name)!r}"
                for name in {*was, *should}
                if was.get(name) != should.get(name)
            ]
    return lines
