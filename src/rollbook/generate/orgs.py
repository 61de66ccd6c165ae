"""The district and its schools, with names as districts give them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rollbook.generate.district import DISTRICT_ID, District
from rollbook.generate.layout import School

_FIRST_WORDS = (
    "Cedar", "Willow", "Maple", "Eagle", "Summit", "River", "Meadow", "Juniper", "Granite",
    "Harbor", "Prairie", "Sunset", "Canyon", "Laurel", "Heron", "Silver", "Orchard", "Mission",
    "Falcon", "Clear", "Stone", "Valley", "Aspen", "Magnolia", "Pine", "Cypress", "Copper",
    "Morning", "Quail", "Sage", "Thunder",
)  # fmt: skip
_SECOND_WORDS = (
    "Hill", "Creek", "Ridge", "View", "Grove", "Park", "Springs", "Crossing", "Heights", "Point",
    "Glen", "Bluff", "Lake", "Trail", "Bend", "Hollow", "Terrace", "Bridge", "Landing", "Mesa",
    "Woods", "Canyon",
)  # fmt: skip
_NAMESAKES = (
    "César Chávez", "Rosa Parks", "Georgia O'Keeffe", "José Martí", "Frederick Douglass",
    "Sojourner Truth", "Marie Curie", "Roberto Clemente", "Sacagawea", "Antonín Dvořák",
    "Katherine Johnson", "W. E. B. Du Bois", "Sor Juana Inés", "Bessie Coleman", "Lili'uokalani",
)  # fmt: skip
_WHOLE_NAMES = (
    '{place} "North" {level} School',
    "{place} {level} Academy of Arts, Science and Letters",
)


def org_rows(district: District) -> Iterator[dict[str, str]]:
    """Yield the rows of orgs.csv, the district first."""
    yield {
        "sourcedId": DISTRICT_ID,
        "name": district.name,
        "type": "district",
        "identifier": "0600100",
    }
    for school, name in zip(district.layout.schools, _school_names(district), strict=True):
        yield {
            "sourcedId": school.sourced_id,
            "name": name,
            "type": "school",
            "identifier": f"06001{school.index + 101:07d}",
            "parentSourcedId": DISTRICT_ID,
        }


def _school_names(district: District) -> Iterator[str]:
    """Yield a name for each school; should a name come again, with a number behind it."""
    offset = district.stream("school names") % len(_FIRST_WORDS)
    given: Counter[str] = Counter()
    for school in district.layout.schools:
        name = _school_name(school, offset)
        given[name] += 1
        yield name if given[name] == 1 else f"{name} No. {given[name]}"


def _school_name(school: School, offset: int) -> str:
    number = school.index + offset
    namesake = _NAMESAKES[(offset + school.index // 5) % len(_NAMESAKES)]
    first = _FIRST_WORDS[number % len(_FIRST_WORDS)]
    second = _SECOND_WORDS[number % len(_SECOND_WORDS)]
    place = f"{first} {second}" if first != second else f"{first} Oaks"
    if school.index % 7 == 2:
        return _WHOLE_NAMES[number % 2].format(place=place, level=school.level.label)
    if school.index % 5 == 4:
        return f"{namesake} {school.level.label} School"
    return f"{place} {school.level.label} School"
