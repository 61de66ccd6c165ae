"""The resources of a roster, in the order in which they can be understood."""

from __future__ import annotations

from enum import StrEnum


class Resource(StrEnum):
    """A kind of record, by the standard's own plural name.

    The order is the order of dependency, parents first: whoever reads, checks, compares or writes
    a roster walks it from top to bottom and finds every reference already there.
    """

    ORGS = "orgs"  # stand alone: every other resource belongs to a school or a district
    ACADEMIC_SESSIONS = "academicSessions"  # refer only to one another
    COURSES = "courses"  # belong to an org and a school year
    CLASSES = "classes"  # a course, taught at a school in some terms
    USERS = "users"  # belong to orgs, and to one another as agents
    USER_PROFILES = "userProfiles"  # accounts that a user has in other systems
    ROLES = "roles"  # say what a user is in which org, and may name a profile
    ENROLLMENTS = "enrollments"  # bring a user and a class together
    DEMOGRAPHICS = "demographics"  # describe a user, and share the user's sourcedId

    @property
    def filename(self) -> str:
        """The name of the resource's file in a OneRoster package."""
        return f"{self.value}.csv"

    @property
    def singular(self) -> str:
        """The name of one record: key of a single REST answer and `type` of a reference."""
        return _SINGULAR[self]

    @property
    def is_required(self) -> bool:
        """Whether a complete delivery of any version must bring this file."""
        return self not in (Resource.DEMOGRAPHICS, Resource.USER_PROFILES, Resource.ROLES)


_SINGULAR = {
    Resource.ORGS: "org",
    Resource.ACADEMIC_SESSIONS: "academicSession",
    Resource.COURSES: "course",
    Resource.CLASSES: "class",
    Resource.USERS: "user",
    Resource.USER_PROFILES: "userProfile",
    Resource.ROLES: "role",
    Resource.ENROLLMENTS: "enrollment",
    Resource.DEMOGRAPHICS: "demographics",  # the standard uses the plural for a single one too
}

RESOURCES = tuple(Resource)

FILES_WITHOUT_ROSTER = {
    "categories": "1.1",
    "classResources": "1.1",
    "courseResources": "1.1",
    "lineItems": "1.1",
    "resources": "1.1",
    "results": "1.1",
    "lineItemLearningObjectiveIds": "1.2",
    "lineItemScoreScales": "1.2",
    "resultLearningObjectiveIds": "1.2",
    "resultScoreScales": "1.2",
    "scoreScales": "1.2",
    "userResources": "1.2",
}
"""Files of the standard about grades and learning material, each with its first version.

Source: OneRoster 1.2 CSV, manifest (fact base section 4).
"""
