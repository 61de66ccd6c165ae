"""The entry to this stage: weigh removals against the policy."""

from __future__ import annotations

from rollbook.guard.data import Decision, Policy, Reason, Removals, RemovalsByResource, Verdict
from rollbook.oneroster import Resource


def guard_removals(removals: RemovalsByResource, *, policy: Policy) -> Verdict:
    """Hold a change set that would remove too much of any resource.

    Source: design, "Guard": over 10 % of the active records and more than 10 of them; no floor for
    orgs and sessions; emptying a resource always holds.
    """
    reasons = tuple(
        _reason(resource, counts, policy)
        for resource, counts in removals.items()
        if _is_too_much(resource, counts, policy)
    )
    return Verdict(Decision.HOLD if reasons else Decision.GO, reasons)


def _is_too_much(resource: Resource, counts: Removals, policy: Policy) -> bool:
    if not counts.abandon:
        return False
    if counts.abandon == counts.active:
        return True
    is_small = counts.abandon <= policy.removal_floor and resource not in policy.without_floor
    return counts.share > policy.removal_share and not is_small


def _reason(resource: Resource, counts: Removals, policy: Policy) -> Reason:
    return Reason(
        code=f"{resource}.removals.too_many",
        sentence=(
            f"{counts.abandon:,} of {counts.active:,} {resource} ({counts.share:.0%}) would be "
            f"removed; more than {policy.removal_share:.0%} needs a person's yes."
        ),
    )
