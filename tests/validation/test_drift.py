"""A delivery that differs from the last one as a whole is said to, in one plain finding."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.packages import (
    CLASSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    ORGS,
    USERS,
    Package,
    Style,
    small_district,
)
from tests.stages import Checked, stage
from tests.validation.alterations import Alter, drop, nothing, put_file

from rollbook.diff.compute import compute_change_set
from rollbook.oneroster import Resource
from rollbook.staging.data import Snapshot
from rollbook.validation.catalogue import file_rules
from rollbook.validation.drift import DeliveryShape, find_file_drift, shape_of
from rollbook.validation.problems import find_problems

STUDENTS = 6
PLAIN = Style()
Before = tuple[DeliveryShape, Snapshot]


def rename(resource: Resource, column: str, to: str) -> Alter:
    """Return what gives a column another name."""

    def alter(package: Package) -> None:
        columns = package.columns[resource]
        columns[columns.index(column)] = to
        for row in package.rows[resource]:
            row[to] = row.pop(column, "")

    return alter


def respell(spell: Callable[[str], str]) -> Alter:
    """Return what changes every id of students wherever it is named."""

    def alter(package: Package) -> None:
        for user in package.rows[USERS]:
            user["sourcedId"] = _respelt(user["sourcedId"], spell)
            agents = user.get("agentSourcedIds", "").split(",")
            user["agentSourcedIds"] = ",".join(_respelt(agent, spell) for agent in agents)
        for row in package.rows[DEMOGRAPHICS]:
            row["sourcedId"] = _respelt(row["sourcedId"], spell)
        for row in package.rows[ENROLLMENTS]:
            row["userSourcedId"] = _respelt(row["userSourcedId"], spell)

    return alter


def _respelt(sourced_id: str, spell: Callable[[str], str]) -> str:
    return spell(sourced_id) if "Stu-" in sourced_id or sourced_id.startswith("00") else sourced_id


def district(alter: Alter = nothing) -> Package:
    """Return the small district, students called `00Stu-…`, altered."""
    package = small_district(students=STUDENTS)
    text = {name: [*rows] for name, rows in package.rows.items()}
    for rows in text.values():
        for row in rows:
            for name, value in row.items():
                if name.endswith(("ourcedId", "ourcedIds")):
                    row[name] = value.replace("stu-", "00Stu-")
    alter(package)
    return package


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Before:
    """What the last delivery looked like, and what it published."""
    staged = stage(district(), tmp_path_factory.mktemp("before"))
    valid = find_problems(staged, published=None)
    shape = DeliveryShape.from_json(json.loads(json.dumps(shape_of(staged).as_json())))
    return shape, Checked(valid, compute_change_set(valid)).snapshot()


def drift(
    alter: Alter, before: Before, base: Path, style: Style = PLAIN
) -> dict[str, tuple[str | None, int]]:
    """Return code, example and rows of what is found of drift."""
    shape, snapshot = before
    staged = stage(district(alter), base, style)
    valid = find_problems(staged, published=snapshot, previous=shape)
    found = [judged.finding for judged in valid.findings()]
    return {it.code: (it.value, it.rows) for it in found if ".drift." in it.code}


def test_same_delivery_again_is_no_drift(before: Before, tmp_path: Path) -> None:
    assert drift(nothing, before, tmp_path) == {}


F01 = {
    "{resource}.drift.column_lost": (
        lambda package: package.without_column(USERS, "identifier"),
        {"users.drift.column_lost": (None, 1)},
        lambda package: package.columns[USERS].append("metadata.bus"),
    ),
    "{resource}.drift.column_renamed": (
        rename(USERS, "identifier", "identity"),
        {"users.drift.column_renamed": ("identity", 1)},
        lambda package: package.columns[USERS].append("metadata.identity"),
    ),
    "{resource}.drift.column_respelt": (
        rename(USERS, "identifier", "Identifier"),
        {"users.drift.column_respelt": ("Identifier", 1)},
        lambda package: package.columns[USERS].reverse(),
    ),
    "{resource}.drift.zeros_lost": (
        respell(lambda one: one.lstrip("0")),
        {
            "users.drift.zeros_lost": ("00Stu-1 → Stu-1", 6),
            "demographics.drift.zeros_lost": ("00Stu-1 → Stu-1", 6),
        },
        lambda package: drop(USERS, "par-1", "par-2")(package),
    ),
    "{resource}.drift.zeros_gained": (
        respell(lambda one: "0" + one),
        {
            "users.drift.zeros_gained": ("00Stu-1 → 000Stu-1", 6),
            "demographics.drift.zeros_gained": ("00Stu-1 → 000Stu-1", 6),
        },
        lambda package: [
            package.add(USERS, **{**package.row(USERS, "par-1"), "sourcedId": one, "username": one})
            for one in ("000Stu-1", "000Stu-2")
        ],
    ),
    "{resource}.drift.case_changed": (
        respell(str.upper),
        {
            "users.drift.case_changed": ("00Stu-1 → 00STU-1", 6),
            "demographics.drift.case_changed": ("00Stu-1 → 00STU-1", 6),
        },
        lambda package: [
            user.update(username="X" + user["username"]) for user in package.rows[USERS]
        ],
    ),
    "{resource}.drift.prefix_changed": (
        respell(lambda one: one.replace("00Stu-", "pupil:")),
        {
            "users.drift.prefix_changed": ("00Stu-1 → pupil:1", 6),
            "demographics.drift.prefix_changed": ("00Stu-1 → pupil:1", 6),
        },
        respell(lambda one: one.replace("00Stu-1", "pupil:1")),
    ),
    "{resource}.drift.shape_changed": (
        respell(lambda one: f"b{one[-1]}c4d5e6-1111-4222-8333-a1b2c3d4e5f{one[-1]}"),
        {"demographics.drift.shape_changed": ("b1c4d5e6-1111-4222-8333-a1b2c3d4e5f1", 6)},
        respell(lambda one: one.replace("-", "-77")),
    ),
}


@pytest.mark.parametrize("code", F01)
def test_f01_what_makes_every_row_unknown_is_one_finding(
    code: str, before: Before, tmp_path: Path
) -> None:
    breaks, found, only_looks = F01[code]
    assert drift(breaks, before, tmp_path) == found
    problem = code.rsplit(".", 1)[-1]
    near = drift(only_looks, before, tmp_path)
    assert [one for one in near if one.endswith(problem) and one.startswith("users")] == []


def test_f01_another_encoding_and_another_delimiter_are_drift(
    before: Before, tmp_path: Path
) -> None:
    wide = drift(nothing, before, tmp_path, Style(encoding="cp1252"))
    assert {code.split(".")[-1] for code in wide} == {"encoding_changed"}
    assert wide["users.drift.encoding_changed"] == ("utf-8 → latin-1", 1)
    semicolons = put_file("orgs.csv", "sourcedId;name;type\nd-1;Oak;district\n")
    assert drift(semicolons, before, tmp_path)["orgs.drift.delimiter_changed"] == (", → ;", 1)
    assert drift(nothing, before, tmp_path, Style(bom=True, line_end="\n")) == {}


def test_f01_encodings_that_a_single_quote_tells_apart_are_one(
    before: Before, tmp_path: Path
) -> None:
    shape, snapshot = before
    value = shape.as_json()
    for file in value["files"].values():
        file["encoding"] = "cp1252"
    style = Style(encoding="cp1252")
    found = drift(nothing, (DeliveryShape.from_json(value), snapshot), tmp_path, style)
    assert "users.drift.encoding_changed" not in found


def test_first_accent_of_a_file_is_no_drift(tmp_path: Path) -> None:
    """Until then nothing told which encoding the file is in; a letter that told it counts."""
    plain, accent = small_district(), small_district()
    for row in [row for rows in plain.rows.values() for row in rows]:
        row.update({name: value.encode("ascii", "ignore").decode() for name, value in row.items()})
    accent.row(ORGS, "d-1")["name"] = plain.row(ORGS, "d-1")["name"] + " \u00e9"
    western = Style(encoding="cp1252")
    ways = [(plain, Style()), (accent, western), (plain, western), (accent, Style())]
    shapes = [shape_of(stage(package, tmp_path, style)) for package, style in ways]
    assert [shape.files["orgs.csv"].is_ascii for shape in shapes] == [True, False, True, False]
    assert encoding_drift(accent, western, shapes[0], tmp_path) == []
    assert encoding_drift(plain, western, shapes[3], tmp_path) == []
    assert encoding_drift(accent, western, shapes[3], tmp_path) == ["orgs.drift.encoding_changed"]
    wide = encoding_drift(plain, Style(encoding="utf-16"), shapes[0], tmp_path)
    assert "orgs.drift.encoding_changed" in wide


def encoding_drift(
    package: Package, style: Style, previous: DeliveryShape, base: Path
) -> list[str]:
    staged = stage(package, base, style)
    codes = [finding.code for finding in find_file_drift(staged, previous)]
    return [code for code in codes if code.endswith("encoding_changed") and "orgs" in code]


def test_f01_renamed_column_that_stops_the_run_is_told_once(before: Before, tmp_path: Path) -> None:
    shape, snapshot = before
    staged = stage(district(rename(USERS, "familyName", "familyNames")), tmp_path)
    valid = find_problems(staged, published=snapshot, previous=shape)
    assert [stop.code for stop in valid.stops] == ["users.header.missing"]
    assert not [code for code in valid.finding_counts if ".drift." in code]


@pytest.mark.parametrize(
    ("rows_before", "found"),
    [
        (64, {"enrollments.drift.rows_collapsed": ("64 → 13", 51)}),
        (63, {}),  # fifty fewer are a change of every day
    ],
)
def test_f05_file_with_a_fraction_of_its_rows_is_drift(
    rows_before: int, found: object, before: Before, tmp_path: Path
) -> None:
    shape, snapshot = before
    files = {**shape.files}
    rows = files["enrollments.csv"]
    value = shape.as_json()
    value["files"]["enrollments.csv"]["rows"] = rows_before
    places = [f"00Stu-{number}-cls-{1 + number % 2}2" for number in range(1, 4)]
    earlier = DeliveryShape.from_json(value)
    assert rows.rows == 16
    assert drift(drop(ENROLLMENTS, *places), (earlier, snapshot), tmp_path) == found


def test_f05_half_of_the_rows_is_not_yet_a_collapse(before: Before, tmp_path: Path) -> None:
    shape, snapshot = before
    value = shape.as_json()
    value["files"]["enrollments.csv"]["rows"] = 32
    earlier = DeliveryShape.from_json(value)
    assert drift(nothing, (earlier, snapshot), tmp_path) == {}


def family(number: int) -> Package:
    """Return a district with many people, two of them guardians whose ids are of their family."""
    package = small_district(students=12)
    for place in (1, 2):
        sourced_id = f"g-{number}-{place}"
        package.add(USERS, **{**package.row(USERS, "par-1"), "sourcedId": sourced_id})
    return package


def test_families_who_come_and_go_change_no_prefix(tmp_path: Path) -> None:
    staged = stage(family(17), tmp_path)
    shape = shape_of(staged)
    valid = find_problems(staged, published=None)
    snapshot = Checked(valid, compute_change_set(valid)).snapshot()
    found = find_problems(stage(family(42), tmp_path), published=snapshot, previous=shape)
    assert [code for code in found.finding_counts if ".drift." in code] == []


def test_f05_changes_alone_are_few_and_no_collapse(before: Before, tmp_path: Path) -> None:
    shape, snapshot = before
    value = shape.as_json()
    value["files"]["classes.csv"]["rows"] = 1_000

    def only_changes(package: Package) -> None:
        package.manifest = {"file.classes": "delta"}
        for row in package.rows[CLASSES]:
            row.update(status="active", dateLastModified="2026-08-01T00:00:00.000Z")

    assert drift(only_changes, (DeliveryShape.from_json(value), snapshot), tmp_path) == {}


def test_f05_resource_of_another_format_is_compared_by_its_count(
    before: Before, tmp_path: Path
) -> None:
    shape, snapshot = before
    other = DeliveryShape(shape.files, {**shape.counts, str(ORGS): 500}, format="clever")
    assert drift(nothing, (other, snapshot), tmp_path) == {
        "package.drift.format_changed": ("clever → oneroster-1.1", 1),
        "orgs.drift.rows_collapsed": ("500 → 3", 497),
    }


def test_every_rule_about_drift_is_tested() -> None:
    others = {"encoding_changed", "delimiter_changed", "rows_collapsed", "format_changed"}
    known = {code.rsplit(".", 1)[-1] for code in F01} | others
    assert {rule.problem for rule in file_rules("drift.toml")} == known
