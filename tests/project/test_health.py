from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client


def test_live_process_says_so_without_a_database(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


@pytest.mark.django_db
def test_migrated_installation_is_ready(client: Client) -> None:
    response = client.get("/readyz")
    assert response.json() == {"status": "ready"}


@pytest.mark.django_db
def test_missing_migration_is_named_with_its_repair(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'sessions'")
    response = client.get("/readyz")
    assert response.status_code == 503
    (missing,) = response.json()["missing"]
    assert "1 database migration" in missing
    assert "rollbook migrate" in missing
