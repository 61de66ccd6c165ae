"""Look at records among the others, as the roster will be."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from rollbook.oneroster import RESOURCES, Resource
from rollbook.sqlfiles import read_sql
from rollbook.validation.findings import Findings
from rollbook.validation.rules import CompiledRule, circumstances_of, relation_rules_of
from rollbook.validation.standing import has_rows

_HERE = "rollbook.validation"

# Each from those before it. Rules share them, so that enrollments are gathered once for all.
_FACTS = (
    "lines",
    "roster_year",
    "org_facts",
    "class_terms",
    "session_facts",
    "class_facts",
    "user_facts",
    "families",
    "family_facts",
    "course_facts",
)
_SEEN = (
    Resource.ORGS,
    Resource.ACADEMIC_SESSIONS,
    Resource.COURSES,
    Resource.CLASSES,
    Resource.USERS,
    Resource.ROLES,
    Resource.ENROLLMENTS,
    Resource.DEMOGRAPHICS,
)


def find_relations(
    database: duckdb.DuckDBPyConnection, findings: Findings, resources: Iterable[Resource]
) -> None:
    """Run the rules that need to know the whole roster, on resources of the delivery.

    The views `live_<resource>` must be there. Findings are about rows of the delivery alone.
    """
    gather_facts(database)
    known = {resource for resource in RESOURCES if has_rows(database, f"live_{resource}")}
    for resource in resources:
        rules = [*_runnable(circumstances_of(resource), known)]
        findings.match(resource, rules, source=f"seen_{resource}")
        for rule in _runnable(relation_rules_of(resource), known):
            findings.run(rule)


def gather_facts(database: duckdb.DuckDBPyConnection) -> None:
    """Make the tables and views that the rules share."""
    for resource in (Resource.ORGS, Resource.ACADEMIC_SESSIONS):
        database.execute(read_sql(_HERE, "facts/lines", resource=resource))
    for name in _FACTS[1:]:
        database.execute(read_sql(_HERE, f"facts/{name}"))
    for resource in _SEEN:
        database.execute(read_sql(_HERE, f"facts/seen_{resource}"))


def _runnable(rules: Iterable[CompiledRule], known: set[Resource]) -> list[CompiledRule]:
    return [rule for rule in rules if known.issuperset(rule.needs)]
