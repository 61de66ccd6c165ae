"""Erasures, and questions about the past that a worker answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from typing_extensions import override

from rollbook.districts.models import District


class ErasureState(models.TextChoices):
    """Where an erasure stands."""

    WAITING = "waiting", "Waiting for its turn"
    WORKING = "working", "Under way"
    DONE = "done", "Done and proved"
    INCOMPLETE = "incomplete", "Something is left"
    FAILED = "failed", "Stopped"
    LIFTED = "lifted", "Lifted"


class Erasure(models.Model):
    """The log of one erasure, which proves it without telling whom it was about.

    `removed` counts what was removed by place; `files` lists each rewritten file: its key, and the
    sha256 before and after (null: the file is gone). `doomed` are keys of replaced files that still
    have to be deleted, so that a killed worker leaves nothing behind. `found` is the search after
    the deed: places looked at, and hits.

    Personal data: `subject`, the id, until the erasure is done; then empty. The reason is the
    author's own text, so the page asks for none that names the person. Removed: with the district.
    """

    pk = models.CompositePrimaryKey("district_id", "number")
    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=ErasureState, default=ErasureState.WAITING)
    subject = models.TextField(blank=True)
    reason = models.TextField()
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    done_at = models.DateTimeField(null=True)
    run_number = models.PositiveIntegerField(
        null=True, help_text="The run under whose number the roster goes on without the person."
    )
    removed = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    doomed = models.JSONField(default=list)
    found = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )

    @override
    def __str__(self) -> str:
        return f"erasure {self.number} of district {self.district_id}"

    @property
    def lost_files(self) -> int:
        """How many files are not kept any more: nobody can read them, or they name the person."""
        return sum(file["after"] is None for file in self.files)

    @property
    def rewritten_files(self) -> int:
        """How many files were written anew, without the person."""
        return len(self.files) - self.lost_files


class ErasedId(models.Model):
    """A keyed hash of an id or of something else that only an erased person had, so that the person
    is never revived.

    Whoever has the hash and not the installation's secret cannot tell whose it is. Personal data:
    a pseudonym. Removed: when the erasure is lifted, or with the district.
    """

    pk = models.CompositePrimaryKey("district_id", "digest")
    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    digest = models.CharField(max_length=64, db_collation="C")
    erasure_number = models.PositiveIntegerField()

    class Meta:
        db_table = "history_erased_id"

    @override
    def __str__(self) -> str:
        return f"an id of erasure {self.erasure_number} of district {self.district_id}"


class InquiryKind(models.TextChoices):
    """What a page may ask about the past."""

    COMPARE = "compare", "Compare two runs"
    TIMELINE = "timeline", "The story of a record"


class Inquiry(models.Model):
    """A question about the past that a page asked, and its answer.

    Snapshots are read by workers alone: a page that opened one would take the memory of all others.
    `about` says what is asked; `answer` is ready to show.

    Personal data: values of people's fields in the answer. Removed: a day after it was asked, and
    whenever a person of the district is erased.
    """

    pk = models.CompositePrimaryKey("district_id", "number")
    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=InquiryKind)
    about = models.JSONField(default=dict)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.JSONField(default=dict)
    problem = models.TextField(blank=True)

    @override
    def __str__(self) -> str:
        return f"inquiry {self.number} of district {self.district_id}"
