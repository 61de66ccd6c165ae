"""What is wrong with a policy."""

from __future__ import annotations

from collections.abc import Sequence

from rollbook.errors import ConfigurationError


class PolicyError(ConfigurationError):
    """A policy says what no policy can say.

    Attributes:
        problems: Each as a sentence.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)
