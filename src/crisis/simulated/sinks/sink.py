"""What every sink is: a server on the loopback address that keeps all it takes."""

import ssl
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from crisis.simulated.sinks.background import Background, Connection

Kept = TypeVar("Kept")


class Sink(Generic[Kept]):
    """
    Listen from `start` to `stop`; `session` makes the protocol of each connection.

    `folder` is where copies on disk go. With `tls` every connection is encrypted
    from its first byte.
    """

    def __init__(
        self,
        session: Callable[[Background], Connection],
        *,
        folder: Path | None,
        tls: ssl.SSLContext | None,
        port: int,
        name: str,
    ) -> None:
        self.connected = 0
        self._folder = folder
        self._session = session
        self._kept: list[Kept] = []
        self._arrival = threading.Condition()
        self._background = Background(self._accept, port=port, tls=tls, name=name)

    @property
    def host(self) -> str:
        """The address it listens on."""
        return self._background.host

    @property
    def port(self) -> int:
        """The port it listens on, once started."""
        return self._background.port

    @property
    def kept(self) -> tuple[Kept, ...]:
        """Everything that was read whole, in order."""
        with self._arrival:
            return tuple(self._kept)

    def start(self) -> Self:
        """
        Start to listen.

        Raises:
            OSError: the port is taken, or the folder cannot be made.
        """
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
        self._background.start()
        return self

    def stop(self) -> None:
        """Hang up on everybody and stop to listen; twice does no harm."""
        self._background.stop()

    def wait_for(self, count: int, *, within: float) -> tuple[Kept, ...]:
        """Return what was kept as soon as there is so much, or what came within these seconds."""
        with self._arrival:
            self._arrival.wait_for(lambda: len(self._kept) >= count, timeout=within)
            return tuple(self._kept)

    def drop_connections(self) -> None:
        """Hang up on all clients, as a provider does with idle ones."""
        self._background.drop_connections()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _add(self, one: Kept) -> int:
        """Keep one more, wake who waits for it, and return how many there are now."""
        with self._arrival:
            self._kept.append(one)
            self._arrival.notify_all()
            return len(self._kept)

    def _accept(self) -> Connection:
        self.connected += 1
        return self._session(self._background)
