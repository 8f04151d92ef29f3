"""How the engine's loop ends: what hangs in it is not waited for for ever."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future, wait
from typing import TypeVar

T = TypeVar("T")

_HEARS_WITHIN = 1.0


def run_and_leave(main: Coroutine[object, object, None], *, within: float) -> int:
    """
    Run `main` in a loop of this thread, then leave; return how many tasks were left behind.

    `asyncio.run` waits until every task has taken its cancellation. A run of Prefect that
    ends just as its server dies may never do so, and the process would not leave at all.

    Args:
        main: runs to its end; what it raises is raised.
        within: seconds that all other tasks get to end when they are cancelled. Only who
            leaves the process soon may leave tasks behind: the loop then stays open.
    """
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main)
    rest = asyncio.all_tasks(loop)
    for task in rest:
        task.cancel()
    if rest:
        _, rest = loop.run_until_complete(asyncio.wait(rest, timeout=within))
    if not rest:
        loop.close()
    return len(rest)


def result_of(work: Future[T]) -> T:
    """
    Wait in the main thread for what another one does, and hear signals meanwhile.

    The system may hand a signal to any thread, and Python calls its handler in the main
    one, when that does something: who waits there without an end may never be asked to leave.
    """
    while not work.done():
        wait((work,), _HEARS_WITHIN)
    return work.result()
