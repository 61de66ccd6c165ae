"""What there is to ask for: one row for each path, read from `routes.csv`."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from rollbook.oneroster import Resource, Version

ROOTS = {Version.V1_1: "/ims/oneroster/v1p1"}
_SCOPES = {Version.V1_1: "https://purl.imsglobal.org/spec/or/v1p1/scope/"}
_VARIABLE = re.compile(r"\{(\w+)\}")


class Answer(StrEnum):
    """The shape of an answer: a page of records, or one record."""

    COLLECTION = "collection"
    SINGLE = "single"


class Scope(StrEnum):
    """The scope class of a path. Source: fact base section 12, scopes in section 18."""

    CORE = "core"  # the plain collections and their single records
    RELATIONS = "relations"  # collections below another record
    DEMOGRAPHICS = "demographics"


# Any one of them opens the path: whoever may read relations may read the core.
_OPENED_BY = {
    Scope.CORE: ("roster-core.readonly", "roster.readonly"),
    Scope.RELATIONS: ("roster.readonly",),
    Scope.DEMOGRAPHICS: ("roster-demographics.readonly",),
}


@dataclass(frozen=True, slots=True)
class Only:
    """A collection that holds some of a resource: `/students` has users whose role is student."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """One path of one version.

    Attributes:
        path: Below the version's root; `{user}` stands for the percent-encoded id of a record.
        only: Which records of the resource belong here. None: all of them.
        related: Names from `relations.py`, all of which a record must meet. Empty: no relation.
        role: The role that a relation asks for, else empty.
    """

    version: Version
    path: str
    resource: Resource
    answer: Answer
    scope: Scope
    only: Only | None
    related: tuple[str, ...]
    role: str

    @property
    def name(self) -> str:
        """The first word of the path, `students`: what its records are called."""
        return self.path.split("/")[1]

    @property
    def container(self) -> str:
        """The one key at the top of the answer."""
        is_single = self.answer is Answer.SINGLE
        return self.resource.singular if is_single else self.resource.value

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes of which a token must have one."""
        return tuple(_SCOPES[self.version] + name for name in _OPENED_BY[self.scope])

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the ids in the path, in order."""
        return tuple(_VARIABLE.findall(self.path))

    @property
    def pattern(self) -> str:
        """The path as a regular expression with a group for each id.

        Servers hand over paths already decoded, so an id may hold slashes. Relations stand before
        single records in the list of addresses, and a slash at the end of an id is part of it.
        """
        inner = _VARIABLE.sub(lambda match: rf"(?P<{match[1]}>[\s\S]+)", self.path.lstrip("/"))
        return rf"^{inner}\Z" if self.answer is Answer.SINGLE else rf"^{inner}/?\Z"

    def address(self, ids: dict[str, str]) -> str:
        """Return the path from the root of the site, with ids percent-encoded."""
        below = _VARIABLE.sub(lambda match: quote(ids[match[1]], safe=""), self.path)
        return ROOTS[self.version] + below


@cache
def routes_of(version: Version) -> tuple[Route, ...]:
    """Return the routes of a version, longest first: the order to match them in."""
    text = files("rollbook.provider.oneroster").joinpath("routes.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if version in row["versions"].split()]
    routes = [_route(version, row) for row in rows]
    return tuple(sorted(routes, key=lambda route: -route.path.count("/")))


def _route(version: Version, row: dict[str, str]) -> Route:
    return Route(
        version=version,
        path=row["path"],
        resource=Resource(row["resource"]),
        answer=Answer(row["answer"]),
        scope=Scope(row["scope"]),
        only=_only(row["only"]),
        related=tuple(row["related"].split()),
        role=row["role"],
    )


def _only(text: str) -> Only | None:
    column, _, values = text.partition("=")
    return Only(column, tuple(values.split())) if values else None
