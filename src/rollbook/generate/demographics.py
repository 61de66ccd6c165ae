"""The rows of demographics.csv: one for each student."""

from __future__ import annotations

from collections.abc import Iterator

from rollbook.generate.birthdays import Birthdays
from rollbook.generate.district import District, student_number
from rollbook.generate.draws import draw
from rollbook.generate.students import Student, students_in

_RACES = (
    "americanIndianOrAlaskaNative",
    "asian",
    "blackOrAfricanAmerican",
    "nativeHawaiianOrOtherPacificIslander",
    "white",
)
_BIRTHPLACES = (
    ("CA", "Oakwood"), ("CA", "San José"), ("CA", "Fresno"), ("TX", "El Paso"), ("NV", "Reno"),
    ("OR", "Eugene"), ("HI", "Hāna"), ("MN", "St. Paul"), ("LA", "Baton Rouge"), ("NM", "Española"),
)  # fmt: skip
_RESIDENCE = ("01652",) * 13 + (
    "01653",
    "01654",
    "",
)  # codes of CEDS, Public School Residence Status


def demographics_rows(district: District) -> Iterator[dict[str, str]]:
    """Yield the rows of demographics.csv, in the order of students."""
    students, stream = district.stream("students"), district.stream("demographics")
    birthdays = Birthdays(district)
    for group in district.layout.groups:
        for seat, student in students_in(district, group.seats, students):
            bits = draw(stream, student.index)
            if student.index in district.journal.seats:
                seat = district.journal.first_seat_of(student.index)
                grade = district.layout.group_at(seat).grade_of(seat)
            else:
                grade = group.grade_of(seat)
            yield {
                "sourcedId": student_number(student.index),
                "birthDate": birthdays.of(student.index, grade),
                "sex": "female" if student.is_female else "male",
                "publicSchoolResidenceStatus": _RESIDENCE[bits & 15],
                **_origin(student, bits >> 4),
                **_birthplace(student, bits >> 16),
            }


def _origin(student: Student, bits: int) -> dict[str, str]:
    """Return race and ethnicity, which one family in sixteen does not state."""
    culture = student.family.culture
    if student.family.bits >> 60 == 0:
        return {}
    stated = {culture.race} - {""}
    if bits & 15 == 0:
        stated.add(_RACES[(bits >> 4) % len(_RACES)])
    races = dict.fromkeys(_RACES, "false") | dict.fromkeys(stated, "true") if stated else {}
    return {
        **races,
        "demographicRaceTwoOrMoreRaces": "true" if len(stated) > 1 else "false",
        "hispanicOrLatinoEthnicity": "true" if culture.is_hispanic else "false",
    }


def _birthplace(student: Student, bits: int) -> dict[str, str]:
    """Return the place of birth: of one in eight unknown, for one in eight abroad."""
    if bits & 7 == 0:
        return {}
    country = student.family.culture.country
    if bits & 7 == 1 and country != "US":
        return {"countryOfBirthCode": country}
    state, city = _BIRTHPLACES[(bits >> 3 & 0xFF) % len(_BIRTHPLACES)]
    return {
        "countryOfBirthCode": "US",
        "stateOfBirthAbbreviation": state,
        "cityOfBirth": city,
    }
