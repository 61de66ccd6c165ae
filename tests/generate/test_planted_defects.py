"""What is planted is found, and nothing else is."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from tests.generate.packages import files_in

from rollbook.commands.exit_codes import ExitCode
from rollbook.commands.main import run
from rollbook.generate import generate_district
from rollbook.generate.defects import plant_defects
from rollbook.generate.defects.kind import DefectKind
from rollbook.generate.defects.kinds import KINDS, KINDS_WITHOUT_PEOPLE
from rollbook.generate.defects.roster import Roster
from rollbook.generate.draws import chance_of
from rollbook.generate.formats import DistrictPlan, generate_with_defects
from rollbook.oneroster import Resource, Version, resources_of
from rollbook.staging.formats.data import Format
from rollbook.validation.catalogue import rule_of

Place = tuple[str, str, int | None, str | None, str | None, int]
NAMES = ("code", "file", "record", "field", "value", "rows")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("generated") / "package"
    generate_district(out, students=500, seed=1)
    return out


def places_in(text: str) -> Counter[Place]:
    findings = json.loads(text)["findings"]
    return Counter(tuple(finding[name] for name in NAMES) for finding in findings)


def found_in(package: Path, capsys: pytest.CaptureFixture[str]) -> Counter[Place]:
    """Return what the command reports."""
    run(["check", str(package), "--format", "json", "--show-values", "--quiet"])
    return places_in(capsys.readouterr().out)


def test_every_defect_is_found_at_its_record_and_nothing_else(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = plant_defects(package, count=len(KINDS), seed=1, out=tmp_path / "bad")
    places = places_in(expected.read_text(encoding="utf-8"))
    assert {kind.code for kind in KINDS} <= {place[0] for place in places}
    assert found_in(tmp_path / "bad", capsys) == places


def test_every_defect_of_1_2_is_found_at_its_record_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    count = len(KINDS_WITHOUT_PEOPLE)
    expected = generate_with_defects(
        tmp_path / "bad",
        DistrictPlan(students=500, seed=1),
        defects=count,
        to=Format.ONEROSTER_1_2,
    )
    places = places_in(expected.read_text(encoding="utf-8"))
    assert {kind.code for kind in KINDS_WITHOUT_PEOPLE} <= {place[0] for place in places}
    assert found_in(tmp_path / "bad", capsys) == places


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_kinds_for_other_versions_leave_people_alone(kind: DefectKind, package: Path) -> None:
    roster = Roster(package, chance_of(1, "defects"))
    users = [[*row] for row in roster.files[Resource.USERS].rows]
    assert [*kind.plant(roster)]
    is_as_before = users == roster.files[Resource.USERS].rows
    assert is_as_before is (kind in KINDS_WITHOUT_PEOPLE)
    assert not roster.files[Resource.USERS].raw


@pytest.mark.slow
def test_large_district_with_many_defects(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    generate_district(tmp_path / "package", students=20_000, seed=5)
    expected = plant_defects(tmp_path / "package", count=500, seed=5, out=tmp_path / "bad")
    places = places_in(expected.read_text(encoding="utf-8"))
    assert places.total() > 500
    assert found_in(tmp_path / "bad", capsys) == places


def test_every_kind_has_a_name_of_its_own_and_gives_a_known_finding() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert rule_of(kind.code)


def test_every_resource_has_defects() -> None:
    resources = {Resource(kind.code.split(".")[0]) for kind in KINDS}
    assert resources == {*resources_of(Version.V1_1)}


def test_same_seed_plants_the_same(package: Path, tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        plant_defects(package, count=len(KINDS), seed=seed, out=tmp_path / name)
    assert files_in(tmp_path / "a") == files_in(tmp_path / "b") != files_in(tmp_path / "c")
    texts = [(tmp_path / f"{name}.expected.json").read_text() for name in "abc"]
    assert texts[0] == texts[1] != texts[2]


def test_kinds_take_turns(package: Path, tmp_path: Path) -> None:
    expected = plant_defects(package, count=len(KINDS), seed=1, out=tmp_path / "bad")
    findings = json.loads(expected.read_text(encoding="utf-8"))["findings"]
    assert {finding["kind"] for finding in findings} == {kind.name for kind in KINDS}


def test_district_that_is_too_small_is_told(tmp_path: Path) -> None:
    generate_district(tmp_path / "package", students=3, seed=1)
    with pytest.raises(ValueError, match="room for"):
        plant_defects(
            tmp_path / "package", count=500, seed=1, out=tmp_path / "bad", kinds=KINDS[:3]
        )
    assert not (tmp_path / "bad").exists()


def test_command_writes_the_list_beside_the_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "bad.zip"
    line = ["generate", str(out), "--students", "300", "--defects", "20"]
    assert run(line) == ExitCode.OK
    assert "bad.zip.expected.json" in capsys.readouterr().out
    listed = (tmp_path / "bad.zip.expected.json").read_text(encoding="utf-8")
    assert places_in(listed).total() >= 20
