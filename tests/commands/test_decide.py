"""Deciding about a held run, setting policies and trying them, from the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
from tests.packages import ENROLLMENTS, small_district

BY = ("--by", "dana@oak.example")
WHY = ("--reason", "Half of them moved.")


class Installation:
    """An installation of its own; `call` returns exit code and what was said."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "ROLLBOOK_DATA": str(folder / "data"),
            "SECRET_KEY": "a key for tests that signs nothing of value",
        }

    def call(self, *arguments: str) -> tuple[int, str]:
        line = [sys.executable, "-m", "rollbook.commands", *arguments]
        done = subprocess.run(
            line, env=self.environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr


def employ(database_url: str) -> None:
    """Give the district a data manager."""
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "insert into auth_user (id, username, email, password, first_name, last_name, "
            "is_active, is_staff, is_superuser, date_joined) values "
            "(7, 'dana', 'dana@oak.example', '', '', '', true, false, false, now())"
        )
        connection.execute(
            "insert into districts_membership (district_id, person_id, role) "
            "select id, 7, 'data_manager' from districts_district"
        )


def digest_of(database_url: str, number: int) -> str:
    with psycopg.connect(database_url) as connection:
        row: Any = connection.execute(
            "select digest from runs_syncrun where number = %s", [number]
        ).fetchone()
    return str(row[0])


def test_a_held_run_from_the_command_line(tmp_path: Path, database_url: str) -> None:
    oak = ("--district", "Oak")
    there = Installation(tmp_path, database_url)
    package = small_district(students=8)
    there.call("sync", str(package.write(tmp_path / "first")), *oak, "--create")
    employ(database_url)
    gone = [it["sourcedId"] for it in package.rows[ENROLLMENTS] if it["role"] == "student"]
    package.drop(ENROLLMENTS, *gone[:12])
    code, said = there.call("sync", str(package.write(tmp_path / "second")), *oak)
    assert (code, "12 of 20 enrollments (60%)" in said) == (1, True)

    policy = tmp_path / "policy.toml"
    policy.write_text("[district]\nremovals = { percent = 60 }\n")
    code, said = there.call("simulate", *oak, "--policy", str(policy), "--json")
    assert code == 0, said
    counts = json.loads(said)["counts"]
    assert counts == {"runs": 2, "held_then": 1, "held_now": 0, "differ": 1}
    policy.write_text("[district]\nremovals = { percent = 99 }\n")
    code, said = there.call("simulate", *oak, "--policy", str(policy))
    assert (code, "district.removals.percent is a number from 0 to 90." in said) == (1, True)

    wrong = ("approve", "2", *oak, *WHY)
    assert there.call(*wrong, "--digest", "0" * 64, *BY)[0] == 1
    digest = digest_of(database_url, 2)
    code, said = there.call(*wrong, "--digest", digest[:12], "--by", "ravi@oak.example")
    assert (code, "may not decide for Oak" in said) == (1, True)
    code, said = there.call(*wrong, "--digest", digest[:12], *BY, "--json")
    assert code == 0, said
    told = json.loads(said)
    assert (told["state"], told["waits_for_second"]) == ("published", False)
    code, said = there.call("discard", "2", *oak, *WHY, *BY)
    assert (code, "does not wait for a decision any more" in said) == (1, True)


def test_a_policy_from_the_command_line(tmp_path: Path, database_url: str) -> None:
    oak = ("--district", "Oak")
    there = Installation(tmp_path, database_url)
    there.call("sync", str(small_district().write(tmp_path / "first")), *oak, "--create")
    employ(database_url)
    rules = tmp_path / "policy.json"
    rules.write_text('{"district": {"removals": {"percent": 20}}}')
    assert there.call("policy", *oak, "--set", str(rules))[0] == 3
    assert there.call("policy", *oak, "--set", str(rules), *WHY, *BY)[0] == 0
    assert there.call("policy", *oak, "--set", str(rules), "--once", *WHY, *BY)[0] == 0
    code, said = there.call("policy", *oak)
    shown = json.loads(said)
    assert code == 0
    assert shown["policy"] == {"district": {"removals": {"percent": 20}}}
    assert [it["source"] for it in shown["waiting_exceptions"]] == [1]
