"""Who works in a district, and as what."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from rollbook.dashboards.access import access_membership
from rollbook.dashboards.forms import PersonForm, RoleForm
from rollbook.dashboards.queries.people import read_people
from rollbook.districts.access import Standing, access_district
from rollbook.districts.models import Role
from rollbook.districts.roles import RoleRefusedError, add_person, change_role, remove_person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show_people(request: HttpRequest, slug: str) -> HttpResponse:
    """List the people; an owner adds one by e-mail address."""
    if request.method != "POST":
        return _page(request, access_district(request.user, slug), PersonForm(), status=200)
    standing = access_district(request.user, slug, at_least=Role.OWNER)
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _page(request, standing, form, status=422)
    try:
        add_person(
            standing.district,
            email=form.cleaned_data["email"],
            role=Role(form.cleaned_data["role"]),
            acting_user=cast("User", request.user),
        )
    except RoleRefusedError as refusal:
        form.add_error("email", str(refusal))
        return _page(request, standing, form, status=422)
    return redirect("people", slug)


@login_required
@require_POST
def change(request: HttpRequest, slug: str, person_id: int) -> HttpResponse:
    """Give a person another role."""
    standing = access_district(request.user, slug, at_least=Role.OWNER)
    membership = access_membership(standing, person_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose one of the roles in the list.")
        return redirect("people", slug)
    try:
        change_role(
            membership,
            role=Role(form.cleaned_data["role"]),
            acting_user=cast("User", request.user),
        )
        messages.success(request, "The role was changed.")
    except RoleRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("people", slug)


@login_required
@require_POST
def remove(request: HttpRequest, slug: str, person_id: int) -> HttpResponse:
    """Take a person's role in the district away."""
    standing = access_district(request.user, slug, at_least=Role.OWNER)
    membership = access_membership(standing, person_id)
    try:
        remove_person(membership, acting_user=cast("User", request.user))
        messages.success(request, "This person no longer works in the district.")
    except RoleRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("people", slug)


def _page(
    request: HttpRequest, standing: Standing, form: PersonForm, *, status: int
) -> HttpResponse:
    context = {
        "standing": standing,
        "tab": "people",
        "people": read_people(standing.district),
        "roles": Role.choices,
        "form": form,
    }
    return render(request, "dashboards/people.html", context, status=status)
