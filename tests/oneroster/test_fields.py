from __future__ import annotations

import pytest

from rollbook.oneroster import RESOURCES, Kind, Resource, fields_of


def test_resources_stand_after_what_they_refer_to() -> None:
    for place, resource in enumerate(RESOURCES):
        for field in fields_of(resource):
            if field.refers_to:
                assert RESOURCES.index(field.refers_to) <= place


@pytest.mark.parametrize("resource", RESOURCES)
def test_fields_hang_together(resource: Resource) -> None:
    fields = fields_of(resource)
    assert [field.name for field in fields[:3]] == ["sourcedId", "status", "dateLastModified"]
    assert [field.kind for field in fields if field.kind is Kind.ID] == [Kind.ID]
    for field in fields:
        assert bool(field.values) == (field.kind is Kind.ENUM)
        assert (field.refers_to is not None) == (
            field.kind in (Kind.REF, Kind.REFS)
            or (resource is Resource.DEMOGRAPHICS and field.kind is Kind.ID)
        )
        assert field.is_kept == (field.name not in ("status", "dateLastModified", "password"))
    assert len({field.column for field in fields}) == len(fields)


@pytest.mark.parametrize(
    ("resource", "name", "column"),
    [
        (Resource.USERS, "sourcedId", "sourced_id"),
        (Resource.USERS, "orgSourcedIds", "org_served_ids"),
        (Resource.USERS, "sms", "sms"),
        (Resource.COURSES, "schoolYearSourcedId", "school_year_served_id"),
        (Resource.DEMOGRAPHICS, "americanIndianOrAlaskaNative", "american_indian_or_alaska_native"),
    ],
)
def test_columns_are_spelt_in_the_roster(resource: Resource, name: str, column: str) -> None:
    assert {field.name: field.column for field in fields_of(resource)}[name] == column
