"""Commands in this process, against the test's own database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

if TYPE_CHECKING:
    from rollbook.runs.models import SyncRun

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Iterator[Command]:
    """Call `rollbook` and return its exit code and what it said, on stdout and on stderr.

    The database is at hand, and a run that it waits for is taken to its rest right here.
    """
    from rollbook.commands.main import run

    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    with (
        patch("rollbook.commands.database.ready_database", nullcontext),
        patch("rollbook.commands.sync.wait_for", _work),
    ):
        yield call


def _work(run: SyncRun) -> None:
    from rollbook import pipeline

    pipeline.run_sync(run.district_id, run.number)
    run.refresh_from_db()


@pytest.fixture
def person(django_user_model: Any) -> Any:
    """Somebody with an account and no role."""
    return django_user_model.objects.create(username="manager", email="m@oak.example")
