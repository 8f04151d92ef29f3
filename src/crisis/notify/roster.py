"""
The providers of a house: who is tried for a message, who is passed over, who is down.

Whoever definitely did not take a message is followed by the next one, within the
same attempt. After an unknown fate nobody is asked: the message may have arrived.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from crisis.core.contact import ChannelKind
from crisis.core.delivery import Outcome, OutcomeKind, Outgoing
from crisis.notify.breaker import Breaker, BreakerState
from crisis.notify.provider import Provider, in_order

log = logging.getLogger("crisis.notify")

# "Not now" that is about the mailbox and not about the relay: greylisted, busy, full.
ABOUT_THE_MAILBOX = frozenset({"450", "452", "552"})
# A claim counts as lost after 60 s and is not sent once it is 30 s old (`core.claim`);
# all tries of one that is just young enough end before.
LONGEST_S = 25.0

Room = Callable[[str, datetime, str], bool]
Try = Callable[[Provider, float], Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakerRule:
    """After how many failures in a row a provider is passed over, and for how many seconds."""

    failures: int = 5
    pause_s: float = 30.0


def always(_provider: str, _at: datetime, _message: str) -> bool:
    """Say that there is room: no limit is set."""
    return True


class Roster:
    """
    Choose among providers by region, order and breaker; safe for many threads.

    Args:
        providers: all of the house.
        rule: when breakers open.
        clock: seconds that only ever grow.
    """

    def __init__(
        self,
        providers: Iterable[Provider],
        *,
        rule: BreakerRule,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._providers = tuple(providers)
        self._rule = rule
        self._clock = clock
        self._lock = threading.Lock()
        self._breakers: dict[str, Breaker] = {each.id: self._new() for each in self._providers}
        # May the message go through a provider whose room was not taken up by its claim?
        self.room: Room = always

    def serving(self, kind: ChannelKind, address: str) -> tuple[Provider, ...]:
        """Return who may carry to an address, in order."""
        return in_order(p for p in self._providers if p.kind is kind and p.serves(address))

    def states(self) -> Mapping[str, BreakerState]:
        """Return the state of every provider's breaker by id, sorted."""
        with self._lock:
            breakers = sorted(self._breakers.items())
        return {name: breaker.state for name, breaker in breakers}

    def ready(self, providers: Iterable[Provider]) -> tuple[Provider, ...]:
        """Return those whose breaker is not open, or all if it is open everywhere."""
        every = tuple(providers)
        fit = tuple(p for p in every if self._breaker(p.id).state is not BreakerState.OPEN)
        return fit or every

    def carry(
        self, providers: tuple[Provider, ...], outgoing: Outgoing, tried: Try, *, limit_s: float
    ) -> Outcome | None:
        """
        Try one provider after the other; return the last outcome, None if nobody was asked.

        Each gets `limit_s` seconds. Where every breaker is open the first in order is
        tried all the same: a try that fails costs less than a message that stays here.
        """
        ends, outcome = time.monotonic() + max(LONGEST_S, limit_s), None
        passed_over: list[Provider] = []
        for provider in in_order(providers, first=outgoing.provider):
            # What the claim counted has its room; the others must have some left.
            if provider.id != outgoing.provider and not self._has_room(provider, outgoing):
                continue
            if not self._breaker(provider.id).enter():
                passed_over.append(provider)
                continue
            outcome = self._told(provider.id, tried(provider, self._until(ends, limit_s)))
            if outcome.kind is not OutcomeKind.DEFERRED or time.monotonic() >= ends:
                return outcome
        if outcome is None and passed_over:
            first = passed_over[0]
            return self._told(first.id, tried(first, self._until(ends, limit_s)))
        return outcome

    def note(self, name: str, outcome: Outcome) -> Outcome:
        """Take note of what a provider said that only the directory names, if it names one."""
        return self._told(name, outcome) if name else outcome

    def _told(self, name: str, outcome: Outcome) -> Outcome:
        breaker = self._breaker(name)
        before = breaker.state
        if outcome.kind in {OutcomeKind.ACCEPTED, OutcomeKind.REJECTED}:
            breaker.succeeded()  # who condemns an address does its work
        elif outcome.code not in ABOUT_THE_MAILBOX:
            breaker.failed()
        if breaker.state is not before:
            log.warning("provider %s: breaker %s after %s", name, breaker.state, outcome.code)
        return replace(outcome, provider=name)

    def _has_room(self, provider: Provider, outgoing: Outgoing) -> bool:
        return self.room(provider.id, outgoing.sent_at, outgoing.id)

    def _until(self, ends: float, limit_s: float) -> float:
        return min(time.monotonic() + limit_s, ends)

    def _breaker(self, name: str) -> Breaker:
        with self._lock:
            return self._breakers.setdefault(name, self._new())

    def _new(self) -> Breaker:
        return Breaker(failures=self._rule.failures, pause_s=self._rule.pause_s, clock=self._clock)
