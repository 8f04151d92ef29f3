"""Relays that follow the protocol to the letter, or not."""

import socket
import ssl
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from crisis.core.delivery import Outcome
from crisis.notify.mail import MailRoom
from crisis.notify.smtp import Letter, Mode, Relay
from tests.notify.messages import accepted, deferred, rejected

GREETING = b"220 relay.example\r\n"
EHLO = b"250-relay.example\r\n250 PIPELINING\r\n"


@pytest.fixture
def room() -> Iterator[MailRoom]:
    room = MailRoom(ssl.create_default_context)
    yield room
    room.close()


def play(server: socket.socket, replies: tuple[bytes, ...]) -> list[bytes]:
    """Give one reply to each write of one client, and return what it wrote."""
    heard = []
    client, _address = server.accept()
    with client:
        client.settimeout(60)
        client.sendall(GREETING)
        for reply in replies:
            heard.append(client.recv(65_536))
            client.sendall(reply)
        heard.append(client.recv(65_536))
    return heard


def deliver(room: MailRoom, replies: tuple[bytes, ...]) -> tuple[Outcome, list[bytes]]:
    """Return what became of one mail, and what the relay heard after EHLO."""
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as pool:
        heard: Future[list[bytes]] = pool.submit(play, server, (EHLO, *replies))
        relay = Relay(host="127.0.0.1", port=server.getsockname()[1], mode=Mode.INSECURE)
        letter = Letter(sender="a@lage.example", recipient="cy@cy.example", text=b".Lage\r\n")
        outcome = room.deliver(letter, relay, ends=time.monotonic() + 60)
        room.close()
        return outcome, heard.result(timeout=60)[1:]


ENVELOPE = b"MAIL FROM:<a@lage.example>\r\nRCPT TO:<cy@cy.example>\r\nDATA\r\n"


def test_envelope_travels_in_one_piece(room: MailRoom) -> None:
    found = deliver(room, (b"250 ok\r\n250 ok\r\n354 go\r\n", b"250 kept\r\n"))
    assert found == (accepted("250"), [ENVELOPE, b"..Lage\r\n.\r\n", b"QUIT\r\n"])


def test_refused_recipient_ends_the_text_the_relay_waits_for(room: MailRoom) -> None:
    replies = (b"250 ok\r\n550 5.1.1 unknown\r\n354 go\r\n", b"554 nobody\r\n")
    assert deliver(room, replies) == (rejected("550"), [ENVELOPE, b".\r\n", b"QUIT\r\n"])


def test_first_refusal_counts(room: MailRoom) -> None:
    replies = (b"451 4.3.0 later\r\n503 5.5.1 no sender\r\n503 5.5.1 no recipient\r\n",)
    assert deliver(room, replies) == (deferred("451"), [ENVELOPE, b"QUIT\r\n"])


def test_refusal_counts_even_if_the_relay_hangs_up_then(room: MailRoom) -> None:
    outcome, heard = deliver(room, (b"250 ok\r\n550 5.1.1 unknown\r\n421 bye\r\n",))
    assert (outcome, heard[0]) == (rejected("550"), ENVELOPE)


def test_line_break_in_an_address_is_never_sent(room: MailRoom) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as pool:
        heard = pool.submit(play, server, (EHLO,))
        relay = Relay(host="127.0.0.1", port=server.getsockname()[1], mode=Mode.INSECURE)
        letter = Letter(sender="a@lage.example", recipient="cy>\r\nRCPT TO:<eve", text=b"")
        with pytest.raises(ValueError, match="line break"):
            room.deliver(letter, relay, ends=time.monotonic() + 60)
        assert heard.result(timeout=60)[1:] == [b""]
