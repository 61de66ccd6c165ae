"""Sources and their deliveries."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from typing_extensions import override

from rollbook.districts.models import District
from rollbook.oneroster import Ownership, RecordKind


class Source(models.Model):
    """One configured way in for one district.

    `owns` names the kinds of record that the source may bring and remove (`oneroster.kinds`), and
    `schools` the ids of the schools it speaks of; empty is everything. An additive source brings
    records of its own between two days, both included, and never removes anybody else's.

    Personal data: none. Removed: with the district.
    """

    pk = models.CompositePrimaryKey("district_id", "number")
    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=255)
    owns = models.JSONField(default=list)
    schools = models.JSONField(default=list)
    grace_days = models.PositiveSmallIntegerField(
        default=0, help_text="For how many days people who are gone stay as they were."
    )
    is_additive = models.BooleanField(default=False)
    begins_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    @override
    def __str__(self) -> str:
        return self.name

    @property
    def ownership(self) -> Ownership:
        """What the source may bring and remove."""
        return Ownership(frozenset(map(RecordKind, self.owns)), frozenset(self.schools))

    def is_open_on(self, day: date) -> bool:
        """Whether an additive source brings anything on a day; any other always does."""
        begins, ends = self.begins_on or date.min, self.ends_on or date.max
        return not self.is_additive or begins <= day <= ends


class Road(models.TextChoices):
    """The way a delivery took."""

    UPLOAD = "upload", "Web upload"
    COMMAND = "command", "Command line"


class Delivery(models.Model):
    """One complete set of files from one source, as it came.

    `sha256` vouches for what came, `stored_sha256` for what is stored. They differ where passwords
    were cut before it was stored, and where a person was erased since. `stored_as` is empty once
    the file is not kept any more.

    Personal data: the stored file holds whatever the district sent, names of children included.
    Removed: with the district, and after `ROLLBOOK_KEEP_DELIVERIES_DAYS`.
    """

    pk = models.CompositePrimaryKey("district_id", "number")
    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    number = models.PositiveIntegerField()
    source_number = models.PositiveIntegerField()
    road = models.CharField(max_length=20, choices=Road)
    received_at = models.DateTimeField(auto_now_add=True)
    received_from = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    filename = models.CharField(max_length=255)
    stored_as = models.CharField(
        max_length=500, blank=True, help_text="Key of the ZIP in the file storage."
    )
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, help_text="Of the file as it came.")
    stored_sha256 = models.CharField(
        max_length=64, blank=True, help_text="Of the file as it is stored."
    )

    @override
    def __str__(self) -> str:
        return f"delivery {self.number} of district {self.district_id}"
