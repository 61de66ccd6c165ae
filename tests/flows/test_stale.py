"""Records whose rows cannot be used: who is asked, who is told, and for how long."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.flows.test_guard import ALL, approve, codes_of, district_of, go_on, somebody
from tests.packages import USERS, Package
from tests.rosters import deliver, expected_roster, roster_of

if TYPE_CHECKING:
    from rollbook.runs.models import SyncRun


def without_names(*people: str) -> Package:
    """Return the district with rows of people that cannot be used."""
    package = district_of()
    for person in people:
        package.row(USERS, person)["givenName"] = ""
    return package


STUDENTS = [f"stu-{number}" for number in range(1, 13)]


def test_bad_rows_of_many_hold_once_and_not_again_when_approved(district: Any) -> None:
    deliver(district, ALL)
    run = deliver(district, without_names(*STUDENTS))
    assert (run.state, codes_of(run)) == ("held", ["users.stale.many_new"])
    assert run.reasons[0]["sentence"].startswith("12 of 24 students (50%) would stay as they are")
    assert run.reasons[0]["records"]["ids"][:2] == ["stu-1", "stu-10"]
    assert approve(run, somebody(district, "dana"))
    assert go_on(run).state == "unchanged"
    assert roster_of(district.pk) == expected_roster(ALL)
    again = deliver(district, without_names(*STUDENTS, "stu-13"))
    assert (again.state, again.reasons) == ("unchanged", [])


def test_record_that_is_stale_for_two_weeks_is_told_and_holds_nothing(district: Any) -> None:
    deliver(district, ALL)
    assert notices(deliver(district, without_names("stu-3"))) == []
    let_days_pass(district, 13)
    assert notices(deliver(district, without_names("stu-3", "stu-4"))) == []
    let_days_pass(district, 1)
    run = deliver(district, without_names("stu-3", "stu-4"))
    assert run.state == "unchanged"
    assert notices(run) == [("users.stale.too_long", 1, ["stu-3"])]
    assert notices(deliver(district, without_names("stu-4"))) == []


def notices(run: SyncRun) -> list[tuple[str, int, list[str]]]:
    from rollbook.runs.states import notices_of

    told = notices_of(run)
    return [(it["code"], it["records"]["count"], [*it["records"]["ids"]]) for it in told]


def let_days_pass(district: Any, days: int) -> None:
    from django.db.models import F

    from rollbook.roster.models import StaleRecord

    marks = StaleRecord.objects.filter(district=district)
    marks.update(stale_since=F("stale_since") - timedelta(days=days))
