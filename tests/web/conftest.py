"""The pages over a staged house, for a program and for a browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from crisis.web.app import create_app
from crisis.web.server import make_server
from tests.web.staged import PASSWORD, Stage, a_site, staged

HERE = ("127.0.0.1", 50000)


@pytest.fixture
def stage() -> Stage:
    """Return a house whose one incident has asked everybody once."""
    return staged()


@pytest.fixture
def client(stage: Stage) -> Iterator[TestClient]:
    """Yield a client of the pages that follows no redirects and has not signed in."""
    app = create_app(stage.desk, a_site(stage))
    with TestClient(app, client=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def ada(client: TestClient) -> TestClient:
    """Return the client after Ada has signed in."""
    client.post("/", data={"who": "ada", "password": PASSWORD})
    return client


@pytest.fixture
def address(stage: Stage) -> Iterator[str]:
    """Yield the address of the pages on a real port."""
    with listening(create_app(stage.desk, a_site(stage))) as address:
        yield address


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """Yield the address of an application on a real port."""
    server = make_server(app, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run)
    started = threading.Event()
    startup = server.startup

    async def telling(sockets: list[object] | None = None) -> None:
        await startup(sockets)  # type: ignore[arg-type]  # -- handed through as it came
        started.set()

    server.startup = telling  # type: ignore[method-assign, assignment]  # -- tells when it listens
    thread.start()
    assert started.wait(300)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(300)
    assert not thread.is_alive()
