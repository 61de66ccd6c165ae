"""Places in classes that return: the same with the same person and class, else new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.flows.test_guard import approve, go_on, somebody
from tests.flows.test_identity import district_package, next_year
from tests.history.past import restore
from tests.packages import CLASSES, ENROLLMENTS, Package
from tests.rosters import deliver, faults_of, records_of

if TYPE_CHECKING:
    from rollbook.runs.models import SyncRun

PLACE = "stu-1-cls-21"


def with_place(user: str, roster_class: str) -> Package:
    """Return the district with one place given to a person and a class."""
    package = district_package()
    package.row(ENROLLMENTS, PLACE).update(userSourcedId=user, classSourcedId=roster_class)
    return package


def without_place() -> Package:
    package = district_package()
    package.drop(ENROLLMENTS, PLACE)
    return package


def place_of(district: Any) -> tuple[str, str]:
    """Return the served id and the uid of the place with that sourcedId."""
    found = records_of(district.pk, ENROLLMENTS)
    ((served, record),) = [it for it in found.items() if it[1]["sourced_id"] == PLACE]
    assert not faults_of(district.pk)
    return served, str(record["uid"])


def test_place_returns_as_itself_with_its_person_and_class(district: Any) -> None:
    package = with_place("stu-1", "cls-21")
    deliver(district, package)
    first = place_of(district)
    deliver(district, without_place())
    deliver(district, with_place("stu-2", "cls-11"))
    second = place_of(district)
    assert first[0] == PLACE
    assert second[0] == second[1] != first[1]
    deliver(district, without_place())
    deliver(district, with_place("stu-2", "cls-22"))
    third = place_of(district)
    assert third[0] == third[1] not in (first[1], second[1])
    deliver(district, without_place())
    deliver(district, with_place("stu-2", "cls-11"))
    assert place_of(district) == second
    assert deliver(district, with_place("stu-2", "cls-11")).state == "unchanged"
    deliver(district, without_place())
    deliver(district, package)
    assert place_of(district) == first


def test_places_of_a_class_that_a_restore_revives_are_the_old_ones(district: Any) -> None:
    person = somebody(district, "dana")
    first = deliver(district, district_package())
    this_year = ids_of(district)
    assert published(deliver(district, next_year(district_package())), person)
    coming_year = ids_of(district)
    assert not {*this_year} & {*coming_year}
    (run,) = restore(first, person=person)
    assert run.state == "published"
    assert ids_of(district) == this_year
    assert published(deliver(district, next_year(district_package())), person)
    assert ids_of(district) == coming_year


def ids_of(district: Any) -> dict[str, str]:
    """Return the served ids of classes and places, each with its uid."""
    assert not faults_of(district.pk)
    records = {**records_of(district.pk, CLASSES), **records_of(district.pk, ENROLLMENTS)}
    return {served: str(record["uid"]) for served, record in records.items()}


def published(run: SyncRun, person: Any) -> bool:
    if run.state == "held":
        approve(run, person)
        go_on(run)
    return run.state == "published"
