from __future__ import annotations

from pathlib import Path

import pytest
from tests.generate.packages import Package, generated

from rollbook.generate import generate_district
from rollbook.oneroster import Resource, Version, resources_of


def students_of(package: Package) -> set[str]:
    return {k for k, user in package[Resource.USERS].items() if user["role"] == "student"}


def touched_students(before: Package, after: Package) -> set[str]:
    """Return the students who left, came, or differ in an own row, an enrollment or a guardian."""
    touched = students_of(before) ^ students_of(after)
    for resource in (Resource.USERS, Resource.ENROLLMENTS):
        for sourced_id in before[resource].keys() | after[resource].keys():
            old, new = before[resource].get(sourced_id), after[resource].get(sourced_id)
            if old != new:
                row = new or old or {}
                touched.add(row.get("userSourcedId", sourced_id))
                if old and new and row.get("role") == "parent":
                    touched.update(row["agentSourcedIds"].split(",")[:1])
    return touched & (students_of(before) | students_of(after))


def test_second_day_touches_about_the_asked_share(first_day: Package, second_day: Package) -> None:
    touched = touched_students(first_day, second_day)
    assert 0.007 < len(touched) / 3000 < 0.015


def test_second_day_keeps_nearly_every_row(first_day: Package, second_day: Package) -> None:
    for resource in resources_of(Version.V1_1):
        old, new = first_day[resource], second_day[resource]
        same = sum(old[sourced_id] == new.get(sourced_id) for sourced_id in old)
        assert same > 0.97 * len(old)
        assert len(old.keys() - new.keys()) < 0.01 * len(old)
        assert len(new) == pytest.approx(len(old), rel=0.01)


def test_each_kind_of_change_happens(first_day: Package, second_day: Package) -> None:
    changed = {
        (resource, name)
        for resource in resources_of(Version.V1_1)
        for sourced_id in first_day[resource].keys() & second_day[resource].keys()
        for name, value in first_day[resource][sourced_id].items()
        if value != second_day[resource][sourced_id][name]
    }
    assert changed >= {
        (Resource.USERS, name)
        for name in ("givenName", "familyName", "email", "phone", "grades", "orgSourcedIds")
    }
    assert (Resource.CLASSES, "title") in changed
    assert {resource for resource, _ in changed} == {Resource.USERS, Resource.CLASSES}


def test_who_leaves_takes_all_along(first_day: Package, second_day: Package) -> None:
    left = students_of(first_day) - students_of(second_day)
    gone = first_day[Resource.USERS].keys() - second_day[Resource.USERS].keys()
    assert left
    assert gone - left
    assert (
        left <= first_day[Resource.DEMOGRAPHICS].keys() - second_day[Resource.DEMOGRAPHICS].keys()
    )
    users = {row["userSourcedId"] for row in second_day[Resource.ENROLLMENTS].values()}
    assert not gone & users
    for guardian in gone - left:
        children = first_day[Resource.USERS][guardian]["agentSourcedIds"].split(",")
        assert left >= set(children)


def test_newcomers_begin_on_the_day_they_come(first_day: Package, second_day: Package) -> None:
    came = students_of(second_day) - students_of(first_day)
    dates = {
        row["beginDate"]
        for row in second_day[Resource.ENROLLMENTS].values()
        if row["userSourcedId"] in came
    }
    assert came
    assert dates == {"2026-08-18", "2027-01-04"}


def test_some_classes_get_another_teacher(first_day: Package, second_day: Package) -> None:
    def primaries(package: Package) -> dict[str, str]:
        rows = package[Resource.ENROLLMENTS].values()
        return {r["classSourcedId"]: r["userSourcedId"] for r in rows if r["primary"] == "true"}

    assert 0 < len(primaries(first_day).items() - primaries(second_day).items()) < 20


def test_nobodys_birthday_moves(tmp_path: Path) -> None:
    days = [generated(tmp_path, students=3000, day=day, churn=0.3) for day in (2, 4)]
    first, later = (package[Resource.DEMOGRAPHICS] for package in days)
    both = first.keys() & later.keys()
    assert len(both) > 1000
    assert all(first[student] == later[student] for student in both)


def test_no_org_or_class_is_removed(tmp_path: Path, first_day: Package) -> None:
    later = generated(tmp_path, students=3000, day=12, churn=0.05)
    for resource in (Resource.ORGS, Resource.COURSES, Resource.CLASSES):
        assert later[resource].keys() == first_day[resource].keys()


def test_days_build_on_each_other(tmp_path: Path) -> None:
    days = [generated(tmp_path, students=600, day=day) for day in (1, 2, 3)]
    first_step = touched_students(days[0], days[1])
    assert first_step <= touched_students(days[0], days[2]) | touched_students(days[1], days[2])
    assert len(touched_students(days[1], days[2])) < 12


def test_without_churn_days_are_alike(tmp_path: Path) -> None:
    generate_district(tmp_path / "1.zip", students=200, seed=1, day=1, churn=0)
    generate_district(tmp_path / "8.zip", students=200, seed=1, day=8, churn=0)
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "8.zip").read_bytes()


def test_first_day_does_not_depend_on_churn(tmp_path: Path) -> None:
    generate_district(tmp_path / "a.zip", students=200, seed=1, churn=0.5)
    generate_district(tmp_path / "b.zip", students=200, seed=1, churn=0)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_smallest_churn_still_changes_something(tmp_path: Path) -> None:
    assert generated(tmp_path, students=20) != generated(tmp_path, students=20, day=2)
