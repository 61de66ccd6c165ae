"""Which table holds which resource."""

from __future__ import annotations

from rollbook.oneroster import Resource
from rollbook.roster import models

MODEL_OF: dict[Resource, type[models.Record]] = {
    Resource.ORGS: models.Org,
    Resource.ACADEMIC_SESSIONS: models.AcademicSession,
    Resource.COURSES: models.Course,
    Resource.CLASSES: models.RosterClass,
    Resource.USERS: models.RosterUser,
    Resource.USER_PROFILES: models.UserProfile,
    Resource.ROLES: models.UserRole,
    Resource.ENROLLMENTS: models.Enrollment,
    Resource.DEMOGRAPHICS: models.Demographics,
}


def table_of(resource: Resource) -> str:
    """Return the name of the PostgreSQL table that holds a resource."""
    return MODEL_OF[resource]._meta.db_table
