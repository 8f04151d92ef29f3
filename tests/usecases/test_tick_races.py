"""Races and crashes: the loser has sent nothing, and nobody is forgotten."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest

from crisis.core import event as ev
from crisis.core.delivery import Outcome, OutcomeKind, Outgoing
from crisis.core.obligation import ObligationState
from crisis.errors import LogMovedOnError
from crisis.simulated.log import MemoryEventLog
from crisis.simulated.sender import RecordingSender
from crisis.usecases.outcomes import carry_out
from crisis.usecases.reading import Desk, desk_for
from crisis.usecases.recording import MOST_TRIES
from crisis.usecases.tick import Round, claim, recover, tick
from tests.builders import (
    T0,
    World,
    a_world,
    minutes,
)
from tests.interposed_log import InterposedLog, RacedLog
from tests.usecases.waves import AtOnce, a_wave, kinds, receivers


def test_two_desks_on_one_log_send_everything_once() -> None:
    world = a_wave(60, in_flight=4)
    desks = (world.desk, desk_for(world.desk.house))
    start = threading.Barrier(2)

    def run(index: int) -> None:
        start.wait()
        with ThreadPoolExecutor(4) as pool:
            tick(desks[index], "i1", pool=pool)

    with ThreadPoolExecutor(2) as both:
        list(both.map(run, (0, 1)))

    assert set(receivers(world.sender.sent).values()) == {1}
    assert len(world.sender.sent) == 60


def started_anew(world: World) -> Desk:
    """Return the desk of the engine's next start on the same host."""
    return desk_for(replace(world.desk.house, engine="host-a.d4d4"))


def test_loser_of_a_race_has_sent_nothing_and_finds_nothing_left() -> None:
    log = RacedLog()
    world = a_wave(5, log=log)
    rounds: list[Round] = []
    log.rival = lambda: rounds.append(claim(desk_for(world.desk.house), "i1", room=99))

    lost = claim(world.desk, "i1", room=99)

    assert lost == Round(wake_at=T0 + minutes(1))
    assert [len(won.deliveries) for won in rounds] == [5]
    assert Counter(kinds(world)) == {"step-started": 1, "attempt-started": 5}


class NeverStillLog(InterposedLog):
    """A log to which others write before every append."""

    def __init__(self) -> None:
        super().__init__()
        self.noisy = False

    def before(self, incident: str, *, at: datetime, expected_version: int | None) -> None:
        """Let the noise come first."""
        del expected_version
        if self.noisy:
            noise = ev.OrchestratorUnavailable(reason="timeout")
            self.slip_in(incident, noise, actor="system", at=at)


def test_claim_gives_up_when_others_never_stop_writing() -> None:
    log = NeverStillLog()
    world = a_wave(1, log=log)
    log.noisy = True

    with pytest.raises(LogMovedOnError, match="without pause; nothing was claimed"):
        claim(world.desk, "i1", room=8)

    assert kinds(world) == ["orchestrator-unavailable"] * MOST_TRIES


def test_after_a_crash_everyone_is_asked_and_only_the_window_may_be_asked_twice() -> None:
    world = a_wave(40, in_flight=8)
    # The engine dies with eight claims written: three messages are out, five are not.
    crashed = claim(world.desk, "i1", room=8)
    for delivery in crashed.deliveries[:3]:
        world.desk.house.sender.send(delivery.outgoing)
    restarted = started_anew(world)

    lost = recover(restarted)
    tick(restarted, "i1", pool=AtOnce())

    asked = receivers(world.sender.sent)
    assert lost == 8
    assert len(asked) == 40
    assert Counter(asked.values()) == {1: 37, 2: 3}
    for delivery in crashed.deliveries:
        again = [sent for sent in world.sender.sent if sent.channel == delivery.outgoing.channel][
            -1
        ]
        assert (again.code, again.link) == (delivery.outgoing.code, delivery.outgoing.link)
        assert "Möglicherweise haben Sie diese Nachricht schon erhalten" in again.body
        assert again.id == delivery.outgoing.id.removesuffix("/1") + "/2"


def test_recovered_claims_are_shown_as_unknown() -> None:
    world = a_wave(1)
    claim(world.desk, "i1", room=8)

    recover(started_anew(world))

    obligation = world.desk.incidents.current("i1").obligations["A10", "p000"]
    assert (obligation.state, obligation.attempts[0].code) == (ObligationState.UNKNOWN, "restart")


