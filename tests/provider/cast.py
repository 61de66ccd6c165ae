"""The cast: two districts, three connections, ids that hurt, and people who left.

Oak has two schools. `hub` sees all of Oak, `partial` one school of it and some things no longer,
`elsewhere` all of Elm, whose ids are partly those of Oak.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models as db
from django.http import HttpResponse
from django.test import Client
from oauth2_provider.models import AccessToken, set_token_value

from rollbook.districts.models import District
from rollbook.oneroster import Resource
from rollbook.roster import models as roster
from rollbook.roster.tables import MODEL_OF
from rollbook.sharing.credentials import connect_application
from rollbook.sharing.models import Connection, Grant, SharingRule

PUBLIC_URL = "http://rosters.example"
ROOT = "/ims/oneroster/v1p1"
SCOPES = "https://purl.imsglobal.org/spec/or/v1p1/scope/"
EVERY_SCOPE = ("roster-core.readonly", "roster.readonly", "roster-demographics.readonly")
PUBLISHED_AT = datetime(2026, 9, 1, 2, 3, 4, 567890, tzinfo=UTC)
REMOVED_AT = datetime(2026, 9, 2, 0, 0, tzinfo=UTC)

GRANTED = (Resource.ORGS, Resource.CLASSES, Resource.USERS)


@dataclass
class Reading:
    """One application's way of asking: `reading("/users", limit=2)`."""

    connection: Connection
    token: str
    client: Client = field(default_factory=Client)

    def __call__(self, path: str, *, token: str | None = None, **query: Any) -> HttpResponse:
        return self.client.get(ROOT + path, query, headers=self.headers(token))

    def at(self, address: str) -> HttpResponse:
        """Follow an absolute address, as a link has it."""
        return self.client.get(address.removeprefix(PUBLIC_URL), headers=self.headers())

    def headers(self, token: str | None = None) -> dict[str, str]:
        return {"Authorization": f"Bearer {token or self.token}"}


@dataclass
class Cast:
    hub: Reading
    partial: Reading
    elsewhere: Reading


def set_the_stage() -> Cast:
    oak, elm = (District.objects.create(name=name, slug=name.lower()) for name in ("Oak", "Elm"))
    write(*oak_rows(oak), *elm_rows(elm))
    for district in (oak, elm):
        publish(district)
    hub, partial, elsewhere = (connect(oak, "Hub"), connect(oak, "Part"), connect(elm, "Hub"))
    share_all(hub.connection)
    share_all(elsewhere.connection)
    share_part(partial.connection)
    remove(hub.connection, Resource.USERS, "gone")
    remove(hub.connection, Resource.ENROLLMENTS, "e-gone")
    return Cast(hub, partial, elsewhere)


def write(*rows: db.Model) -> None:
    by_model = attrgetter("__class__.__name__")
    for _, group in groupby(sorted(rows, key=by_model), by_model):
        alike = list(group)
        type(alike[0])._default_manager.bulk_create(alike)


def connect(district: District, name: str) -> Reading:
    connection, _ = connect_application(district, name, acting_user=None)
    return Reading(connection, give_token(connection))


def give_token(
    connection: Connection,
    scopes: Iterable[str] = EVERY_SCOPE,
    *,
    expires_in: timedelta = timedelta(hours=1),
) -> str:
    raw = f"token-{AccessToken.objects.count()}"
    token = AccessToken(
        application=connection.client,
        expires=datetime.now(tz=UTC) + expires_in,
        scope=" ".join(SCOPES + scope for scope in scopes),
    )
    set_token_value(token, raw)
    token.save()
    return raw


def publish(district: District) -> None:
    """Note what the roster holds, as the first load does."""
    roster.Roster.objects.create(
        district=district,
        change_number=1,
        baseline_change_number=1,
        published_run=1,
        published_at=PUBLISHED_AT,
        counts=counts_of(district),
    )


def counts_of(district: District) -> dict[str, int]:
    return {
        str(resource): model._default_manager.filter(district=district).count()
        for resource, model in MODEL_OF.items()
    }


def share_all(connection: Connection) -> None:
    for resource in GRANTED:
        rows = MODEL_OF[resource]._default_manager.filter(district=connection.district)
        grant(connection, resource, *rows.values_list("served_id", flat=True))
    connection.rule = SharingRule.ALL
    connection.counts = counts_of(connection.district)
    connection.save()


def share_part(connection: Connection) -> None:
    """Share the northern school; the southern class and its student were shared once."""
    connection.rule = SharingRule.ALL  # other rules come later; it is the grants that count
    connection.save()
    grant(connection, Resource.ORGS, "north/1")
    grant(connection, Resource.CLASSES, "c 1")
    grant(connection, Resource.USERS, "ann@oak", "tess")
    grant(connection, Resource.CLASSES, "c2", is_active=False)
    grant(connection, Resource.USERS, "ben", is_active=False)


def grant(
    connection: Connection, resource: Resource, *served_ids: str, is_active: bool = True
) -> None:
    Grant.objects.bulk_create(
        Grant(
            district_id=connection.district_id,
            connection_number=connection.number,
            resource=str(resource),
            served_id=served_id,
            is_active=is_active,
            change_number=1 if is_active else 2,
        )
        for served_id in served_ids
    )


