"""Applications, connections and grants."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from typing_extensions import override

from rollbook.districts.models import District


class Application(models.Model):
    """A program that reads rosters, the same for every district. Personal data: none."""

    name = models.CharField(max_length=255, unique=True)

    @override
    def __str__(self) -> str:
        return self.name


class SharingRule(models.TextChoices):
    """What a connection shares. Rules by school and by property come with their own issue."""

    NOTHING = "nothing", "Nothing yet"
    ALL = "all", "Everything in the roster"


class Connection(models.Model):
    """One application in one district: its credentials and its rule.

    `counts` maps a resource to how many active records the connection sees, computed with the
    grants. Personal data: none. Removed: with the district.
    """

    pk = models.CompositePrimaryKey("district_id", "number")
    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    number = models.PositiveIntegerField()
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    client = models.OneToOneField(
        settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
        on_delete=models.PROTECT,
        related_name="connection",
    )
    rule = models.CharField(max_length=20, choices=SharingRule, default=SharingRule.NOTHING)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("district", "application"), name="one_connection_per_application"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"connection {self.number} of district {self.district_id}"


class Grant(models.Model):
    """A connection may see one org, class or user; or, once withdrawn, may know that it no longer
    does.

    Personal data: an id. Removed: with the connection.
    """

    pk = models.CompositePrimaryKey("district_id", "connection_number", "resource", "served_id")
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    connection_number = models.PositiveIntegerField()
    resource = models.CharField(max_length=20, db_collation="C")
    served_id = models.TextField(db_collation="C")
    is_active = models.BooleanField()
    change_number = models.BigIntegerField()

    @override
    def __str__(self) -> str:
        return f"grant of connection {self.connection_number} of district {self.district_id}"
