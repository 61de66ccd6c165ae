from __future__ import annotations

import os

import duckdb
import pytest
from tests.golden.renew import HERE, PACKAGES, golden_texts, package_text, renew, rules_text

from rollbook.oneroster import Version, fields_of, resources_of


@pytest.fixture(autouse=True, scope="module")
def _renewed() -> None:
    """`make golden`: write first what is to be compared."""
    if os.environ.get("ROLLBOOK_RENEW_GOLDEN"):
        renew()


def test_sql_of_the_rules_is_the_reviewed_one() -> None:
    assert rules_text() == (HERE / "rules.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PACKAGES)
def test_samples_are_judged_as_reviewed(name: str) -> None:
    expected = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    assert package_text(name, PACKAGES[name]) == expected


def test_no_golden_file_is_left_over() -> None:
    known = {"rules.sql", *(f"{name}.txt" for name in PACKAGES)}
    assert {path.name for path in HERE.iterdir() if path.suffix in (".sql", ".txt")} == known


def test_every_statement_is_sql() -> None:
    statements = [text.strip() for text in rules_text().split("\n;\n") if text.strip()]
    codes = {statement.splitlines()[0] for statement in statements}
    assert len(codes) == len(statements)
    for statement in statements:
        assert len(duckdb.extract_statements(statement)) == 1


@pytest.mark.parametrize("resource", resources_of(Version.V1_1))
def test_sample_has_the_header_of_the_field_table(resource: str) -> None:
    path = HERE.parent / "samples" / "1.1-bulk" / f"{resource}.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0]
    assert header.split(",") == [
        field.name
        for field in fields_of(resource, Version.V1_1)  # type: ignore[arg-type]
    ]


def test_renewal_gives_the_same_text_each_time() -> None:
    assert dict(golden_texts()) == dict(golden_texts())
