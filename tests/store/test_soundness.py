"""A chain is checked before this process first adds to it, and only then."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from crisis.errors import BrokenChainError
from crisis.store.soundness import Soundness
from crisis.usecases.ports import ChainFault

FAULT = ChainFault(incident="i-1", version=2, seq=2, reason="it was altered")


class Checking:
    """A check that says what it was asked, holds as long as it is told to, and finds faults."""

    def __init__(self, *, faults: tuple[ChainFault, ...] = ()) -> None:
        self.faults = faults
        self.asked: list[str] = []
        self.begun = Event()
        self.may_end = Event()

    def __call__(self, incident: str) -> tuple[ChainFault, ...]:
        self.asked.append(incident)
        self.begun.set()
        assert self.may_end.wait(10)
        return self.faults


def test_many_that_come_at_once_share_one_check() -> None:
    check = Checking()
    soundness = Soundness(check)
    with ThreadPoolExecutor(24) as pool:
        waiting = [pool.submit(soundness.require, "i-1") for _ in range(24)]
        assert check.begun.wait(10)
        assert not any(one.done() for one in waiting)
        check.may_end.set()
        assert [one.result(10) for one in waiting] == [None] * 24
    assert check.asked == ["i-1"]


def test_check_of_one_chain_holds_up_no_other() -> None:
    check = Checking()
    soundness = Soundness(check)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(soundness.require, "i-1")
        assert check.begun.wait(10)
        check.begun.clear()
        second = pool.submit(soundness.require, "i-2")
        assert check.begun.wait(10)
        check.may_end.set()
        assert (first.result(10), second.result(10)) == (None, None)
    assert check.asked == ["i-1", "i-2"]


def test_broken_chain_is_refused_until_it_is_mended() -> None:
    check = Checking(faults=(FAULT,))
    check.may_end.set()
    soundness = Soundness(check)
    for _ in range(2):
        with pytest.raises(BrokenChainError, match="entry 2"):
            soundness.require("i-1")
    check.faults = ()
    soundness.require("i-1")
    soundness.require("i-1")
    assert check.asked == ["i-1", "i-1", "i-1"]
