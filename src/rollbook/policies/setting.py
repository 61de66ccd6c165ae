"""Set a district's policy, and make exceptions of it for one run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from rollbook.districts.models import District
from rollbook.guard.policy import read_override, read_policy
from rollbook.policies.errors import OverrideRefusedError
from rollbook.policies.models import GuardOverride, GuardPolicy

log = structlog.get_logger(__name__)


@transaction.atomic
def set_policy(
    district: District, rules: Mapping[str, Any], *, reason: str, acting_user: User
) -> GuardPolicy:
    """Replace a district's policy; the old one, the author and the reason stay with the new one.

    Runs that are held already stay as they were judged.

    Raises:
        PolicyError: The rules are none that a policy can have.
    """
    read_policy(rules)
    _lock(district)
    last = GuardPolicy.objects.filter(district=district).order_by("-number").first()
    policy = GuardPolicy.objects.create(
        district=district,
        number=last.number + 1 if last else 1,
        rules=rules,
        previous=last.rules if last else {},
        reason=reason,
        author=acting_user,
    )
    log.info("policy set", district=district.pk, policy=policy.number, by=acting_user.pk)
    return policy


@transaction.atomic
def allow_once(
    district: District,
    rules: Mapping[str, Any],
    *,
    reason: str,
    acting_user: User,
    source_number: int = 1,
) -> GuardOverride:
    """Let the next run of a source be judged by other rules; the one after it is judged as before.

    Source: failures.md F11: a threshold raised for rollover stays high.

    Raises:
        PolicyError: The rules are none that an exception can have.
        OverrideRefusedError: Another exception waits already.
    """
    read_override(rules)
    _lock(district)
    if waiting_overrides(district.pk, source_number).exists():
        raise OverrideRefusedError(
            "An exception waits for the next run already. Withdraw it first with `rollbook policy "
            "--withdraw`, then make another."
        )
    last = GuardOverride.objects.filter(district=district).aggregate(last=Max("number"))["last"]
    override = GuardOverride.objects.create(
        district=district,
        number=(last or 0) + 1,
        source_number=source_number,
        rules=rules,
        reason=reason,
        author=acting_user,
    )
    log.info("exception made", district=district.pk, exception=override.number, by=acting_user.pk)
    return override


def withdraw_waiting(district: District, *, source_number: int, acting_user: User) -> None:
    """Take back the exception that waits for the next run of a source.

    Raises:
        OverrideRefusedError: None waits: a run was judged by it, or it was withdrawn before.
    """
    waiting = waiting_overrides(district.pk, source_number)
    # A run may take it in the same moment: whoever comes first counts.
    if not waiting.update(withdrawn_at=timezone.now(), withdrawn_by=acting_user):
        raise OverrideRefusedError(
            "No exception waits for this source: a run was judged by it, or it was withdrawn."
        )
    log.info("exception withdrawn", district=district.pk, source=source_number, by=acting_user.pk)


def waiting_overrides(district_id: int, source_number: int) -> QuerySet[GuardOverride]:
    """Return the exception that waits for the next run of a source: one, or none."""
    return GuardOverride.objects.filter(
        district_id=district_id,
        source_number=source_number,
        run_number=None,
        withdrawn_at=None,
    )


def _lock(district: District) -> None:
    """Let people who set something at once come one after the other: each number is given once."""
    District.objects.select_for_update().get(pk=district.pk)
