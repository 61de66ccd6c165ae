"""The provider as a Django app: it owns one function in PostgreSQL, and no table."""

from __future__ import annotations

from django.apps import AppConfig


class ProviderConfig(AppConfig):
    name = "rollbook.provider"
    label = "provider"
