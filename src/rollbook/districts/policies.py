"""Row-level security: which rows the web may see, said to PostgreSQL, below the code.

Whoever owns the tables is not bound by it: migrations, workers and commands work as the owner. The
web works as a role of its own, which sees what these policies let it see and, where nobody has
called `session.enter_district`, nothing.

No table is named here but for its exceptions: every table with a column `district_id` is secured.

Source: decision 6. Policies of PostgreSQL that allow are joined by "or".
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction
from psycopg import sql

from rollbook.sqlfiles import read_sql

_DISTRICT = "nullif(current_setting('rollbook.district_id', true), '')::bigint"
_PERSON = "nullif(current_setting('rollbook.person_id', true), '')::bigint"


@dataclass(frozen=True, slots=True)
class Policy:
    """Rows that a command may touch.

    A policy is known by its name: who changes its condition gives it another one, so that it is
    replaced in installations that have it.

    Attributes:
        command: `all`, then it also decides which rows may be written, or `select`.
    """

    name: str
    command: str
    condition: str


_USUAL = (Policy("of_district", "all", f"district_id = {_DISTRICT}"),)

# A person's roles and districts are asked for before a district is chosen. Operators, who are
# Django staff, find every district.
_OWN_DISTRICTS = f"""
    id in (select m.district_id from districts_membership as m where m.person_id = {_PERSON})
    or exists (select from auth_user as u where u.id = {_PERSON} and u.is_staff and u.is_active)
"""  # noqa: S608  nothing in it comes from outside
_OTHERS = {
    "districts_membership": (*_USUAL, Policy("of_person", "select", f"person_id = {_PERSON}")),
    "districts_district": (
        Policy("of_district", "all", f"id = {_DISTRICT}"),
        Policy("of_person", "select", _OWN_DISTRICTS),
    ),
}


def secure_tables() -> None:
    """Give every table with rows of districts its policies. What has them already is left alone."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, leftovers in _unsecured().items():
            name = sql.Identifier(table)
            for policy in leftovers:
                statement = sql.SQL("drop policy {} on {}")
                cursor.execute(statement.format(sql.Identifier(policy), name))
            for wanted in policies_of(table):
                cursor.execute(_create(wanted, name))
            cursor.execute(sql.SQL("alter table {} enable row level security").format(name))


def grant_rights(role: str) -> None:
    """Let the web's role use all tables; which rows of them, the policies say."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_schema()")
        schema, to = sql.Identifier(cursor.fetchone()[0]), sql.Identifier(role)
        cursor.execute(sql.SQL("grant usage on schema {} to {}").format(schema, to))
        cursor.execute(read_sql("rollbook.districts", "own_relations"))
        found = cursor.fetchall()
        tables, sequences = (
            [sql.Identifier(name) for name, is_sequence in found if is_sequence is wanted]
            for wanted in (False, True)
        )
        rights = sql.SQL("grant select, insert, update, delete on table {} to {}")
        cursor.execute(rights.format(sql.SQL(", ").join(tables), to))
        rights = sql.SQL("grant usage, select on sequence {} to {}")
        cursor.execute(rights.format(sql.SQL(", ").join(sequences), to))


def find_unsecured() -> list[str]:
    """Return the tables with rows of districts that lack a policy, or have one too many."""
    return list(_unsecured())


def policies_of(table: str) -> tuple[Policy, ...]:
    """Return the policies that a table with rows of districts is to have."""
    return _OTHERS.get(table, _USUAL)


def _unsecured() -> dict[str, list[str]]:
    """Return the tables that are not as they should be, each with the policies it has now."""
    with connection.cursor() as cursor:
        cursor.execute(read_sql("rollbook.districts", "tables_of_districts"))
        return {
            table: found
            for table, is_on, found in cursor.fetchall()
            if not is_on or {*found} != {policy.name for policy in policies_of(table)}
        }


def _create(policy: Policy, table: sql.Identifier) -> sql.Composed:
    return sql.SQL("create policy {} on {} for {} using ({})").format(
        sql.Identifier(policy.name), table, sql.SQL(policy.command), sql.SQL(policy.condition)
    )
