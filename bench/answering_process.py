"""
The partners, in a process of their own: `python -m bench.answering_process`.

Reads one JSON line that says whom to answer for and how, says `ready`, and answers
when the next line comes; then it says how long each took.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx

from crisis.core.event import Via
from crisis.core.link import link_token
from crisis.errors import CrisisError
from crisis.launch.collector import spare_what_is_loaded
from crisis.settings import Settings, load_settings
from crisis.usecases.answering import Reply, acknowledge, follow_link
from crisis.usecases.reading import Desk
from crisis.wiring import house_secret, open_world

Answer = Callable[[str], bool]
_TIME_LIMIT = 20.0


def main() -> None:
    """Answer as the first line on standard input says."""
    order = json.loads(sys.stdin.readline())
    settings = load_settings(env_file=None)
    secret = house_secret(settings)
    tokens = [
        link_token(secret, incident=incident, step=order["step"], partner=name, contact=name)
        for incident in order["incidents"]
        for name in order["partners"]
    ]
    way = _over_http if order["http"] else _at_desk
    with way(settings, order["incidents"]) as answer:
        print("ready", flush=True)
        sys.stdin.readline()
        print(json.dumps(_answered(answer, tokens, threads=order["threads"])), flush=True)


def _answered(answer: Answer, tokens: list[str], *, threads: int) -> dict[str, object]:
    taken: list[float] = []
    refused: list[str] = []

    def one(token: str) -> None:
        began = time.perf_counter()
        if answer(token):
            taken.append(time.perf_counter() - began)
        else:
            refused.append(token)

    began = time.monotonic()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(one, tokens))
    ended = time.monotonic()
    return {"began": began, "ended": ended, "taken": taken, "refused": len(refused)}


@contextmanager
def _at_desk(settings: Settings, incidents: list[str]) -> Iterator[Answer]:
    """Yield what the partner's page does once a button was pressed."""
    with open_world(settings) as world:
        desk = world.desk
        # As the pages do when they start.
        spare_what_is_loaded()
        world.log.prepare()
        for incident in incidents:  # a page server has read them long ago
            desk.incidents.current(incident)
        yield lambda token: _acknowledged(desk, token)


def _acknowledged(desk: Desk, token: str) -> bool:
    try:
        place = follow_link(desk, token)
        reply = Reply(
            incident=place.incident,
            step=place.step,
            partner=place.partner,
            contact=place.contact,
            by=place.contact,
            via=Via.PAGE,
        )
        acknowledge(desk, reply)
    except CrisisError:
        return False
    return True


@contextmanager
def _over_http(settings: Settings, _incidents: list[str]) -> Iterator[Answer]:
    """Yield the press of the button itself, each thread over a connection of its own."""
    local = threading.local()
    clients: list[httpx.Client] = []

    def post(token: str) -> bool:
        if not hasattr(local, "client"):
            local.client = httpx.Client(
                base_url=settings.own_url,
                headers={"Origin": settings.own_url},
                timeout=_TIME_LIMIT,
                trust_env=False,
            )
            clients.append(local.client)
        told = local.client.post(f"/p/{token}", data={"action": "acknowledge"})
        return bool(told.status_code == httpx.codes.SEE_OTHER)

    try:
        yield post
    finally:
        for client in clients:
            client.close()


if __name__ == "__main__":
    main()
