"""`rollbook demo`: a made-up district, synced and shared, to look around in."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rollbook.districts.models import District

_NAME = "Oakwood Unified"
_STUDENTS = 1_200
_SEED = 2027
_CHURN = 0.02


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in to the demo."""

    email: str
    password: str
    role: str


ACCOUNTS = (
    Account("operator@rollbook.example", "demo-operator-2027", "operator"),
    Account("owner@oakwood.example", "demo-owner-2027", "owner"),
    Account("manager@oakwood.example", "demo-manager-2027", "data_manager"),
    Account("reader@oakwood.example", "demo-reader-2027", "read_only"),
)


def demo() -> None:
    """Prepare a made-up district with three runs, shared with one application, and start."""
    from rollbook.commands.migrate import migrate
    from rollbook.commands.up import refuse_taken_address, up

    migrate()
    refuse_taken_address()
    client = prepare_demo()
    _print_welcome(client)
    up()


@dataclass(frozen=True, slots=True)
class Client:
    """The demo application's credentials, kept in the demo's own folder to be shown again.

    The secret is blank once somebody has replaced it on a page.
    """

    client_id: str
    client_secret: str


def prepare_demo() -> Client:
    """Make the demo's district through the same doors as any other, once per data folder."""
    from rollbook.commands.database import ready_database

    with ready_database():
        from django.conf import settings

        from rollbook.districts.models import District

        kept = Path(settings.ROLLBOOK_DATA) / "demo-client.json"
        if not kept.exists():
            district, _ = District.objects.get_or_create(name=_NAME, slug="oakwood")
            _make_accounts(district)
            kept.write_text(json.dumps(asdict(_connect(district))), encoding="utf-8")
            kept.chmod(0o600)
        district = District.objects.get(slug="oakwood")
        _sync_three_nights(district)
        return _still_valid(Client(**json.loads(kept.read_text(encoding="utf-8"))))


def _make_accounts(district: District) -> None:
    from django.contrib.auth.models import User

    from rollbook.districts.models import Membership

    for account in ACCOUNTS:
        is_operator = account.role == "operator"
        person, is_new = User.objects.get_or_create(
            username=account.email, defaults={"email": account.email, "is_staff": is_operator}
        )
        if is_new:
            person.set_password(account.password)
            person.save()
        if not is_operator:
            Membership.objects.get_or_create(
                district=district, person=person, defaults={"role": account.role}
            )


def _connect(district: District) -> Client:
    """Connect the demo's application, or give it a new secret when the old one got lost."""
    from rollbook.sharing.credentials import connect_application, renew_secret
    from rollbook.sharing.grants import set_rule
    from rollbook.sharing.models import Connection, SharingRule

    connection = Connection.objects.filter(district=district).first()
    if connection is None:
        connection, secret = connect_application(district, "Reading Garden", acting_user=None)
        set_rule(connection, SharingRule.ALL)
    else:
        secret = renew_secret(connection, acting_user=None)
    return Client(client_id=connection.client.client_id, client_secret=secret)


def _still_valid(client: Client) -> Client:
    from django.contrib.auth.hashers import check_password
    from oauth2_provider.models import get_application_model

    stored = get_application_model().objects.get(client_id=client.client_id)
    is_valid = check_password(client.client_secret, stored.client_secret)
    return client if is_valid else Client(client.client_id, client_secret="")


def _sync_three_nights(district: District) -> None:
    """Deliver the first load, a quiet night and a night with changes, unless that was done."""
    from rollbook.commands.sync import as_zip, wait_for
    from rollbook.generate import generate_district
    from rollbook.runs.models import SyncRun
    from rollbook.sources.deliveries import receive_delivery
    from rollbook.sources.models import Road

    nights = SyncRun.objects.filter(district=district).count()
    for night, (day, name) in enumerate(((1, "monday"), (1, "tuesday"), (2, "wednesday"))):
        if night < nights:
            continue
        with tempfile.TemporaryDirectory() as parent:
            folder = Path(parent) / name
            generate_district(folder, students=_STUDENTS, seed=_SEED, day=day, churn=_CHURN)
            if day == 2:
                _spoil(folder)
            with as_zip(folder, Path(parent)).open("rb") as file:
                wait_for(
                    receive_delivery(
                        district,
                        file=file,
                        filename=f"{name}.zip",
                        road=Road.COMMAND,
                        acting_user=None,
                    )
                )


def _spoil(folder: Path) -> None:
    """Do to the last night's files what happens to real ones, so that there are findings."""
    users = folder / "users.csv"
    text = users.read_text(encoding="utf-8")
    users.write_text(text.replace(",student,", ",pupil,", 1), encoding="utf-8", newline="")
    enrollments = folder / "enrollments.csv"
    lines = enrollments.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[5] = lines[5].rstrip("\r\n").rsplit(",", 1)[0] + ",2027-02-30\r\n"
    enrollments.write_text("".join(lines), encoding="utf-8", newline="")


def _print_welcome(client: Client) -> None:
    import os

    from rollbook.project.web_address import public_url

    url = public_url()
    typer.echo(f"\nRollbook's demo: {url}\n")
    for account in ACCOUNTS:
        role = account.role.replace("_", " ")
        typer.echo(f"  {account.email:<28} {account.password:<20} {role}")
    typer.echo(
        "\nOnce it runs, an application reads the roster like this:\n\n"
        f"  TOKEN=$(curl -s -u '{client.client_id}:{client.client_secret}' "
        f"-d grant_type=client_credentials {url}/oauth/token/ "
        """| python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')\n"""
        f'  curl -H "Authorization: Bearer $TOKEN" {url}/ims/oneroster/v1p1/schools\n'
        if client.client_secret
        else "\nThe application's secret was replaced; the page Applications has its lines.\n"
    )
    if "ROLLBOOK_DATA" in os.environ:
        typer.echo(
            "Commands find this demo with the same setting: "
            f"ROLLBOOK_DATA={os.environ['ROLLBOOK_DATA']} .venv/bin/rollbook runs "
            "--district oakwood\n"
        )
