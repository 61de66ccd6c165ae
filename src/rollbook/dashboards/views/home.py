"""The root: the only district, or the list of them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from rollbook.districts.access import districts_of

_MOST = 500


@login_required
@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """Go to the only district, or list those that the person may open."""
    districts = list(districts_of(request.user).order_by("name")[:_MOST])
    if len(districts) == 1:
        return redirect("district", districts[0].slug)
    return render(request, "dashboards/home.html", {"districts": districts})
