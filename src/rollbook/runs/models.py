"""Sync runs and what they left behind."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from typing_extensions import override

from rollbook.districts.models import District


class RunState(models.TextChoices):
    """Where a run stands. `runs/states.py` has the sentence for each."""

    RECEIVED = "received", "Received"
    STAGED = "staged", "Staged"
    VALIDATED = "validated", "Validated"
    COMPARED = "compared", "Compared"
    HELD = "held", "Held"
    PUBLISHED = "published", "Published"
    UNCHANGED = "unchanged", "Unchanged"
    DISCARDED = "discarded", "Discarded"
    FAILED = "failed", "Failed"


class Stage(models.TextChoices):
    """The stages of a run, in their order."""

    STAGING = "staging", "Staging"
    VALIDATION = "validation", "Validation"
    DIFF = "diff", "Comparison"
    GUARD = "guard", "Guard"
    APPLY = "apply", "Publishing"
    SHARING = "sharing", "Sharing"


NO_SOURCE = 0


class SyncRun(models.Model):
    """One passage of a delivery through the stages.

    `read_as` tells the delivery's format, why it was taken for that, `prefixed`, the kinds of
    people whose ids got a prefix, and `shape`, what its files looked like. `counts` maps a resource
    to its counts: rows, set_aside, create, update, abandon, rekey, replace; one that is replaced is
    in create and abandon, too. `finding_counts` maps a finding's code to how often it occurred;
    `severity_counts` a severity. `reasons` lists why the guard held or what stopped the run: code,
    sentence, and of a guard's reason where it applies and the first `records` behind it.
    `judgement` is what the guard said of it; what it judged has a table of its own. All are empty
    until their stage is done.

    Where two people must approve, `first_approved_…` tells of the first; it counts as long as its
    digest is the run's. `removals_wait` says that the removals are left out. A run that restores an
    earlier one has no delivery. The run of an erasure belongs to no source: its number is
    `NO_SOURCE`.

    Personal data: who decided; ids of people in the `records` of reasons. Findings and changes have
    their own tables. Removed: with the district; an id, when its person is erased.
    """

    pk = models.CompositePrimaryKey("district_id", "number")
    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    number = models.PositiveIntegerField()
    source_number = models.PositiveIntegerField(default=1)
    delivery_number = models.PositiveIntegerField(null=True)
    base_run = models.PositiveIntegerField(
        null=True, help_text="The published run that it was compared with."
    )
    state = models.CharField(max_length=20, choices=RunState, default=RunState.RECEIVED)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    read_as = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    finding_counts = models.JSONField(default=dict)
    severity_counts = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    change_number = models.BigIntegerField(
        null=True, help_text="The number this run published under."
    )
    snapshot = models.JSONField(
        default=dict,
        help_text="Source number to resource to its key in the file storage.",
    )
    digest = models.CharField(max_length=64, blank=True, help_text="Of the compared change set.")
    judgement = models.JSONField(default=dict)
    removals_wait = models.BooleanField(default=False)
    first_approved_digest = models.CharField(max_length=64, blank=True)
    first_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    first_approved_at = models.DateTimeField(null=True)
    first_approval_reason = models.TextField(blank=True)
    approved_digest = models.CharField(max_length=64, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    restores_run = models.PositiveIntegerField(
        null=True, help_text="The published run whose rows take the place of a delivery."
    )
    restores_school = models.TextField(
        blank=True, help_text="The one school that is restored; empty: the whole district."
    )
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    restore_reason = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index("district_id", "delivery_number", name="run_by_delivery"),)

    @override
    def __str__(self) -> str:
        return f"run {self.number} of district {self.district_id}"


class RunStatistics(models.Model):
    """What a run would change, in the numbers that the guard judged: `diff.measures.Statistics`.

    Beside the run, not in it: pages that list runs need not read them. Personal data: an id, where
    drift of ids gives an example; beside it ids and names of schools. Removed: with the run; the
    example when the person is erased.
    """

    pk = models.CompositePrimaryKey("district_id", "run_number")
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    run_number = models.PositiveIntegerField()
    statistics = models.JSONField()

    class Meta:
        db_table = "runs_statistics"

    @override
    def __str__(self) -> str:
        return f"statistics of run {self.run_number} of district {self.district_id}"


class StageRecord(models.Model):
    """One stage of one run: when it worked, and what it has to say in counts.

    `facts` is a list of [label, number]. Personal data: none. Removed: with the run.
    """

    pk = models.CompositePrimaryKey("district_id", "run_number", "stage")
    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    run_number = models.PositiveIntegerField()
    stage = models.CharField(max_length=20, choices=Stage)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    facts = models.JSONField(default=list)

    @override
    def __str__(self) -> str:
        return f"{self.stage} of run {self.run_number} of district {self.district_id}"


class Finding(models.Model):
    """One problem in the data, where it is. What it means and how to repair it:
    `validation/catalogue.py`.

    At most `apply.history.FINDINGS_KEPT_PER_CODE` of each code are kept here;
    `SyncRun.finding_counts` has the whole number. Personal data: `value` is what the file says, a
    child's name or birth date among it. Removed: with the run.
    """

    pk = models.CompositePrimaryKey("district_id", "run_number", "ordinal")
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, db_index=False, db_constraint=False
    )
    run_number = models.PositiveIntegerField()
    ordinal = models.PositiveIntegerField()
    code = models.CharField(max_length=120)
    severity = models.CharField(max_length=10)
    file = models.CharField(max_length=255)
    record = models.BigIntegerField(
        null=True, help_text="Row as a spreadsheet counts; the header is 1."
    )
    sourced_id = models.TextField(null=True)  # noqa: DJ001 - blank and unreadable are not the same
    field = models.CharField(max_length=255, null=True)  # noqa: DJ001 - none: the whole row
    value = models.TextField(null=True)  # noqa: DJ001 - no value is not an empty one
    line = models.BigIntegerField(
        null=True, help_text="Physical line where the record begins, if it is another number."
    )
    rows = models.BigIntegerField(default=1, help_text="How many rows share this one cause.")

    @override
    def __str__(self) -> str:
        return f"{self.code} at {self.file}:{self.record}"


class RecordChange(models.Model):
    """What one run did to one record: the history of the roster.

    `fields` maps a field to [before, after]. The first load of a district is not listed record by
    record: its snapshot is that list. Personal data: values of people's fields. Removed: with the
    run.
    """

    pk = models.CompositePrimaryKey("district_id", "run_number", "resource", "sourced_id")
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, db_index=False, db_constraint=False
    )
    run_number = models.PositiveIntegerField()
    resource = models.CharField(max_length=20)
    sourced_id = models.TextField(db_collation="C")
    change = models.CharField(max_length=10)  # create, update, abandon, rekey, replace
    label = models.TextField()
    fields = models.JSONField()

    @override
    def __str__(self) -> str:
        return f"{self.change} of {self.resource} in run {self.run_number}"


class PairKind(models.TextChoices):
    """What two ids, or one id twice, leave open."""

    REKEYED = "rekeyed", "One record, it seems, under another id"
    REASSIGNED = "reassigned", "Another person, it seems, under the same id"


class PairVerdict(models.TextChoices):
    """What a person decided about a pair."""

    WAITING = "", "Nobody has decided"
    SAME = "same", "It is the same record"
    DIFFERENT = "different", "They are two"


class IdentityPair(models.Model):
    """Two ids that seem to be one record, or one id that seems to be two people.

    Found by the comparison. The published record stays as it is, and nothing is made under the new
    id, until a person decides. The decision counts until a run has published it: it is about these
    two, not about whoever has these ids later. `was` is the published id, `sourced_id` the
    delivered one; for a reassigned id they are equal.

    Personal data: ids and names of the two. Removed: with the district, when one of the two is
    erased, and `ROLLBOOK_KEEP_DETAILS_DAYS` after the run that published the decision.
    """

    pk = models.CompositePrimaryKey(
        "district_id", "source_number", "resource", "was", "sourced_id", "found_run"
    )
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    source_number = models.PositiveIntegerField()
    resource = models.CharField(max_length=20, db_collation="C")
    was = models.TextField(db_collation="C")
    sourced_id = models.TextField(db_collation="C")
    kind = models.CharField(max_length=12, choices=PairKind)
    evidence = models.TextField()
    confidence = models.CharField(max_length=10)
    label_before = models.TextField()
    label_after = models.TextField()
    found_run = models.PositiveIntegerField(help_text="The first run that met it.")
    run_number = models.PositiveIntegerField(help_text="The latest run that met it.")
    settled_run = models.PositiveIntegerField(
        null=True, help_text="The run that published what was decided; the pair is past."
    )
    verdict = models.CharField(max_length=10, choices=PairVerdict, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        db_table = "runs_identity_pair"
        indexes = (
            # Asked for with every look at a district, beside all that were ever decided.
            models.Index(
                "district_id",
                "source_number",
                name="pair_that_waits",
                condition=models.Q(verdict=PairVerdict.WAITING),
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.kind} id of one of {self.resource} of district {self.district_id}"