def test_recovery_leaves_out_what_nobody_may_write_to() -> None:
    log = MemoryEventLog()
    world = a_wave(1, log=log)
    claim(world.desk, "i1", room=8)
    restarted = started_anew(world)
    log.chains["i1"][-1] = replace(log.chains["i1"][-1], hash="altered")

    assert recover(restarted) == 0


def test_outcome_that_comes_while_recovering_is_kept() -> None:
    log = RacedLog()
    world = a_wave(1, log=log)
    (delivery,) = claim(world.desk, "i1", room=8).deliveries
    log.rival = lambda: carry_out(world.desk, delivery)

    recover(started_anew(world))

    attempts = world.desk.incidents.current("i1").obligations["A10", "p000"].attempts
    assert [attempt.outcome for attempt in attempts] == [OutcomeKind.ACCEPTED]


def test_recovery_finds_nothing_where_nothing_was_left() -> None:
    world = a_wave(2)
    tick(world.desk, "i1", pool=AtOnce())
    before = kinds(world)

    assert recover(world.desk) == 0
    assert kinds(world) == before
    assert recover(a_world().desk) == 0


def test_recovery_leaves_alone_what_another_engine_may_be_sending() -> None:
    world = a_wave(2)
    claim(world.desk, "i1", room=8)
    other = desk_for(replace(world.desk.house, engine="host-b.c3c3"))
    before = kinds(world)

    assert recover(other) == 0
    assert kinds(world) == before


def test_engine_that_hangs_while_sending_is_found_out_after_a_minute() -> None:
    provider = Hanging()
    world = a_wave(2, sender=provider)
    hanging = claim(world.desk, "i1", room=1).deliveries[0]
    provider.meanwhile = lambda: (
        world.clock.advance(minutes=1),
        tick(desk_for(world.desk.house), "i1", pool=AtOnce()),
    )

    carry_out(world.desk, hanging)

    attempts = world.desk.incidents.current("i1").obligations["A10", "p000"].attempts
    # The late outcome corrects what was taken for lost; the repeat had gone out by then.
    assert [(a.outcome, a.code, a.possible_repeat) for a in attempts] == [
        (OutcomeKind.ACCEPTED, "250", False),
        (OutcomeKind.ACCEPTED, "250", True),
    ]


class Hanging(RecordingSender):
    """A provider that takes its time, once; the world goes on meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], object] | None = None

    def send(self, outgoing: Outgoing) -> Outcome:
        """Let happen what happens meanwhile, then take the message."""
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        return super().send(outgoing)


def test_claim_that_became_too_old_is_not_sent_and_made_anew_without_a_mark() -> None:
    world = a_wave(1)
    (stale,) = claim(world.desk, "i1", room=8).deliveries
    world.clock.advance(seconds=31)

    outcome = carry_out(world.desk, stale)
    nothing_sent = world.sender.sent == ()
    tick(world.desk, "i1", pool=AtOnce())

    attempts = world.desk.incidents.current("i1").obligations["A10", "p000"].attempts
    assert (outcome, nothing_sent) == (
        Outcome(kind=OutcomeKind.DEFERRED, code="too-late"),
        True,
    )
    assert [(a.outcome, a.code, a.possible_repeat) for a in attempts] == [
        (OutcomeKind.DEFERRED, "too-late", False),
        (OutcomeKind.ACCEPTED, "250", False),
    ]
    assert [sent.id for sent in world.sender.sent] == ["i1/A10/p000/2"]


def test_claim_as_old_as_may_be_is_sent_whatever_the_clock_is_set_to() -> None:
    world = a_wave(1)
    (delivery,) = claim(world.desk, "i1", room=8).deliveries
    world.clock.advance(seconds=30)
    world.clock.set(world.clock.now() + minutes(60))

    assert carry_out(world.desk, delivery).kind is OutcomeKind.ACCEPTED


def test_stopped_engine_sends_nothing_beside_its_successor_and_records_nothing() -> None:
    world = a_wave(3)
    stopped = claim(world.desk, "i1", room=3).deliveries
    world.clock.advance(minutes=2)
    successor = desk_for(replace(world.desk.house, engine="host-b.c3c3"))
    tick(successor, "i1", pool=AtOnce())
    written = kinds(world)

    for delivery in stopped:
        carry_out(world.desk, delivery)

    assert kinds(world) == written
    assert set(receivers(world.sender.sent).values()) == {1}
    claims = [
        entry.event
        for entry in world.desk.house.log.read("i1")
        if isinstance(entry.event, ev.AttemptStarted)
    ]
    assert [(c.n, c.engine, c.possible_repeat) for c in claims] == [
        *[(1, "host-a.b2b2", False)] * 3,
        *[(2, "host-b.c3c3", True)] * 3,
    ]
