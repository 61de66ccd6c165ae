from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from rollbook.commands import main
from rollbook.errors import ConfigurationError, SourceDataError

# Runs a command and prints which of the heavy modules it has imported.
HEAVY = """
import sys
from rollbook.commands.main import run
try:
    code = run(sys.argv[1:])
finally:
    print("imported", *sorted({"django", "psycopg", "duckdb", "procrastinate"} & set(sys.modules)))
"""


def rollbook(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rollbook.commands", *arguments]
    return subprocess.run(
        command,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("arguments", [["--help"], ["generate", "--help"], ["web", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    command = [sys.executable, "-c", HEAVY, *arguments]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert "Usage" in shown.stdout
    assert shown.stdout.splitlines()[-1] == "imported"


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["generate"], ["generate", "--students", "some", "out"]]
)
def test_wrong_call_exits_with_3(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(arguments) == 3
    assert capsys.readouterr()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConfigurationError("SECRET_KEY is not set. Set it."), 1),
        (SourceDataError("users.csv is missing. Add it."), 2),
    ],
)
def test_error_is_told_in_a_sentence(
    error: Exception,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise error

    monkeypatch.setattr(main, "app", fail)
    assert main.run(["web"]) == code
    assert capsys.readouterr().err == f"{error}\n"


def test_fault_of_ours_is_reported_without_what_it_was_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = "Marisol Quintanilla"

    def fail(*arguments: object, **options: object) -> None:
        raise ValueError(row)

    monkeypatch.setattr(main, "app", fail)
    assert main.run(["web"]) == 1
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "report it" in said
    assert "Quintanilla" not in said


def test_wrong_setting_ends_a_command_with_the_repair() -> None:
    ended = rollbook("web", ROLLBOOK_WEB_THREADS="many")
    assert ended.returncode == 1
    assert ended.stderr.startswith("Setting ROLLBOOK_WEB_THREADS is not a whole number")
    assert "Traceback" not in ended.stderr


def test_migrate_uses_the_database_it_is_given(database_url: str, tmp_path: Path) -> None:
    ended = rollbook("migrate", ROLLBOOK_DATA=str(tmp_path), DATABASE_URL=database_url)
    assert ended.returncode == 0, ended.stderr
    assert not (tmp_path / "postgres").exists()
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select from django_migrations limit 1").fetchone() is not None
