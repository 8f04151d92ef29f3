"""
The engine's log file, written by a thread of its own.

A line for each message, written by the thread that sent it, makes all the others that
send wait for the file.
"""

import logging
import sys
from queue import SimpleQueue
from threading import Event, Thread
from typing import TextIO

# What was said within so many seconds is written together.
_TOGETHER = 0.02


class Journal(logging.Handler):
    """
    Takes lines from any thread and writes them in order, soon.

    Closed, it begins anew with the next line: whoever configures logging a second time,
    as importing Prefect does, closes every handler there is.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__()
        self._stream = stream or sys.stderr
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        self._thread = self._begun()

    def emit(self, record: logging.LogRecord) -> None:
        """Take a line; it is put together here, while what it speaks of is as it was."""
        try:
            self._lines.put(self.format(record))
            if not self._thread.is_alive():
                self._thread = self._begun()
        except Exception:  # noqa: BLE001 -- as every handler of logging does
            self.handleError(record)

    def close(self) -> None:
        """Write what is left, and end."""
        if not self._thread.is_alive() and not self._lines.empty():
            self._thread = self._begun()
        if self._thread.is_alive():
            self._lines.put(None)
            self._thread.join()
        super().close()

    def _begun(self) -> Thread:
        thread = Thread(target=self._run, name="journal", daemon=True)
        thread.start()
        return thread

    def _run(self) -> None:
        pause = Event()
        while True:
            lines = [self._lines.get()]
            pause.wait(_TOGETHER)
            lines += [self._lines.get() for _ in range(self._lines.qsize())]
            self._stream.write("".join(f"{line}\n" for line in lines if line is not None))
            self._stream.flush()
            if None in lines:
                return
