"""A row of a district in every table that holds rows of districts, made from the models."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from oauth2_provider.models import get_application_model

from rollbook.districts.models import District
from rollbook.sharing.models import Application
from rollbook.sqlfiles import read_sql

_VALUES: tuple[tuple[type[models.Field[Any, Any]], object], ...] = (
    (models.DateTimeField, datetime(2026, 9, 1, tzinfo=UTC)),
    (models.DateField, date(2026, 9, 1)),
    (models.BooleanField, True),
    (models.IntegerField, 9),
    (models.TextField, "x"),
    (models.CharField, "x"),
    (models.JSONField, {}),
    (ArrayField, []),
)


def tables_of_districts() -> list[str]:
    """Return every table that holds rows of districts, as PostgreSQL knows them."""
    with connection.cursor() as cursor:
        cursor.execute(read_sql("rollbook.districts", "tables_of_districts"))
        return [table for table, _, _ in cursor.fetchall()]


def key_of(table: str) -> str:
    """Return the column that tells whose a row of a table is."""
    return "id" if table == "districts_district" else "district_id"


def models_of_districts() -> list[type[models.Model]]:
    """Return every model whose rows belong to a district, but that of districts themselves."""
    tables = {*tables_of_districts()} - {"districts_district"}
    return [model for model in apps.get_models() if model._meta.db_table in tables]


def fill_tables(district: District) -> None:
    """Write one row for a district in each of these tables, if there can be another."""
    for model in models_of_districts():
        model._default_manager.bulk_create([row_of(model, district)], ignore_conflicts=True)


def row_of(model: type[models.Model], district: District) -> models.Model:
    """Return a row that the table takes, not yet written."""
    values: dict[str, object] = {"district": district}
    for field in model._meta.concrete_fields:
        is_open = not (field.null or field.has_default() or field.has_db_default())
        if is_open and field.name not in ("pk", "district"):
            values[field.name] = _value(field)
    return model(**values)


def _value(field: models.Field[Any, Any]) -> object:
    if field.is_relation:
        return _related(field.name)
    if field.choices:
        return next(value for value, _ in field.flatchoices if value)
    return next(value for kind, value in _VALUES if isinstance(field, kind))


def _related(name: str) -> models.Model:
    number = User.objects.count() + get_application_model().objects.count()
    match name:
        case "person":
            return User.objects.create_user(f"person-{number}")
        case "application":
            return Application.objects.get_or_create(name="Filled")[0]
        case "client":
            client: models.Model = get_application_model().objects.create(
                client_type="confidential", authorization_grant_type="client-credentials"
            )
            return client
    raise NotImplementedError(f"Say here what a row's {name} is.")
