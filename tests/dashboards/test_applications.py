"""The page of applications, and the lines to paste."""

from __future__ import annotations

import shlex
import subprocess

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.dashboards.cast import Cast, connect

from rollbook.dashboards.curl import curls
from rollbook.dashboards.queries.applications import read_applications

PAGE = "/districts/oakwood/applications/"


@override_settings(PUBLIC_URL="https://rosters.example.org")
def test_page_has_lines_with_a_real_class(cast: Cast, client: Client) -> None:
    connect(cast.oakwood)
    client.force_login(cast.reader)
    html = client.get(PAGE).content.decode()
    assert "https://rosters.example.org/ims/oneroster/v1p1/students?limit=3" in html
    assert "/classes/c%2F7%20of%20O%27Hara/students" in html
    assert "YOUR-SECRET" in html
    assert "Make a new secret" not in html
    assert "An owner can make a new secret." in html


def test_new_secret_is_shown_once_with_complete_lines(cast: Cast, client: Client) -> None:
    connection = connect(cast.oakwood)
    client.force_login(cast.owner)
    assert "An owner can make" not in client.get(PAGE).content.decode()
    answer = client.post(f"{PAGE}1/secret/")
    [card] = answer.context["cards"]
    assert len(card.secret) > 30
    assert f"{connection.client.client_id}:{card.secret}" in card.curls.token
    assert "no-store" in answer.headers["Cache-Control"]
    assert card.secret not in client.get(PAGE).content.decode()


def test_queries_stay_flat_when_connections_double(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, 5):
        connect(cast.oakwood, name=f"Application {number}", number=number)
        with django_assert_num_queries(1):
            assert len(read_applications(cast.oakwood, now=timezone.now())) == number


@pytest.mark.parametrize("secret", ["plain", "with 'quotes' and $dollars; ls"])
def test_lines_mean_to_a_shell_what_they_say(secret: str) -> None:
    lines = curls("http://localhost:8000/", client_id="c", secret=secret, class_id="a b'c")
    show = 'curl() { printf "%s\\n" "$@" >&2; echo "{\\"access_token\\": \\"t0ken\\"}"; }\n'
    script = f"{show}{lines.token}\necho token=$TOKEN\n{lines.requests[2][1]}"
    ran = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    said = ran.stderr.splitlines()
    assert "token=t0ken" in ran.stdout
    assert f"c:{secret}" in said
    assert "Authorization: Bearer t0ken" in said
    assert "http://localhost:8000/ims/oneroster/v1p1/classes/a%20b%27c/students" in said
    assert any(line.count("/v1p1/scope/roster") == 3 for line in said)


def test_without_a_class_there_is_no_line_about_one() -> None:
    lines = curls("http://localhost", client_id="c", secret="", class_id=None)
    assert [label for label, _ in lines.requests] == ["The schools", "Three students"]
    assert shlex.split(lines.requests[0][1])[0] == "curl"
