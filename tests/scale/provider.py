"""
A provider in a namespace: `python -m tests.scale.provider FILE LATENCY PORT`.

Takes every post and writes its path into FILE, a line each, before it answers.
"""

import sys
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Taker(BaseHTTPRequestHandler):
    """Takes posts; `latency` in seconds per answer."""

    protocol_version = "HTTP/1.1"
    lock = threading.Lock()

    def __init__(self, *given: Any, file: Path, latency: float) -> None:  # noqa: ANN401 -- the server's own
        self.file = file
        self.latency = latency
        super().__init__(*given)

    def do_POST(self) -> None:
        """Take one post."""
        self.rfile.read(int(self.headers["Content-Length"]))
        with self.lock, self.file.open("a", encoding="utf-8") as lines:
            lines.write(self.path + "\n")
        threading.Event().wait(self.latency)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's name
        """Say nothing."""


def main(file: str, latency: str, port: str) -> None:
    """Serve until killed, on every address of the namespace."""
    taker = partial(Taker, file=Path(file), latency=float(latency))
    ThreadingHTTPServer(("0.0.0.0", int(port)), taker).serve_forever()  # noqa: S104 -- of a namespace without a way out


if __name__ == "__main__":
    main(*sys.argv[1:])