def remove(connection: Connection, resource: Resource, served_id: str) -> None:
    """Remove a record as a publish does: tombstone, withdrawn grant, counts."""
    district = connection.district
    row = MODEL_OF[resource]._default_manager.get(district=district, served_id=served_id)
    roster.Tombstone.objects.create(
        district=district,
        resource=str(resource),
        served_id=served_id,
        change_number=2,
        removed_at=REMOVED_AT,
        record=row_as_json(row),
    )
    row.delete()
    grants = Grant.objects.filter(district=district, resource=str(resource), served_id=served_id)
    grants.update(is_active=False, change_number=2)
    roster.Roster.objects.filter(district=district).update(
        change_number=2, counts=counts_of(district)
    )
    connection.counts = counts_of(district)
    connection.save()


def row_as_json(row: db.Model) -> dict[str, Any]:
    """Return what PostgreSQL's `to_jsonb` makes of a row."""
    columns = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    columns.pop("pk", None)
    result: dict[str, Any] = json.loads(json.dumps(columns, cls=DjangoJSONEncoder))
    return result


def oak_rows(oak: District) -> list[db.Model]:
    make = _maker(oak)
    return [
        make(roster.Org, "oak", name="Oak", type="district", identifier="OAK-0"),
        make(roster.Org, "north/1", name="Nórth", type="school", parent_served_id="oak"),
        make(roster.Org, "south", name="South", type="school", parent_served_id="oak"),
        _session(make, "2027", "schoolYear", None),
        _session(make, "t1", "term", "2027"),
        _session(make, "s2", "semester", "2027"),
        _session(make, "gp1", "gradingPeriod", "t1"),
        make(
            roster.Course,
            "alg",
            title='Algebra "I"',
            school_year_served_id="2027",
            org_served_id="oak",
            grades=["09", "10"],
        ),
        make(roster.Course, "bio", title="Biology", course_code="", org_served_id="south"),
        _class(make, "c 1", "alg", "north/1", ["t1"]),
        _class(make, "c2", "bio", "south", ["t1", "s2"]),
        _user(
            make,
            "ann@oak",
            "student",
            ["north/1"],
            agent_served_ids=["pat"],
            user_ids=["Fed:1", "State:a:b"],
            middle_name="",
            email="ann@oak.example",
            grades=["09"],
            metadata={"lunch": "free", "house": None},
        ),
        _user(make, "ben", "student", ["south"], agent_served_ids=["pat"]),
        _user(make, "gone", "student", ["south"], agent_served_ids=["pat"]),
        _user(make, "tess", "teacher", ["north/1", "south"], enabled_user=False),
        _user(make, "pat", "parent", ["oak"], agent_served_ids=["ann@oak", "ben"]),
        _enrollment(make, "e1", "c 1", "north/1", "ann@oak", "student"),
        _enrollment(make, "e2", "c2", "south", "ben", "student"),
        _enrollment(make, "e3", "c 1", "north/1", "tess", "teacher", primary=True),
        _enrollment(make, "e4", "c2", "south", "tess", "teacher"),
        _enrollment(make, "e-gone", "c2", "south", "gone", "student"),
        make(
            roster.Demographics, "ann@oak", birth_date=date(2012, 2, 29), sex="female", asian=True
        ),
        make(roster.Demographics, "ben", white=False),
        *(
            roster.UserOrg(district=oak, org_served_id=org, role=role, user_served_id=user)
            for org, role, user in (
                ("north/1", "student", "ann@oak"),
                ("south", "student", "ben"),
                ("north/1", "teacher", "tess"),
                ("south", "teacher", "tess"),
                ("oak", "parent", "pat"),
            )
        ),
    ]


def elm_rows(elm: District) -> list[db.Model]:
    make = _maker(elm)
    return [
        make(roster.Org, "south", name="Elm South", type="school"),
        _session(make, "t1", "term", None),
        make(roster.Course, "elm-course", title="Elm", org_served_id="south"),
        _class(make, "elm-class", "elm-course", "south", ["t1"]),
        _user(make, "ben", "student", ["south"]),
        _enrollment(make, "elm-enrollment", "elm-class", "south", "ben", "student"),
        roster.UserOrg(district=elm, org_served_id="south", role="student", user_served_id="ben"),
    ]


Maker = Callable[..., db.Model]


def _maker(district: District) -> Maker:
    def make(model: type[db.Model], served_id: str, **fields: Any) -> db.Model:
        return model(
            district=district,
            served_id=served_id,
            sourced_id=f"raw-{served_id}",
            change_number=1,
            date_last_modified=PUBLISHED_AT,
            **fields,
        )

    return make


def _session(make: Maker, served_id: str, kind: str, parent: str | None) -> db.Model:
    return make(
        roster.AcademicSession,
        served_id,
        title=served_id,
        type=kind,
        start_date=date(2026, 8, 15),
        end_date=date(2027, 6, 15),
        parent_served_id=parent,
        school_year="2027",
    )


def _class(make: Maker, served_id: str, course: str, school: str, terms: list[str]) -> db.Model:
    return make(
        roster.RosterClass,
        served_id,
        title=f"Class {served_id}",
        class_type="scheduled",
        course_served_id=course,
        school_served_id=school,
        term_served_ids=terms,
        periods=["1"],
    )


def _user(make: Maker, served_id: str, role: str, orgs: list[str], **fields: Any) -> db.Model:
    usual = {"enabled_user": True, "username": served_id, "given_name": "Zoë", "family_name": "O'B"}
    return make(roster.RosterUser, served_id, role=role, org_served_ids=orgs, **usual | fields)


def _enrollment(
    make: Maker, served_id: str, of_class: str, school: str, user: str, role: str, **fields: Any
) -> db.Model:
    return make(
        roster.Enrollment,
        served_id,
        class_served_id=of_class,
        school_served_id=school,
        user_served_id=user,
        role=role,
        **fields,
    )
