"""A small district for tests of the pages: its people, its runs, what they found and changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import User
from oauth2_provider.models import get_application_model

from rollbook.districts.models import District, Membership, Role
from rollbook.history.models import Erasure, Inquiry
from rollbook.roster.models import Roster
from rollbook.runs.models import (
    Finding,
    IdentityPair,
    PairKind,
    RecordChange,
    RunState,
    Stage,
    StageRecord,
    SyncRun,
)
from rollbook.sharing.models import Application, Connection, Grant, SharingRule
from rollbook.sources.models import Delivery, Road, Source

PASSWORD = "a long enough password"
MORNING = datetime(2026, 3, 3, 11, 2, tzinfo=UTC)  # 06:02 in New York
CLASS_ID = "c/7 of O'Hara"
_NO_CHANGES = {"create": 0, "update": 0, "abandon": 0}


@dataclass(frozen=True, slots=True)
class Cast:
    """Oakwood with one person of each role, and Elm Valley, which is none of their business."""

    oakwood: District
    owner: User
    data_manager: User
    reader: User
    operator: User
    outsider: User

    @property
    def everybody(self) -> dict[str, User]:
        """Each person by the name the access matrix has for them."""
        return {
            "owner": self.owner,
            "data_manager": self.data_manager,
            "reader": self.reader,
            "operator": self.operator,
            "outsider": self.outsider,
        }


def invite_cast() -> Cast:
    """Make both districts and their people."""
    oakwood = District.objects.create(name="Oakwood Unified", slug="oakwood")
    elm_valley = District.objects.create(name="Elm Valley", slug="elm-valley")
    cast = Cast(
        oakwood=oakwood,
        owner=_person("Dana", "Okafor"),
        data_manager=_person("Miguel", "Núñez"),
        reader=_person("Ruth", "Achterberg"),
        operator=_person("Olga", "Perez", is_staff=True),
        outsider=_person("Oskar", "Fremd"),
    )
    _give(oakwood, cast.owner, Role.OWNER)
    _give(oakwood, cast.data_manager, Role.DATA_MANAGER)
    _give(oakwood, cast.reader, Role.READ_ONLY)
    _give(elm_valley, cast.outsider, Role.OWNER)
    return cast


def publish_roster(district: District, *, students: int = 1_212) -> Roster:
    """Give the district a roster, as run 1 would have."""
    counts = {
        "students": students,
        "teachers": 74,
        "parents": 1_630,
        "schools": 3,
        "orgs": 4,
        "classes": 286,
        "users": 2_916,
        "enrollments": 7_420,
    }
    return Roster.objects.create(
        district=district,
        change_number=3,
        baseline_change_number=1,
        published_run=1,
        published_at=MORNING,
        counts=counts,
    )


def deliver(district: District, sender: User | None, *, number: int) -> Delivery:
    """Note a delivery, without a file."""
    Source.objects.get_or_create(district=district, number=1, defaults={"name": "SIS export"})
    return Delivery.objects.create(
        district=district,
        number=number,
        source_number=1,
        road=Road.UPLOAD if sender else Road.COMMAND,
        received_from=sender,
        filename=f"oakwood-2026-03-{number:02}.zip",
        stored_as=f"deliveries/{number}.zip",
        size_bytes=3_400_000,
        sha256="9f" * 32,
    )


def run_of(
    district: District,
    *,
    number: int,
    state: RunState,
    sender: User | None = None,
    **fields: object,
) -> SyncRun:
    """Make a run with its delivery and those stages that such a run has behind it."""
    deliver(district, sender, number=number)
    begun = MORNING + timedelta(days=number - 1)
    defaults: dict[str, object] = {
        "started_at": begun,
        "finished_at": begun + timedelta(seconds=14),
        "counts": _counts(),
    }
    run = SyncRun.objects.create(
        district=district,
        number=number,
        delivery_number=number,
        state=state,
        **{**defaults, **fields},
    )
    SyncRun.objects.filter(pk=run.pk).update(created_at=begun)
    _note_stages(run, begun)
    return run


def find(run: SyncRun, *, code: str, severity: str, count: int, first: int = 0) -> None:
    """Add findings of one code to a run."""
    Finding.objects.bulk_create(
        Finding(
            district_id=run.district_id,
            run_number=run.number,
            ordinal=first + place,
            code=code,
            severity=severity,
            file="enrollments.csv",
            record=200 + place,
            sourced_id=f"e-{place}",
            field=code.split(".")[1],
            value=f"s-{place}",
        )
        for place in range(count)
    )
    run.finding_counts = {**run.finding_counts, code: count}
    run.severity_counts = {
        **run.severity_counts,
        severity: run.severity_counts.get(severity, 0) + count,
    }
    run.save(update_fields=["finding_counts", "severity_counts"])


def change_users(
    run: SyncRun,
    *,
    created: int,
    updated: int,
    removed: int,
    rekeyed: int = 0,
    replaced: int = 0,
) -> None:
    """Add changes of people to a run, and count them."""
    kinds = {
        "create": created,
        "update": updated,
        "abandon": removed,
        "rekey": rekeyed,
        "replace": replaced,
    }
    values = {
        "update": {"email": [None, "z@example.org"]},
        "rekey": {"sourcedId": ["1187", "s-1187"]},
        "replace": {"givenName": ["Zoë", "Mateo"]},
    }
    for change, amount in kinds.items():
        RecordChange.objects.bulk_create(
            RecordChange(
                district_id=run.district_id,
                run_number=run.number,
                resource="users",
                sourced_id=f"{change}-{place:05}",
                change=change,
                label=f"Zoë O’Brien-{place}",
                fields=values.get(change, {}),
            )
            for place in range(amount)
        )
    both = {"create": created + replaced, "abandon": removed + replaced}
    run.counts = {**_counts(), "users": {"rows": 2_916, "set_aside": 1, **kinds, **both}}
    run.save(update_fields=["counts"])


def meet_pair(run: SyncRun, *, place: int = 1, **fields: object) -> IdentityPair:
    """Let a run meet an id that waits: somebody under another id, unless told otherwise."""
    defaults: dict[str, object] = {
        "source_number": 1,
        "resource": "users",
        "was": f"stu-{place}",
        "sourced_id": f"2027-{place:04}",
        "kind": PairKind.REKEYED,
        "evidence": "e-mail, number",
        "confidence": "certain",
        "label_before": f"Zoë O’Brien-{place}",
        "label_after": f"Zoë O’Brien-{place}",
        "found_run": run.number,
        "run_number": run.number,
    }
    return IdentityPair.objects.create(district_id=run.district_id, **{**defaults, **fields})


def reassign(run: SyncRun, *, place: int = 1, **fields: object) -> IdentityPair:
    """Let a run meet an id that seems to have become somebody else's."""
    defaults: dict[str, object] = {
        "was": f"stu-{place}",
        "sourced_id": f"stu-{place}",
        "kind": PairKind.REASSIGNED,
        "evidence": "another name and birth date",
        "label_after": "Mateo Díaz",
    }
    return meet_pair(run, place=place, **{**defaults, **fields})


