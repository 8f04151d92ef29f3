"""A command as people run it: a process behind a terminal, with a keyboard."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from select import select
from time import monotonic

from tests.cli.desk import CommandLine

PATIENCE = 20.0


class Terminal:
    """A process behind a terminal; `until` returns what it printed since it was last asked."""

    def __init__(self, process: subprocess.Popen[bytes], keyboard: int) -> None:
        self.process = process
        self._keyboard = keyboard
        self._printed = ""

    def until(self, words: str) -> str:
        """Return what was printed up to these words, which it waits for."""
        ends = monotonic() + PATIENCE
        while words not in self._printed and monotonic() < ends:
            if select([self._keyboard], [], [], 0.2)[0]:
                with suppress(OSError):  # the process has ended
                    self._printed += os.read(self._keyboard, 65536).decode().replace("\r\n", "\n")
        before, found, self._printed = self._printed.partition(words)
        assert found, before
        return before + found

    def type(self, line: str) -> None:
        """Type a line and press Enter."""
        os.write(self._keyboard, f"{line}\n".encode())


@contextmanager
def at_terminal(ada: CommandLine, *words: str) -> Iterator[Terminal]:
    """Yield a command that runs in a terminal of its own; it is gone in the end."""
    keyboard, screen = pty.openpty()
    # At a terminal Ctrl-C counts, also where these tests run in the background and it does not.
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(
        [sys.executable, "-m", "crisis", *words],
        cwd=ada.folder,
        env={**os.environ, **ada.variables, "TERM": "xterm", "COLUMNS": "99"},
        stdin=screen,
        stdout=screen,
        stderr=screen,
        start_new_session=True,
    )
    signal.signal(signal.SIGINT, before)
    os.close(screen)
    try:
        yield Terminal(process, keyboard)
    finally:
        process.kill()
        process.wait()
        os.close(keyboard)
