"""A request as `HtmxMiddleware` leaves it, for the type checker."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class PageRequest(HttpRequest):
    """A request that knows whether htmx made it, and for which element."""

    htmx: HtmxDetails
