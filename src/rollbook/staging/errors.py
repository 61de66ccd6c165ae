"""What keeps a package from being staged at all."""

from __future__ import annotations

from rollbook.errors import SourceDataError


class PackageUnreadableError(SourceDataError):
    """The delivery is no archive, or one that cannot be opened safely.

    Attributes:
        code: A stable name for the reason, `package.archive.broken`.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
