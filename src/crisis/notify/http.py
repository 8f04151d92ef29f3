"""One HTTP request over a connection that may have served others before."""

import contextlib
import http.client
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from crisis.core.delivery import Outcome, OutcomeKind
from crisis.notify.line import Line, connect, fault_code
from crisis.notify.pool import Pool

# Servers of the usual kinds hang up on idle clients after five seconds.
REST_S = 4.0
# What a provider says beyond the status is not needed; it is read only so that
# the connection can be used again.
MOST_READ = 65_536
LONGEST_READ_S = 0.5
LONGEST_WAIT_DIGITS = 6

SUCCESS = range(200, 300)

# "This endpoint never takes our message."
WEBHOOK_HARD = frozenset({301, 308, 400, 404, 405, 406, 410, 413, 414, 415, 422})
# A gateway's 404 is about the gateway's own URL; only these are about the number.
GATEWAY_HARD = frozenset({400, 422})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A server; connections to equal places are shared."""

    host: str
    port: int
    tls: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, ready to be written; `repr` shows neither target, headers nor body."""

    place: Place
    method: str
    target: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The status, and the seconds of Retry-After if there are any."""

    status: int
    retry_after: int | None


class NotAskedError(Exception):
    """The request did not leave whole, so nothing can have come of it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class HttpConnection:
    """A connection to one place; `http.client` speaks the protocol, the line keeps the time."""

    def __init__(self, line: Line, place: Place) -> None:
        self.line = line
        self._client = http.client.HTTPConnection(place.host, place.port)
        # The client must never open a line of its own, which would have no end.
        self._client.auto_open = 0
        self._client.sock = line

    @classmethod
    def open(cls, place: Place, *, ends: float, context: Callable[[], ssl.SSLContext]) -> Self:
        """
        Connect, and encrypt where the place asks for it.

        Raises:
            NotAskedError: that failed.
        """
        try:
            line = connect(place.host, place.port, ends=ends)
        except OSError as error:
            raise NotAskedError(fault_code(error)) from None
        if place.tls:
            try:
                line.secure(context(), place.host)
            except OSError as error:
                line.close()
                raise NotAskedError(fault_code(error)) from None
        return cls(line, place)

    def exchange(self, request: Request) -> Reply:
        """
        Send a request and return the status that answers it.

        The status decides; what follows is read only briefly, and if it does not
        end by then the connection is given up.

        Raises:
            NotAskedError: the request did not leave whole.
            OSError, HTTPException: lost after the request was out.
        """
        try:
            self._client.request(
                request.method, request.target, body=request.body, headers=dict(request.headers)
            )
        except OSError as error:
            raise NotAskedError(fault_code(error)) from None
        except (ValueError, http.client.HTTPException):
            # What no request may hold; its words would quote a token, and nothing has left.
            raise NotAskedError("bad-request") from None
        response = self._client.getresponse()
        with response:
            wait = response.getheader("Retry-After", "").strip()
            reply = Reply(
                status=response.status,
                retry_after=int(wait)
                if wait.isdecimal() and len(wait) <= LONGEST_WAIT_DIGITS
                else None,
            )
            self._finish(response)
        return reply

    def is_open(self) -> bool:
        """Return whether another request may follow."""
        return self._client.sock is not None

    def is_quiet(self) -> bool:
        """Return whether an idle connection is still open."""
        return self.is_open() and self.line.is_quiet()

    def retire(self) -> None:
        """Hang up."""
        self.line.close()
        self._client.sock = None
        self._client.close()

    def _finish(self, response: http.client.HTTPResponse) -> None:
        self.line.ends = min(self.line.ends, time.monotonic() + LONGEST_READ_S)
        with contextlib.suppress(OSError, http.client.HTTPException):
            if self.is_open():
                response.read(MOST_READ)
                if response.read(1) == b"" and not response.will_close:
                    return
        self.retire()


class HttpDesk:
    """The connections to all web services, shared by all threads; knows no proxies."""

    def __init__(self, context: Callable[[], ssl.SSLContext]) -> None:
        self._context = context
        self._pool: Pool[HttpConnection] = Pool(rest=REST_S)

    def deliver(self, request: Request, *, hard: frozenset[int], ends: float) -> Outcome:
        """
        Send one request and return what became of it.

        `hard` are the statuses that condemn the address.
        A request that did not leave whole over a waiting connection is tried
        once more on a fresh one. One that did leave is never repeated here.
        """
        try:
            waiting = self._pool.take(request.place)
            if waiting is not None:
                with contextlib.suppress(NotAskedError):
                    return self._over(waiting, request, hard=hard, ends=ends)
            fresh = HttpConnection.open(request.place, ends=ends, context=self._context)
            return self._over(fresh, request, hard=hard, ends=ends)
        except NotAskedError as failure:
            return Outcome(kind=OutcomeKind.DEFERRED, code=failure.code)

    def close(self) -> None:
        """Hang up everywhere."""
        self._pool.close()

    def _over(
        self, connection: HttpConnection, request: Request, *, hard: frozenset[int], ends: float
    ) -> Outcome:
        connection.line.ends = ends
        try:
            reply = connection.exchange(request)
        except OSError as error:
            connection.retire()
            code = "timeout" if connection.line.timed_out else fault_code(error)
            return Outcome(kind=OutcomeKind.UNKNOWN, code=code)
        except http.client.HTTPException:
            connection.retire()
            return Outcome(kind=OutcomeKind.UNKNOWN, code="protocol")
        except BaseException:
            connection.retire()
            raise
        if connection.is_open():
            self._pool.give(request.place, connection)
        return outcome_of(reply, hard=hard)


def outcome_of(reply: Reply, *, hard: frozenset[int]) -> Outcome:
    """
    Return what a status means.

    2xx accepted; one of `hard` rejected; every other refusal is about now, us or
    the provider (401, 403, 429, 5xx, a passing redirect): deferred. The code is
    the status, with `retry-after=<seconds>` behind it where the provider named them.
    """
    code = str(reply.status)
    if reply.status in SUCCESS:
        return Outcome(kind=OutcomeKind.ACCEPTED, code=code)
    if reply.status in hard:
        return Outcome(kind=OutcomeKind.REJECTED, code=code)
    if reply.retry_after is not None:
        code = f"{code} retry-after={reply.retry_after}"
    return Outcome(kind=OutcomeKind.DEFERRED, code=code)
