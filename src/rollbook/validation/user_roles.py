"""What a user is and where, as one role and a list of orgs, told from roles of their own."""

from __future__ import annotations

import csv
from importlib.resources import files

import duckdb

from rollbook.oneroster import Resource
from rollbook.sqlfiles import read_sql
from rollbook.staging.data import Mode, StagedRoster

_HERE = "rollbook.validation"


def derive_user_roles(database: duckdb.DuckDBPyConnection, staged: StagedRoster) -> None:
    """Let users whose file leaves role and orgs to roles.csv carry them as all users do.

    The primary role counts at the user's primary org, or at the first; the orgs of the other roles
    follow. In a delta the published roles that it does not mention count too, and users of whom it
    says nothing but a role are users that change.

    Source: OneRoster 1.2 CSV, roles (fact base sections 6, 7 and 10).
    """
    if Resource.ROLES not in staged.files or not staged.leaves_roles_apart:
        return
    database.execute("create or replace table role_crosswalk (role varchar, counts_as varchar)")
    database.executemany("insert into role_crosswalk values (?, ?)", _crosswalk())
    restated = "true" if staged.files[Resource.ROLES].mode is Mode.DELTA else "false"
    database.execute(read_sql(_HERE, "kept_roles_before", is_delta=restated))
    for statement in ("user_places", "user_summaries", "users_with_roles"):
        database.execute(read_sql(_HERE, statement))


def _crosswalk() -> list[tuple[str, str]]:
    """Return each role of version 1.2 with the role of version 1.1 that it counts as."""
    path = files("rollbook.oneroster").joinpath("role_crosswalk.csv")
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return [(row["role_1_2"], row["role_1_1"]) for row in rows]
