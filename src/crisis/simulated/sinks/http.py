"""An HTTP service that takes every post and keeps it: webhook and SMS gateway alike."""

import json
import ssl
import time
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from crisis.simulated.sinks.background import Background, Connection
from crisis.simulated.sinks.sink import Sink


class HttpAct(StrEnum):
    """What the service does with a request it has read."""

    REPLY = "reply"
    DROP = "drop"
    HANG = "hang"
    TRICKLE_HEAD = "trickle-head"  # one byte of the status line at a time, for ever
    TRICKLE_BODY = "trickle-body"  # the head at once, then one byte at a time, for ever
    NOT_HTTP = "not-http"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What to answer; the status also heads the trickled body, a byte of it `every_s` seconds."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: str = '{"ok": true}'
    act: HttpAct = HttpAct.REPLY
    every_s: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One request, with lower-case header names and its moment (monotonic seconds)."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: str
    received: float


class HttpSink(Sink[Post]):
    """
    Listen on the loopback address and keep every request, in memory and as JSON lines.

    `latency` is in seconds per answer. Give `tls` a server context for https.
    """

    def __init__(
        self,
        *,
        journal: Path | None = None,
        latency: float = 0.0,
        tls: ssl.SSLContext | None = None,
        port: int = 0,
    ) -> None:
        super().__init__(
            lambda background: HttpSession(self, background, latency=latency),
            folder=None if journal is None else journal.parent,
            tls=tls,
            port=port,
            name="http-sink",
        )
        self._journal = journal
        self._answers: dict[str, Answer] = {}

    @property
    def posts(self) -> tuple[Post, ...]:
        """All requests that were read whole, in order."""
        return self.kept

    def script(self, path: str, answer: Answer | None) -> None:
        """Set, or with None lift, what a path answers."""
        if answer is None:
            self._answers.pop(path, None)
        else:
            self._answers[path] = answer

    def answer_for(self, path: str) -> Answer:
        """Return what a path answers, whatever stands behind its question mark."""
        return self._answers.get(path.partition("?")[0], Answer())

    def keep(self, post: Post) -> None:
        """Keep one request."""
        self._add(post)
        if self._journal is not None:
            with self._journal.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(asdict(post), ensure_ascii=False) + "\n")


class HttpSession(Connection):
    """Read requests with a Content-Length one after the other (RFC 9112), answer each."""

    def __init__(self, sink: HttpSink, background: Background, *, latency: float) -> None:
        super().__init__(background, latency=latency)
        self._sink = sink
        self._buffer = bytearray()

    def data_received(self, data: bytes) -> None:
        """Take what came and handle it, unless an answer is being held back."""
        self._buffer += data
        self.go_on()

    def go_on(self) -> None:
        """Handle every request that is complete."""
        while not self.busy and self.transport is not None:
            head_end = self._buffer.find(b"\r\n\r\n")
            if head_end < 0:
                return
            first, *lines = self._buffer[:head_end].decode("latin-1").split("\r\n")
            headers = tuple(
                (name.strip().lower(), value.strip())
                for name, _, value in (line.partition(":") for line in lines)
            )
            end = head_end + 4 + int(dict(headers).get("content-length", "0"))
            if len(self._buffer) < end:
                return
            body = self._buffer[head_end + 4 : end].decode("utf-8", "replace")
            del self._buffer[:end]
            method, path, _version = first.split(" ", 2)
            self._sink.keep(
                Post(
                    method=method,
                    path=path,
                    headers=headers,
                    body=body,
                    received=time.monotonic(),
                )
            )
            self._play(self._sink.answer_for(path))

    def _play(self, answer: Answer) -> None:
        body = answer.body.encode()
        head = "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
        start = f"HTTP/1.1 {answer.status} -\r\nContent-Length: {len(body)}\r\n{head}\r\n".encode()
        match answer.act:
            case HttpAct.REPLY:
                self.answer(start + body)
            case HttpAct.NOT_HTTP:
                self.answer(b"what do you mean\r\n\r\n", close=True)
            case HttpAct.DROP:
                self.drop()
            case HttpAct.HANG:
                self.busy = True
            case HttpAct.TRICKLE_HEAD:
                self.busy = True
                self._trickle(start, answer.every_s)
            case HttpAct.TRICKLE_BODY:
                self.busy = True
                self._trickle(body, answer.every_s, first=start)

    def _trickle(self, rest: bytes, every: float, *, first: bytes = b"") -> None:
        if self.transport is not None:
            self.transport.write(first + rest[:1])
            if rest:
                self.background.loop.call_later(every, self._trickle, rest[1:], every)
