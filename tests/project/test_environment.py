from __future__ import annotations

from pathlib import Path

import pytest

from rollbook.project import environment
from rollbook.project.connection import django_database
from rollbook.project.environment import SettingError
from rollbook.project.file_storage import file_storage
from rollbook.project.secret_key import secret_key
from rollbook.project.settings_page import PAGE, settings_page
from rollbook.project.web_address import public_url

REPOSITORY = Path(__file__).parents[2]


def test_page_of_settings_is_current() -> None:
    written = (REPOSITORY / PAGE).read_text(encoding="utf-8")
    assert written == settings_page(), "Run `make docs`."


def test_settings_file_reads_only_settings_that_are_documented() -> None:
    names = [setting.name for setting in environment.SETTINGS]
    assert len(names) == len(set(names))


def test_secret_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "password"
    path.write_text("from a file\n")
    monkeypatch.setenv("EMAIL_HOST_PASSWORD_FILE", str(path))
    assert environment.text("EMAIL_HOST_PASSWORD") == "from a file"


def test_empty_value_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLBOOK_WEB_THREADS", "")
    assert environment.number("ROLLBOOK_WEB_THREADS") == 4


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("ROLLBOOK_WEB_THREADS", "many", lambda: environment.number("ROLLBOOK_WEB_THREADS")),
        ("ROLLBOOK_WEB_THREADS", "0", lambda: environment.number("ROLLBOOK_WEB_THREADS")),
        ("DEBUG", "perhaps", lambda: environment.flag("DEBUG")),
        ("ROLLBOOK_WEB_BIND", "8000", lambda: environment.address("ROLLBOOK_WEB_BIND")),
        ("ROLLBOOK_WEB_BIND", "host:99999", lambda: environment.address("ROLLBOOK_WEB_BIND")),
        (
            "ROLLBOOK_LOG_STYLE",
            "pretty",
            lambda: environment.one_of("ROLLBOOK_LOG_STYLE", ("json",)),
        ),
        ("PUBLIC_URL", "rosters.example.org", public_url),
        ("PUBLIC_URL", "https://example.org/rosters", public_url),
        ("SECRET_KEY", "short", lambda: secret_key(Path(), is_shared=False)),
        ("EMAIL_HOST_FILE", "/nowhere", lambda: environment.optional_text("EMAIL_HOST")),
        ("ROLLBOOK_FILES_BUCKET", "rosters", lambda: file_storage(Path())),
    ],
)
def test_wrong_setting_is_named_with_its_repair(
    name: str, value: str, read: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError) as caught:
        read()  # type: ignore[operator]
    assert caught.value.name == name.removesuffix("_FILE")
    assert caught.value.name in str(caught.value)
    assert str(caught.value).endswith(".")


def test_setting_given_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_HOST", "one")
    monkeypatch.setenv("EMAIL_HOST_FILE", str(tmp_path / "two"))
    with pytest.raises(SettingError, match="given twice"):
        environment.optional_text("EMAIL_HOST")


def test_address_of_the_database_becomes_djangos_keys() -> None:
    database = django_database("postgresql://ann:a%40b@db.example.org:5433/rosters?sslmode=require")
    assert database["NAME"] == "rosters"
    assert database["USER"] == "ann"
    assert database["PASSWORD"] == "a@b"
    assert database["HOST"] == "db.example.org"
    assert database["PORT"] == "5433"
    assert database["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize("address", ["mysql://ann:secret@host/x", "postgresql://ann:secret@host"])
def test_wrong_address_of_the_database_is_not_repeated(address: str) -> None:
    with pytest.raises(SettingError, match="DATABASE_URL") as caught:
        django_database(address)
    assert "secret" not in str(caught.value)


def test_key_is_made_once_and_kept_for_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECRET_KEY")
    key = secret_key(tmp_path / "data", is_shared=False)
    assert len(key) >= 50
    assert secret_key(tmp_path / "data", is_shared=False) == key
    (kept,) = (tmp_path / "data").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600


def test_key_is_required_with_a_shared_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECRET_KEY")
    with pytest.raises(SettingError, match="SECRET_KEY is not set although DATABASE_URL is"):
        secret_key(tmp_path, is_shared=True)


def test_public_address_follows_the_web_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLBOOK_WEB_BIND", "0.0.0.0:8123")
    assert public_url() == "http://localhost:8123"
    monkeypatch.setenv("PUBLIC_URL", "https://rosters.example.org/")
    assert public_url() == "https://rosters.example.org"