def ask(district: District) -> None:
    """Leave a question about the past without an answer, and an erasure that is done."""
    Inquiry.objects.create(district=district, number=1, kind="timeline", about={"record": "stu-1"})
    Erasure.objects.create(
        district=district,
        number=1,
        state="done",
        reason="The family asked.",
        removed={"users": 1, "enrollments": 2},
        files=[{"file": "a", "before": "1", "after": "2"}],
        found={"places": 41, "hits": 0, "where": []},
    )


def connect(district: District, *, name: str = "Reading Garden", number: int = 1) -> Connection:
    """Connect an application that sees everything."""
    client = get_application_model().objects.create(
        name=name,
        client_id=f"client-{number}",
        client_type="confidential",
        authorization_grant_type="client-credentials",
        client_secret="known to nobody",
    )
    connection = Connection.objects.create(
        district=district,
        number=number,
        application=Application.objects.create(name=name),
        client=client,
        rule=SharingRule.ALL,
        counts={"orgs": 4, "classes": 286, "users": 2_916, "enrollments": 7_420, "students": 1_212},
    )
    Grant.objects.create(
        district=district,
        connection_number=number,
        resource="classes",
        served_id=CLASS_ID,
        is_active=True,
        change_number=1,
    )
    return connection


def _person(given: str, family: str, *, is_staff: bool = False) -> User:
    email = f"{given}@example.org".lower()
    return User.objects.create_user(
        email, email, PASSWORD, first_name=given, last_name=family, is_staff=is_staff
    )


def _give(district: District, person: User, role: Role) -> None:
    Membership.objects.create(district=district, person=person, role=role)


def _counts() -> dict[str, dict[str, int]]:
    rows = {"orgs": 4, "academicSessions": 5, "courses": 61, "classes": 286, "users": 2_916}
    return {
        resource: {"rows": count, "set_aside": 0, **_NO_CHANGES} for resource, count in rows.items()
    }


def _note_stages(run: SyncRun, begun: datetime) -> None:
    done = {
        RunState.RECEIVED: 0,
        RunState.STAGED: 1,
        RunState.VALIDATED: 2,
        RunState.COMPARED: 4,
        RunState.HELD: 4,
        RunState.DISCARDED: 4,
        RunState.UNCHANGED: 3,
        RunState.PUBLISHED: 6,
        RunState.FAILED: 1,
    }[RunState(run.state)]
    for place, stage in enumerate(list(Stage)[:done]):
        StageRecord.objects.create(
            district_id=run.district_id,
            run_number=run.number,
            stage=stage,
            started_at=begun + timedelta(seconds=2 * place),
            finished_at=begun + timedelta(seconds=2 * place + 1.6),
            facts=[["rows", 3_272]] if stage is Stage.STAGING else [],
        )
