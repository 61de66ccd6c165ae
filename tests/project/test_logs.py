from __future__ import annotations

import json
import logging
import sys

import pytest
from django.contrib.auth.models import User
from django.test import Client

from rollbook.errors import SourceDataError
from rollbook.project.logs import describe_exception, formatter

EMAIL = "maria.oneill@example.org"
PASSWORD = "correct horse battery"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the lines of the log, as JSON, down to the last detail that any library logs."""
    written: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    keeper = Keeper()
    keeper.setFormatter(formatter("json"))
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [keeper])
    monkeypatch.setattr(root, "level", logging.INFO)
    return written


def describe(error: Exception) -> str:
    try:
        raise error
    except Exception:
        return describe_exception(sys.exc_info())


@pytest.mark.django_db
def test_signing_in_leaves_no_address_in_the_log(client: Client, lines: list[str]) -> None:
    User.objects.create_user("maria", email=EMAIL, password=PASSWORD)
    logging.getLogger("django.request").warning("the log is read")
    for password in ("wrong", PASSWORD):
        client.post("/accounts/login/", {"login": EMAIL, "password": password})
    assert "_auth_user_id" in client.session
    assert any("the log is read" in line for line in lines)
    assert not [line for line in lines if EMAIL in line or PASSWORD in line or "maria" in line]


def test_exception_of_others_is_logged_without_its_text(lines: list[str]) -> None:
    try:
        int(EMAIL)
    except ValueError:
        logging.getLogger("rollbook").exception("a number cannot be read")
    (line,) = lines
    assert json.loads(line)["event"] == "a number cannot be read"
    assert "ValueError (text left out)" in json.loads(line)["exception"]
    assert EMAIL not in line


def test_exception_of_ours_keeps_its_text() -> None:
    described = describe(SourceDataError("users.csv is missing. Add it to the archive."))
    assert "users.csv is missing" in described
    assert "test_logs.py" in described


def test_cause_of_an_exception_is_told_without_its_text() -> None:
    error = SourceDataError("The archive cannot be read.")
    error.__cause__ = ValueError(EMAIL)
    described = describe(error)
    assert described.index("ValueError") < described.index("The archive cannot be read.")
    assert EMAIL not in described


@pytest.mark.django_db
def test_nobody_can_sign_up(client: Client) -> None:
    client.post("/accounts/signup/", {"email": EMAIL, "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.exists()
