"""Who works in a district."""

from __future__ import annotations

from dataclasses import dataclass

from rollbook.districts.models import District, Membership, Role


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person. `name` is empty where nobody has given one."""

    person_id: int
    name: str
    email: str
    role: Role


def read_people(district: District) -> list[PersonLine]:
    """Return the people of the district: owners, then data managers, then readers, each by name."""
    memberships = Membership.objects.filter(district=district).select_related("person")
    lines = [
        PersonLine(
            person_id=membership.person_id,
            name=membership.person.get_full_name(),
            email=membership.person.email,
            role=Role(membership.role),
        )
        for membership in memberships
    ]
    order = list(Role)
    return sorted(lines, key=lambda line: (order.index(line.role), line.name or line.email))
