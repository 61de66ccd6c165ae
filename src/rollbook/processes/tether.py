"""Start a program that ends when its starter ends, however that ends: nothing is left behind.

The kernel signals a tethered child when the thread that started it is gone, even after SIGKILL. So
start tethered programs from the main thread. Linux only; elsewhere the child is an ordinary one.

This file is also the small script that stands between: started by path, it changes who runs the
program, ties the tether, and becomes the program. Standard library only, so that it starts in a few
milliseconds.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from enum import StrEnum
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER = 0x10000000
NOBODY = 65534


class RunAs(StrEnum):
    """Under which user a tethered program runs."""

    SELF = "self"
    # In a user namespace where root is called nobody: programs that refuse root run, files stay
    # root's.
    MAPPED_NOBODY = "mapped-nobody"
    NOBODY = "nobody"


def tethered(
    command: list[str], *, on_starter_end: signal.Signals, run_as: RunAs = RunAs.SELF
) -> list[str]:
    """Return the command line that runs `command` as a program that ends with this process."""
    script = str(Path(__file__).resolve())
    return [
        *(sys.executable, "-I", "-S", script),
        *(str(os.getpid()), str(int(on_starter_end)), run_as.value),
        *command,
    ]


def end_with_parent(sent: signal.Signals) -> None:
    """Have the kernel send `sent` to this process when its parent ends."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, int(sent), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl cannot tie this process to its parent")


def _become(run_as: RunAs) -> None:
    if run_as is RunAs.MAPPED_NOBODY:
        user, group = os.getuid(), os.getgid()
        if ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER) != 0:
            raise OSError(ctypes.get_errno(), "no user namespace")
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{NOBODY} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{NOBODY} {group} 1", encoding="ascii")
    elif run_as is RunAs.NOBODY:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def _main() -> None:
    starter, sent, run_as, *command = sys.argv[1:]
    _become(RunAs(run_as))
    # After the change of user, which unties a tether.
    end_with_parent(signal.Signals(int(sent)))
    # The starter may have ended before the tether was tied; then nobody will send the signal.
    if os.getppid() == int(starter):
        os.execvp(command[0], command)  # noqa: S606  no shell: the command is a list


if __name__ == "__main__":
    _main()
