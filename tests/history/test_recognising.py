"""An erased person who comes under another id is known again, and nobody is taken for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.history.test_erasure import district_with_vex, erase, mentions, stored_texts, without_vex
from tests.packages import DEMOGRAPHICS, USERS, Package
from tests.rosters import deliver, expected_roster, faults_of, records_of, roster_of

if TYPE_CHECKING:
    from rollbook.runs.models import SyncRun

pytestmark = pytest.mark.usefixtures("_own_files")
OLD, NEW = "zq-vex-77", "new-90210"
CODE = "users.sourcedId.erased"
NOTHING = {"email": "", "userIds": ""}


def with_new_id(**values: str) -> Package:
    """Return the district with the erased student under a new id, and other values."""
    package = district_with_vex()
    for rows in package.rows.values():
        for row in rows:
            for name, value in row.items():
                if name.endswith(("ourcedId", "ourcedIds")):
                    row[name] = value.replace(OLD, NEW)
    born = values.pop("birthDate", None)
    package.row(USERS, NEW).update(values)
    if born == "":
        package.drop(DEMOGRAPHICS, NEW)
    elif born:
        package.row(DEMOGRAPHICS, NEW)["birthDate"] = born
    return package


@pytest.fixture
def erasure(district: Any) -> Any:
    deliver(district, district_with_vex())
    return erase(district, OLD)


def is_there(district: Any) -> bool:
    assert not faults_of(district.pk)
    return NEW in {it["sourced_id"] for it in records_of(district.pk, USERS).values()}


def findings_of(run: SyncRun) -> int:
    return int(run.finding_counts.get(CODE, 0))


def test_erased_person_under_a_new_id_does_not_come_back(district: Any, erasure: Any) -> None:
    run = deliver(district, with_new_id())
    assert findings_of(run) >= 1
    assert roster_of(district.pk) == expected_roster(without_vex(district_with_vex()))
    assert mentions(stored_texts()) == set()
    # From now on the new id alone says who it is.
    other = with_new_id(givenName="Quite", familyName="Other", birthDate="", **NOTHING)
    assert findings_of(deliver(district, other)) >= 1
    assert not is_there(district)


@pytest.mark.parametrize(
    "values",
    [
        {"email": "", "familyName": "Married", "birthDate": ""},  # the number, and a name
        {"userIds": "", "birthDate": ""},  # the address, and the given name
        dict(NOTHING),  # name and birth date
    ],
    ids=["number", "address", "birth date"],
)
def test_one_thing_that_only_the_person_has_is_enough(
    district: Any, erasure: Any, values: dict[str, str]
) -> None:
    assert findings_of(deliver(district, with_new_id(**values))) >= 1
    assert not is_there(district)


@pytest.mark.parametrize(
    "values",
    [
        {"birthDate": "2016-01-01"},  # a twin at most
        {
            "givenName": "Bela",
            "birthDate": "",
            "userIds": "",
        },  # a sibling, with the family's address
        {
            "givenName": "Bela",
            "familyName": "Other",
            "birthDate": "",
            "email": "",
        },  # the number alone
        {"birthDate": "", **NOTHING},  # the name alone
        {"role": "teacher", "grades": "", "birthDate": ""},  # another kind of person
    ],
    ids=["birth date", "sibling", "number", "name", "kind"],
)
def test_somebody_else_is_let_in(district: Any, erasure: Any, values: dict[str, str]) -> None:
    assert findings_of(deliver(district, with_new_id(**values))) == 0
    assert is_there(district)


def test_what_two_people_have_says_nothing(district: Any, erasure: Any) -> None:
    package = with_new_id(birthDate="", userIds="")
    package.row(USERS, "stu-2")["email"] = "zq.vex@oak.example"
    assert findings_of(deliver(district, package)) == 0
    assert is_there(district)


def test_lifted_erasure_lets_the_new_id_in(district: Any, erasure: Any, person: Any) -> None:
    from rollbook.history.asking import lift_erasure

    deliver(district, with_new_id())
    lift_erasure(erasure, acting_user=person)
    deliver(district, with_new_id())
    assert is_there(district)
