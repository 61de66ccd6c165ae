"""The tables of the roster. Written by `apply/` alone, read by `provider/` and the pages.

Every key begins with the district. There are no foreign keys between records: validation has
resolved every reference, and checking each again while ten million rows arrive would cost more
than writing them.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from typing_extensions import override

from rollbook.districts.models import District


def _texts() -> ArrayField:  # type: ignore[type-arg]
    return ArrayField(models.TextField(), default=list)


class Roster(models.Model):
    """The state of one district's roster: a row each, made by its first publish.

    `change_number` is the last number given; records that no later publish touched carry
    `baseline_change_number`, the number of the first load, and have no entry in the change log.
    `counts` maps a resource to its active records; `sources` in it is 2 where several published.
    Personal data: none. Removed: with the district.
    """

    district = models.OneToOneField(District, primary_key=True, on_delete=models.CASCADE)
    change_number = models.BigIntegerField()
    baseline_change_number = models.BigIntegerField()
    published_run = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    counts = models.JSONField(default=dict)

    @override
    def __str__(self) -> str:
        return f"roster of district {self.district_id}"


class Record(models.Model):
    """What every record of a roster has.

    `sourced_id` is the district's own id, raw. `uid` is ours, and never changes. `served_id` is
    what applications know, set at creation and never changed. `change_number` and
    `date_last_modified` are of the publish that last touched the record. `metadata` keeps the
    delivery's extension columns.
    """

    pk = models.CompositePrimaryKey("district_id", "served_id")
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    served_id = models.TextField(db_collation="C")
    sourced_id = models.TextField(db_collation="C")
    uid = models.UUIDField(db_default=models.Func(function="gen_random_uuid"))
    change_number = models.BigIntegerField()
    date_last_modified = models.DateTimeField()
    metadata = models.JSONField(null=True)

    class Meta:
        abstract = True

    @override
    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.uid}"


class Org(Record):
    """A school, a district or a part of one. Personal data: none. Removed: when the SIS drops
    it."""

    name = models.TextField()
    type = models.TextField()
    identifier = models.TextField(null=True)  # noqa: DJ001 - null is "not stated", here and below
    parent_served_id = models.TextField(null=True, db_collation="C")  # noqa: DJ001


class AcademicSession(Record):
    """A school year, semester, term or grading period; `end_date` is not part of it.

    Personal data: none. Removed: when the SIS drops it.
    """

    title = models.TextField()
    type = models.TextField()
    start_date = models.DateField()
    end_date = models.DateField()
    parent_served_id = models.TextField(null=True, db_collation="C")  # noqa: DJ001
    school_year = models.TextField()

    class Meta:
        db_table = "roster_academic_session"


class Course(Record):
    """What is taught. Personal data: none. Removed: when the SIS drops it."""

    school_year_served_id = models.TextField(null=True, db_collation="C")  # noqa: DJ001
    title = models.TextField()
    course_code = models.TextField(null=True)  # noqa: DJ001
    grades = _texts()
    org_served_id = models.TextField(db_collation="C")
    subjects = _texts()
    subject_codes = _texts()


class RosterClass(Record):
    """A course taught at a school in some terms. Personal data: a title may name a teacher.

    Removed: when the SIS drops it.
    """

    title = models.TextField()
    grades = _texts()
    course_served_id = models.TextField(db_collation="C")
    class_code = models.TextField(null=True)  # noqa: DJ001
    class_type = models.TextField()
    location = models.TextField(null=True)  # noqa: DJ001
    school_served_id = models.TextField(db_collation="C")
    term_served_ids = ArrayField(models.TextField(db_collation="C"), default=list)
    subjects = _texts()
    subject_codes = _texts()
    periods = _texts()

    class Meta:
        db_table = "roster_class"
        indexes = (
            models.Index("district_id", "school_served_id", "served_id", name="class_by_school"),
        )


class RosterUser(Record):
    """A student, a parent or one of the staff.

    Personal data: names, ids, e-mail, phones, who is whose parent; for rostering. Removed: when
    the SIS drops the person.
    """

    enabled_user = models.BooleanField()
    org_served_ids = ArrayField(models.TextField(db_collation="C"), default=list)
    role = models.TextField()
    username = models.TextField()
    user_ids = _texts()  # each "type:identifier"
    given_name = models.TextField()
    family_name = models.TextField()
    middle_name = models.TextField(null=True)  # noqa: DJ001
    identifier = models.TextField(null=True)  # noqa: DJ001
    email = models.TextField(null=True)  # noqa: DJ001
    sms = models.TextField(null=True)  # noqa: DJ001
    phone = models.TextField(null=True)  # noqa: DJ001
    agent_served_ids = ArrayField(models.TextField(db_collation="C"), default=list)
    grades = _texts()
    user_master_identifier = models.TextField(null=True)  # noqa: DJ001
    preferred_given_name = models.TextField(null=True)  # noqa: DJ001
    preferred_middle_name = models.TextField(null=True)  # noqa: DJ001
    preferred_family_name = models.TextField(null=True)  # noqa: DJ001
    primary_org_served_id = models.TextField(null=True, db_collation="C")  # noqa: DJ001
    pronouns = models.TextField(null=True)  # noqa: DJ001

    class Meta:
        db_table = "roster_user"


class UserProfile(Record):
    """An account that a user has in another system, without its password.

    Personal data: a user name; for applications that must know the account. Removed: when the SIS
    drops it.
    """

    user_served_id = models.TextField(db_collation="C")
    profile_type = models.TextField()
    vendor_id = models.TextField()
    application_id = models.TextField(null=True)  # noqa: DJ001
    description = models.TextField(null=True)  # noqa: DJ001
    credential_type = models.TextField()
    username = models.TextField()

    class Meta:
        db_table = "roster_user_profile"


class UserRole(Record):
    """What a user is in one org, where the delivery says it for each org apart.

    Personal data: who is what where. Removed: when the SIS drops it.
    """

    user_served_id = models.TextField(db_collation="C")
    role_type = models.TextField()
    role = models.TextField()
    begin_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    org_served_id = models.TextField(db_collation="C")
    user_profile_served_id = models.TextField(null=True, db_collation="C")  # noqa: DJ001

    class Meta:
        db_table = "roster_user_role"


class UserOrg(models.Model):
    """A user's place in one org, taken out of `RosterUser.org_served_ids` so that a school finds
    its people.

    Personal data: who is where. Removed: with the user or the place.
    """

    pk = models.CompositePrimaryKey("district_id", "org_served_id", "role", "user_served_id")
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    org_served_id = models.TextField(db_collation="C")
    role = models.TextField(db_collation="C")
    user_served_id = models.TextField(db_collation="C")

    class Meta:
        db_table = "roster_user_org"

    @override
    def __str__(self) -> str:
        return f"{self.role} at {self.org_served_id}"


class Enrollment(Record):
    """A user in a class. Personal data: who learns what with whom. Removed: when the SIS drops
    it."""

    class_served_id = models.TextField(db_collation="C")
    school_served_id = models.TextField(db_collation="C")
    user_served_id = models.TextField(db_collation="C")
    role = models.TextField()
    primary = models.BooleanField(null=True)
    begin_date = models.DateField(null=True)
    end_date = models.DateField(null=True)

    class Meta:
        indexes = (
            # Without the record's own id, PostgreSQL keeps equal keys once: a seventh of the size.
            models.Index("district_id", "class_served_id", name="enrollment_of_class"),
            models.Index("district_id", "user_served_id", name="enrollment_of_user"),
        )


class Demographics(Record):
    """Sensitive facts about one user, whose served id it shares.

    Personal data: birth date, sex, race, place of birth; only where a district sends them.
    Removed: when the SIS drops the record.
    """

    birth_date = models.DateField(null=True)
    sex = models.TextField(null=True)  # noqa: DJ001
    american_indian_or_alaska_native = models.BooleanField(null=True)
    asian = models.BooleanField(null=True)
    black_or_african_american = models.BooleanField(null=True)
    native_hawaiian_or_other_pacific_islander = models.BooleanField(null=True)
    white = models.BooleanField(null=True)
    demographic_race_two_or_more_races = models.BooleanField(null=True)
    hispanic_or_latino_ethnicity = models.BooleanField(null=True)
    country_of_birth_code = models.TextField(null=True)  # noqa: DJ001
    state_of_birth_abbreviation = models.TextField(null=True)  # noqa: DJ001
    city_of_birth = models.TextField(null=True)  # noqa: DJ001
    public_school_residence_status = models.TextField(null=True)  # noqa: DJ001


class Tombstone(models.Model):
    """A record that was removed, as it last was, so that applications learn of it and it can
    return.

    `record` is the removed row, column by column. Personal data: that of the removed record.
    Removed: when the record returns, or with the district; of people all but ids after
    `ROLLBOOK_KEEP_TOMBSTONES_DAYS`, or when the person is erased.
    """

    pk = models.CompositePrimaryKey("district_id", "resource", "served_id")
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    resource = models.CharField(max_length=20, db_collation="C")
    served_id = models.TextField(db_collation="C")
    change_number = models.BigIntegerField()
    removed_at = models.DateTimeField()
    record = models.JSONField()

    @override
    def __str__(self) -> str:
        return f"tombstone of one of {self.resource}"


class StaleRecord(models.Model):
    """A published record that stays as it is because the newest row for it could not be used.

    Personal data: an id. Removed: as soon as a usable row arrives, or the record goes.
    """

    pk = models.CompositePrimaryKey("district_id", "resource", "served_id")
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    resource = models.CharField(max_length=20, db_collation="C")
    served_id = models.TextField(db_collation="C")
    source_number = models.PositiveIntegerField(default=1)
    stale_since = models.DateTimeField()

    class Meta:
        db_table = "roster_stale_record"

    @override
    def __str__(self) -> str:
        return f"stale record of {self.resource}"


class ChangeLogEntry(models.Model):
    """The last change of one record after the first load: "everything since 812" is one indexed
    read.

    Personal data: an id. Removed: when a later change of the same record takes its place.
    """

    pk = models.CompositePrimaryKey("district_id", "change_number", "resource", "served_id")
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    change_number = models.BigIntegerField()
    resource = models.CharField(max_length=20, db_collation="C")
    served_id = models.TextField(db_collation="C")

    class Meta:
        db_table = "roster_change_log"

    @override
    def __str__(self) -> str:
        return f"change {self.change_number} of one of {self.resource}"
