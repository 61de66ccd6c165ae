"""The token endpoint: who gets a token, for what, and what is kept of it."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from oauth2_provider.models import AccessToken, Application

from rollbook.districts.models import District
from rollbook.sharing.credentials import connect_application
from rollbook.sharing.models import Connection

from .cast import EVERY_SCOPE, ROOT, SCOPES, Cast, give_token


@pytest.fixture
def credentials(db: None) -> tuple[str, str]:
    district = District.objects.create(name="Ash", slug="ash")
    connection, secret = connect_application(district, "Reader", acting_user=None)
    return connection.client.client_id, secret


def ask(
    *, basic: tuple[str, str] | None = None, path: str = "/oauth/token", **body: Any
) -> HttpResponse:
    headers = {}
    if basic:
        headers["Authorization"] = "Basic " + base64.b64encode(":".join(basic).encode()).decode()
    return Client().post(path, {"grant_type": "client_credentials", **body}, headers=headers)


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/token/"])
def test_token_for_basic_credentials(credentials: tuple[str, str], path: str) -> None:
    answer = ask(basic=credentials, path=path)

    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert body["token_type"].lower() == "bearer"
    assert body["expires_in"] == 3600
    assert "refresh_token" not in body
    users = Client().get(
        ROOT + "/users", headers={"Authorization": f"Bearer {body['access_token']}"}
    )
    assert users.json() == {"users": []}


def test_token_for_credentials_in_the_body(credentials: tuple[str, str]) -> None:
    client_id, client_secret = credentials
    assert ask(client_id=client_id, client_secret=client_secret).status_code == 200


@pytest.mark.parametrize(
    ("asked", "granted"),
    [
        (None, EVERY_SCOPE),
        ("", EVERY_SCOPE),
        ("roster.readonly", ("roster.readonly",)),
        ("roster-core.readonly  gradebook.readonly", ("roster-core.readonly",)),
    ],
)
def test_scopes_that_are_granted(
    credentials: tuple[str, str], asked: str | None, granted: tuple[str, ...]
) -> None:
    scope = None if asked is None else " ".join(SCOPES + s if s else s for s in asked.split(" "))
    answer = ask(basic=credentials, **({} if scope is None else {"scope": scope}))

    assert answer.status_code == 200, answer.content
    assert set(answer.json()["scope"].split()) == {SCOPES + scope for scope in granted}


def test_only_unknown_scopes_are_invalid(credentials: tuple[str, str]) -> None:
    answer = ask(basic=credentials, scope=SCOPES + "gradebook.readonly")
    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_scope"


def test_wrong_credentials_get_nothing(credentials: tuple[str, str]) -> None:
    client_id, secret = credentials
    for wrong in ((client_id, "x"), ("x", secret), ("\x00", "x")):
        answer = ask(basic=wrong)
        assert answer.status_code == 401
        assert answer.json()["error"] == "invalid_client"
    assert not AccessToken.objects.exists()


def test_other_grants_are_not_given(credentials: tuple[str, str]) -> None:
    for grant_type in ("password", "authorization_code", "refresh_token", "magic"):
        answer = ask(basic=credentials, grant_type=grant_type, username="a", password="b", code="c")
        assert answer.status_code in (400, 401), grant_type
        assert "access_token" not in answer.json()


def test_neither_token_nor_secret_is_stored(credentials: tuple[str, str]) -> None:
    raw = ask(basic=credentials).json()["access_token"]

    token = AccessToken.objects.get()
    assert token.token == ""
    assert token.token_checksum == hashlib.sha256(raw.encode()).hexdigest()
    assert credentials[1] not in Application.objects.get().client_secret


def test_expired_token_opens_nothing(cast: Cast) -> None:
    token = give_token(cast.hub.connection, expires_in=timedelta(seconds=-1))
    assert cast.hub("/users", token=token).status_code == 401


def test_token_for_another_place_opens_nothing(cast: Cast) -> None:
    AccessToken.objects.update(resource=["https://elsewhere.example/"])
    assert cast.hub("/users").status_code == 401
    AccessToken.objects.update(resource=["http://rosters.example/ims"])
    assert cast.hub("/users").status_code == 200


def test_token_in_the_address_opens_nothing(cast: Cast) -> None:
    answer = Client().get(ROOT + "/users", {"access_token": cast.hub.token})
    assert answer.status_code == 401


def test_token_of_an_unconnected_application_is_forbidden(cast: Cast) -> None:
    Connection.objects.filter(number=cast.hub.connection.number).delete()
    assert cast.hub("/users").status_code == 403
