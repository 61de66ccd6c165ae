"""Large files are looked at in processes of their own, and nobody can tell."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from rollbook.staging import looking
from rollbook.staging.shape import look_at


def test_other_processes_see_what_this_one_sees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = {"orgs": b"sourcedId,name\r\n1,Oak\r\n", "users": "a;b\n\n1;é\n".encode("cp1252")}
    paths = {name: tmp_path / f"{name}.csv" for name in contents}
    for name, path in paths.items():
        path.write_bytes(contents[name])
    expected = {name: look_at(path) for name, path in paths.items()}
    monkeypatch.setattr(looking, "LARGE_BYTES", 1)
    assert looking.look_at_all(paths) == expected
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert looking.look_at_all(paths) == expected
