"""The words of OneRoster: resources, fields, values and names, per version. Standard library only.

Everything that needs to know what a roster looks like asks here. A version of the standard is rows
in `fields.csv`, never a second copy of code.

Source: OneRoster 1.1 CSV tables, sections 3 and 6 of the fact base named in docs/decisions/0002.
"""

from rollbook.oneroster.fields import Field, Kind, Version, fields_of, resources_of
from rollbook.oneroster.kinds import PEOPLE, Ownership, RecordKind, kinds_of
from rollbook.oneroster.resources import FILES_WITHOUT_ROSTER, RESOURCES, Resource

__all__ = [
    "FILES_WITHOUT_ROSTER",
    "PEOPLE",
    "RESOURCES",
    "Field",
    "Kind",
    "Ownership",
    "RecordKind",
    "Resource",
    "Version",
    "fields_of",
    "kinds_of",
    "resources_of",
]
