"""Know an erased person again who comes under a new id, by hashes of what only that person had.

The evidence is that of re-keyed people: a number, an e-mail address, a name with a birth date. It
says nothing when birth dates or kinds of role differ. As nobody is asked here, a number needs a
name that agrees, and an address the given name: families share addresses.

Source: design, "Time travel and forgetting"; decision 9.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import duckdb

from rollbook.history.hashing import hash_sql, hashes_of, paddings
from rollbook.history.rosters import literal
from rollbook.oneroster import Resource
from rollbook.sqlfiles import read_sql
from rollbook.staging.data import Snapshot, StagedRoster
from rollbook.validation.standing import has_rows

_HERE = "rollbook.history"
_FACTS = ("given_name", "family_name", "birth_date", "kind")


def find_traits(database: duckdb.DuckDBPyConnection) -> tuple[frozenset[str], frozenset[str]]:
    """Return what tells who a person is, of `subject_users` and `subject_demographics`.

    Returns:
        The evidence, and the facts that must not contradict it, each as it is hashed.
    """
    _define_keys(
        database, "subject_keys", users="subject_users", demographics="subject_demographics"
    )
    evidence = database.execute("select distinct evidence, key from subject_keys").fetchall()
    facts = [
        (name, value)
        for name in _FACTS
        for (value,) in database.execute(
            f"select distinct {name} from subject_keys where {name} is not null"
        ).fetchall()
    ]
    named = {f"{name}:{value}" for name, value in facts}
    known = {f"has:{name}" for name, _ in facts}
    return frozenset(f"{name}:{key}" for name, key in evidence), frozenset(named | known)


def trait_digests(
    district_id: int, erasure: int, *, evidence: Iterable[str], facts: Iterable[str]
) -> list[str]:
    """Return the hashes by which an erased person is known under another id."""
    texts = [f"evidence:{it}" for it in evidence]
    return hashes_of(district_id, [*texts, *(f"fact:{erasure}:{it}" for it in facts)])


def recognise(
    database: duckdb.DuckDBPyConnection,
    staged: StagedRoster,
    published: Snapshot | None,
    *,
    district_id: int,
) -> list[tuple[str, int]]:
    """Add people of a delivery who are erased ones under new ids to `erased_people`.

    Only ids that are not published are looked at: who is in the roster was not erased.

    Returns:
        Their ids, each with the number of the erasure.
    """
    if not _find_fresh(database, published):
        return []
    demographics = "demographics"
    if Resource.DEMOGRAPHICS not in staged.files:
        demographics = "no_demographics"
        database.execute(
            'create or replace view "no_demographics" as '
            "select null::varchar as sourcedId, null::varchar as birthDate where false"
        )
    for name, users in (("fresh_keys", "fresh_users"), ("keys_of_all", "users")):
        _define_keys(database, name, users=users, demographics=demographics)
    names = {f"is_{name}": hash_sql(text) for name, text in _texts()}
    statement = read_sql(_HERE, "snapshots/recognised_people", **names)
    found: dict[str, int] = {}
    for parameters in paddings(district_id):
        found |= dict(database.execute(statement, parameters).fetchall())
    if found:
        database.executemany("insert into erased_people values (?, ?)", [*found.items()])
    return [*found.items()]


def _texts() -> Iterator[tuple[str, str]]:
    """Yield what is hashed of a row, by name."""
    yield "evidence", "'evidence:' || f.evidence || ':' || f.key"
    for name in _FACTS:
        yield name, f"'fact:' || m.erasure || ':{name}:' || m.{name}"
    yield "birth_date_known", "'fact:' || m.erasure || ':has:birth_date'"


def _find_fresh(database: duckdb.DuckDBPyConnection, published: Snapshot | None) -> bool:
    known = "select null::varchar as sourcedId where false"
    if published and Resource.USERS in published.files:
        known = f"select sourcedId from read_parquet({literal(published.files[Resource.USERS])})"
    database.execute(
        f"create or replace table fresh_users as select u.* from users as u "
        f"anti join ({known}) as p on u.sourcedId = p.sourcedId "
        "anti join erased_people as e on u.sourcedId = e.sourcedId"
    )
    return has_rows(database, "fresh_users")


def _define_keys(
    database: duckdb.DuckDBPyConnection, name: str, *, users: str, demographics: str
) -> None:
    names = {"name": name, "users": users, "demographics": demographics, "moved_only": ""}
    database.execute(read_sql("rollbook.diff", "person_keys", **names))
