"""
A connection whose every wait ends at one moment.

A socket's own timeout starts anew with each byte, so a provider that sends one
byte a second would hold a thread for as long as it likes. A `Line` has an end
instead: each read and each write may take what is left until then.
"""

import contextlib
import io
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeAlias

# What `getaddrinfo` returns: family, kind, protocol, name, socket address.
Found: TypeAlias = Sequence[
    tuple[
        socket.AddressFamily,
        socket.SocketKind,
        int,
        str,
        tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes],
    ]
]
Resolver: TypeAlias = Callable[[str, int], Found]


class Line:
    """
    A connected socket with an end, in seconds of `time.monotonic`.

    It has the few methods `smtplib` and `http.client` ask of a socket. When a
    wait reached the end, `timed_out` stays True, because `smtplib` reports every
    loss in the same words.
    """

    def __init__(self, sock: socket.socket, *, ends: float) -> None:
        self.ends = ends
        self.timed_out = False
        self._sock = sock

    def sendall(self, data: bytes) -> None:
        """
        Write all of it.

        Raises:
            OSError: lost, or out of time; the last byte cannot have left.
        """
        try:
            self._sock.settimeout(self._left())
            self._sock.sendall(data)
        except TimeoutError:
            self.timed_out = True
            raise

    def recv_into(self, buffer: memoryview) -> int:
        """
        Read what is there, at least one byte, 0 at the end of the stream.

        Raises:
            OSError: lost, or out of time.
        """
        try:
            self._sock.settimeout(self._left())
            return self._sock.recv_into(buffer)
        except TimeoutError:
            self.timed_out = True
            raise

    def makefile(self, mode: str = "rb") -> io.BufferedReader:
        """Return a buffered reader that obeys the end; closing it leaves the line open."""
        del mode
        return io.BufferedReader(_Reader(self))

    def secure(self, context: ssl.SSLContext, host: str) -> None:
        """
        Encrypt from here on, and check the certificate as the context says.

        Raises:
            OSError: refused, a wrong certificate, or out of time.
        """
        self._sock.settimeout(self._left())
        self._sock = context.wrap_socket(self._sock, server_hostname=host)

    def is_quiet(self) -> bool:
        """
        Return whether an idle line is still open.

        Something to read on an idle line is the other side's goodbye.
        """
        poll = select.poll()
        try:
            poll.register(self._sock, select.POLLIN)
            return not poll.poll(0)
        except (OSError, ValueError):
            return False

    def own_literal(self) -> str:
        """Return this side's address in the form a mail greeting takes (RFC 5321, 4.1.3)."""
        name = str(self._sock.getsockname()[0])
        return f"[IPv6:{name}]" if ":" in name else f"[{name}]"

    def say_goodbye(self, words: bytes) -> None:
        """Write last words if they can leave at once; nobody waits for them to arrive."""
        with contextlib.suppress(OSError):
            self._sock.settimeout(0.1)
            self._sock.sendall(words)

    def close(self) -> None:
        """Hang up."""
        self._sock.close()

    def _left(self) -> float:
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("out of time")
        return left


class _Reader(io.RawIOBase):
    """The raw stream under a line's buffered reader."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # -- BufferedReader hands in a memoryview
        return self._line.recv_into(buffer)


def connect(host: str, port: int, *, ends: float, resolver: Resolver | None = None) -> Line:
    """
    Return a line to the first of the host's addresses that answers.

    Raises:
        OSError: no such host, nobody answers, or out of time.
    """
    found = _resolve(host, port, ends=ends, resolver=resolver or _look_up)
    failure = OSError("no address")
    for place, (family, kind, protocol, _name, address) in enumerate(found):
        left = ends - time.monotonic()
        try:
            # A host without IPv6 may still be told of such addresses.
            sock = socket.socket(family, kind, protocol)
        except OSError as error:
            failure = error
            continue
        try:
            # A dead first address must leave time for the next one.
            sock.settimeout(max(left / (len(found) - place), 0.001))
            sock.connect(address)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            sock.close()
            failure = error
        else:
            return Line(sock, ends=ends)
    raise failure


# The first kind that fits names the fault; the special ones stand before their parents.
FAULTS: tuple[tuple[type[OSError], str], ...] = (
    (TimeoutError, "timeout"),
    (ssl.SSLCertVerificationError, "tls-certificate"),
    (ssl.SSLError, "tls"),
    (socket.gaierror, "no-such-host"),
    (ConnectionRefusedError, "refused"),
    (ConnectionError, "dropped"),
)


def fault_code(error: OSError) -> str:
    """Return one word for what went wrong with a line; it never holds an address."""
    return next((word for kind, word in FAULTS if isinstance(error, kind)), "unreachable")


def _look_up(host: str, port: int) -> Found:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


def _resolve(host: str, port: int, *, ends: float, resolver: Resolver) -> Found:
    """Look a name up in a thread of its own: the system's resolver knows no time limit."""
    results: list[Found] = []
    failures: list[OSError] = []

    def look_up() -> None:
        try:
            results.append(resolver(host, port))
        except OSError as error:
            failures.append(error)
        except UnicodeError:
            # A label that is empty or too long never reaches the resolver.
            failures.append(socket.gaierror(socket.EAI_NONAME, "not a host name"))

    if _is_numeric(host):
        look_up()
    else:
        thread = threading.Thread(target=look_up, name="look-up", daemon=True)
        thread.start()
        thread.join(max(ends - time.monotonic(), 0))
    if failures:
        raise failures[0]
    if not results:
        raise TimeoutError("the resolver is silent")
    return results[0]


def _is_numeric(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host)
        except (OSError, UnicodeError):
            continue
        return True
    return False
