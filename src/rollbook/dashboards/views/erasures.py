"""Erasing people, and the log that proves it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from rollbook.dashboards.access import access_erasure
from rollbook.dashboards.forms import ErasureForm
from rollbook.dashboards.queries.erasures import read_erasures
from rollbook.dashboards.requests import PageRequest
from rollbook.districts.access import Standing, access_district
from rollbook.districts.models import Role
from rollbook.history.asking import ask_erasure, lift_erasure
from rollbook.history.errors import HistoryError


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show_erasures(request: PageRequest, slug: str) -> HttpResponse:
    """Show the log; an owner erases somebody."""
    if request.method != "POST":
        return _page(request, access_district(request.user, slug), ErasureForm(), status=200)
    standing = access_district(request.user, slug, at_least=Role.OWNER)
    form = ErasureForm(request.POST)
    if not form.is_valid():
        return _page(request, standing, form, status=422)
    ask_erasure(
        standing.district,
        form.cleaned_data["person"],
        acting_user=cast("User", request.user),
        reason=form.cleaned_data["reason"],
    )
    return redirect("erasures", slug)


@login_required
@require_POST
def lift(request: PageRequest, slug: str, number: int) -> HttpResponse:
    """Let an erased person be delivered again."""
    standing = access_district(request.user, slug, at_least=Role.OWNER)
    erasure = access_erasure(standing, number)
    try:
        lift_erasure(erasure, acting_user=cast("User", request.user))
        messages.success(request, "Lifted. The next delivery that names the person counts.")
    except HistoryError as refusal:
        messages.error(request, str(refusal))
    return redirect("erasures", slug)


def _page(
    request: PageRequest, standing: Standing, form: ErasureForm, *, status: int
) -> HttpResponse:
    context = {
        "standing": standing,
        "tab": "history",
        "page": read_erasures(standing.district, now=timezone.now()),
        "form": form,
    }
    part = "#erasures" if request.htmx else ""
    return render(request, f"dashboards/erasures.html{part}", context, status=status)
