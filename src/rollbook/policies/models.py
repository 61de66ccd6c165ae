"""Policies and exceptions, each with its author and reason."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from typing_extensions import override

from rollbook.districts.models import District


class GuardPolicy(models.Model):
    """One version of a district's policy; the newest counts, and all together are its history.

    `rules` is what `guard.policy.read_policy` reads, `previous` what counted before.

    Personal data: who set it. Removed: with the district.
    """

    pk = models.CompositePrimaryKey("district_id", "number")
    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    number = models.PositiveIntegerField()
    rules = models.JSONField(default=dict)
    previous = models.JSONField(default=dict)
    reason = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "policies_guard_policy"

    @override
    def __str__(self) -> str:
        return f"policy {self.number} of district {self.district_id}"


class GuardOverride(models.Model):
    """Rules that win over the policy for exactly one run of a source: the next that is judged.

    `run_number` is that run; until then the exception waits. A withdrawn one never counts.

    Personal data: who made and who withdrew it. Removed: with the district.
    """

    pk = models.CompositePrimaryKey("district_id", "number")
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, db_index=False, related_name="+"
    )
    number = models.PositiveIntegerField()
    source_number = models.PositiveIntegerField()
    rules = models.JSONField(default=dict)
    reason = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)
    run_number = models.PositiveIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )

    class Meta:
        db_table = "policies_guard_override"

    @override
    def __str__(self) -> str:
        return f"exception {self.number} of district {self.district_id}"
