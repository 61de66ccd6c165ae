"""Files of the storage, where it is a folder and where it is far away."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.storage import FileSystemStorage

from rollbook import filestore


class Remote(FileSystemStorage):
    """A storage without paths, as S3 is one."""

    def path(self, name: str) -> str:
        raise NotImplementedError

    def _open(self, name: str, mode: str = "rb") -> object:
        return FileSystemStorage.open(FileSystemStorage(self.base_location), name, mode)


@pytest.fixture
def stored(tmp_path: Path) -> FileSystemStorage:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "delivery.zip").write_bytes(b"as it came")
    return FileSystemStorage(tmp_path / "far")


def test_file_of_a_folder_is_read_where_it_is(tmp_path: Path, stored: FileSystemStorage) -> None:
    with patch.object(filestore, "default_storage", stored):
        path = filestore.fetch_file("delivery.zip", into=tmp_path / "work" / "copy.zip")
    assert path == tmp_path / "far" / "delivery.zip"


def test_file_of_a_remote_storage_is_copied(tmp_path: Path, stored: FileSystemStorage) -> None:
    with patch.object(filestore, "default_storage", Remote(stored.location)):
        path = filestore.fetch_file("delivery.zip", into=tmp_path / "work" / "copy.zip")
    assert path == tmp_path / "work" / "copy.zip"
    assert path.read_bytes() == b"as it came"


def test_deleting_what_is_gone_is_no_fault(stored: FileSystemStorage) -> None:
    with patch.object(filestore, "default_storage", stored):
        filestore.delete_file("delivery.zip")
        filestore.delete_file("delivery.zip")
    assert not stored.exists("delivery.zip")
