"""Processes by pid and start time, so that a pid that was given out anew is not mistaken."""

import ctypes
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_POLL = 0.05


def started(pid: int) -> int | None:
    """Return when a process began, in ticks since the machine's, or None if there is none."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return None
    # The program's name may hold blanks and brackets; what follows the last one is regular.
    fields = stat.rpartition(")")[2].split()
    # Field 3 is the state, field 22 the start (proc_pid_stat(5)); a zombie has ended.
    return None if fields[0] == "Z" else int(fields[19])


def is_alive(pid: int, since: int) -> bool:
    """Return whether the process with this pid still is the one that began then."""
    return started(pid) == since


def end(pid: int, since: int, *, within: float) -> None:
    """Ask a process to leave, and end it if it has not after so many seconds."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if not is_alive(pid, since):
            return
        os.kill(pid, number)
        deadline = time.monotonic() + within
        pause = threading.Event()
        while is_alive(pid, since) and time.monotonic() < deadline:
            pause.wait(_POLL)


def die_with_parent(number: signal.Signals) -> Callable[[], None]:
    """
    Return what a child runs before its program: it gets this signal when its parent ends.

    Linux only (prctl(2), PR_SET_PDEATHSIG). Made before the fork, because little
    is safe after it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def bind() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:
            os._exit(1)

    return bind
