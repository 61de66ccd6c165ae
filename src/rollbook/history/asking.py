"""Ask for an erasure or about the past: noted and queued here, done by a worker."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from procrastinate.contrib.django import app

from rollbook.districts.models import District
from rollbook.history.errors import HistoryError
from rollbook.history.models import ErasedId, Erasure, ErasureState, Inquiry, InquiryKind
from rollbook.roster.models import Roster

log = structlog.get_logger(__name__)

ERASE_TASK = "rollbook.erase_person"
ANSWER_TASK = "rollbook.answer_inquiry"
INQUIRIES_KEPT_FOR = timedelta(days=1)
_OPEN = (ErasureState.WAITING, ErasureState.WORKING)


@transaction.atomic
def ask_erasure(
    district: District, person_id: str, *, acting_user: User | None, reason: str
) -> Erasure:
    """Note that a person is to be erased, and queue the work; runs of the district wait for it.

    Args:
        person_id: The person's sourced id, served id or uid.

    Raises:
        HistoryError: There is no id or no reason.
    """
    if not person_id.strip() or not reason.strip():
        raise HistoryError("Name the person by an id, and say why the person is to be erased.")
    District.objects.select_for_update().get(pk=district.pk)
    open_erasures = Erasure.objects.filter(district=district, state__in=_OPEN)
    if earlier := open_erasures.filter(subject=person_id.strip()).first():
        return earlier
    highest = Erasure.objects.filter(district=district).aggregate(it=Max("number"))["it"] or 0
    erasure = Erasure.objects.create(
        district=district,
        number=highest + 1,
        subject=person_id.strip(),
        reason=reason.strip(),
        asked_by=acting_user,
    )
    queue_erasure(erasure)
    log.info(
        "erasure asked for",
        district=district.pk,
        erasure=erasure.number,
        by=acting_user.pk if acting_user else None,
    )
    return erasure


def queue_erasure(erasure: Erasure) -> None:
    """Queue an erasure; it takes turns with the runs of its district."""
    app.configure_task(
        ERASE_TASK, queue="runs", lock=f"district:{erasure.district_id}", allow_unknown=True
    ).defer(district_id=erasure.district_id, number=erasure.number)


@transaction.atomic
def lift_erasure(erasure: Erasure, *, acting_user: User) -> None:
    """Let the person be delivered again; what was erased does not come back by this.

    Raises:
        HistoryError: The erasure is still under way, or lifted already.
    """
    locked = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if locked.state in (*_OPEN, ErasureState.LIFTED):
        raise HistoryError(
            f"Erasure {erasure.number} is not over yet, or has been lifted before; look at its log."
        )
    ErasedId.objects.filter(district_id=erasure.district_id, erasure_number=erasure.number).delete()
    Erasure.objects.filter(pk=erasure.pk).update(
        state=ErasureState.LIFTED, lifted_at=timezone.now(), lifted_by=acting_user
    )
    log.info(
        "erasure lifted",
        district=erasure.district_id,
        erasure=erasure.number,
        by=acting_user.pk,
    )


@transaction.atomic
def ask_inquiry(district: District, kind: InquiryKind, about: dict[str, object]) -> Inquiry:
    """Ask about the past, or return the same question that is asked or answered already.

    A story grows with each publish, so it is told as of the one that is published now.
    """
    District.objects.select_for_update().get(pk=district.pk)
    if kind == InquiryKind.TIMELINE:
        roster = Roster.objects.filter(district=district).first()
        about = {**about, "as_of": roster.published_run if roster else None}
    fresh = timezone.now() - INQUIRIES_KEPT_FOR
    same = Inquiry.objects.filter(district=district, kind=kind, about=about, asked_at__gt=fresh)
    if earlier := same.filter(problem="").order_by("-number").first():
        return earlier
    highest = Inquiry.objects.filter(district=district).aggregate(it=Max("number"))["it"] or 0
    inquiry = Inquiry.objects.create(district=district, number=highest + 1, kind=kind, about=about)
    app.configure_task(ANSWER_TASK, queue="runs", allow_unknown=True).defer(
        district_id=district.pk, number=inquiry.number
    )
    return inquiry
