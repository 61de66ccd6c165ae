"""The formats that Rollbook reads."""

from __future__ import annotations

from enum import StrEnum

from rollbook.oneroster import Version


class Format(StrEnum):
    """A format of deliveries; the value is its name on the command line and in reports."""

    ONEROSTER_1_0 = "oneroster-1.0"
    ONEROSTER_1_1 = "oneroster-1.1"
    ONEROSTER_1_2 = "oneroster-1.2"
    CLEVER = "clever"
    SDS_V1 = "sds-v1"
    SDS_V2 = "sds-v2"
    SDS_V2_1 = "sds-v2.1"
    GUARDIANS = "guardians"

    @property
    def version(self) -> Version | None:
        """The version of OneRoster; None for the formats of others."""
        return Version(self.removeprefix("oneroster-")) if self in _ONEROSTER else None

    @property
    def full_name(self) -> str:
        """The name as people know it."""
        return _TITLES[self]


_ONEROSTER = (Format.ONEROSTER_1_0, Format.ONEROSTER_1_1, Format.ONEROSTER_1_2)
_TITLES = {
    Format.ONEROSTER_1_0: "OneRoster 1.0 CSV",
    Format.ONEROSTER_1_1: "OneRoster 1.1 CSV",
    Format.ONEROSTER_1_2: "OneRoster 1.2 CSV",
    Format.CLEVER: "Clever CSV",
    Format.SDS_V1: "Microsoft School Data Sync CSV v1",
    Format.SDS_V2: "Microsoft School Data Sync CSV v2",
    Format.SDS_V2_1: "Microsoft School Data Sync CSV v2.1",
    Format.GUARDIANS: "a guardians file",
}
