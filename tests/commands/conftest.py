"""Commands in this process, against the test's own database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, NoReturn
from unittest.mock import patch

import pytest

if TYPE_CHECKING:
    from rollbook.runs.models import SyncRun

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Iterator[Command]:
    """Call `rollbook` and return its exit code and what it said, on stdout and on stderr.

    The database is at hand as long as the command keeps it open, and a run that it waits for is
    taken to its rest right here.
    """
    from django.db import connection

    from rollbook.commands.main import run

    closing = ExitStack()

    @contextmanager
    def ready() -> Iterator[None]:
        yield
        closing.enter_context(connection.execute_wrapper(_refuse))

    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        with closing:
            code = run(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    with (
        patch("rollbook.commands.database.ready_database", ready),
        patch("rollbook.commands.sync.wait_for", _work),
    ):
        yield call


def _refuse(*_: object) -> NoReturn:
    pytest.fail("The command asked the database after it had closed it.")


def _work(run: SyncRun) -> None:
    from rollbook import pipeline

    pipeline.run_sync(run.district_id, run.number)
    run.refresh_from_db()


@pytest.fixture
def person(django_user_model: Any) -> Any:
    """Somebody with an account and no role."""
    return django_user_model.objects.create(username="manager", email="m@oak.example")
