"""The staff: teachers, aides, administrators and proctors of schools, and the district's office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count

from rollbook.convert.package import list_of
from rollbook.generate.addresses import phone_of
from rollbook.generate.district import DISTRICT_ID, District
from rollbook.generate.draws import draw
from rollbook.generate.layout import School
from rollbook.generate.levels import Level
from rollbook.generate.names import Name, doubled, given_name, weighted_cultures
from rollbook.generate.staffing import aide_count, aide_id, teacher_id

_LARGE_SCHOOL = 12  # groups, from which on a school has an assistant principal


@dataclass(frozen=True, slots=True)
class _Post:
    """One member of staff, before name and address, and how often these have changed."""

    sourced_id: str
    role: str
    orgs: tuple[str, ...]
    name_changes: int = 0
    email_changes: int = 0


def staff_rows(district: District) -> Iterator[dict[str, str]]:
    """Yield the rows of users.csv for staff, kind by kind and school by school."""
    stream = district.stream("staff")
    schools = district.layout.schools
    posts = chain(
        _administrators(schools), _proctors(schools), _aides(schools), _teachers(district)
    )
    for number, post in enumerate(posts):
        yield _row(district, post, draw(stream, number))


def _administrators(schools: tuple[School, ...]) -> Iterator[_Post]:
    """Yield the superintendent, and one or two principals of each school."""
    numbers = count(1)
    yield _Post(f"A-{next(numbers):04d}", "administrator", (DISTRICT_ID,))
    for school in schools:
        for _ in range(1 + (len(school.groups) >= _LARGE_SCHOOL)):
            yield _Post(f"A-{next(numbers):04d}", "administrator", (school.sourced_id,))


def _proctors(schools: tuple[School, ...]) -> Iterator[_Post]:
    high_schools = (school for school in schools if school.level is Level.HIGH)
    for number, school in enumerate(high_schools, start=1):
        yield _Post(f"P-{number:04d}", "proctor", (school.sourced_id,))


def _aides(schools: tuple[School, ...]) -> Iterator[_Post]:
    numbers = count()
    for school in schools:
        for _ in range(aide_count(school)):
            yield _Post(aide_id(next(numbers)), "aide", (school.sourced_id,))


def _teachers(district: District) -> Iterator[_Post]:
    """Yield the teachers; the last one of every third school helps out in the next school."""
    journal, schools = district.journal, district.layout.schools
    for school, following in zip(schools, (*schools[1:], schools[0]), strict=True):
        for place in range(school.teacher_count):
            number = school.first_teacher + place
            travels = school.index % 3 == 0 and place == school.teacher_count - 1
            orgs = (school, following) if travels and school is not following else (school,)
            yield _Post(
                teacher_id(number),
                "teacher",
                tuple(org.sourced_id for org in orgs),
                journal.staff_names.get(number, 0),
                journal.staff_emails.get(number, 0),
            )


def _row(district: District, post: _Post, bits: int) -> dict[str, str]:
    given, surname, married_name = _names(bits)
    username = f"{given.slug[0]}{surname.slug}.{post.sourced_id.lower()}"
    address = f"{given.slug}.{username}" if post.email_changes % 2 else username
    return {
        "sourcedId": post.sourced_id,
        "enabledUser": "true" if bits >> 1 & 127 else "false",
        "orgSourcedIds": list_of(post.orgs),
        "role": post.role,
        "username": username,
        "userIds": list_of([f"{{Staff:{post.sourced_id}}}", f"{{LDAP:{username}}}"]),
        "givenName": given.text,
        "familyName": married_name.text if post.name_changes % 2 else surname.text,
        "middleName": "ABCDEGJKLMNPRSTV"[bits >> 8 & 15] if bits >> 12 & 3 == 0 else "",
        "identifier": post.sourced_id,
        "email": f"{address}@{district.domain}",
        "sms": phone_of(bits >> 14 & 0xFFFF) if post.role == "administrator" else "",
        "phone": phone_of(bits >> 30 & 0xFFFF) if bits >> 46 & 1 else "",
    }


def _names(bits: int) -> tuple[Name, Name, Name]:
    """Return given name, family name, and the family name after a marriage."""
    cultures = weighted_cultures()
    culture = cultures[(bits >> 14) % len(cultures)]
    given = given_name(culture, bits >> 36, is_female=bits >> 47 & 3 != 0)
    place = (bits >> 49) % len(culture.families)
    surname, other = culture.families[place], culture.families[place - 1]
    return given, surname, doubled(surname, other)
