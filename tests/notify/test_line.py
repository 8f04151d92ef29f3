"""Names, addresses and time, below every protocol."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from crisis.launch.free_port import free_port
from crisis.notify.line import Found, connect, fault_code


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def found(*places: tuple[str, int]) -> Found:
    return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", place) for place in places]


def in_a_minute() -> float:
    return time.monotonic() + 60


def test_connect_tries_every_address(listener: socket.socket) -> None:
    dead = ("127.0.0.1", free_port())
    line = connect(
        "relay.example",
        25,
        ends=in_a_minute(),
        resolver=lambda _host, _port: found(dead, listener.getsockname()),
    )
    assert line.own_literal() == "[127.0.0.1]"
    line.close()


def test_connect_passes_over_addresses_of_a_kind_that_this_host_has_not(
    listener: socket.socket,
) -> None:
    strange = (socket.AF_APPLETALK, socket.SOCK_STREAM, 0, "", ("relay", 25))
    places = [strange, *found(listener.getsockname())]

    line = connect("relay.example", 25, ends=in_a_minute(), resolver=lambda _host, _port: places)

    assert line.own_literal() == "[127.0.0.1]"
    line.close()


def test_connect_to_localhost_by_name(listener: socket.socket) -> None:
    connect("localhost", listener.getsockname()[1], ends=in_a_minute()).close()


def test_connect_tells_what_the_last_address_said() -> None:
    with pytest.raises(ConnectionRefusedError):
        connect("127.0.0.1", free_port(), ends=in_a_minute())


def test_connect_to_a_name_without_addresses() -> None:
    with pytest.raises(OSError, match="no address"):
        connect("relay.example", 25, ends=in_a_minute(), resolver=lambda _host, _port: found())


def test_connect_does_not_wait_for_a_silent_resolver() -> None:
    answer = threading.Event()

    def silent(_host: str, _port: int) -> Found:
        answer.wait(300)
        return found()

    began = time.monotonic()
    with pytest.raises(TimeoutError):
        connect("relay.example", 25, ends=began + 0.2, resolver=silent)
    assert time.monotonic() - began < 200
    answer.set()


def test_connect_reports_an_unknown_name() -> None:
    def refuse(_host: str, _port: int) -> Found:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with pytest.raises(socket.gaierror):
        connect("relay.example", 25, ends=in_a_minute(), resolver=refuse)


def test_connect_to_a_name_that_is_none() -> None:
    with pytest.raises(socket.gaierror):
        connect("a" * 70 + ".example", 25, ends=in_a_minute(), resolver=_encode)


def test_line_out_of_time_says_so(listener: socket.socket) -> None:
    line = connect("127.0.0.1", listener.getsockname()[1], ends=in_a_minute())
    line.ends = time.monotonic()
    with pytest.raises(TimeoutError):
        line.sendall(b"x")
    assert line.timed_out
    line.close()


def test_line_that_was_closed_is_not_quiet(listener: socket.socket) -> None:
    line = connect("127.0.0.1", listener.getsockname()[1], ends=in_a_minute())
    assert line.is_quiet()
    line.close()
    assert not line.is_quiet()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (TimeoutError(), "timeout"),
        (socket.gaierror(), "no-such-host"),
        (ConnectionRefusedError(), "refused"),
        (ConnectionResetError(), "dropped"),
        (BrokenPipeError(), "dropped"),
        (OSError(), "unreachable"),
    ],
)
def test_fault_code(error: OSError, code: str) -> None:
    assert fault_code(error) == code


def _encode(host: str, _port: int) -> Found:
    host.encode("idna")
    return found()
