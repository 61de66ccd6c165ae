"""Chains of deliveries drawn from a seed: what happens each night, what goes wrong, who decides."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.naive.mishaps import MISHAPS
from tests.naive.records import Delivery, Source
from tests.naive.sis import EVENTS, FAMILY, GIVEN, Sis
from tests.packages import (
    DEMOGRAPHICS,
    ENROLLMENTS,
    ORGS,
    USERS,
    Package,
    empty_package,
    small_district,
)

from rollbook.oneroster import Resource, Version, resources_of

CHANGED_AT = "2026-10-05T06:00:00.000Z"
_RARE = {"move_terms_on": 0.3, "spell_ids_otherwise": 0.7, "swap_ids": 0.5}


@dataclass(frozen=True)
class Night:
    """One delivery of a chain.

    Attributes:
        events: What happened since the last one in the source's system, with a seed each.
        mishaps: What went wrong with this export alone.
        days: How many days passed.
        verdict_seed: By what chance pairs are decided afterwards.
    """

    source: int
    events: tuple[tuple[str, int], ...]
    mishaps: tuple[tuple[str, int], ...]
    days: int = 1
    is_delta: bool = False
    removals_wait: bool = False
    verdict_seed: int = 0


@dataclass(frozen=True)
class Chain:
    """A district and its nights."""

    seed: int
    second: str  # another source: "", "contacts" or "school"
    grace_days: int
    nights: tuple[Night, ...]


@dataclass(frozen=True)
class Export:
    """What a night sends: to the product as files, to the model as rows."""

    night: Night
    source: Source
    package: Package
    delivery: Delivery


def draw_chain(seed: int) -> Chain:
    """Draw a chain of three to six deliveries."""
    chance = Random(seed)
    second = chance.choice(["", "", "contacts", "school"])
    first = [Night(1, (), ())] + ([Night(2, (), ())] if second else [])
    nights = [
        _draw_night(chance, 2 if second and chance.random() < 0.4 else 1)
        for _ in range(chance.randint(2, 5))
    ]
    return Chain(seed, second, chance.choice([0, 0, 0, 2, 5]), (*first, *nights))


def _draw_night(chance: Random, source: int) -> Night:
    weights = [_RARE.get(name, 1.0) for name in EVENTS]
    events = chance.choices([*EVENTS], weights, k=chance.randint(1, 4))
    mishaps = chance.choices([*MISHAPS], k=chance.choice([0, 0, 1, 1, 2]))
    return Night(
        source,
        tuple((name, chance.randint(0, 9999)) for name in events),
        tuple((name, chance.randint(0, 9999)) for name in mishaps),
        days=chance.randint(1, 3),
        is_delta=chance.random() < 0.25,
        removals_wait=chance.random() < 0.1,
        verdict_seed=chance.randint(0, 9999),
    )


def exports_of(chain: Chain) -> list[Export]:
    """Return what a chain's sources send, night after night."""
    sources, systems = set_up(chain)
    sent: dict[int, Package] = {}
    exports = []
    for night in chain.nights:
        sis = systems[night.source]
        for name, seed in night.events:
            EVENTS[name](sis, Random(seed), str(seed))
        package = sis.package.copy()
        deltas: frozenset[Resource] = frozenset()
        if night.is_delta and night.source in sent:
            delta = changes_between(sent[night.source], package)
            if delta.rows:
                package, deltas = delta, frozenset(delta.rows)
        sent[night.source] = sis.package.copy()
        _go_wrong(package, night, has_no_demographics=bool(deltas))
        exports.append(Export(night, sources[night.source], package, _read(package, deltas)))
    return exports


def _go_wrong(package: Package, night: Night, *, has_no_demographics: bool) -> None:
    for name, seed in night.mishaps:
        if not (has_no_demographics and name == "file_is_left_out"):
            MISHAPS[name](package, Random(seed))


def _read(package: Package, deltas: frozenset[Resource]) -> Delivery:
    unreadable = frozenset(
        resource
        for resource, rows in package.rows.items()
        if any(not row["sourcedId"] for row in rows)
    )
    return Delivery(package.rows, deltas, unreadable)


