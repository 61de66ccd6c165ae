"""Where deliveries and snapshots are kept."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rollbook.project.environment import SettingError, optional_text


def file_storage(folder: Path) -> dict[str, Any]:
    """Return the entry of `STORAGES`: a bucket where one is set, else the folder."""
    bucket = optional_text("ROLLBOOK_FILES_BUCKET")
    if bucket is None:
        return {
            "BACKEND": "rollbook.project.durable_folder.DurableFolder",
            "OPTIONS": {
                "location": str(folder),
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        }
    if find_spec("boto3") is None:
        repair = "Install the package boto3, or unset it to keep files in a folder."
        raise SettingError("ROLLBOOK_FILES_BUCKET", "needs a package that is missing", repair)
    options = {"bucket_name": bucket, "default_acl": "private", "file_overwrite": False}
    if endpoint := optional_text("ROLLBOOK_FILES_ENDPOINT"):
        options["endpoint_url"] = endpoint
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
