"""Messages carried out in threads; whoever waits is told of all, and of the first failure."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from crisis.usecases.tick import Delivery
from flows.consignment import Consignment
from tests.flows.test_stream import deliveries


def carried(count: int, *, failing: str = "") -> list[str]:
    """Carry so many messages out and return the partners in the order of the telling."""
    told: list[str] = []

    def work(delivery: Delivery) -> None:
        if delivery.partner == failing:
            raise ValueError(failing)

    def carried(those: Sequence[Delivery]) -> None:
        told.extend(delivery.partner for delivery in those)

    async def all_of_them() -> None:
        with ThreadPoolExecutor(4) as threads:
            await Consignment(deliveries(count), carried).by(threads, work)

    try:
        asyncio.run(all_of_them())
    finally:
        assert sorted(told, key=int) == [str(n) for n in range(count)]
    return told


@pytest.mark.parametrize("count", [0, 1, 200])
def test_every_message_is_told_once(count: int) -> None:
    assert len(carried(count)) == count


def test_failure_is_raised_after_all_have_ended() -> None:
    with pytest.raises(ValueError, match="7"):
        carried(20, failing="7")
