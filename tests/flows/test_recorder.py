"""The thread that brings outcomes into the log: in batches, and until the log takes them."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import pytest

from crisis.core.backlog import Carried
from crisis.core.delivery import OutcomeKind
from crisis.core.event import AttemptEnded, Event
from crisis.errors import BrokenChainError, CrisisError, LogMovedOnError, UnreachableError
from crisis.usecases.outcomes import send
from crisis.usecases.tick import claim
from flows.recorder import Recorder
from tests.builders import World
from tests.flows.house import wait_until
from tests.interposed_log import InterposedLog
from tests.usecases.waves import a_wave

WITHIN = 20.0


class GatedLog(InterposedLog):
    """A log whose appends wait for a gate, or fail with what is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.gate.set()
        self.wrong: CrisisError | None = None
        self.appended: list[tuple[str, int]] = []
        self.refused = 0

    def before(self, incident: str, *, at: datetime, expected_version: int | None) -> None:
        """Wait for the gate, or fail."""
        del incident, at, expected_version
        self.gate.wait(WITHIN)
        if self.wrong is not None:
            self.refused += 1
            raise self.wrong

    def after(self, incident: str, events: Sequence[Event]) -> None:
        """Note what was stored."""
        self.appended.append((incident, len(events)))


class Heard:
    """What the recorder told of each outcome."""

    def __init__(self) -> None:
        self.told: list[BaseException | None] = []

    def ended(self, failure: BaseException | None) -> None:
        """Note what became of an outcome."""
        self.told.append(failure)

    def wait(self, count: int) -> None:
        """Wait until so many were told."""
        wait_until(lambda: len(self.told) >= count, within=WITHIN, what="outcomes told")


@contextmanager
def recording(world: World) -> Iterator[Recorder]:
    """Yield a recorder and close it."""
    recorder = Recorder(world.desk)
    try:
        yield recorder
    finally:
        recorder.close()


def a_sent_wave(size: int) -> tuple[World, GatedLog, list[Carried]]:
    """Return a world that has sent a window and recorded nothing of it yet."""
    log = GatedLog()
    world = a_wave(size, log=log)
    sent = [send(world.desk, each) for each in claim(world.desk, "i1", room=size).deliveries]
    log.appended.clear()
    return world, log, sent


def outcomes(world: World) -> list[tuple[OutcomeKind, str]]:
    """Return all outcomes in the log, in order."""
    events = [entry.event for entry in world.desk.house.log.read("i1")]
    return [(e.outcome, e.code) for e in events if isinstance(e, AttemptEnded)]


def test_what_comes_while_the_log_is_busy_goes_into_one_append() -> None:
    world, log, sent = a_sent_wave(9)
    heard = Heard()
    log.gate.clear()
    with recording(world) as recorder:
        recorder.hand_over(sent[0], heard.ended)
        wait_until(lambda: recorder.is_writing, within=WITHIN, what="the first append")
        for carried in sent[1:]:
            recorder.hand_over(carried, heard.ended)
        log.gate.set()
        heard.wait(9)

    assert sum(count for _, count in log.appended) == 9
    assert len(log.appended) <= 2
    assert heard.told == [None] * 9


def test_outcomes_are_kept_until_the_log_is_back_and_nobody_is_told_before() -> None:
    world, log, sent = a_sent_wave(5)
    heard = Heard()
    log.wrong = UnreachableError("The log is away.")
    with recording(world) as recorder:
        for carried in sent:
            recorder.hand_over(carried, heard.ended)
        wait_until(lambda: log.refused > 3, within=WITHIN, what="tries")
        told_before = tuple(heard.told)
        log.wrong = None
        heard.wait(5)

    assert told_before == ()
    assert heard.told == [None] * 5
    assert outcomes(world) == [(OutcomeKind.ACCEPTED, "250")] * 5


def test_who_plans_after_the_log_was_away_takes_nothing_for_lost_that_is_known_here() -> None:
    world, log, sent = a_sent_wave(3)
    heard = Heard()
    log.wrong = UnreachableError("The log is away.")
    with recording(world) as recorder:
        for carried in sent:
            recorder.hand_over(carried, heard.ended)
        wait_until(lambda: log.refused > 0, within=WITHIN, what="a try")
        # So long that everybody else would take the messages for lost.
        world.clock.advance(minutes=5)
        with pytest.raises(UnreachableError, match="away"):
            recorder.catch_up()
        log.wrong = None
        recorder.catch_up()
        claim(world.desk, "i1", room=8)

    assert outcomes(world) == [(OutcomeKind.ACCEPTED, "250")] * 3


def test_others_that_keep_writing_are_waited_for() -> None:
    world, log, sent = a_sent_wave(1)
    heard = Heard()
    log.wrong = LogMovedOnError("Others wrote.")
    with recording(world) as recorder:
        recorder.hand_over(sent[0], heard.ended)
        wait_until(lambda: log.refused > 1, within=WITHIN, what="tries")
        recorder.catch_up()
        log.wrong = None
        heard.wait(1)

    assert outcomes(world) == [(OutcomeKind.ACCEPTED, "250")]


def test_outcome_of_a_damaged_log_is_given_up_and_told() -> None:
    world, log, sent = a_sent_wave(2)
    heard = Heard()
    log.wrong = BrokenChainError("Altered.")
    with recording(world) as recorder:
        recorder.hand_over(sent[0], heard.ended)
        heard.wait(1)
        log.wrong = None
        recorder.hand_over(sent[1], heard.ended)
        heard.wait(2)

    assert [str(failure) for failure in heard.told] == ["Altered.", "None"]
    assert len(outcomes(world)) == 1


def test_leaving_stores_what_is_kept_and_says_what_could_not_be() -> None:
    world, log, sent = a_sent_wave(3)
    heard = Heard()
    recorder = Recorder(world.desk)
    recorder.hand_over(sent[0], heard.ended)
    recorder.close()
    log.wrong = UnreachableError("The log is away.")
    leaving = Recorder(world.desk)
    leaving.hand_over(sent[1], heard.ended)
    leaving.close()
    leaving.hand_over(sent[2], heard.ended)

    assert [str(failure) for failure in heard.told] == [
        "None",
        "The log is away.",
        "The engine is leaving; the outcome was not stored.",
    ]
    assert len(outcomes(world)) == 1


def test_outcomes_of_several_incidents_are_stored_beside_one_another() -> None:
    world, log, sent = a_sent_wave(4)
    others = [Carried(incident="i2", ended=each.ended) for each in sent]
    heard = Heard()
    log.gate.clear()
    with recording(world) as recorder:
        for carried in (*sent, *others):
            recorder.hand_over(carried, heard.ended)
        log.gate.set()
        heard.wait(8)

    assert {incident for incident, _ in log.appended} == {"i1", "i2"}
    assert sum(count for _, count in log.appended) == 8