def set_up(chain: Chain) -> tuple[dict[int, Source], dict[int, Sis]]:
    """Return the sources of a chain and their systems on the first day."""
    chance = Random(chain.seed)
    sources = {1: Source(1)}
    systems = {1: Sis(district_with_evidence(chance))}
    if chain.second == "contacts":
        sources[2] = Source(2, owns=("contacts",))
        systems[2] = Sis(_contacts(chance, systems[1].package))
    elif chain.second == "school":
        sources[2] = Source(2, schools=("d-9", "sch-9") if chance.random() < 0.5 else ())
        systems[2] = Sis(_another_school(chance))
    return sources, systems


def district_with_evidence(chance: Random, students: int = 4) -> Package:
    """Return the small district, with people who are known by this and that."""
    package = small_district(students=students)
    sis = Sis(package)
    sis.rename(Resource.ACADEMIC_SESSIONS, "ay", "ay-1")
    for number, user in enumerate(package.rows[USERS]):
        user["givenName"] = GIVEN[number % len(GIVEN)]
        user["familyName"] = f"{chance.choice(FAMILY)} {number}"
        user["email"] = chance.choice(["", f"{user['username']}@oak.example"])
        for name in ("identifier", "userIds"):
            user[name] = chance.choice(["", user.get(name, "")])
        user.setdefault("agentSourcedIds", "")
    for number, row in enumerate(package.rows[DEMOGRAPHICS]):
        row["birthDate"] = chance.choice(["", f"2018-02-{10 + number}", f"2018-02-{10 + number}"])
    if chance.random() < 0.5:
        for user in sis.people("student"):
            sis.rename(USERS, user["sourcedId"], f"00{user['sourcedId'][4:]}7")
    return package


def _contacts(chance: Random, district: Package) -> Package:
    """Return guardians of the district's students, some under ids that the district has, too."""
    package = empty_package()
    students = [row["sourcedId"] for row in district.rows[USERS] if row["role"] == "student"]
    for number, student in enumerate(students):
        sourced_id = chance.choice([f"par-{number + 1}", f"con-{number + 1}", student])
        package.add(
            USERS,
            sourcedId=sourced_id,
            enabledUser="true",
            orgSourcedIds="sch-1",
            role="guardian",
            username=f"con-{number}",
            givenName=chance.choice(GIVEN),
            familyName=f"{chance.choice(FAMILY)} c{number}",
            email=chance.choice(["", f"con-{number}@home.example"]),
            agentSourcedIds=student,
        )
    package.rows = {USERS: package.rows[USERS]}
    return package


def _another_school(chance: Random) -> Package:
    """Return a school of its own, whose people have ids that the district has given, too."""
    package = district_with_evidence(chance, students=2)
    sis = Sis(package)
    for old, new in (("d-1", "d-9"), ("sch-1", "sch-9")):
        sis.rename(ORGS, old, new)
    package.drop(ORGS, "sch-2")
    for rows in package.rows.values():
        for row in rows:
            for name in ("orgSourcedIds", "schoolSourcedId"):
                if "sch-" in row.get(name, ""):
                    row[name] = "sch-9"
    for row in package.rows[USERS]:
        row["username"] = f"other-{row['username']}"
        row["familyName"] = f"{row['familyName']} b"
        for name in ("email", "identifier", "userIds"):
            row[name] = row[name] and row[name].replace(":", ":b").replace("@", ".b@")
    for row in package.rows[ENROLLMENTS]:
        row["sourcedId"] = chance.choice([row["sourcedId"], f"b-{row['sourcedId']}"])
    return package


def changes_between(before: Package, after: Package) -> Package:
    """Return a delta that leads from one export to the next."""
    delta = Package({}, after.columns, manifest={})
    for resource in resources_of(Version.V1_1):
        old = {row["sourcedId"]: row for row in before.rows.get(resource, [])}
        new = {row["sourcedId"]: row for row in after.rows.get(resource, [])}
        rows = [
            {**row, "status": "active", "dateLastModified": CHANGED_AT}
            for sourced_id, row in new.items()
            if row != old.get(sourced_id)
        ] + [
            {**row, "status": "tobedeleted", "dateLastModified": CHANGED_AT}
            for sourced_id, row in old.items()
            if sourced_id not in new
        ]
        if rows:
            delta.rows[resource] = rows
    assert delta.manifest is not None
    delta.manifest |= {f"file.{name}": "delta" for name in delta.rows}
    return delta
