"""A line to PostgreSQL over which a client falls silent in the middle, and stays connected."""

import socket
from pathlib import Path
from threading import Event

from tests.store.cut_line import CutLine, received, sent


class SilentLine(CutLine):
    """
    Lets so many more of the client's messages through, and then none: as if it were stopped.

    Nobody is let in any more from then on; who is connected stays so until the server hangs up.
    """

    def __init__(self, url: str, folder: Path) -> None:
        super().__init__(url, folder)
        self.silent = Event()
        self._left: int | None = None

    def fall_silent_after(self, messages: int) -> None:
        """Count the client's messages from here on."""
        self._left = messages

    def _pass_on(
        self,
        source: socket.socket,
        target: socket.socket,
        cut: Event,
        from_client: bool,  # noqa: FBT001 -- called by Thread
    ) -> None:
        if not from_client:
            super()._pass_on(source, target, cut, from_client)
            return
        with source:
            while (data := received(source)) and sent(target, self._let_through(data)):
                pass

    def _let_through(self, data: bytes) -> bytes:
        if self._left is None:
            return data
        through = b""
        while data and self._left:
            # A kind in one byte, then the length of the rest.
            size = 1 + int.from_bytes(data[1:5], "big")
            through, data = through + data[:size], data[size:]
            self._left -= 1
        if data:
            self.stay_cut.set()
            self.silent.set()
        return through
