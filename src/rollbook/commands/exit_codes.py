"""What the exit code of a command means to the program that called it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes, the same for every command."""

    OK = 0
    FAILED = 1  # the work could not be done; the message says who acts next
    UNREADABLE = 2  # the input is not what it should be: the district's data is to be repaired
    USAGE = 3  # the command was called wrongly
    INTERRUPTED = 130  # Ctrl-C, as the shell counts it
