"""A district at a glance."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rollbook.dashboards.queries.overview import read_overview
from rollbook.districts.access import access_district


@login_required
@require_safe
def show_district(request: HttpRequest, slug: str) -> HttpResponse:
    """Show state, counts, runs and applications. `?before=12` lists the runs before run 12."""
    standing = access_district(request.user, slug)
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    page = read_overview(standing.district, before=before, now=timezone.now())
    context = {"standing": standing, "tab": "district", "page": page}
    return render(request, "dashboards/overview.html", context)
