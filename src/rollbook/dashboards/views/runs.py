"""One run: watching it, deciding about it, taking its findings away."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from rollbook.dashboards.access import access_run
from rollbook.dashboards.forms import DecisionForm
from rollbook.dashboards.queries.changes import read_changes
from rollbook.dashboards.queries.findings import finding_lines, read_findings
from rollbook.dashboards.queries.run import RunPage, read_run
from rollbook.dashboards.requests import PageRequest
from rollbook.dashboards.spreadsheet import harmless
from rollbook.districts.access import Standing, access_district
from rollbook.districts.models import Role
from rollbook.runs.decisions import approve_run, discard_run
from rollbook.runs.errors import DecisionRefusedError
from rollbook.runs.models import SyncRun

# The part of the page that a request of htmx wants, by the element it will put it into.
_PARTS = {"run": "#run", "findings": "#findings", "changes": "#changes"}


@login_required
@never_cache  # names of children; and a part must not be taken for the page
@require_safe
def show_run(request: PageRequest, slug: str, number: int) -> HttpResponse:
    """Show a run. While it moves, the page asks every second whether its mark has changed."""
    standing = access_district(request.user, slug)
    run = access_run(standing, number)
    page = read_run(run, standing, now=timezone.now(), person_id=request.user.pk)
    if request.htmx and request.GET.get("seen") == page.mark:
        return HttpResponse(status=204)
    return _show(request, standing, run, page)


@login_required
@require_POST
def approve(request: PageRequest, slug: str, number: int) -> HttpResponse:
    """Publish what the guard held: all of it, or additions and updates only."""
    standing = access_district(request.user, slug, at_least=Role.DATA_MANAGER)
    run = access_run(standing, number)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _refuse(request, standing, run, form)
    try:
        approve_run(
            run,
            digest=form.cleaned_data["digest"],
            reason=form.cleaned_data["reason"],
            acting_user=cast("User", request.user),
            removals_wait=form.cleaned_data["removals_wait"],
        )
    except DecisionRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("run", slug, number)


@login_required
@require_POST
def discard(request: PageRequest, slug: str, number: int) -> HttpResponse:
    """Let a held run go without publishing it."""
    standing = access_district(request.user, slug, at_least=Role.DATA_MANAGER)
    run = access_run(standing, number)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _refuse(request, standing, run, form)
    try:
        discard_run(run, reason=form.cleaned_data["reason"], acting_user=cast("User", request.user))
    except DecisionRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("run", slug, number)


@login_required
@never_cache
@require_safe
def download_findings(request: PageRequest, slug: str, number: int) -> StreamingHttpResponse:
    """Stream the findings as a CSV file that a spreadsheet can open without running anything."""
    standing = access_district(request.user, slug)
    run = access_run(standing, number)
    filename = f"{slug}-run-{run.number}-findings.csv"
    return StreamingHttpResponse(
        _csv_lines(run),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )


def _csv_lines(run: SyncRun) -> Iterator[str]:
    writer = csv.writer(_Echo())
    for line in finding_lines(run):
        yield writer.writerow([harmless(cell) for cell in line])


class _Echo:
    """Hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _refuse(
    request: PageRequest, standing: Standing, run: SyncRun, form: DecisionForm
) -> HttpResponse:
    """Show the run again with what is missing in the form."""
    page = read_run(run, standing, now=timezone.now(), person_id=request.user.pk)
    response = _show(request, standing, run, page, form=form)
    response.status_code = 422
    return response


def _show(
    request: PageRequest,
    standing: Standing,
    run: SyncRun,
    page: RunPage,
    *,
    form: DecisionForm | None = None,
) -> HttpResponse:
    asked = request.GET
    context = {
        "standing": standing,
        "tab": "district",
        "page": page,
        "findings": read_findings(
            run,
            severity=asked.get("severity", ""),
            code=asked.get("code", ""),
            page=asked.get("findings", ""),
        ),
        "changes": read_changes(
            run,
            resource=asked.get("resource", ""),
            change=asked.get("change", ""),
            page=asked.get("changes", ""),
        ),
        "form": form or DecisionForm(),
    }
    part = _PARTS.get(request.htmx.target or "", "") if request.htmx else ""
    return render(request, f"dashboards/run.html{part}", context)
