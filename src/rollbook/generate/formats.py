"""A generated district in another format, or with defects: OneRoster 1.1, and then altered."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from rollbook.convert.package import check_path, header_of
from rollbook.convert.write import write_package
from rollbook.generate.defects import plant_defects
from rollbook.generate.defects.kinds import KINDS_WITHOUT_PEOPLE
from rollbook.generate.district import domain_of
from rollbook.generate.write import GeneratedDistrict, generate_district
from rollbook.oneroster import Resource, Version, resources_of
from rollbook.staging.data import Workspace
from rollbook.staging.formats.data import Format

FORMATS_WITH_DEFECTS = (Format.ONEROSTER_1_1, Format.ONEROSTER_1_2)


@dataclass(frozen=True, slots=True)
class DistrictPlan:
    """What a district is made of; see `generate_district` for what each means."""

    students: int
    seed: int
    day: int = 1
    churn: float = 0.01
    name: str = "Oakwood Unified"


def generate_plain(
    out: Path, plan: DistrictPlan, *, on_progress: Callable[[int], None] | None = None
) -> GeneratedDistrict:
    """Write the district as OneRoster 1.1."""
    return generate_district(
        out,
        students=plan.students,
        seed=plan.seed,
        day=plan.day,
        churn=plan.churn,
        name=plan.name,
        on_progress=on_progress,
    )


def generate_in_format(
    out: Path,
    plan: DistrictPlan,
    *,
    to: Format,
    on_progress: Callable[[int], None] | None = None,
) -> GeneratedDistrict:
    """Write the district that OneRoster 1.1 would have, in another format.

    There is one generator: what a format cannot say is left out, and everything else is the same on
    each day. The same arguments give the same bytes.

    Raises:
        ValueError: As for `generate_district`.
    """
    check_path(out)
    with tempfile.TemporaryDirectory(prefix="rollbook-generate-") as folder:
        package = generate_plain(Path(folder) / "package", plan, on_progress=on_progress).path
        workspace = Workspace(Path(folder))
        with workspace.connect() as database:
            for resource in resources_of(Version.V1_1):
                _present(database, resource, package / resource.filename)
        conversion = write_package(
            workspace,
            to=to,
            out=out,
            system_name="Rollbook generate",
            system_code=domain_of(plan.name),
        )
    counts = {file.removesuffix(".csv"): rows for file, rows in conversion.row_counts.items()}
    return GeneratedDistrict(out, counts)


def generate_with_defects(
    out: Path,
    plan: DistrictPlan,
    *,
    defects: int,
    to: Format = Format.ONEROSTER_1_1,
    on_progress: Callable[[int], None] | None = None,
) -> Path:
    """Write the district with known defects; return the list of what is wrong.

    Args:
        to: One of `FORMATS_WITH_DEFECTS`. In 1.2 people and their roles are without defects.

    Raises:
        ValueError: As for `generate_district`, or the district is too small for so many defects.
    """
    check_path(out)
    with tempfile.TemporaryDirectory(prefix="rollbook-generate-") as folder:
        package = generate_plain(Path(folder) / "package", plan, on_progress=on_progress).path
        if to is Format.ONEROSTER_1_1:
            return plant_defects(package, count=defects, seed=plan.seed, out=out)
        people = generate_in_format(Path(folder) / "people", plan, to=to).path
        return plant_defects(
            package,
            count=defects,
            seed=plan.seed,
            out=out,
            kinds=KINDS_WITHOUT_PEOPLE,
            people=people,
        )


def _present(database: duckdb.DuckDBPyConnection, resource: Resource, path: Path) -> None:
    """Let a file stand for checked rows: what is generated breaks no rule."""
    columns = header_of(resource).strip().split(",")
    types = ", ".join(f"'{column}': 'varchar'" for column in columns)
    database.execute(
        f'create table "valid_{resource}" as select *, null::varchar as metadata '
        f"from read_csv('{str(path).replace(chr(39), chr(39) * 2)}', auto_detect = false, "
        f"header = true, delim = ',', quote = '\"', escape = '\"', columns = {{{types}}})"
    )
