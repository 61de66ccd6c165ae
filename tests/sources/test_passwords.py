"""Passwords are cut before a delivery is stored; nothing else of it changes."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.packages import USERS, small_district
from tests.rosters import expected_roster, make_district, roster_of

SECRET = "s3cret!Äpfel"
HEADERS = {
    "OneRoster": ("users.csv", "sourcedId,username,password,email"),
    "Clever": ("students.csv", "Student_id,Username,Password,Email"),
    "SDS": ("Student.csv", "SIS ID,Username,Password,Email"),
    "in a folder": ("export/users.csv", "sourcedId,username,password,email"),
    "semicolons": ("users.csv", "sourcedId;username;initial password;email"),
    "after a mark": ("users.csv", "\ufeffpassword,sourcedId,username"),
}


def packed(files: dict[str, bytes]) -> io.BytesIO:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return package


def cut(files: dict[str, bytes]) -> dict[str, bytes]:
    from rollbook.sources.passwords import without_passwords

    with without_passwords(packed(files)) as stored, zipfile.ZipFile(stored) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("name", HEADERS)
def test_password_cells_are_empty_and_all_else_is_as_it_came(name: str, encoding: str) -> None:
    file, header = HEADERS[name]
    if encoding == "cp1252":
        header = header.lstrip("\ufeff")
    delimiter = ";" if ";" in header else ","
    titles = header.split(delimiter)
    place = next(place for place, title in enumerate(titles) if "assword" in title)

    def write(secret: str) -> bytes:
        rows = [["1", 'Zoë "Z"', "a@oak.example", "x"][: len(titles)], ["2", "b", "c", "d"]]
        lines = [header]
        for row in rows:
            cells = ['"' + cell.replace('"', '""') + '"' for cell in row[: len(titles)]]
            cells[place] = secret
            lines.append(delimiter.join(cells))
        return ("\r\n".join(lines) + "\r\n").encode(encoding)

    assert cut({file: write(SECRET)}) == {file: write("")}
    assert cut({file: write(f'"{SECRET}""\r\nmore"')}) == {file: write("")}


text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(text, text, text), min_size=1, max_size=5))
def test_whatever_the_cells_hold_only_passwords_go(rows: list[tuple[str, str, str]]) -> None:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["sourcedId", "password", "username"])
    writer.writerows(rows)
    content = written.getvalue().encode()
    (after,) = cut({"users.csv": content}).values()
    read = [*csv.reader(io.StringIO(after.decode(), newline=""))]
    assert read[1:] == [[first, "", last] for first, _, last in rows]


def test_a_package_without_passwords_stays_byte_for_byte() -> None:
    from rollbook.sources.passwords import without_passwords

    package = packed(small_district().files() | {"notes.pdf": b"%PDF password"})
    # The standard's own users.csv has the column; this export leaves it out.
    bare = small_district()
    bare.without_column(USERS, "password")
    package = packed(bare.files() | {"notes.pdf": b"%PDF password"})
    with without_passwords(package) as stored:
        assert stored is package
        assert stored.tell() == 0


def test_a_file_that_is_no_archive_inside_is_left_alone() -> None:
    files = {"users.csv": b"sourcedId,username\n1,a\n", "password.csv": b"\xff\xfe"}
    assert cut(files) == files


@pytest.mark.django_db
def test_a_delivery_is_stored_without_passwords_and_vouched_for_as_it_came() -> None:
    from django.core.files.storage import default_storage

    from rollbook import pipeline
    from rollbook.sources.deliveries import receive_delivery
    from rollbook.sources.models import Delivery, Road

    district: Any = make_district()
    package = small_district()
    for row in package.rows[USERS]:
        row["password"] = SECRET
    came = packed(package.files())
    run = receive_delivery(
        district, file=came, filename="export.zip", road=Road.UPLOAD, acting_user=None
    )
    delivery = Delivery.objects.get(district=district)
    assert delivery.sha256 == hashlib.sha256(came.getvalue()).hexdigest()
    with default_storage.open(delivery.stored_as) as file:
        content = file.read()
    assert delivery.stored_sha256 == hashlib.sha256(content).hexdigest()
    assert delivery.size_bytes == len(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert all(SECRET.encode() not in archive.read(name) for name in archive.namelist())
    pipeline.run_sync(district.pk, run.number)
    for row in package.rows[USERS]:
        del row["password"]
    assert roster_of(district.pk) == expected_roster(package)
