"""The addresses of the installation."""

from __future__ import annotations

from django.urls import include, path

from rollbook.project import health

urlpatterns = [
    path("healthz", health.lives, name="healthz"),
    path("readyz", health.is_ready, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("", include("rollbook.provider.urls")),
    path("", include("rollbook.dashboards.urls")),
]
