"""The guardians of families that have a child in the district."""

from __future__ import annotations

from collections.abc import Iterator

from rollbook.convert.package import list_of
from rollbook.generate.addresses import mail_host_of, phone_of
from rollbook.generate.district import District, student_number
from rollbook.generate.draws import draw
from rollbook.generate.families import Family
from rollbook.generate.names import Name, given_name

_ROLES = ("parent",) * 12 + ("guardian",) * 2 + ("relative",) * 2


def guardian_ids(family: Family) -> list[str]:
    """Return the ids of a family's guardians, `g-0012345-1`."""
    number = student_number(family.first)
    return [f"g-{number}-{place}" for place in range(1, family.guardian_count + 1)]


def home_phone(district: District, family: Family) -> str:
    """Return the number that a family shares."""
    return phone_of((family.bits >> 12) + 37 * district.journal.contacts.get(family.first, 0))


def guardian_rows(district: District) -> Iterator[dict[str, str]]:
    """Yield the rows of users.csv for guardians. One whose children all left is not there."""
    stream = district.stream("guardians")
    for family in district.families.until(district.journal.student_count):
        seats = _seats_of_children(district, family)
        if not seats:
            continue
        schools = {district.layout.school_at(seat).sourced_id: None for seat in seats.values()}
        shared = {
            "enabledUser": "true",
            "orgSourcedIds": list_of([*schools]),
            "agentSourcedIds": list_of([student_number(child) for child in seats]),
        }
        for place, sourced_id in enumerate(guardian_ids(family)):
            bits = draw(stream, family.first * 2 + place)
            person = _name_fields(family, bits, is_first=place == 0)
            contact = _contact_fields(
                district, family, bits, username=person["username"], is_first=place == 0
            )
            yield {"sourcedId": sourced_id} | shared | person | contact


def _seats_of_children(district: District, family: Family) -> dict[int, int]:
    """Return the seats of the children who are in the district today."""
    journal = district.journal
    came = range(family.first, min(family.children.stop, journal.student_count))
    seats = {child: journal.seat_of(child) for child in came}
    return {child: seat for child, seat in seats.items() if seat is not None}


def _name_fields(family: Family, bits: int, *, is_first: bool) -> dict[str, str]:
    given = given_name(family.culture, bits >> 8 & 0xFF, is_female=is_first ^ (bits & 7 == 0))
    surname = _surname(family, bits >> 16 & 15, is_first=is_first)
    number = student_number(family.first)
    return {
        "role": _ROLES[bits >> 20 & 15],
        "username": f"{given.slug}.{surname.slug}.{number}{'a' if is_first else 'b'}",
        "givenName": given.text,
        "familyName": surname.text,
        "middleName": "MJALREKT"[bits >> 28 & 7] if bits >> 24 & 15 < 3 else "",
    }


def _surname(family: Family, choice: int, *, is_first: bool) -> Name:
    """Return the name of one guardian: a couple has one name, or each its own."""
    if not is_first:
        return family.surname
    if family.culture.has_two_surnames or choice < 5:
        return family.other_surname
    return family.surname


def _contact_fields(
    district: District, family: Family, bits: int, *, username: str, is_first: bool
) -> dict[str, str]:
    """Return addresses: some guardians have no e-mail, some no mobile telephone."""
    changes = district.journal.contacts.get(family.first, 0)
    own_phone = phone_of((bits >> 32 & 0xFFFF) + 37 * changes)
    return {
        "userIds": f"{{Fed:{username}}}" if bits >> 48 & 15 == 0 else "",
        "email": f"{username}@{mail_host_of(bits + changes)}" if bits >> 52 & 7 else "",
        "sms": own_phone if bits >> 55 & 7 < 5 else "",
        "phone": home_phone(district, family) if is_first else own_phone,
    }
