"""Connections and their credentials."""

from __future__ import annotations

import structlog
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from oauth2_provider.generators import generate_client_secret
from oauth2_provider.models import get_application_model

from rollbook.districts.models import District
from rollbook.sharing.models import Application, Connection

log = structlog.get_logger(__name__)


@transaction.atomic
def connect_application(
    district: District, name: str, *, acting_user: User | None
) -> tuple[Connection, str]:
    """Connect an application to a district. It sees nothing until a rule is set.

    Returns:
        The connection, and its client secret in plain text: only its hash is stored.
    """
    secret: str = generate_client_secret()
    application, _ = Application.objects.get_or_create(name=name)
    client_model = get_application_model()
    client = client_model.objects.create(
        name=f"{name} at {district.name}",
        client_type=client_model.CLIENT_CONFIDENTIAL,
        authorization_grant_type=client_model.GRANT_CLIENT_CREDENTIALS,
        client_secret=secret,
    )
    District.objects.select_for_update().get(pk=district.pk)  # two at once get two numbers
    connections = Connection.objects.filter(district=district)
    highest = connections.aggregate(highest=Max("number"))["highest"] or 0
    connection = Connection.objects.create(
        district=district, number=highest + 1, application=application, client=client
    )
    _log("application connected", connection, acting_user)
    return connection, secret


@transaction.atomic
def renew_secret(connection: Connection, *, acting_user: User | None) -> str:
    """Give a connection another client secret; the old one and its tokens end at once.

    Returns:
        The secret in plain text, to be shown once: only its hash is stored.
    """
    secret: str = generate_client_secret()
    client = connection.client
    client.client_secret = secret
    client.save(update_fields=["client_secret"])
    client.accesstoken_set.all().delete()
    _log("secret renewed", connection, acting_user)
    return secret


def _log(event: str, connection: Connection, acting_user: User | None) -> None:
    log.info(
        event,
        district=connection.district_id,
        connection=connection.number,
        by=acting_user.pk if acting_user else None,
    )
