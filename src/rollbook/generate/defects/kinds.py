"""The table of defects. A new rule gets its defect in one of the modules named here."""

from __future__ import annotations

from rollbook.generate.defects.additions import is_contact
from rollbook.generate.defects.classes import CLASS_KINDS, is_student_place
from rollbook.generate.defects.kind import DefectKind, again, altered, is_any, refused
from rollbook.generate.defects.people import PEOPLE_KINDS
from rollbook.generate.defects.schools import SCHOOL_KINDS

ROW_KINDS: tuple[DefectKind, ...] = (
    # Ids.
    again("enrollments.sourcedId.duplicate", is_student_place, {"endDate": "2027-06-04"}),
    again("users.sourcedId.duplicate", is_contact, {"middleName": "Q"}),
    again("enrollments.sourcedId.repeated", is_student_place, {}),
    again("demographics.sourcedId.repeated", is_any, {}),
    altered("enrollments.sourcedId.too_long", is_student_place, "e-" + "0" * 300 + "<n>"),
    altered("enrollments.sourcedId.unusual_id", is_student_place, lambda old, n: f"{old}*{n}"),
    altered("enrollments.sourcedId.spreadsheet_number", is_student_place, "7<n>.0"),
    # Rows that cannot be read.
    refused("enrollments.row.too_short", is_student_place, lambda line: line.rsplit(",", 2)[0]),
    refused("enrollments.row.too_long", is_student_place, lambda line: f"{line},"),
    refused("enrollments.row.bad_quoting", is_student_place, lambda it: f'"{it[:5]}"{it[5:]}'),
    refused("demographics.row.bad_encoding", is_any, lambda line: f"{line}\udce9"),
)

KINDS: tuple[DefectKind, ...] = (*PEOPLE_KINDS, *CLASS_KINDS, *SCHOOL_KINDS, *ROW_KINDS)

# What these plant needs other people, or people at other schools.
_BRING_PEOPLE = (
    "many teachers",
    "two primary teachers",
    "no primary teacher",
    "class at the district",
    "enrollment at another school",
    "org below itself",
    "orgs.parentSourcedId.wrong_level",
    "orgs.identifier.spreadsheet_number",
    "orgs.name.same_name",
    "orgs.identifier.shared",
    "school without class",
    "school without district",
)
# Those that leave users as they are, for formats that tell of people otherwise.
KINDS_WITHOUT_PEOPLE: tuple[DefectKind, ...] = tuple(
    kind for kind in KINDS if not kind.code.startswith("users.") and kind.name not in _BRING_PEOPLE
)
