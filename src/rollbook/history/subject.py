"""Who is to be erased: the ids a person has had in every source, and what else tells who it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from django.db.models import Q

from rollbook.filestore import fetch_file
from rollbook.history.errors import HistoryError
from rollbook.history.recognising import find_traits
from rollbook.history.rosters import IDENTITIES, columns_of, union_of
from rollbook.oneroster import Resource
from rollbook.roster.connection import open_cursor
from rollbook.runs.models import IdentityPair, PairVerdict, SyncRun
from rollbook.sources.models import Source
from rollbook.sqlfiles import read_sql

_HERE = "rollbook.history"
_SHORTEST_TERM = 5  # letters; less stands in too many places to say who is meant
_SHORTEST_NUMBER = 9  # digits
_TELLING = ("email", "sms", "phone", "username", "identifier", "userMasterIdentifier")
_NAMES = (("givenName", "familyName"), ("preferredGivenName", "preferredFamilyName"))


@dataclass(frozen=True, slots=True)
class Subject:
    """A person in all that is stored.

    Attributes:
        served: The ids under which the person is or was served, most often one.
        ids: For each source the ids that its files have for the person.
        terms: What only this person has, in small letters: e-mail, phone, numbers, the whole name.
        evidence: By what only this person has one would know the person under another id.
        facts: What must not contradict that: names, birth dates, kinds of role.
        is_known: Whether a run has ever published the person. If not, the id alone is known.
    """

    served: frozenset[str]
    ids: Mapping[int, frozenset[str]] = field(default_factory=dict)
    terms: frozenset[str] = frozenset()
    evidence: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    is_known: bool = True

    @property
    def pattern(self) -> str:
        """A regular expression, for texts in small letters, of the terms as words of their own."""
        return pattern_of(self.terms)

    @property
    def every_id(self) -> frozenset[str]:
        """All ids of the person, whatever the source."""
        return self.served.union(*self.ids.values())

    def of(self, source: int) -> frozenset[str]:
        """Return the ids that files of a source may have for the person."""
        return self.ids.get(source, frozenset())


def find_subject(district_id: int, person_id: str, folder: Path) -> Subject:
    """Find a person by sourced id, served id or uid: in the roster, among those who left, in every
    snapshot; one whom no run has ever published, by the id alone.

    Raises:
        HistoryError: Two people have had this id, or one of the person's ids is, or was, another's.
    """
    uids = _find_served(district_id, person_id)
    served = set(uids)
    runs = SyncRun.objects.filter(district_id=district_id).exclude(snapshot={})
    snapshots = [*runs.values_list("snapshot", flat=True)]
    with duckdb.connect() as database:
        people = _people(database, snapshots, folder)
        if not served:
            rows = database.execute(
                f"select distinct servedId from ({people}) where sourcedId = $id or servedId = $id",
                {"id": person_id},
            ).fetchall()
            served = {row[0] for row in rows}
        if len(served) > 1:
            named = ", ".join(sorted(uids.values()) or sorted(served))
            raise HistoryError(
                f"{len(served)} people have had the id you gave, one after the other or in "
                f"different sources. Name the one by another id: {named}."
            )
        if not served:
            sources = Source.objects.filter(district=district_id).values_list("number", flat=True)
            alone = frozenset([person_id])
            _refuse_undecided_ids(district_id, dict.fromkeys(sources, alone))
            return Subject(alone, dict.fromkeys(sources, alone), is_known=False)
        database.execute(
            f"create table subject_users as "
            f"select * from ({people}) where list_contains($served, servedId)",
            {"served": [*served]},
        )
        _describe(database, snapshots, folder)
        evidence, facts = find_traits(database)
        result = database.execute("from subject_users")
        names = [column[0] for column in result.description or ()]
        records = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        ids: dict[int, set[str]] = {}
        for record in records:
            ids.setdefault(record["source"], set()).add(record["sourcedId"])
        _refuse_shared_ids(database, people, served, ids)
    _refuse_undecided_ids(district_id, ids)
    return Subject(
        frozenset(served),
        {source: frozenset(found) for source, found in ids.items()},
        _only_theirs(district_id, served, terms_of(records)),
        evidence - _ask(district_id, "shared_evidence", served=served, evidence=evidence),
        facts,
    )


def _refuse_shared_ids(
    database: duckdb.DuckDBPyConnection,
    people: str,
    served: set[str],
    ids: Mapping[int, set[str]],
) -> None:
    """Refuse where files say an id and may mean somebody else by it.

    Raises:
        HistoryError: An id of the person is, or was, another's.
    """
    own = [f"{source}:{it}" for source, found in ids.items() for it in found]
    row = database.execute(
        f"select 1 from ({people}) where list_contains($own, source || ':' || sourcedId) "
        "and not list_contains($served, servedId) limit 1",
        {"own": own, "served": [*served]},
    ).fetchone()
    if row:
        raise HistoryError(
            "An id of this person is, or was, somebody else's, and in stored files the id alone "
            "does not tell the two apart: the other would be erased, too. So nothing was changed. "
            "Whoever runs this installation can shorten how long deliveries and snapshots are "
            "kept, and ask again when those of the time before the id changed hands are gone."
        )


def _refuse_undecided_ids(district_id: int, ids: Mapping[int, Collection[str]]) -> None:
    """Refuse while nobody has said which ids are this person's.

    Raises:
        HistoryError: An id waits for a decision.
    """
    waiting = IdentityPair.objects.filter(
        district=district_id, verdict=PairVerdict.WAITING, settled_run=None
    )
    if any(
        waiting.filter(Q(was__in=found) | Q(sourced_id__in=found), source_number=source).exists()
        for source, found in ids.items()
    ):
        raise HistoryError(
            "It waits for a decision whether an id of this person changed, or is somebody else's "
            "now, so nothing was changed. An owner or a data manager decides first (page Ids to "
            "decide, `rollbook ids`); then ask again."
        )


def pattern_of(terms: Iterable[str]) -> str:
    """Return a regular expression that PostgreSQL and DuckDB both read; without terms, of nothing.

    A user name `stu-1` is no mention where `stu-10` stands.
    """
    words = "|".join(re.escape(term) for term in sorted(terms))
    return rf"(^|[^\w.@-])({words})($|[^\w.@-])" if words else "\x01"


def terms_of(records: Iterable[Mapping[str, str | None]]) -> frozenset[str]:
    """Return what in a person's records tells who it is, in small letters."""
    terms: set[str] = set()
    for record in records:
        terms.update(record.get(name) or "" for name in _TELLING)
        terms.update(it.strip("{} ").partition(":")[2] for it in _listed(record.get("userIds")))
        for given, family in _NAMES:
            if record.get(given) and record.get(family):
                first, last = (record.get(given) or "").strip(), (record.get(family) or "").strip()
                terms |= {f"{first} {last}", f"{last}, {first}", f"{last} {first}"}
    return frozenset(it for term in terms if _is_telling(it := term.strip().casefold()))


