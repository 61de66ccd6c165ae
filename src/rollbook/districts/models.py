"""Districts and the people who look after them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from typing_extensions import override


class District(models.Model):
    """One tenant: a school district, or a single school that stands for itself.

    Personal data: none. Removed: by the operator, with everything that hangs on it.
    """

    name = models.CharField(max_length=255)
    slug = models.SlugField(unique=True, help_text="Its name in addresses.")
    time_zone = models.CharField(max_length=64, default="America/New_York")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)

    @override
    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """A person's part in one district; `districts/access.py` says who may do what."""

    OWNER = "owner", "Owner"
    DATA_MANAGER = "data_manager", "Data manager"
    READ_ONLY = "read_only", "Read only"


class Membership(models.Model):
    """A person's role in one district. Operators need none: they are Django staff.

    Personal data: which person works for which district. Removed: with either of the two.
    """

    pk = models.CompositePrimaryKey("district_id", "person_id")
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, related_name="memberships", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role)

    @override
    def __str__(self) -> str:
        return f"{self.role} of district {self.district_id}"
