"""Ids about which a person decides."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rollbook.dashboards.forms import IdsForm
from rollbook.dashboards.queries.ids import (
    filter_of,
    filtered_pairs,
    named_pairs,
    read_decisions,
    read_waiting,
)
from rollbook.dashboards.requests import PageRequest
from rollbook.districts.access import Standing, access_district
from rollbook.districts.models import Role
from rollbook.runs.errors import DecisionRefusedError
from rollbook.runs.identity import decide_waiting
from rollbook.runs.models import PairVerdict, SyncRun

_NONE_TICKED = "Tick the ids that you decide about."


@login_required
@never_cache  # names of children; and a part must not be taken for the page
@require_http_methods(["GET", "HEAD", "POST"])
def show_ids(request: PageRequest, slug: str) -> HttpResponse:
    """List the ids that wait; whoever may decides and is led to the run that follows."""
    if request.method != "POST":
        standing = access_district(request.user, slug)
        return _page(request, standing, request.GET, IdsForm(), status=200)
    standing = access_district(request.user, slug, at_least=Role.DATA_MANAGER)
    form = IdsForm(request.POST)
    if not form.is_valid():
        return _page(request, standing, request.POST, form, status=422)
    try:
        run = _decide(request, standing, form)
    except DecisionRefusedError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, standing, request.POST, form, status=422)
    if run:
        return redirect("run", slug, run.number)
    messages.success(request, "Decided. The next delivery of this source brings it into effect.")
    return redirect("ids", slug)


def _decide(request: PageRequest, standing: Standing, form: IdsForm) -> SyncRun | None:
    said, asked = form.cleaned_data, filter_of(request.POST)
    district_id = standing.district.pk
    source_number = int(asked.source) if _is_number(asked.source) else 0
    if said["which"] != "ticked":
        kind, seen, met_until = said["which"].split(":")
        chosen = filtered_pairs(district_id, source_number, kind=kind, resource=asked.resource)
        chosen = chosen.filter(confidence="certain", found_run__lte=int(met_until))
        amount = int(seen)
    else:
        keys = set(request.POST.getlist("pair"))
        if not keys:
            raise DecisionRefusedError(_NONE_TICKED)
        chosen, amount = named_pairs(district_id, source_number, keys), len(keys)
    return decide_waiting(
        district_id,
        source_number,
        chosen,
        amount=amount,
        verdict=PairVerdict(said["verdict"]),
        reason=said["reason"],
        acting_user=cast("User", request.user),
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _page(
    request: PageRequest, standing: Standing, asked: QueryDict, form: IdsForm, *, status: int
) -> HttpResponse:
    part = read_waiting(standing.district, filter_of(asked), set(asked.getlist("pair")))
    context = {"standing": standing, "tab": "sources", "part": part, "form": form}
    if request.htmx and request.htmx.target == "waiting":
        return render(request, "dashboards/ids.html#waiting", context, status=status)
    context["decisions"] = read_decisions(standing.district, now=timezone.now())
    return render(request, "dashboards/ids.html", context, status=status)