def _is_telling(term: str) -> bool:
    """Whether a text can be looked for anywhere; a short number means many things."""
    return len(term) >= (_SHORTEST_NUMBER if term.isdigit() else _SHORTEST_TERM)


def _listed(text: str | None) -> list[str]:
    return text.split(",") if text else []


def _find_served(district_id: int, person_id: str) -> dict[str, str]:
    """Return the served ids of people who have this id, each with what to tell them apart by."""
    with open_cursor() as cursor:
        cursor.execute(read_sql(_HERE, "find_served"), {"district": district_id, "id": person_id})
        return {served: f"{uid} ({where})" for served, uid, where in cursor.fetchall()}


def _people(
    database: duckdb.DuckDBPyConnection,
    snapshots: Iterable[Mapping[str, Mapping[str, str]]],
    folder: Path,
) -> str:
    """Return the select of everybody in all snapshots; files that runs share are read once."""
    pairs = dict.fromkeys(
        (int(source), keys[Resource.USERS], keys.get(IDENTITIES))
        for snapshot in snapshots
        for source, keys in snapshot.items()
        if Resource.USERS in keys
    )
    selects = []
    for place, (source, users, identities) in enumerate(pairs):
        path = fetch_file(users, into=folder / f"users-{place}.parquet")
        rows = union_of({source: path}, columns_of(Resource.USERS), database)
        if identities is None:
            selects.append(f"select *, sourcedId as servedId from ({rows})")
            continue
        notes = fetch_file(identities, into=folder / f"identities-{place}.parquet")
        known = union_of({source: notes}, ("resource", "sourcedId", "servedId"), database)
        selects.append(
            f"select u.*, coalesce(i.servedId, u.sourcedId) as servedId from ({rows}) as u "
            f"left join ({known}) as i on i.resource = 'users' and u.sourcedId = i.sourcedId"
        )
    empty = union_of({}, columns_of(Resource.USERS), database)
    return " union all ".join(selects) or f"select *, sourcedId as servedId from ({empty})"


def _only_theirs(district_id: int, served: set[str], terms: frozenset[str]) -> frozenset[str]:
    """Leave out what another person of today's roster has too: a family's address, for one."""
    return terms - _ask(district_id, "shared_terms", served=served, terms=terms)


def _ask(district_id: int, name: str, **lists: Iterable[str]) -> set[str]:
    with open_cursor() as cursor:
        cursor.execute(
            read_sql(_HERE, name),
            {"district": district_id, **{key: [*values] for key, values in lists.items()}},
        )
        return {row[0] for row in cursor.fetchall()}


def _describe(
    database: duckdb.DuckDBPyConnection,
    snapshots: Iterable[Mapping[str, Mapping[str, str]]],
    folder: Path,
) -> None:
    """Make the table of the demographics that all snapshots have of `subject_users`."""
    pairs = dict.fromkeys(
        (int(source), keys[Resource.DEMOGRAPHICS])
        for snapshot in snapshots
        for source, keys in snapshot.items()
        if Resource.DEMOGRAPHICS in keys
    )
    columns = columns_of(Resource.DEMOGRAPHICS)
    database.execute(
        f"create table subject_demographics as from ({union_of({}, columns, database)})"
    )
    for place, (source, key) in enumerate(pairs):
        path = fetch_file(key, into=folder / f"demographics-{place}.parquet")
        database.execute(
            f"insert into subject_demographics by name "
            f"select d.* from ({union_of({source: path}, columns, database)}) as d "
            "semi join subject_users as u on d.source = u.source and d.sourcedId = u.sourcedId"
        )
