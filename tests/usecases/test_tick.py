"""Claim, act, record: nothing lost, little doubled; the loser of a race has sent nothing."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest

from crisis.core import event as ev
from crisis.core.contact import Tlp
from crisis.core.delivery import Outcome, OutcomeKind, Outgoing
from crisis.core.event import Mode, Purpose
from crisis.core.link import link_hash
from crisis.core.obligation import ObligationState
from crisis.core.plan import Compute
from crisis.core.playbook import ExpectReport
from crisis.simulated.log import MemoryEventLog
from crisis.simulated.sender import RecordingSender
from crisis.usecases.answering import Reply, acknowledge
from crisis.usecases.delivery import Delivery
from crisis.usecases.outcomes import carry_out
from crisis.usecases.reading import desk_for
from crisis.usecases.tick import Round, claim, tick
from tests.builders import (
    T0,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    a_world,
    minutes,
    opened,
)
from tests.usecases.waves import AtOnce, a_wave, kinds, receivers

ACCEPTED = Outcome(kind=OutcomeKind.ACCEPTED, code="250")


def test_claim_writes_facts_and_claims_before_anything_is_sent() -> None:
    world = a_wave(1)

    claimed = claim(world.desk, "i1", room=8)

    assert kinds(world) == ["step-started", "attempt-started"]
    assert world.sender.sent == ()
    body = claimed.deliveries[0].outgoing.body
    link = claimed.deliveries[0].outgoing.link
    assert claimed == Round(
        deliveries=(
            Delivery(
                outgoing=Outgoing(
                    id="i1/A10/p000/1",
                    channel="p000-http",
                    kind=world.desk.incidents.current("i1")
                    .opened.directory.contacts["p000"]
                    .channels[0]
                    .kind,
                    title="[ÜBUNG] AHORN 47 · Dresden · A10",
                    body=body,
                    link=link,
                    code=claimed.deliveries[0].outgoing.code,
                    language="de",
                    exercise=True,
                    sent_at=T0,
                    tlp=Tlp.GREEN,
                ),
                incident="i1",
                step="A10",
                partner="p000",
                n=1,
                purpose=Purpose.ASK,
                step_title="Schritt A10",
                partner_name="Stelle p000",
                claimed_at=0.0,
            ),
        ),
        wake_at=T0 + minutes(15),
    )
    assert link in body
    assert link.startswith("https://crisis.example/p/")


def test_log_holds_hashes_of_the_link_and_the_text_and_neither_itself() -> None:
    world = a_wave(1)

    (delivery,) = claim(world.desk, "i1", room=8).deliveries

    started = world.desk.house.log.read("i1")[-1].event
    assert isinstance(started, ev.AttemptStarted)
    token = delivery.outgoing.link.rpartition("/")[2]
    assert started.link_hash == link_hash(token)
    assert started.outside_hours
    whole_log = repr(world.desk.house.log.read("i1"))
    assert token not in whole_log
    assert "Bitte melden. Code" in delivery.outgoing.body
    assert delivery.outgoing.code not in whole_log


def test_outcome_names_who_carried_it_out() -> None:
    world = a_wave(1)
    (delivery,) = claim(world.desk, "i1", room=8).deliveries

    outcome = carry_out(world.desk, delivery, run="brave-otter")

    assert outcome == ACCEPTED
    assert world.desk.house.log.read("i1")[-1].event == ev.AttemptEnded(
        step="A10",
        partner="p000",
        n=1,
        outcome=OutcomeKind.ACCEPTED,
        code="250",
        run="brave-otter",
    )


def test_outcome_is_recorded_whatever_was_written_in_between() -> None:
    world = a_wave(1)
    (delivery,) = claim(world.desk, "i1", room=8).deliveries
    acknowledge(world.desk, Reply(incident="i1", step="A10", by="p000", via=ev.Via.PAGE))
    world.desk.house.log.append(
        "i1", (ev.IncidentClosed(reason="Ende"),), actor="ada", at=T0, expected_version=None
    )

    carry_out(world.desk, delivery)

    obligation = world.desk.incidents.current("i1").obligations["A10", "p000"]
    assert (obligation.state, obligation.attempts[0].outcome) == (
        ObligationState.ACKNOWLEDGED,
        OutcomeKind.ACCEPTED,
    )


@pytest.mark.parametrize(
    ("room", "claimed", "left"), [(8, 8, 12), (20, 20, 0), (0, 0, 20), (-3, 0, 20)]
)
def test_no_more_is_claimed_than_there_is_room_for(room: int, claimed: int, left: int) -> None:
    world = a_wave(20)

    found = claim(world.desk, "i1", room=room)

    assert (len(found.deliveries), found.left, found.is_quiet) == (claimed, left, False)


def test_full_house_claims_again_only_when_there_is_room() -> None:
    world = a_wave(20)
    claim(world.desk, "i1", room=20)
    claim(world.desk, "i1", room=0)

    again = claim(world.desk, "i1", room=20)

    assert again == Round(wake_at=T0 + minutes(1))
    assert again.is_quiet


class CountingSender(RecordingSender):
    """A sender that knows how many claims had no outcome at each moment."""

    def __init__(self) -> None:
        super().__init__()
        self.log: MemoryEventLog | None = None
        self.most = 0

    def send(self, outgoing: Outgoing) -> Outcome:
        """Count first."""
        assert self.log is not None
        written = Counter(entry.event.kind for entry in self.log.read("i1"))
        self.most = max(self.most, written["attempt-started"] - written["attempt-ended"])
        return super().send(outgoing)


def test_wave_goes_out_in_windows() -> None:
    sender, log = CountingSender(), MemoryEventLog()
    sender.log = log
    directory = a_directory(*(a_partner(f"p{number:03d}") for number in range(50)))
    world = a_world(a_playbook(), directory, in_flight=8, log=log, sender=sender)
    opened(world)

    wake_at = tick(world.desk, "i1", pool=AtOnce())

    assert set(receivers(sender.sent).values()) == {1}
    assert (len(sender.sent), sender.most) == (50, 8)
    assert wake_at == T0 + minutes(5)


def test_tick_does_everything_that_is_due_and_says_when_to_look_again() -> None:
    report = a_step("A70", expect=ExpectReport(), within=None)
    world = a_world(a_playbook(a_step(), report))
    world.sender.script("ohs-http", Outcome(kind=OutcomeKind.REJECTED, code="550"))
    opened(world)

    with ThreadPoolExecutor(4) as pool:
        wake_at = tick(world.desk, "i1", pool=pool)
        assert [sent.channel for sent in world.sender.sent] == ["ohs-http", "ohs-sms"]
        assert tick(world.desk, "i1", pool=pool) == wake_at == T0 + minutes(5)

    assert len(world.sender.sent) == 2
    (drafted,) = [
        entry.event
        for entry in world.desk.incidents.entries("i1")
        if isinstance(entry.event, ev.ReportDrafted)
    ]
    assert (drafted.step, drafted.status, drafted.run) == ("A70", "draft", "")


def test_report_that_is_due_is_named_with_the_claims() -> None:
    world = a_world(a_playbook(a_step("A70", expect=ExpectReport())))
    opened(world)

    claimed = claim(world.desk, "i1", room=8)

    assert claimed.computes == (Compute(step="A70", status="draft"),)
    assert claim(world.desk, "i1", room=8) == claimed


def test_live_message_goes_out_without_the_mark() -> None:
    world = a_world()
    opened(world, mode=Mode.LIVE)

    (delivery,) = claim(world.desk, "i1", room=8).deliveries

    assert not delivery.outgoing.exercise
    assert delivery.outgoing.title == "AHORN 47 · Dresden · A10"


def test_base_address_may_end_with_a_slash() -> None:
    world = a_wave(1)
    desk = desk_for(replace(world.desk.house, base_url="https://crisis.example/"))

    (delivery,) = claim(desk, "i1", room=8).deliveries

    assert delivery.outgoing.link.startswith("https://crisis.example/p/")


def test_claim_is_recorded_as_within_office_hours_by_day() -> None:
    world = a_wave(1)
    world.clock.set(datetime.fromisoformat("2026-12-21T10:00:00+00:00"))

    claim(world.desk, "i1", room=8)

    started = [
        entry.event
        for entry in world.desk.house.log.read("i1")
        if isinstance(entry.event, ev.AttemptStarted)
    ]
    assert {event.outside_hours for event in started} == {False}
