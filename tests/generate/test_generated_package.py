from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.generate.packages import files_in, rows_in

from rollbook.generate import expected_rows, generate_district
from rollbook.oneroster import Resource, Version, fields_of, resources_of

ALL_FILES = {"manifest.csv", *(resource.filename for resource in resources_of(Version.V1_1))}


def test_same_arguments_give_same_bytes_in_another_process(tmp_path: Path) -> None:
    generate_district(tmp_path / "here.zip", students=60, seed=3, day=3, churn=0.1)
    script = (
        "from pathlib import Path; from rollbook.generate import generate_district;"
        f"generate_district(Path({str(tmp_path / 'there.zip')!r}),"
        "students=60, seed=3, day=3, churn=0.1)"
    )
    environment = {"PYTHONHASHSEED": "12345", "PYTHONPATH": ":".join(sys.path)}
    subprocess.run([sys.executable, "-c", script], env=environment, check=True)
    assert (tmp_path / "here.zip").read_bytes() == (tmp_path / "there.zip").read_bytes()


def test_another_seed_gives_other_people_in_the_same_classes(tmp_path: Path) -> None:
    for seed in (1, 2):
        generate_district(tmp_path / f"{seed}", students=60, seed=seed)
    first, second = files_in(tmp_path / "1"), files_in(tmp_path / "2")
    assert first["users.csv"] != second["users.csv"]
    assert first["classes.csv"] == second["classes.csv"]


def test_zip_and_folder_hold_the_same_files(tmp_path: Path) -> None:
    generate_district(tmp_path / "new" / "package.zip", students=20, seed=1)
    generate_district(tmp_path / "other" / "package", students=20, seed=1)
    files = files_in(tmp_path / "new" / "package.zip")
    assert files == files_in(tmp_path / "other" / "package")
    assert files.keys() == ALL_FILES


def test_manifest_tells_of_every_file_of_the_version(tmp_path: Path) -> None:
    generate_district(tmp_path, students=5, seed=1)
    lines = (tmp_path / "manifest.csv").read_text().splitlines()
    modes = dict(line.split(",") for line in lines)
    files = {name.removeprefix("file."): mode for name, mode in modes.items() if "file." in name}
    assert modes["manifest.version"] == "1.0"
    assert modes["oneroster.version"] == "1.1"
    assert len(files) == 13
    assert {f"{name}.csv" for name, mode in files.items() if mode == "bulk"} == (
        ALL_FILES - {"manifest.csv"}
    )


def test_files_have_headers_of_the_standard_and_its_line_ends(tmp_path: Path) -> None:
    generate_district(tmp_path, students=20, seed=1)
    for resource in resources_of(Version.V1_1):
        text = (tmp_path / resource.filename).read_bytes().decode()
        names = ",".join(field.name for field in fields_of(resource, Version.V1_1))
        assert text.startswith(f"{names}\r\n")
        assert text.endswith("\r\n")
        assert text.count("\r") == text.count("\n") == text.count("\r\n")


def test_lists_of_several_elements_are_quoted(tmp_path: Path) -> None:
    generate_district(tmp_path, students=20, seed=1)
    assert b',"s1-2027,s2-2027",' in (tmp_path / "classes.csv").read_bytes()


def test_result_counts_the_rows_of_each_file(tmp_path: Path) -> None:
    district = generate_district(tmp_path, students=20, seed=1)
    assert district.path == tmp_path
    assert district.row_counts == {
        resource: len(rows_in(tmp_path, resource)) for resource in resources_of(Version.V1_1)
    }
    assert district.row_counts[Resource.DEMOGRAPHICS] == 20


def test_progress_ends_with_all_rows(tmp_path: Path) -> None:
    told: list[int] = []
    district = generate_district(tmp_path, students=3000, seed=1, on_progress=told.append)
    assert told == sorted(told)
    assert len(told) > 1
    assert told[-1] == sum(district.row_counts.values())
    assert told[-1] == pytest.approx(expected_rows(3000), rel=0.05)


def test_district_is_called_as_asked(tmp_path: Path) -> None:
    generate_district(tmp_path, students=5, seed=1, name='Cañon "City", District 9')
    assert rows_in(tmp_path, Resource.ORGS)[0]["name"] == 'Cañon "City", District 9'
    emails = [row["email"] for row in rows_in(tmp_path, Resource.USERS)]
    assert any(email.endswith("@canon-city-district-9.example") for email in emails)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"students": 0}, "students is 0; ask for 1 to 5,000,000."),
        ({"students": 5_000_001}, "students is 5000001"),
        ({"day": 0}, "day is 0; the first day is 1."),
        ({"churn": -0.1}, "churn is -0.1; give a share"),
        ({"churn": 1.1}, "churn is 1.1; give a share"),
        ({"churn": float("nan")}, "churn is nan; give a share"),
        ({"name": " "}, "name is blank"),
        ({"name": "two\nlines"}, "control characters"),
        ({"students": 4_000_000, "day": 9, "churn": 0.5}, "too many people by day 9"),
    ],
)
def test_argument_out_of_range_is_explained(
    tmp_path: Path, arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        generate_district(tmp_path, **({"students": 20, "seed": 1} | arguments))  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_path_of_the_wrong_kind_is_explained(tmp_path: Path) -> None:
    (tmp_path / "folder.zip").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(ValueError, match="is a folder; name a ZIP file"):
        generate_district(tmp_path / "folder.zip", students=1, seed=1)
    with pytest.raises(ValueError, match="is a file; name a folder"):
        generate_district(tmp_path / "file", students=1, seed=1)
