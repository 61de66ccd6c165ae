"""When something breaks: JSON for the application, and nothing about people in the log."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError

from rollbook.provider.oneroster import views

from .cast import Cast, give_token


def fail_with(error: Exception) -> Any:
    def find(*args: Any, **kwargs: Any) -> Any:
        raise error

    return find


def test_our_mistake_is_json_without_internals(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "find_page", fail_with(ValueError("Zoë O'B at line 7")))
    answer = cast.hub("/users")

    assert answer.status_code == 500
    (status,) = answer.json()["statusInfoSet"]
    assert status["imsx_codeMinor"] == "internal_server_error"
    assert "Zoë" not in answer.content.decode()


def test_busy_database_asks_to_come_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "find_page", fail_with(OperationalError("pool is empty")))
    answer = cast.hub("/users")

    assert answer.status_code == 429
    assert answer["Retry-After"] == "5"
    assert answer.json()["statusInfoSet"][0]["imsx_codeMinor"] == "server_busy"


def test_log_names_nobody(
    cast: Cast,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level("DEBUG", logger="rollbook")
    caplog.set_level("DEBUG", logger="django")
    caplog.clear()
    capfd.readouterr()
    for path in (
        "/users/ann%40oak",
        "/users/zoe%40oak",
        "/students/zoe%40oak/classes",
        "/x/zoe%40oak",
    ):
        cast.hub(path)
        cast.hub(path, token="wrong")
        cast.hub(path, limit="zoe@oak")
    monkeypatch.setattr(views, "find_record", fail_with(ValueError("zoe@oak")))
    cast.hub("/users/zoe%40oak")

    # Without DEBUG no statement is logged; under test Django may still do so at its own level.
    records = [r for r in caplog.records if r.name != "django.db.backends"]
    written = "".join(str(r.msg) + str(r.args) + str(r.exc_text) for r in records)
    written += capfd.readouterr().err
    assert "/users/{id}" in written
    assert not [word for word in ("oak", "zoe", "Zoë", "token-") if word in written], written


def test_order_of_checks(cast: Cast) -> None:
    """Token, scope, parameters, object. Source: fact base section 23."""
    core = give_token(cast.hub.connection, ["roster-core.readonly"])
    bad = {"limit": "x", "filter": "y"}
    assert cast.hub("/classes/nobody/students", token="wrong", **bad).status_code == 401
    assert cast.hub("/classes/nobody/students", token=core, **bad).status_code == 403
    assert cast.hub("/classes/nobody/students", **bad).status_code == 400
    assert cast.hub("/users/nobody", filter="y").status_code == 400
    assert cast.hub("/users/nobody").status_code == 404
