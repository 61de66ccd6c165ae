"""What a source may bring and remove: kinds of record, and schools."""

from __future__ import annotations

from tests.naive.records import Record, Source, named_ids
from tests.packages import Row

from rollbook.oneroster import Resource, Version, fields_of

_FAMILY = ("parent", "guardian", "relative")
_ROLES = next(it.values for it in fields_of(Resource.USERS, Version.V1_1) if it.name == "role")
_SCHOOL = {
    Resource.ORGS: "sourcedId",
    Resource.COURSES: "orgSourcedId",
    Resource.CLASSES: "schoolSourcedId",
    Resource.USERS: "orgSourcedIds",
    Resource.ENROLLMENTS: "schoolSourcedId",
}


def kind_of_role(role: str) -> str:
    """Return the kind of people to which a role belongs."""
    if role == "student":
        return "students"
    if role == "teacher":
        return "teachers"
    return "contacts" if role in _FAMILY else "staff"


def owns_row(source: Source, resource: Resource, row: Row) -> bool:
    """Say whether a source may bring a row; a role that is no word is for the rules to find."""
    if resource is Resource.USERS and row.get("role") not in _ROLES:
        return True
    kind = kind_of_role(row.get("role", "")) if resource is Resource.USERS else resource.value
    if source.owns and kind not in source.owns:
        return False
    if not source.schools or resource not in _SCHOOL:
        return True
    return bool({*named_ids(row, _SCHOOL[resource])} & {*source.schools})


def owns_record(source: Source, record: Record) -> bool:
    """Say whether what a source has published is still its own to change and remove."""
    resource = record.resource
    kind = kind_of_role(record.text("role")) if resource is Resource.USERS else resource.value
    if source.owns and kind not in source.owns:
        return False
    if not source.schools or resource not in _SCHOOL:
        return True
    if resource is Resource.ORGS:
        return record.sourced_id in source.schools
    return any(org.sourced_id in source.schools for org in record.targets(_SCHOOL[resource]))
