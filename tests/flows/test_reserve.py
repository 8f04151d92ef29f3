"""A run in reserve: work is done in its context, and a later one takes over."""

import asyncio
import contextvars

import pytest

from flows.reserve import Reserve

WHERE: contextvars.ContextVar[str] = contextvars.ContextVar("where", default="outside")


async def _stand_by(reserve: Reserve, name: str) -> str:
    WHERE.set(name)
    await reserve.enter(contextvars.copy_context()).wait()
    return name


def test_work_is_done_in_the_run_that_took_over_last() -> None:
    async def twice() -> tuple[list[str], list[str], bool]:
        reserve, done = Reserve(), []

        async def work() -> None:
            done.append(WHERE.get())

        runs = []
        for name in ("first", "second"):
            runs.append(asyncio.create_task(_stand_by(reserve, name)))
            await asyncio.sleep(0)
            await reserve.do(work())
        reserve.end()
        return done, list(await asyncio.gather(*runs)), reserve.is_there

    assert asyncio.run(twice()) == (["first", "second"], ["first", "second"], False)


def test_without_a_run_nothing_is_done() -> None:
    async def nobody() -> None:
        async def work() -> None:
            raise AssertionError

        await Reserve().do(work())

    with pytest.raises(RuntimeError, match="no run is in reserve"):
        asyncio.run(nobody())


def test_failure_of_the_work_reaches_who_wanted_it() -> None:
    async def failing() -> None:
        reserve = Reserve()
        reserve.enter(contextvars.copy_context())

        async def work() -> None:
            raise ValueError("eve")

        await reserve.do(work())

    with pytest.raises(ValueError, match="eve"):
        asyncio.run(failing())
