"""The end of the engine's loop."""

import asyncio
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from flows.leaving import result_of, run_and_leave

SOON, SOON_ENOUGH, LATE = 0.2, 10.0, 60.0


async def willing(ended: list[str]) -> None:
    """End when cancelled."""
    try:
        await asyncio.Event().wait()
    finally:
        ended.append("willing")


async def stubborn() -> None:
    """Take no notice of being cancelled once."""
    with suppress(asyncio.CancelledError):
        await asyncio.Event().wait()
    await asyncio.Event().wait()


def test_tasks_that_are_left_get_to_end_and_are_waited_for() -> None:
    ended: list[str] = []

    async def main() -> None:
        ended.append("main")
        beside.append(asyncio.create_task(willing(ended)))
        await asyncio.sleep(0)

    beside: list[asyncio.Task[None]] = []

    assert run_and_leave(main(), within=LATE) == 0
    assert ended == ["main", "willing"]


def test_task_that_never_ends_is_left_behind() -> None:
    beside: list[asyncio.Task[None]] = []

    async def main() -> None:
        beside.append(asyncio.create_task(stubborn()))
        await asyncio.sleep(0)

    left = run_and_leave(main(), within=SOON)

    loop = beside[0].get_loop()
    beside[0].cancel()
    with suppress(asyncio.CancelledError):
        loop.run_until_complete(beside[0])
    loop.close()
    assert left == 1


def test_failure_is_raised() -> None:
    async def main() -> None:
        raise ValueError("eve")

    with pytest.raises(ValueError, match="eve"):
        run_and_leave(main(), within=LATE)
    asyncio.get_event_loop_policy().get_event_loop().close()


def test_signal_that_another_thread_got_is_heard_all_the_same() -> None:
    asked = threading.Event()

    def work() -> bool:
        asked.wait(SOON)  # until the other one waits
        signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
        return asked.wait(SOON_ENOUGH)

    before = signal.signal(signal.SIGUSR1, lambda _number, _frame: asked.set())
    try:
        with ThreadPoolExecutor(1) as thread:
            assert result_of(thread.submit(work))
    finally:
        signal.signal(signal.SIGUSR1, before)
