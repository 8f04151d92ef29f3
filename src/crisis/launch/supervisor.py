"""
`crisis serve`: start all programs at once, keep them running, stop them in order.

The supervisor holds no state that matters: killed, it leaves children that end by
themselves, and a successor starts where it was.
"""

import fcntl
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from crisis.errors import RefusedError
from crisis.launch.child import Child
from crisis.launch.place import Place
from crisis.launch.premises import check_folder, check_ports
from crisis.launch.process import end, started
from crisis.launch.program import Program, programs
from crisis.launch.roll import Member, Roll, call_roll, erase_roll, write_roll
from crisis.usecases.ports import Clock

log = logging.getLogger("crisis.serve")

_LOOK = 0.2
_LEAVES_WITHIN = 5.0


def serve(
    place: Place,
    *,
    clock: Clock,
    check: Callable[[], None] = lambda: None,
    stop: threading.Event | None = None,
    started_all: Callable[[], None] = lambda: None,
) -> None:
    """
    Run a house until SIGTERM or SIGINT, or until `stop` is set.

    Args:
        place: where, and on which ports.
        clock: real time, for `crisis status`.
        check: what else must be right before anything starts; raises if it is not.
        stop: ends it from another thread; then no signals are caught.
        started_all: called once all programs were started (not: once they answer).

    Raises:
        RefusedError: another supervisor runs in this data folder.
        UnreachableError: the folder cannot be written to, or a port is taken.
    """
    check_folder(place)
    with _only_one(place.data_dir), _until_asked(stop) as asked:
        bury(call_roll(place.data_dir))
        check_ports(place)
        check()
        supervise(programs(place), place.data_dir, clock=clock, stop=asked, on_start=started_all)


def supervise(
    members: Sequence[Program],
    data_dir: Path,
    *,
    clock: Clock,
    stop: threading.Event,
    on_start: Callable[[], None] = lambda: None,
) -> None:
    """Keep the programs running until `stop` is set, then stop them in their order."""
    logs = data_dir / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    me = Member(
        name="supervisor", pid=os.getpid(), ticks=started(os.getpid()) or 0, since=clock.now()
    )
    children = [Child(program, logs=logs, clock=clock) for program in members]
    told, written = False, True
    try:
        while not stop.is_set():
            begun = [child.keep() for child in children]
            if any(begun) or not written:
                present = tuple(child.member for child in children if child.member is not None)
                written = _is_written(data_dir, Roll(supervisor=me, children=present), was=written)
            if not told:
                told = True
                on_start()
            stop.wait(_LOOK)
    finally:
        for child in children:
            child.stop()
        erase_roll(data_dir)


def _is_written(data_dir: Path, roll: Roll, *, was: bool) -> bool:
    """Write the roll and return whether that worked; a failure is news if it `was` written."""
    try:
        write_roll(data_dir, roll)
    except OSError as error:
        if was:
            log.error("`crisis status` is told later who runs: %s", error.strerror)  # noqa: TRY400 -- the system's words say enough
        return False
    return True


@contextmanager
def _only_one(data_dir: Path) -> Iterator[None]:
    with (data_dir / "serve.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            roll = call_roll(data_dir)
            who = f" with pid {roll.supervisor.pid}" if roll else ""
            raise RefusedError(
                f"`crisis serve` already runs in {data_dir}{who}."
                " Stop it first, or name another folder in CRISIS_DATA_DIR."
            ) from None
        yield


@contextmanager
def _until_asked(stop: threading.Event | None) -> Iterator[threading.Event]:
    if stop is not None:
        yield stop
        return
    asked = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        asked.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def bury(roll: Roll | None) -> None:
    """End the children of a supervisor that was killed; they are already on their way out."""
    for child in roll.children if roll else ():
        end(child.pid, child.ticks, within=_LEAVES_WITHIN)
