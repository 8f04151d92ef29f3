"""
When availabilities are open, as spans: availability changes at few moments.

A year has 8,760 hours, an office opens and closes some 500 times in it. Whoever
wants to know about a whole period asks at these moments only; that this is the same
as asking at every hour is a property test (`tests/core/test_spans.py`).
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from crisis.core.availability import (
    ZONE,
    Availability,
    Holidays,
    Rota,
    RoundTheClock,
    answers_at,
    holder_at,
)

# In the European Union all clocks change at this moment (directive 2000/84/EC, articles 2 and 3).
CLOCKS_CHANGE = time(1, tzinfo=UTC)
_DAY = timedelta(days=1)
# Who answers: a contact's own function, the holder of a shift, or nobody.
Answering = bool | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """
    Who answers in a period: from `edges[n]` (UTC, in order) on it is `states[n]`.

    A state is True or False, or of a rota the id of whoever holds the shift and None.
    """

    edges: tuple[datetime, ...]
    states: tuple[Answering, ...]

    def at(self, moment: datetime) -> Answering:
        """Return who answers at a moment of the period."""
        [place] = self.places((moment,))
        return self.states[place]

    def places(self, moments: Iterable[datetime]) -> list[int]:
        """Return which of the states holds at each of some moments of the period."""
        return [max(bisect_right(self.edges, moment) - 1, 0) for moment in moments]


def spans_of(
    availability: Availability, *, since: datetime, until: datetime, holidays: Holidays
) -> Spans:
    """Return who answers in a period, from its beginning (included) to its end, both in UTC."""
    edges: list[datetime] = []
    states: list[Answering] = []
    for edge in sorted({since, *_edges(availability, since=since, until=until)}):
        state = _state(availability, at=edge, holidays=holidays)
        if not edges or states[-1] != state:
            edges.append(edge)
            states.append(state)
    return Spans(edges=tuple(edges), states=tuple(states))


def local_moments(times: set[time], *, since: datetime, until: datetime) -> Iterator[datetime]:
    """
    Yield the moments in a period at which the clocks in Germany show one of these times.

    Midnights are among them, and the moments at which the clocks themselves change.
    """
    day, last = (since - _DAY).astimezone(ZONE).date(), (until + _DAY).astimezone(ZONE).date()
    while day <= last:
        for moment in _moments_of(day, times | {time()}):
            if since < moment < until:
                yield moment
        day += _DAY


def _moments_of(day: date, times: set[time]) -> Iterator[datetime]:
    midnight = datetime.combine(day, time(), tzinfo=ZONE)
    changes = midnight.utcoffset() != (midnight + _DAY).utcoffset()
    if changes:
        yield datetime.combine(day, CLOCKS_CHANGE)
    for clock in times:
        moment = datetime.combine(day, clock, tzinfo=ZONE)
        yield moment.astimezone(UTC)
        if changes:
            yield moment.replace(fold=1).astimezone(UTC)


def _edges(availability: Availability, *, since: datetime, until: datetime) -> Iterator[datetime]:
    if isinstance(availability, Rota):
        for shift in availability.shifts:
            yield from (edge for edge in (shift.start, shift.end) if since < edge < until)
    elif not isinstance(availability, RoundTheClock):
        times = {availability.opens, availability.closes}
        yield from local_moments(times, since=since, until=until)


def _state(availability: Availability, *, at: datetime, holidays: Holidays) -> Answering:
    if isinstance(availability, Rota):
        return holder_at(availability, at=at)
    return answers_at(availability, at=at, holidays=holidays)
