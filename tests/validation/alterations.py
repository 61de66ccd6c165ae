"""Alterations of the small district: what breaks a rule, and what only looks as if it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.packages import ENROLLMENTS, Package
from tests.stages import Where

from rollbook.oneroster import Resource

Alter = Callable[[Package], object]


@dataclass(frozen=True)
class Pair:
    """Two alterations of the small district.

    Attributes:
        breaks: Causes exactly `found`, as code and record.
        only_looks: Causes no finding of this rule.
    """

    breaks: Alter
    found: list[Where]
    only_looks: Alter


def put(resource: Resource, sourced_id: str, **values: str) -> Alter:
    """Return what changes values of a row."""
    return lambda package: package.row(resource, sourced_id).update(values)


def add_copy(resource: Resource, like: str, **values: str) -> Alter:
    """Return what adds a row like another."""
    return lambda package: package.add(resource, **{**package.row(resource, like), **values})


def drop(resource: Resource, *sourced_ids: str) -> Alter:
    """Return what leaves rows out."""
    return lambda package: package.drop(resource, *sourced_ids)


def enroll(user: str, roster_class: str, school: str, **values: str) -> Alter:
    """Return what brings a user into a class once more."""
    return lambda package: package.add(
        ENROLLMENTS,
        sourcedId=values.pop("sourcedId", f"new-{user}-{roster_class}"),
        classSourcedId=roster_class,
        schoolSourcedId=school,
        userSourcedId=user,
        **values,
    )


def put_column(resource: Resource, name: str) -> Alter:
    """Return what adds a column."""
    return lambda package: package.columns[resource].append(name)


def put_file(name: str, content: str, encoding: str = "utf-8") -> Alter:
    """Return what writes a file as it stands here."""
    return lambda package: package.raw.update({name: content.encode(encoding)})


def put_manifest(name: str, value: str) -> Alter:
    """Return what changes a property of the manifest."""
    return lambda package: setattr(package, "manifest", {**(package.manifest or {}), name: value})


def all_of(*alterations: Alter) -> Alter:
    """Return what does one thing after the other."""
    return lambda package: [alter(package) for alter in alterations]


def nothing(package: Package) -> None:
    """Leave the package as it is."""
