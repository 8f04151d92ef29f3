"""A stream: windows of one step's messages on their way to one task run."""

import asyncio
from collections.abc import Sequence

import pytest

from crisis.core.contact import ChannelKind
from crisis.core.delivery import Outgoing
from crisis.core.event import Purpose
from crisis.usecases.delivery import Delivery
from flows.stream import FULL, Stream
from tests.builders import T0


def deliveries(count: int) -> tuple[Delivery, ...]:
    """Return so many claimed messages of one step."""
    return tuple(
        Delivery(
            outgoing=Outgoing(
                id=f"i1/A10/{n}/1",
                channel=f"{n}-http",
                kind=ChannelKind.HTTP,
                title="",
                body="",
                link="",
                code="",
                language="de",
                exercise=True,
                sent_at=T0,
            ),
            incident="i1",
            step="A10",
            partner=str(n),
            n=1,
            purpose=Purpose.ASK,
            step_title="",
            partner_name="",
            claimed_at=0.0,
        )
        for n in range(count)
    )


def test_windows_are_carried_as_they_come_until_the_stream_is_closed() -> None:
    async def stream() -> list[int]:
        carried: list[int] = []

        async def carry_all(those: Sequence[Delivery]) -> None:
            carried.append(len(those))

        opened = Stream("A10", 1)
        first = opened.add(deliveries(2))
        run = asyncio.create_task(opened.carry(carry_all))
        await first
        await opened.add(deliveries(3))
        last = opened.add(deliveries(1))
        opened.close()
        await run
        await last
        return carried

    assert asyncio.run(stream()) == [2, 3, 1]


def test_stream_is_full_after_so_many_and_when_closed() -> None:
    async def fill() -> list[bool]:
        opened, closed = Stream("A10", 1), Stream("A10", 2)
        windows = [opened.add(deliveries(FULL - 1))]
        found = [opened.is_full]
        windows.append(opened.add(deliveries(1)))
        closed.close()
        assert not any(window.done() for window in windows)
        return [*found, opened.is_full, closed.is_full]

    assert asyncio.run(fill()) == [False, True, True]


def test_failure_reaches_who_added_the_window_and_no_other() -> None:
    async def fail() -> None:
        async def carry_all(those: Sequence[Delivery]) -> None:
            if len(those) == 1:
                raise ValueError("eve")

        opened = Stream("A10", 1)
        sound, bad = opened.add(deliveries(2)), opened.add(deliveries(1))
        opened.close()
        await opened.carry(carry_all)
        await sound
        await bad

    with pytest.raises(ValueError, match="eve"):
        asyncio.run(fail())


def test_what_a_failed_run_left_is_carried_by_the_next() -> None:
    async def two_runs() -> list[int]:
        carried: list[int] = []

        async def carry_all(those: Sequence[Delivery]) -> None:
            carried.append(len(those))

        opened = Stream("A10", 1)
        window = opened.add(deliveries(2))
        run = asyncio.create_task(opened.carry(carry_all))
        run.cancel()
        opened.close()
        await opened.carry(carry_all)
        await window
        return carried

    assert asyncio.run(two_runs()) == [2]
