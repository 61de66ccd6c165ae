"""Every component with every state, for whoever designs the next page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rollbook.dashboards.patterns import samples


@login_required
@require_safe
def show_patterns(request: HttpRequest) -> HttpResponse:
    """Show the components, filled with made-up data."""
    return render(request, "patterns.html", samples())
