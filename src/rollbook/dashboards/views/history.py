"""Looking back: comparing runs, the story of a record, and bringing a run back."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rollbook.dashboards.access import access_inquiry, access_run
from rollbook.dashboards.forms import CompareForm, RecordForm, RestoreForm
from rollbook.dashboards.queries.history import read_history
from rollbook.dashboards.queries.inquiry import read_inquiry
from rollbook.dashboards.queries.restore import read_restore
from rollbook.dashboards.requests import PageRequest
from rollbook.districts.access import Standing, access_district
from rollbook.districts.models import Role
from rollbook.history.asking import ask_inquiry
from rollbook.history.errors import HistoryError
from rollbook.history.models import InquiryKind
from rollbook.history.restores import restore_run


@login_required
@require_safe
def show_history(request: PageRequest, slug: str) -> HttpResponse:
    """Offer what can be asked. `?record=stu-1` fills the id in."""
    standing = access_district(request.user, slug)
    return _history(request, standing, record=request.GET.get("record", ""))


@login_required
@require_POST
def compare(request: PageRequest, slug: str) -> HttpResponse:
    """Ask what differs between two runs; a worker answers."""
    standing = access_district(request.user, slug)
    form = CompareForm(request.POST)
    if not form.is_valid():
        return _history(request, standing, compare_form=form, status=422)
    about: dict[str, object] = {name: form.cleaned_data[name] for name in ("before", "after")}
    inquiry = ask_inquiry(standing.district, InquiryKind.COMPARE, about)
    return redirect("answer", slug, inquiry.number)


@login_required
@require_POST
def tell_record(request: PageRequest, slug: str) -> HttpResponse:
    """Ask for the story of a record; a worker answers."""
    standing = access_district(request.user, slug)
    form = RecordForm(request.POST)
    if not form.is_valid():
        return _history(request, standing, record_form=form, status=422)
    about: dict[str, object] = {"record": form.cleaned_data["record"]}
    inquiry = ask_inquiry(standing.district, InquiryKind.TIMELINE, about)
    return redirect("answer", slug, inquiry.number)


@login_required
@never_cache  # names of children
@require_safe
def show_answer(request: PageRequest, slug: str, number: int) -> HttpResponse:
    """Show an answer. While there is none, the page asks every second."""
    standing = access_district(request.user, slug)
    inquiry = access_inquiry(standing, number)
    asked = request.GET.get("changes", "")
    page = read_inquiry(inquiry, standing.district, now=timezone.now(), page=asked)
    if request.htmx and not page.is_answered:
        return HttpResponse(status=204)
    context = {"standing": standing, "tab": "history", "page": page}
    part = "#answer" if request.htmx else ""
    return render(request, f"dashboards/answer.html{part}", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: PageRequest, slug: str, number: int) -> HttpResponse:
    """Ask whether a run shall be restored, and queue the runs that do it."""
    standing = access_district(request.user, slug, at_least=Role.DATA_MANAGER)
    run = access_run(standing, number)
    form = RestoreForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                restores = restore_run(
                    run,
                    school=form.cleaned_data["school"],
                    acting_user=cast("User", request.user),
                    reason=form.cleaned_data["reason"],
                )
            except HistoryError as refusal:
                messages.error(request, str(refusal))
            else:
                return redirect("run", slug, restores[0].number)
    page = read_restore(run, standing.district, now=timezone.now())
    context = {"standing": standing, "tab": "history", "page": page, "form": form}
    return render(request, "dashboards/restore.html", context, status=status)


def _history(
    request: PageRequest,
    standing: Standing,
    *,
    record: str = "",
    compare_form: CompareForm | None = None,
    record_form: RecordForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "standing": standing,
        "tab": "history",
        "page": read_history(standing.district, now=timezone.now()),
        "compare_form": compare_form or CompareForm(),
        "record_form": record_form or RecordForm(initial={"record": record}),
    }
    return render(request, "dashboards/history.html", context, status=status)
