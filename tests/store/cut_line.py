"""A line to PostgreSQL that breaks at the worst moment: after a commit, before its answer."""

import socket
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

from sqlalchemy import make_url

_PORT = ".s.PGSQL.5432"
_SIZE = 65536
_COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"


class CutLine:
    """
    Passes bytes between clients and the server's Unix socket.

    When `cut_at_next_commit` is set, the next COMMIT reaches the server, its
    answer is taken, and the client's connection is closed without a word. With
    `stay_cut` nobody is let in any more.
    """

    def __init__(self, url: str, folder: Path) -> None:
        parsed = make_url(url)
        self._server = str(Path(str(parsed.query["host"])) / _PORT)
        self.url = str(parsed.update_query_dict({"host": str(folder)}))
        self.cut_at_next_commit = Event()
        self.stay_cut = Event()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / _PORT))
        self._listener.listen()
        self._threads = [Thread(target=self._accept)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self.stay_cut.is_set():
                client.close()
                continue
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._server)
            cut = Event()
            for args in ((client, server, cut, True), (server, client, cut, False)):
                thread = Thread(target=self._pass_on, args=args)
                self._threads.append(thread)
                thread.start()

    def _pass_on(
        self,
        source: socket.socket,
        target: socket.socket,
        cut: Event,
        from_client: bool,  # noqa: FBT001 -- called by Thread
    ) -> None:
        with source:
            while data := received(source):
                if from_client and self.cut_at_next_commit.is_set() and _COMMIT in data:
                    cut.set()
                elif not from_client and cut.is_set():
                    self.cut_at_next_commit.clear()
                    break
                if not sent(target, data):
                    break
            for end in (source, target):
                _shut(end)


def received(source: socket.socket) -> bytes:
    """Return what has come in, nothing where the other side is gone."""
    try:
        return source.recv(_SIZE)
    except OSError:
        return b""


def sent(target: socket.socket, data: bytes) -> bool:
    """Pass data on, and return whether the other side is still there."""
    try:
        target.sendall(data)
    except OSError:
        return False
    return True


def _shut(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
