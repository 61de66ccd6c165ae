"""Many altered districts in one delivery: a hundred samples are checked at the price of one.

Each is a copy of a small district in which ids, names and numbers are its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.packages import CLASSES, ORGS, USERS, Package, small_district
from tests.stages import Where, stage
from tests.validation.alterations import Alter

from rollbook.oneroster import Kind, Resource, Version, fields_of
from rollbook.validation.catalogue import rules_in
from rollbook.validation.problems import find_problems

_OWN = ("name", "title", "familyName", "username", "identifier", "courseCode")
# These look at the whole delivery.
_TOLD_ONCE = ("users.sourcedId.no_contact", "users.agentSourcedIds.one_way")
_PHASES = ("conditions", "rows", "references", "circumstances", "relations")


def district_1_1() -> Package:
    """Return two schools with a student each."""
    return small_district(students=2)


def district_1_2() -> Package:
    """Return the same in version 1.2: roles in a file of their own, and a profile."""
    package = district_1_1()
    for resource in (*package.rows, Resource.ROLES, Resource.USER_PROFILES):
        package.columns[resource] = [field.name for field in fields_of(resource, Version.V1_2)]
    package.rows[Resource.ROLES] = []
    package.rows[Resource.USER_PROFILES] = []
    package.manifest = {
        "oneroster.version": "1.2",
        "file.roles": "bulk",
        "file.userProfiles": "bulk",
    }
    for user in package.rows[USERS]:
        orgs, role = user.pop("orgSourcedIds").split(","), user.pop("role")
        user["primaryOrgSourcedId"] = orgs[0]
        for org in orgs:
            package.add(
                Resource.ROLES,
                sourcedId=f"{user['sourcedId']}-{org}",
                userSourcedId=user["sourcedId"],
                roleType="primary",
                role=role,
                beginDate="2026-08-17",
                orgSourcedId=org,
            )
    package.add(
        Resource.USER_PROFILES,
        sourcedId="prf-1",
        userSourcedId="tch-1",
        profileType="library",
        vendorId="vendor-1",
        credentialType="password",
        username="tch-1",
    )
    return package


def judge_each(
    alterations: Sequence[Alter], base: Path, make: Callable[[], Package] = district_1_1
) -> list[list[Where]]:
    """Check all in one delivery, and return of each what was found of it by rules about rows."""
    merged, owners = make(), dict[tuple[str, int], tuple[int, int]]()
    merged.rows = {resource: [] for resource in merged.rows}
    for number, alter in enumerate(alterations):
        package = make()
        _make_own(package, number)
        alter(package)
        _prefix_ids(package, number)
        for resource, rows in package.rows.items():
            for record, row in enumerate(rows, start=2):
                merged.rows[resource].append(row)
                place = resource.filename, len(merged.rows[resource]) + 1
                owners[place] = number, record
    found: dict[int, list[Where]] = defaultdict(list)
    valid = find_problems(stage(merged, base), published=None)
    for judged in valid.findings():
        it = judged.finding
        if _is_about_rows(it.code) and it.record:
            number, record = owners[it.file, it.record]
            found[number].append((it.code, record))
    return [found[number] for number in range(len(alterations))]


def _is_about_rows(code: str) -> bool:
    problem = code.rsplit(".", 1)[-1]
    return code not in _TOLD_ONCE and any(
        rule.problem == problem for phase in _PHASES for rule in rules_in(phase)
    )


def _make_own(package: Package, number: int) -> None:
    """Let what tells people and schools apart be this copy's own."""
    for resource, rows in package.rows.items():
        for row in rows:
            for name in _OWN:
                if row.get(name) and resource is not CLASSES:
                    row[name] += f"-{number}" if name == "username" else f" {number}"
            if resource is not ORGS and "@" in row.get("email", ""):
                row["email"] = row["email"].replace("oak", f"oak{number}")
            if "userIds" in row:
                row["userIds"] = row["userIds"].replace(":", f":{number}-")


def _prefix_ids(package: Package, number: int) -> None:
    for resource, rows in package.rows.items():
        for row in rows:
            for field in fields_of(resource):
                if field.kind in (Kind.ID, Kind.REF, Kind.REFS) and row.get(field.name):
                    row[field.name] = ",".join(
                        f"{number}_{one.strip()}" if one.strip() else one
                        for one in row[field.name].split(",")
                    )
