"""What the exit code of a command means to the program that called it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes, the same for every command."""

    OK = 0
    FAILED = 1  # findings, or the work could not be done; the message says who acts next
    UNREADABLE = 2  # the input is not what it should be: the district's data is to be repaired
    USAGE = 3  # the command was called wrongly
    INTERRUPTED = 130  # Ctrl-C, as the shell counts it
    UNHEARD = 141  # whoever read the output went away, as the shell counts it
