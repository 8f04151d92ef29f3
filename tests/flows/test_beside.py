"""What runs beside the engine's work begins anew where it fails, and says so."""

import asyncio
import logging

import pytest

from flows.beside import kept_up

WORDS = "eve@partner.example"


def test_what_fails_begins_anew_and_is_told_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun: list[int] = []

    async def work() -> None:
        begun.append(len(begun))
        if len(begun) < 3:
            raise ValueError(WORDS)

    with caplog.at_level(logging.ERROR, logger="crisis.engine"):
        asyncio.run(kept_up("The watch", work, after_s=0.01))

    assert begun == [0, 1, 2]
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2
    assert all(one.startswith("The watch failed and begins anew: ValueError") for one in told)
    assert WORDS not in "".join(told)


def test_who_is_cancelled_does_not_begin_anew() -> None:
    async def both() -> int:
        begun: list[int] = []

        async def work() -> None:
            begun.append(1)
            await asyncio.Event().wait()

        task = asyncio.create_task(kept_up("The watch", work))
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return len(begun)

    assert asyncio.run(both()) == 1
