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
from rollbook.generate.defects.kinds import KINDS, DefectKind
from rollbook.staging.data import Workspace
from rollbook.staging.stage import stage_files
from rollbook.validation.catalogue import rule_of
from rollbook.validation.problems import find_problems

Place = tuple[str, str, int | None, str | None, str | None, int]


def has_rule(kind: DefectKind) -> bool:
    try:
        rule_of(kind.code)
    except KeyError:
        return False
    return True


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("generated") / "package"
    generate_district(out, students=500, seed=1)
    return out


def expected_in(path: Path) -> Counter[Place]:
    findings = json.loads(path.read_text(encoding="utf-8"))["findings"]
    names = ("code", "file", "record", "field", "value", "rows")
    return Counter(tuple(finding[name] for name in names) for finding in findings)


def found_in(package: Path, folder: Path) -> Counter[Place]:
    folder.mkdir()
    valid = find_problems(stage_files(package, workspace=Workspace(folder)), published=None)
    return Counter(
        (each.code, each.file, each.record, each.field, each.value, each.rows)
        for each in (judged.finding for judged in valid.findings())
    )


def test_every_defect_is_found_at_its_record_and_nothing_else(
    package: Path, tmp_path: Path
) -> None:
    kinds = [kind for kind in KINDS if has_rule(kind)]
    expected = plant_defects(package, count=60, seed=1, out=tmp_path / "bad", kinds=kinds)
    assert found_in(tmp_path / "bad", tmp_path / "work") == expected_in(expected)


@pytest.mark.slow
@pytest.mark.parametrize("kind", list(filter(has_rule, KINDS)), ids=lambda kind: kind.name)
def test_defect_alone_gives_its_findings(kind: DefectKind, package: Path, tmp_path: Path) -> None:
    expected = plant_defects(package, count=1, seed=4, out=tmp_path / "bad", kinds=[kind])
    places = expected_in(expected)
    assert kind.code in {place[0] for place in places}
    assert found_in(tmp_path / "bad", tmp_path / "work") == places


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
    assert expected_in(tmp_path / "bad.zip.expected.json").total() >= 20
