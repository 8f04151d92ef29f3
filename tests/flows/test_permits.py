"""The window: never more than its size, and nobody starves."""

import asyncio

from flows.permits import Permits


def test_all_permits_go_to_who_is_alone() -> None:
    async def alone() -> tuple[int, int]:
        permits = Permits(32)
        return await permits.take(), permits.used

    assert asyncio.run(alone()) == (32, 32)


def test_who_comes_while_all_are_given_out_waits_for_one() -> None:
    async def late() -> tuple[bool, int, int]:
        permits = Permits(4)
        await permits.take()
        waiting = asyncio.create_task(permits.take())
        await asyncio.sleep(0)
        waited = not waiting.done()
        permits.give_back(1)
        return waited, await waiting, permits.used

    assert asyncio.run(late()) == (True, 1, 4)


def test_many_incidents_share_the_window() -> None:
    async def many() -> list[int]:
        permits = Permits(32)
        given = await permits.take()
        waiting = [asyncio.create_task(permits.take()) for _ in range(4)]
        await asyncio.sleep(0)
        permits.give_back(given)
        return list(await asyncio.gather(*waiting))

    shares = asyncio.run(many())

    assert sum(shares) <= 32
    assert min(shares) >= 1
    assert max(shares) <= 16


def test_window_is_never_exceeded() -> None:
    most = 0

    async def work(permits: Permits) -> None:
        nonlocal most
        for _ in range(20):
            share = await permits.take()
            most = max(most, permits.used)
            await asyncio.sleep(0)
            permits.give_back(share)

    async def crowd() -> int:
        permits = Permits(8)
        await asyncio.gather(*(work(permits) for _ in range(10)))
        return permits.used

    assert asyncio.run(crowd()) == 0
    assert 1 <= most <= 8
