"""Sending and recording, where the log is away in between."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from crisis.core import event as ev
from crisis.core.backlog import Carried
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Event
from crisis.core.obligation import Attempt
from crisis.errors import UnreachableError
from crisis.simulated.sender import ACCEPTED
from crisis.usecases.outcomes import carry_out, send, store
from crisis.usecases.tick import claim, tick
from tests.builders import World
from tests.interposed_log import InterposedLog
from tests.usecases.waves import AtOnce, a_wave, kinds, receivers


class AwayLog(InterposedLog):
    """
    A log that cannot be reached for so many appends.

    `stores`: it takes what is appended and cannot say so, as when a connection breaks.
    """

    def __init__(self) -> None:
        super().__init__()
        self.away = 0
        self.stores = False
        self.appends = 0

    def before(self, incident: str, *, at: datetime, expected_version: int | None) -> None:
        """Be away, unless it stores all the same."""
        del incident, at, expected_version
        self.appends += 1
        if self.away and not self.stores:
            self._be_away()

    def after(self, incident: str, events: Sequence[Event]) -> None:
        """Be away once it is stored."""
        del incident, events
        if self.away:
            self._be_away()

    def _be_away(self) -> None:
        self.away -= 1
        raise UnreachableError("The log is away.")


def a_claimed_wave(size: int = 1) -> tuple[World, AwayLog]:
    """Return a world whose engine is about to send, and its log."""
    log = AwayLog()
    return a_wave(size, log=log), log


def attempts(world: World) -> list[Attempt]:
    """Return all attempts, by partner."""
    obligations = world.desk.incidents.current("i1").obligations
    return [attempt for each in obligations.values() for attempt in each.attempts]


@pytest.mark.parametrize("away", [1, 2, 20])
def test_outcome_is_kept_while_the_log_is_away(away: int) -> None:
    world, log = a_claimed_wave()
    (delivery,) = claim(world.desk, "i1", room=8).deliveries
    log.away = away

    assert carry_out(world.desk, delivery, run="brave-otter") == ACCEPTED

    world.clock.advance(minutes=2)
    tick(world.desk, "i1", pool=AtOnce())
    assert receivers(world.sender.sent) == {delivery.outgoing.channel: 1}
    assert [(a.outcome, a.run) for a in attempts(world)] == [(OutcomeKind.ACCEPTED, "brave-otter")]


def test_outcome_that_was_stored_unnoticed_is_stored_once() -> None:
    world, log = a_claimed_wave()
    (delivery,) = claim(world.desk, "i1", room=8).deliveries
    log.away, log.stores = 1, True

    carry_out(world.desk, delivery)

    assert kinds(world) == ["step-started", "attempt-started", "attempt-ended"]


def test_who_waits_for_the_log_gives_up_when_others_take_the_message_for_lost() -> None:
    world, log = a_claimed_wave()
    (delivery,) = claim(world.desk, "i1", room=8).deliveries
    log.away = 1000

    with pytest.raises(UnreachableError, match="away"):
        carry_out(world.desk, delivery)

    log.away = 0
    tick(world.desk, "i1", pool=AtOnce())
    assert [(a.outcome, a.possible_repeat) for a in attempts(world)] == [
        (OutcomeKind.UNKNOWN, False),
        (OutcomeKind.ACCEPTED, True),
    ]


def test_outcomes_of_a_window_are_stored_in_one_append() -> None:
    world, log = a_claimed_wave(5)
    deliveries = claim(world.desk, "i1", room=8).deliveries
    before = log.appends

    store(world.desk, [send(world.desk, each) for each in deliveries])

    assert log.appends == before + 1
    assert [a.outcome for a in attempts(world)] == [OutcomeKind.ACCEPTED] * 5


def test_what_was_not_sent_in_time_is_told_as_such() -> None:
    world, _ = a_claimed_wave()
    (delivery,) = claim(world.desk, "i1", room=8).deliveries
    world.clock.advance(seconds=31)

    carried = send(world.desk, delivery)

    assert world.sender.sent == ()
    assert carried == Carried(
        incident="i1",
        ended=ev.AttemptEnded(
            step="A10", partner="p000", n=1, outcome=OutcomeKind.DEFERRED, code="too-late"
        ),
        not_sent=True,
    )


def test_late_outcome_corrects_what_was_taken_for_lost() -> None:
    world, _ = a_claimed_wave()
    (delivery,) = claim(world.desk, "i1", room=8).deliveries
    carried = send(world.desk, delivery)
    world.clock.advance(minutes=2)
    claim(world.desk, "i1", room=0)

    store(world.desk, [carried], again=True)
    store(world.desk, [carried], again=True)

    assert kinds(world) == ["step-started", "attempt-started", "attempt-ended", "attempt-ended"]
    assert [a.outcome for a in attempts(world)] == [OutcomeKind.ACCEPTED]
