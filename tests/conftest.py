"""One PostgreSQL for the run, one database for each pytest process, no network but this machine.

The server starts in a temporary folder when the run begins, or with the first test that needs it. A
template database is migrated once; each pytest process clones it, and `database_url` clones it for
a test that starts real processes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from rollbook.project.environment import SETTINGS

# Before anything reads the settings: what a developer's own environment says must not reach the
# tests.
_DATA = Path(tempfile.mkdtemp(prefix="rollbook-"))
(_DATA / "static").mkdir()
for _setting in SETTINGS:
    os.environ.pop(_setting.name, None)
    os.environ.pop(f"{_setting.name}_FILE", None)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "rollbook.project.settings",
    "ROLLBOOK_DATA": str(_DATA),
    "SECRET_KEY": "a key for tests that signs nothing of value",
}

import psycopg  # noqa: E402
import pytest  # noqa: E402
from django.conf import settings  # noqa: E402
from psycopg import sql  # noqa: E402

from rollbook.postgres.address import dsn_of  # noqa: E402
from rollbook.postgres.server import embedded_server  # noqa: E402

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

# pytest-django sets Django up once the settings are read, and not before.
assert settings.DATABASES

_TEMPLATE = "rollbook_template"
# The data is thrown away with the folder, so nothing needs to reach the disk.
_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
}
_server_folder = pytest.StashKey[str]()
_at_end = pytest.StashKey[ExitStack]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database", action="store_true", help="Run the tests that use PostgreSQL, no others."
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("only_database"):
        others = [item for item in items if not _uses_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if _uses_database(item)]


def _uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(
        item.get_closest_marker("django_db")
        or fixtures & {"db", "transactional_db", "live_server", "server_folder"}
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start the server where several pytest processes will share it; tell them by `workerinput`."""
    config.stash[_at_end] = ExitStack()
    config.stash[_at_end].callback(shutil.rmtree, _DATA, ignore_errors=True)
    if workerinput := getattr(config, "workerinput", None):
        config.stash[_server_folder] = workerinput["server_folder"]
    elif config.getoption("numprocesses", None):
        _start_server(config)


def pytest_configure_node(node: Any) -> None:
    node.workerinput["server_folder"] = node.config.stash[_server_folder]


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_at_end].close()


def _start_server(config: pytest.Config) -> str:
    if _server_folder not in config.stash:
        folder = config.stash[_at_end].enter_context(
            tempfile.TemporaryDirectory(prefix="rollbook-")
        )
        chosen = os.environ.get("ROLLBOOK_TEST_POSTGRES_BIN")
        binaries = Path(chosen) if chosen else None
        server = embedded_server(Path(folder), binaries=binaries, settings=_FAST)
        config.stash[_at_end].enter_context(server)
        config.stash[_server_folder] = folder
    return config.stash[_server_folder]


@pytest.fixture(scope="session")
def server_folder(pytestconfig: pytest.Config) -> Path:
    """Return the folder of the running server: what `rollbook.postgres.address.dsn_of` wants."""
    return Path(_start_server(pytestconfig))


@pytest.fixture(scope="session")
def template_database(server_folder: Path, django_db_blocker: DjangoDbBlocker) -> str:
    """Return the name of a database with all migrations, made by the first process that asks."""
    with psycopg.connect(dsn_of(server_folder), autocommit=True) as connection:
        # Held until the connection closes: the other processes wait here until the template is
        # whole.
        connection.execute("select pg_advisory_lock(1)")
        known = connection.execute("select from pg_database where datname = %s", [_TEMPLATE])
        if known.fetchone() is None:
            connection.execute(f"create database {_TEMPLATE}_unfinished")
            _migrate(server_folder, f"{_TEMPLATE}_unfinished", django_db_blocker)
            connection.execute(f"alter database {_TEMPLATE}_unfinished rename to {_TEMPLATE}")
    return _TEMPLATE


@pytest.fixture(scope="session")
def django_db_setup(
    server_folder: Path,
    template_database: str,
    worker_id: str,
    django_test_environment: None,
) -> None:
    """Give this pytest process its own clone of the template."""
    name = f"rollbook_{worker_id}"
    _clone(server_folder, template_database, name)
    _connect_django(server_folder, name)


@pytest.fixture
def database_url(server_folder: Path, template_database: str) -> Iterator[str]:
    """Give one test a migrated, empty database that other processes can open by its address."""
    name = f"rollbook_{uuid4().hex}"
    _clone(server_folder, template_database, name)
    yield dsn_of(server_folder, database=name)
    with psycopg.connect(dsn_of(server_folder), autocommit=True) as connection:
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture(autouse=True, scope="session")
def _quick_settings(django_test_environment: None) -> Iterator[None]:
    """Use settings that make no difference to behaviour, only to speed and set-up.

    Requests work as the web's role, as they do in a real start; `tests/web_role.py` sees to it.

    A process of several inherits the environment of the first, and its settings are read before
    this file is; so its folder is named here. Shared, one process would find another's files.
    """
    from django.test import override_settings

    from rollbook.project.file_storage import file_storage

    files = file_storage(_DATA / "files")
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher"  # Argon2 is slow, as it should be
    with override_settings(
        ROLLBOOK_DATA=_DATA,
        STORAGES={**settings.STORAGES, "default": files, "staticfiles": plain},
        PASSWORD_HASHERS=[hasher],
        MIDDLEWARE=["tests.web_role.as_web", *settings.MIDDLEWARE],
    ):
        yield


def _migrate(server_folder: Path, name: str, blocker: DjangoDbBlocker) -> None:
    from rollbook.commands.migrate import apply_migrations

    _connect_django(server_folder, name)
    with blocker.unblock():
        apply_migrations()
        _close_django()


def _clone(server_folder: Path, template: str, name: str) -> None:
    with psycopg.connect(dsn_of(server_folder), autocommit=True) as connection:
        # PostgreSQL clones a template for one at a time.
        connection.execute("select pg_advisory_lock(2)")
        statement = sql.SQL("create database {} template {}")
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


def _connect_django(server_folder: Path, name: str) -> None:
    from rollbook.project.connection import django_database

    _close_django()
    address = dsn_of(server_folder, database=name)
    settings.DATABASES["default"].update(django_database(address))


def _close_django() -> None:
    from django.db import connection

    connection.close()
