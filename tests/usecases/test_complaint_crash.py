"""A crash around a complaint loses neither it nor the count of it."""

from dataclasses import replace
from datetime import datetime

import pytest

from crisis.core import event as ev
from crisis.errors import (
    UnreachableError,
)
from crisis.usecases import answering
from crisis.usecases.complaining import (
    complain,
)
from crisis.usecases.tick import recover
from tests.complained import (
    COMPLAINT,
    a_house,
    a_reply,
    complained,
    counts,
    current,
    record_outcome,
    take_over,
)
from tests.interposed_log import InterposedLog


class BreakingLog(InterposedLog):
    """A log whose machine goes down at an append, once it was told to."""

    def __init__(self) -> None:
        super().__init__()
        self.left: int | None = None

    def before(self, incident: str, *, at: datetime, expected_version: int | None) -> None:
        """Be gone when the time has come."""
        del incident, at, expected_version
        if self.left == 0:
            raise UnreachableError("the machine is gone")
        if self.left is not None:
            self.left -= 1


def test_crash_after_the_one_append_loses_no_count() -> None:
    log = BreakingLog()
    stage = complained(log)
    take_over(stage, "K2")
    record_outcome(stage, "upheld")
    assert counts(stage) == [(1, 0)]

    log.left = 1
    answering.acknowledge(stage.desk, a_reply(stage, "K5", "bst"))

    assert (counts(stage), current(stage).state) == ([(0, 1)], "closed")


def test_crash_before_it_leaves_the_complaint_open_and_counted_so() -> None:
    log = BreakingLog()
    stage = complained(log)
    take_over(stage, "K2")
    record_outcome(stage, "upheld")

    log.left = 0
    with pytest.raises(UnreachableError):
        answering.acknowledge(stage.desk, a_reply(stage, "K5", "bst"))

    assert (counts(stage), current(stage).state) == ([(1, 0)], "open")


def test_complaint_that_was_opened_is_counted_whatever_comes_then() -> None:
    log = BreakingLog()
    stage = a_house(log=log)

    log.left = 1
    complain(stage.desk, COMPLAINT)

    assert counts(stage) == [(1, 0)]


def test_engine_that_comes_back_tells_what_its_predecessor_left_of_a_complaint() -> None:
    stage = complained()
    desk = stage.desk
    claimed = ev.AttemptStarted(
        step="K2",
        partner="bst",
        n=2,
        contact="bst",
        channel="bst-email",
        purpose=ev.Purpose.ASK,
        level=0,
        possible_repeat=False,
        outside_hours=False,
        link_hash="",
        text_hash="",
        engine="lage.1",
    )
    desk.house.log.append(
        stage.incident, (claimed,), actor="system", at=stage.clock.now(), expected_version=None
    )

    found = recover(replace(desk, house=replace(desk.house, engine="lage.2")))

    attempts = current(stage).obligations["K2", "bst"].attempts
    assert (found, str(attempts[-1].outcome)) == (1, "unknown")
