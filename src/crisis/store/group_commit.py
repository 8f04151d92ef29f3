"""
One thread that writes, many that wait: what is waiting goes into one transaction.

With `synchronous=FULL` a transaction costs a write to the disk, however much is
in it; together, sixty-four answers cost as much as one. In a crowd, where the last
transaction served several, the next waits a moment for more; who is alone never waits.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Generic, TypeVar

from crisis.errors import CrisisError, UnreachableError

Job = TypeVar("Job")
Done = TypeVar("Done")

MOST = 64
# A transaction takes about as long to prepare; an answer may take ten times as long.
LINGER_S = 0.005


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[Job, Done]):
    job: Job
    future: Future[Done] = field(default_factory=Future)


class GroupCommit(Generic[Job, Done]):
    """
    Hands jobs to `perform`, at most `MOST` at a time, always from the same thread.

    `perform` returns one result per job, in order; a result that is a CrisisError
    is raised to that job's caller alone. If it raises, each job is performed again
    on its own, so that only the one at fault fails.
    """

    def __init__(self, perform: Callable[[Sequence[Job]], Sequence[Done | CrisisError]]) -> None:
        self._perform = perform
        self._queue: SimpleQueue[_Waiting[Job, Done] | None] = SimpleQueue()
        self._lock = Lock()
        self._closed = False
        # Daemon: whoever forgets to close the log can still leave. Nothing acknowledged is lost.
        self._thread = Thread(target=self._run, name="crisis-log-writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> Future[Done]:
        """
        Queue a job and return the future of its result.

        Raises:
            UnreachableError: the log is closed.
        """
        waiting: _Waiting[Job, Done] = _Waiting(job)
        with self._lock:
            if self._closed:
                raise UnreachableError("The log is closed; open it again to write.")
            self._queue.put(waiting)
        return waiting.future

    def close(self) -> None:
        """Perform what is waiting, then stop the thread."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        last, crowded = False, False
        while not last:
            group, last = self._next(linger=LINGER_S if crowded else 0.0)
            self._settle(group)
            crowded = len(group) > 1

    def _next(self, *, linger: float) -> tuple[list[_Waiting[Job, Done]], bool]:
        group: list[_Waiting[Job, Done]] = []
        taken = self._queue.get()
        until = time.monotonic() + linger
        while taken is not None:
            group.append(taken)
            if len(group) == MOST:
                return group, False
            left = until - time.monotonic()
            try:
                taken = self._queue.get(block=left > 0, timeout=max(left, 0))
            except Empty:
                return group, False
        return group, True

    def _settle(self, group: Sequence[_Waiting[Job, Done]]) -> None:
        if not group:
            return
        try:
            results = self._perform([waiting.job for waiting in group])
        except Exception as error:  # noqa: BLE001 -- the thread must outlive any mistake
            if len(group) == 1 or isinstance(error, UnreachableError):
                for waiting in group:
                    waiting.future.set_exception(error)
            else:
                for waiting in group:
                    self._settle([waiting])
            return
        for waiting, result in zip(group, results, strict=True):
            if isinstance(result, CrisisError):
                waiting.future.set_exception(result)
            else:
                waiting.future.set_result(result)
