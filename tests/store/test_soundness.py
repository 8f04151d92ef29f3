"""A chain is checked before this process first adds to it, and only then."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from crisis.errors import BrokenChainError
from crisis.store.log import DatabaseEventLog
from crisis.store.soundness import Soundness
from crisis.usecases.ports import ChainFault
from tests.store.conftest import DATABASES, Bench
from tests.store.happening import notes, put

FAULT = ChainFault(incident="i-1", version=2, seq=2, reason="it was altered")


class Checking:
    """A check that says what it was asked, holds as long as it is told to, and finds faults."""

    def __init__(self, *, faults: tuple[ChainFault, ...] = ()) -> None:
        self.faults = faults
        self.asked: list[str] = []
        self.begun = Event()
        self.may_end = Event()

    def __call__(self, incident: str) -> tuple[ChainFault, ...]:
        """Return what is wrong with a chain, once it may."""
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


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
def test_prepared_log_has_checked_what_is_open_and_refuses_what_is_broken(
    database_url: str,
) -> None:
    with DatabaseEventLog(database_url) as before:
        put(before, "sound", "a", "b")
        put(before, "broken", "a", "b")
        Bench(before, database_url).alter("broken", 1)
    with DatabaseEventLog(database_url) as log:
        log.prepare()
        # Whatever befalls a chain that was checked, this process does not look again.
        Bench(log, database_url).alter("sound", 1)
        put(log, "sound", "c")
        with pytest.raises(BrokenChainError, match="entry 1"):
            put(log, "broken", "c")
        assert (notes(log, "sound"), notes(log, "broken")) == (["a", "b", "c"], ["a", "b"])


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
def test_preparing_ends_when_it_is_not_wanted_any_more(database_url: str) -> None:
    with DatabaseEventLog(database_url) as before:
        put(before, "i1", "a")
    with DatabaseEventLog(database_url) as log:
        log.prepare(is_wanted=lambda: False)
        Bench(log, database_url).alter("i1", 1)
        with pytest.raises(BrokenChainError, match="entry 1"):
            put(log, "i1", "b")
