"""A broken chain is accepted by somebody, with a reason, where it can still be followed."""

import pytest

from crisis.core import event as ev
from crisis.errors import (
    BrokenChainError,
    NotFoundError,
    PersonalDataError,
    RefusedError,
    UsageError,
)
from crisis.simulated.log import MemoryEventLog
from crisis.usecases.accepting import accept_break
from tests.builders import T0, entries_of


@pytest.fixture
def log() -> MemoryEventLog:
    made = MemoryEventLog()
    note = ev.NoteAdded(text="Wechsel", happened_at=T0)
    events = [entries_of()[0].event, note, note]
    made.append("i1", events, actor="ada", at=T0, expected_version=0)
    return made


def accept(log: MemoryEventLog, incident: str = "i1", *, reason: str = "Platte") -> int:
    return accept_break(log, incident, reason=reason, by="ada", now=T0)


def test_break_is_accepted_with_reason_and_sign(log: MemoryEventLog) -> None:
    del log.chains["i1"][1]
    assert accept(log) == 4
    last = log.read("i1")[-1]
    assert isinstance(last.event, ev.BrokenChainAccepted)
    assert (last.actor, last.event.reason, last.event.missing) == ("ada", "Platte", (2,))
    assert log.verify() == ()


def test_what_holds_or_is_not_there_is_not_accepted(log: MemoryEventLog) -> None:
    with pytest.raises(RefusedError, match="holds"):
        accept(log)
    with pytest.raises(NotFoundError, match="there is no incident `i9`; there are: i1"):
        accept(log, "i9")
    with pytest.raises(NotFoundError, match="there are: none yet"):
        accept(MemoryEventLog(), "i9")


def test_reason_is_needed_and_names_nobody(log: MemoryEventLog) -> None:
    with pytest.raises(UsageError):
        accept(log, reason=" ")
    with pytest.raises(PersonalDataError):
        accept(log, reason="Frau Beispiel war es")
    with pytest.raises(UsageError):
        accept_break(log, "i1", reason="Platte", by="Ada Beispiel", now=T0)


def test_what_cannot_be_followed_says_the_way_out(log: MemoryEventLog) -> None:
    del log.chains["i1"][0]
    with pytest.raises(BrokenChainError, match="`crisis log export i1`"):
        accept(log)
