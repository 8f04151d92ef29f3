"""Messages carried out in threads; whoever waits is told of all, and of the first failure."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from crisis.core.backlog import Carried
from crisis.core.delivery import OutcomeKind
from crisis.core.event import AttemptEnded
from crisis.usecases.delivery import Delivery
from flows.consignment import Consignment
from tests.flows.test_stream import deliveries


def carried(count: int, *, failing: str = "", unrecorded: str = "") -> list[str]:
    """Carry so many messages out and return the partners in the order of the telling."""
    told: list[str] = []

    def send(delivery: Delivery) -> Carried:
        if delivery.partner == failing:
            raise ValueError(failing)
        ended = AttemptEnded(
            step="A10", partner=delivery.partner, n=1, outcome=OutcomeKind.ACCEPTED, code="250"
        )
        return Carried(incident="i1", ended=ended)

    def hand_over(carried: Carried, ended: Callable[[BaseException | None], None]) -> None:
        ended(ValueError(unrecorded) if carried.ended.partner == unrecorded else None)

    def carried(those: Sequence[Delivery]) -> None:
        told.extend(delivery.partner for delivery in those)

    async def all_of_them() -> None:
        with ThreadPoolExecutor(4) as threads:
            await Consignment(deliveries(count), carried).by(threads, send, hand_over)

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


def test_outcome_that_the_log_never_takes_is_raised_too() -> None:
    with pytest.raises(ValueError, match="8"):
        carried(20, unrecorded="8")
