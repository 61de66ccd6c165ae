"""The addresses of the service: one for each route, and an answer for every other."""

from __future__ import annotations

from django.urls import URLPattern, include, re_path
from django.urls.resolvers import URLResolver

from rollbook.oneroster import Version
from rollbook.provider.oneroster import views
from rollbook.provider.oneroster.routes import ROOTS, routes_of


def _service(version: Version) -> URLResolver:
    patterns: list[URLPattern] = [
        re_path(route.pattern, views.answer, {"route": route}) for route in routes_of(version)
    ]
    patterns.append(re_path("", views.unknown_path))
    return re_path(rf"^{ROOTS[version].lstrip('/')}(?:/|\Z)", include(patterns))


urlpatterns = [_service(version) for version in ROOTS]
