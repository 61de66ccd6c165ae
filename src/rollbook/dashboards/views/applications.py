"""Who reads the roster, and how to try it."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from rollbook.dashboards.access import access_connection
from rollbook.dashboards.queries.applications import read_applications
from rollbook.districts.access import access_district
from rollbook.districts.models import Role
from rollbook.sharing.credentials import renew_secret


@login_required
@require_safe
def show_applications(request: HttpRequest, slug: str) -> HttpResponse:
    """List the connections of the district."""
    standing = access_district(request.user, slug)
    cards = read_applications(standing.district, now=timezone.now())
    context = {"standing": standing, "tab": "applications", "cards": cards}
    return render(request, "dashboards/applications.html", context)


@login_required
@require_POST
@never_cache
@sensitive_variables("secret", "cards", "context")
def make_secret(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Make a new secret and show it on this answer alone; nothing keeps it in plain text."""
    standing = access_district(request.user, slug, at_least=Role.OWNER)
    connection = access_connection(standing, number)
    secret = renew_secret(connection, acting_user=cast("User", request.user))
    cards = read_applications(standing.district, now=timezone.now(), secrets={number: secret})
    context = {"standing": standing, "tab": "applications", "cards": cards}
    return render(request, "dashboards/applications.html", context)
