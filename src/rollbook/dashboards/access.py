"""Access to what hangs on a district: only through a person's standing in it."""

from __future__ import annotations

from rollbook.districts.access import Standing, access_row
from rollbook.districts.models import Membership
from rollbook.history.models import Erasure, Inquiry
from rollbook.runs.models import SyncRun
from rollbook.sharing.models import Connection


def access_run(standing: Standing, number: int) -> SyncRun:
    """Return a run of the district, or raise Http404."""
    rows = SyncRun.objects.select_related("decided_by", "first_approved_by", "restored_by")
    return access_row(standing, rows, number=number)


def access_connection(standing: Standing, number: int) -> Connection:
    """Return a connection of the district, or raise Http404."""
    rows = Connection.objects.select_related("application", "client", "district")
    return access_row(standing, rows, number=number)


def access_membership(standing: Standing, person_id: int) -> Membership:
    """Return the membership of somebody who works in the district, or raise Http404."""
    return access_row(standing, Membership.objects.select_related("person"), person_id=person_id)


def access_inquiry(standing: Standing, number: int) -> Inquiry:
    """Return a question that somebody of the district asked about the past, or raise Http404."""
    return access_row(standing, Inquiry.objects.all(), number=number)


def access_erasure(standing: Standing, number: int) -> Erasure:
    """Return an erasure of the district, or raise Http404."""
    return access_row(standing, Erasure.objects.all(), number=number)
