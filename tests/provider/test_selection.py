"""Parameters that are not served yet say so, and never give more than was asked for."""

from __future__ import annotations

import pytest

from .cast import Cast


@pytest.mark.parametrize("path", ["/users", "/users/ben", "/classes/c2/students"])
@pytest.mark.parametrize("value", ["status='active'", "", "nonsense"])
def test_filter_is_refused(cast: Cast, path: str, value: str) -> None:
    answer = cast.hub(path, filter=value)

    assert answer.status_code == 400
    assert answer.json()["statusInfoSet"][0]["imsx_codeMinor"] == "invalid_filter_field"


def test_sort_and_fields_are_passed_over_with_a_warning(cast: Cast) -> None:
    answer = cast.hub("/users", sort="familyName", orderBy="asc", fields="givenName")

    assert answer.status_code == 200
    assert answer.json()["users"] == cast.hub("/users").json()["users"]
    statuses = answer.json()["statusInfoSet"]
    assert [s["imsx_codeMinor"] for s in statuses] == [
        "invalid_selection_field",
        "invalid_sort_field",
    ]
    assert {s["imsx_severity"] for s in statuses} == {"warning"}


def test_blank_fields_are_refused(cast: Cast) -> None:
    for value in ("", " ", ","):
        answer = cast.hub("/users/ben", fields=value)
        assert answer.status_code == 400
        code = answer.json()["statusInfoSet"][0]["imsx_codeMinor"]
        assert code == "invalid_blank_selection_field"


def test_unknown_parameters_are_passed_over(cast: Cast) -> None:
    assert cast.hub("/users", **{"limit ": 100, "x": "y"}).json() == cast.hub("/users").json()
