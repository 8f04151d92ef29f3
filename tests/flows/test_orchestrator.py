"""Prefect that is broken holds nothing up."""

import asyncio

from flows.orchestrator import Health, Orchestrator


def test_prefect_that_cannot_be_imported_is_gone_and_the_watch_says_so() -> None:
    async def watched() -> tuple[Health, str, bool]:
        told: list[Health] = []

        async def tell(health: Health) -> None:
            told.append(health)

        prefect = Orchestrator("http://127.0.0.1:9", on_change=tell, door="flows.nowhere")
        await prefect.watch()
        is_ready = await prefect.is_ready()
        await prefect.close()
        return prefect.health, prefect.reason, is_ready

    assert asyncio.run(watched()) == (Health.UNAVAILABLE, "ModuleNotFoundError", False)


def test_watch_goes_on_after_a_mistake_of_whoever_is_told() -> None:
    async def watched() -> tuple[Health, ...]:
        told: list[Health] = []
        twice = asyncio.Event()

        async def tell(health: Health) -> None:
            told.append(health)
            prefect.health = Health.READY
            if len(told) > 1:
                twice.set()
            raise KeyError(health)

        prefect = Orchestrator("http://127.0.0.1:9", on_change=tell, door="asyncio")
        prefect.health = Health.READY
        watch = asyncio.create_task(prefect.watch())
        async with asyncio.timeout(10):
            await twice.wait()
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
        await prefect.close()
        return tuple(told)

    assert asyncio.run(watched()) == (Health.UNAVAILABLE, Health.UNAVAILABLE)
