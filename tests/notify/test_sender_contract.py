"""The promises of `usecases.ports.Sender`, kept by the courier and by the fake alike."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email import message_from_bytes

import pytest

from crisis.core.delivery import Outcome, OutcomeKind
from crisis.notify.courier import Courier, CourierSettings
from crisis.notify.mail_text import message_id
from crisis.simulated.sender import RecordingSender
from crisis.simulated.sinks.smtp import SmtpSink
from crisis.simulated.sinks.smtp_script import Act, Fault, Stage
from crisis.usecases.ports import Sender
from tests.notify.messages import Book, an_outgoing

CHANNELS = ("ada", "bo", "cy")
FAULTS = {
    OutcomeKind.REJECTED: Fault(at=Stage.RCPT, reply="550 5.1.1 no such mailbox"),
    OutcomeKind.DEFERRED: Fault(at=Stage.RCPT, reply="451 4.3.0 later"),
    OutcomeKind.UNKNOWN: Fault(at=Stage.BODY, act=Act.DROP),
}


@dataclass(frozen=True)
class Rig:
    """A sender, a way to make a channel fail, and the Message-IDs that got out, in order."""

    sender: Sender
    fail: Callable[[str, OutcomeKind], None]
    out: Callable[[], list[str]]


def a_real_rig(sink: SmtpSink, courier: Courier) -> Rig:
    return Rig(
        sender=courier,
        fail=lambda channel, kind: sink.script(f"{channel}@cy.example", FAULTS[kind]),
        out=lambda: [str(message_from_bytes(mail.data)["Message-ID"]) for mail in sink.mails],
    )


def a_simulated_rig(sender: RecordingSender) -> Rig:
    def out() -> list[str]:
        return [message_id(outgoing.id, domain="lage.example") for outgoing in sender.sent]

    def fail(channel: str, kind: OutcomeKind) -> None:
        sender.script(channel, Outcome(kind=kind, code="scripted"))

    return Rig(sender=sender, fail=fail, out=out)


@pytest.fixture(params=["courier", "recording"])
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    if request.param == "recording":
        yield a_simulated_rig(RecordingSender())
        return
    with SmtpSink() as sink:
        url = f"mailto://127.0.0.1:{sink.port}/?from=crisis@lage.example&to="
        book = Book({channel: f"{url}{channel}@cy.example" for channel in CHANNELS})
        courier = Courier(book, CourierSettings())
        yield a_real_rig(sink, courier)
        courier.close()


def test_sender_carries_each_message_once_in_order(rig: Rig) -> None:
    kinds = [rig.sender.send(an_outgoing(f"{n}", channel="cy")).kind for n in range(5)]
    assert kinds == [OutcomeKind.ACCEPTED] * 5
    assert rig.out() == [message_id(f"{n}", domain="lage.example") for n in range(5)]


@pytest.mark.parametrize("kind", list(FAULTS))
def test_sender_reports_a_fault_and_goes_on(rig: Rig, kind: OutcomeKind) -> None:
    rig.fail("cy", kind)
    found = [rig.sender.send(an_outgoing(channel=channel)).kind for channel in CHANNELS]
    assert found == [OutcomeKind.ACCEPTED, OutcomeKind.ACCEPTED, kind]


def test_sender_tries_once_only(rig: Rig) -> None:
    rig.fail("cy", OutcomeKind.UNKNOWN)
    rig.sender.send(an_outgoing("only", channel="cy"))
    assert rig.out() == [message_id("only", domain="lage.example")]


def test_sender_is_safe_in_many_threads(rig: Rig) -> None:
    messages = [an_outgoing(f"{n}", channel=CHANNELS[n % 3]) for n in range(150)]
    with ThreadPoolExecutor(32) as pool:
        outcomes = list(pool.map(rig.sender.send, messages))
    assert {outcome.kind for outcome in outcomes} == {OutcomeKind.ACCEPTED}
    assert sorted(rig.out()) == sorted(
        message_id(message.id, domain="lage.example") for message in messages
    )


def test_recording_sender_plays_its_script_in_order() -> None:
    busy = Outcome(kind=OutcomeKind.DEFERRED, code="451")
    gone = Outcome(kind=OutcomeKind.REJECTED, code="550")
    sender = RecordingSender({"cy": (busy, gone)})
    outgoing = an_outgoing()
    assert [sender.send(outgoing) for _ in range(3)] == [busy, gone, gone]
    assert sender.sent == (outgoing,) * 3
