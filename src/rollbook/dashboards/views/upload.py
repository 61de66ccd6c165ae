"""Bringing a delivery in by hand."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from rollbook.dashboards.forms import UploadForm
from rollbook.dashboards.queries.runs import numbers_of_held_runs
from rollbook.dashboards.queries.sources import SourceLine, source_lines
from rollbook.dashboards.requests import PageRequest
from rollbook.districts.access import Standing, access_district
from rollbook.districts.models import Role
from rollbook.sources.deliveries import receive_delivery
from rollbook.sources.errors import DeliveryRefusedError
from rollbook.sources.models import Road


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload_delivery(request: PageRequest, slug: str) -> HttpResponse:
    """Take a ZIP and go to the run that it starts."""
    standing = access_district(request.user, slug, at_least=Role.DATA_MANAGER)
    sources = source_lines(standing.district, now=timezone.now())
    numbers = [source.number for source in sources]
    if request.method != "POST":
        return _page(request, standing, UploadForm(sources=numbers), sources, status=200)
    form = UploadForm(request.POST, request.FILES, sources=numbers)
    if not form.is_valid():
        return _page(request, standing, form, sources, status=422)
    upload = form.cleaned_data["file"]
    try:
        run = receive_delivery(
            standing.district,
            file=upload,
            filename=upload.name,
            road=Road.UPLOAD,
            acting_user=cast("User", request.user),
            source_number=int(form.cleaned_data.get("source", 1)),
        )
    except DeliveryRefusedError as refusal:
        form.add_error("file", str(refusal))
        return _page(request, standing, form, sources, status=422)
    address = resolve_url("run", slug, run.number)
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _page(
    request: PageRequest,
    standing: Standing,
    form: UploadForm,
    sources: list[SourceLine],
    *,
    status: int,
) -> HttpResponse:
    context = {
        "standing": standing,
        "tab": "upload",
        "form": form,
        "sources": sources,
        "held": [] if request.htmx else numbers_of_held_runs(standing.district),
    }
    template = "dashboards/upload.html" + ("#form" if request.htmx else "")
    return render(request, template, context, status=status)
