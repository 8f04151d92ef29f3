"""Prefect that is broken holds nothing up."""

import asyncio

import pytest

from crisis.simulated.sinks.http import HttpSession, HttpSink
from flows import orchestrator
from flows.orchestrator import Health, Orchestrator
from tests.flows.house import PATIENCE


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


class ForgetfulServer(HttpSink):
    """Hangs up on whoever asks twice over one connection, as on one that was idle for long."""

    def _accept(self) -> "_Once":
        self.connected += 1
        return _Once(self, self._background, latency=0.0)


class _Once(HttpSession):
    _asked = False

    def answer(self, data: bytes, *, close: bool = False) -> None:
        """Answer the first time."""
        if self._asked:
            self.drop()
        else:
            self._asked = True
            super().answer(data, close=close)


def test_server_that_hangs_up_on_idle_connections_is_not_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(orchestrator, "_BETWEEN", 0.01)

    async def watched(address: str, server: HttpSink) -> list[Health]:
        told: list[Health] = []

        async def tell(health: Health) -> None:
            told.append(health)

        prefect = Orchestrator(address, on_change=tell, door="asyncio")
        watch = asyncio.create_task(prefect.watch())
        await asyncio.to_thread(server.wait_for, 5, within=PATIENCE)
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
        await prefect.close()
        return told

    with ForgetfulServer() as server:
        found = asyncio.run(watched(f"http://127.0.0.1:{server.port}", server))

    assert found == [Health.READY]


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
        async with asyncio.timeout(PATIENCE):
            await twice.wait()
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
        await prefect.close()
        return tuple(told)

    assert asyncio.run(watched()) == (Health.UNAVAILABLE, Health.UNAVAILABLE)
