"""A server on the loopback address that runs in a thread of its own."""

import asyncio
import ssl
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self, cast

HOST = "127.0.0.1"
FAREWELL_S = 0.2


class Connection(asyncio.Protocol):
    """
    One open connection; its server knows it, so that stopping closes it.

    `busy` is True while an answer is being held back: input waits meanwhile, as
    with a provider that handles one command after the other.
    """

    def __init__(self, background: "Background", *, latency: float) -> None:
        self.background = background
        self.latency = latency
        self.busy = False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note the transport and greet."""
        self.transport = cast("asyncio.Transport", transport)
        self.background.connections.add(self)
        self.greet()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the transport."""
        del exc
        self.background.connections.discard(self)
        self.transport = None

    def greet(self) -> None:
        """Speak first, where the protocol says so."""

    def go_on(self) -> None:
        """Handle what came in while an answer was held back."""

    def answer(self, data: bytes, *, close: bool = False) -> None:
        """Write after the latency, then go on with the input (or hang up)."""
        if self.latency > 0:
            self.busy = True
            self.background.loop.call_later(self.latency, self._release, data, close)
        else:
            self._write(data, close=close)

    def drop(self) -> None:
        """Hang up without a word; what was held back is lost."""
        if self.transport is not None:
            self.transport.abort()

    def _release(self, data: bytes, close: bool) -> None:  # noqa: FBT001 -- call_later passes by place
        self.busy = False
        self._write(data, close=close)
        self.go_on()

    def _write(self, data: bytes, *, close: bool) -> None:
        if self.transport is not None:
            self.transport.write(data)
            if close:
                self.transport.close()


class Background:
    """
    Run one asyncio server in a thread, from `start` to `stop`.

    `port` 0 takes a free one; afterwards `host` and `port` say where it listens.
    `accept` makes the protocol of each connection. With `tls` every connection
    is encrypted from its first byte.
    """

    def __init__(
        self,
        accept: Callable[[], Connection],
        *,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        name: str = "sink",
    ) -> None:
        self.host = HOST
        self.port = port
        self.connections: set[Connection] = set()
        self._accept = accept
        self._tls = tls
        self._name = name
        self._started = threading.Event()
        self._failure: OSError | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> Self:
        """
        Listen, and return as soon as connections are taken.

        Raises:
            OSError: the port is taken.
        """
        self.loop = asyncio.new_event_loop()
        self._finish = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        self._thread.start()
        self._started.wait()
        if self._failure is not None:
            self._thread.join()
            raise self._failure
        return self

    def stop(self) -> None:
        """Close every connection and wait until the thread has ended; twice does no harm."""
        if self._thread is not None and self._thread.is_alive():
            self.loop.call_soon_threadsafe(self._finish.set)
            self._thread.join()

    def drop_connections(self) -> None:
        """
        Hang up on everybody, as a provider does with idle clients; go on listening.

        Returns once every connection is closed: its client can see it from now on.
        """
        done = threading.Event()

        def look(dropped: set[Connection]) -> None:
            if dropped & self.connections:
                self.loop.call_soon(look, dropped)
            else:
                done.set()

        def drop() -> None:
            dropped = set(self.connections)
            self._drop_all()
            # A transport closes its socket in a later turn of the loop.
            self.loop.call_soon(look, dropped)

        self.loop.call_soon_threadsafe(drop)
        done.wait()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _run(self) -> None:
        try:
            self.loop.run_until_complete(self._serve())
        finally:
            self.loop.run_until_complete(self.loop.shutdown_asyncgens())
            self.loop.close()
            self._started.set()

    async def _serve(self) -> None:
        try:
            server = await self.loop.create_server(
                self._accept, self.host, self.port, ssl=self._tls, backlog=512
            )
        except OSError as error:
            self._failure = error
            return
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        await self._finish.wait()
        # Take no more, and let those that are just being taken become connections that
        # can be dropped: a closed server would leave them half made.
        for listener in server.sockets:
            self.loop.remove_reader(listener.fileno())
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            _done, others = await asyncio.wait(others, timeout=FAREWELL_S)
        server.close()
        self._drop_all()
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        # Two turns of the loop: one for connection_lost, one for what it starts.
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    def _drop_all(self) -> None:
        for connection in tuple(self.connections):
            connection.drop()
