"""
The thread that brings outcomes into the log, many in one append.

Who sends hands over what became of a message and goes on. What the log does not take
now, because it is away, is kept and tried again until it does: an outcome that is
known must not become unknown (ADR 0021).
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Condition, Lock, Thread

from crisis.core.backlog import Carried, pause_before, together
from crisis.errors import UnreachableError
from crisis.usecases.outcomes import PASSING, store
from crisis.usecases.reading import Desk

log = logging.getLogger("crisis.engine")

Ended = Callable[[BaseException | None], None]

# In a crowd so many seconds for others to join: fewer appends, and larger claims after them.
_LINGER = 0.003
# Appends of so many incidents at the same time; the log's writer puts them together.
_AT_ONCE = 8


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    carried: Carried
    ended: Ended


class Recorder:
    """
    Keeps outcomes until the log has taken them; its own thread writes.

    What it holds is bounded by the window: a permit comes back when its outcome is stored.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._news = Condition()
        self._kept: list[_Kept] = []
        self._closing = False
        # Held by whoever writes: the thread, or somebody who catches up.
        self._writing = Lock()
        self._tries = 0
        self._crowded = False
        self._failure: Exception | None = None
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="record")
        self._thread = Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    @property
    def is_writing(self) -> bool:
        """Whether an append is under way."""
        return self._writing.locked()

    def hand_over(self, carried: Carried, ended: Ended) -> None:
        """
        Keep an outcome until it is stored; `ended` is then called, from another thread.

        It gets None, or why the log will never take this outcome.
        """
        with self._news:
            if not self._closing:
                # Whoever writes looks again by itself; woken for each, it would hold up who sends.
                if not self._kept:
                    self._news.notify()
                self._kept.append(_Kept(carried, ended))
                return
        ended(UnreachableError("The engine is leaving; the outcome was not stored."))

    def catch_up(self) -> None:
        """
        Store what could not be stored before; for whoever is about to plan.

        Else the plan would take for lost what is known here.

        Raises:
            UnreachableError: the log is still away.
        """
        if not self._tries:
            return
        with self._writing:
            self._store()
            failure = self._failure
        if isinstance(failure, UnreachableError):
            raise failure

    def close(self) -> None:
        """Store what is kept, once more if the log was away, and end the thread."""
        with self._news:
            self._closing = True
            self._news.notify()
        self._thread.join()
        self._pool.shutdown()

    def _run(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._kept or self._closing)
                leaving = self._closing
                if self._crowded:
                    self._news.wait_for(lambda: self._closing, _LINGER)
            with self._writing:
                self._store()
            if leaving:
                self._settle(tuple(self._kept), self._failure)
                return
            if self._tries:
                with self._news:
                    self._news.wait_for(lambda: self._closing, pause_before(self._tries))

    def _store(self) -> None:
        """Try once to store all that is kept; what passes by is kept for the next try."""
        with self._news:
            kept = {each.carried: each for each in self._kept}
        self._crowded = len(kept) > 1
        groups = together(kept)
        self._failure = None
        for group, failure in zip(groups, self._failures(groups), strict=True):
            if isinstance(failure, PASSING):
                self._failure = failure
            else:
                self._settle([kept[carried] for carried in group], failure)
        if self._failure is None:
            self._tries = 0
            return
        if not self._tries:
            log.error("Outcomes are kept until the log takes them: %s", self._failure)
        self._tries += 1

    def _failures(self, groups: Sequence[Sequence[Carried]]) -> list[Exception | None]:
        """Store groups, each on its own, and return for each why that failed, if it did."""
        if len(groups) == 1:
            return [self._failure_of(groups[0])]
        return list(self._pool.map(self._failure_of, groups))

    def _failure_of(self, group: Sequence[Carried]) -> Exception | None:
        try:
            store(self._desk, group, again=self._tries > 0)
        except Exception as error:  # noqa: BLE001 -- told to whoever sent it
            return error
        return None

    def _settle(self, those: Sequence[_Kept], failure: Exception | None) -> None:
        gone = set(those)
        with self._news:
            self._kept = [each for each in self._kept if each not in gone]
        for each in those:
            each.ended(failure)
