"""The ways in of a district."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rollbook.dashboards.queries.sources import read_sources
from rollbook.districts.access import access_district


@login_required
@require_safe
def show_sources(request: HttpRequest, slug: str) -> HttpResponse:
    """List the sources with what they own."""
    standing = access_district(request.user, slug)
    lines = read_sources(standing.district, now=timezone.now())
    context = {"standing": standing, "tab": "sources", "lines": lines}
    return render(request, "dashboards/sources.html", context)
