"""
At which moments of a period an ask may go another way than the moment before.

Whom a partner's ask reaches depends on who answers at the moments at which the planner
turns to somebody. Partners with the same hours share one rhythm, whatever they are
called: a proof works it out once for all of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise, product
from typing import NamedTuple

from crisis.core.availability import ZONE, Availability, Rota, next_office_opening
from crisis.core.ladder import rung_moment
from crisis.core.outlook import Outlook
from crisis.core.playbook import Rung, Step
from crisis.core.reach import FIRST_RETRY, MOST_ROUNDS
from crisis.core.spans import Spans, local_moments, spans_of
from crisis.core.timing import ZERO

# Where every channel of a contact says "not now", the planner turns to the next level after this.
GIVEN_UP = FIRST_RETRY * (2**MOST_ROUNDS - 1)
# First contact, the same once more, deputy, superior: each may be given up in its turn.
LEVELS = 4
# A ladder of working days over the longest holidays has reached its last rung by then.
AFTERWARDS = timedelta(days=30)
_HOUR = timedelta(hours=1)
# All that an answer depends on; None while somebody's rota has a gap.
Look = tuple[object, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """
    What decides the rhythm of an ask, without names.

    `hours` are those on which it depends who is reached. After `deadline` the lead is told
    at the latest; an ask that `waits` begins in office time. `gives_up`: an outage may
    leave a level nothing that takes a message.
    """

    hours: tuple[Availability, ...]
    rungs: tuple[Rung, ...]
    deadline: timedelta
    waits: bool
    gives_up: bool


class Piece(NamedTuple):
    """A piece of a period, `since` included, in which all that the answer depends on stays."""

    since: datetime
    until: datetime
    look: Look


def begins_at(view: Outlook, step: Step, moment: datetime) -> datetime:
    """Return when a step that is due at a moment really asks: some wait for office hours."""
    return _begins_at(view, moment, waits=waits(view, step))


def waits(view: Outlook, step: Step) -> bool:
    """Return whether a step asks in office time only."""
    return step.waits or view.profiles[step.profile].waits


def rhythm(view: Outlook, beat: Beat, *, since: datetime, until: datetime) -> tuple[Piece, ...]:
    """Return the pieces of a period, in order and without a hole."""
    clocks = tuple(
        spans_of(hours, since=since, until=until + AFTERWARDS, holidays=view.directory.holidays)
        for hours in beat.hours
    )
    changes = _changes(beat, clocks, since=since, until=until)
    moments = sorted({since, *(moment for moment in changes if since < moment < until)})
    pieces: list[Piece] = []
    for moment, end in zip(moments, [*moments[1:], until], strict=True):
        look = _look(view, beat, clocks, moment)
        if pieces and look is not None and pieces[-1].look == look:
            pieces[-1] = Piece(pieces[-1].since, end, look)
        else:
            pieces.append(Piece(moment, end, look))
    return tuple(pieces)


def _begins_at(view: Outlook, moment: datetime, *, waits: bool) -> datetime:
    if not waits:
        return moment
    return next_office_opening(moment, land=view.land, holidays=view.directory.holidays)


def _look(view: Outlook, beat: Beat, clocks: tuple[Spans, ...], moment: datetime) -> Look:
    planned = _turns(view, beat, _begins_at(view, moment, waits=beat.waits))
    turns = sorted(planned)
    # In which order they come: how far they lie apart, the planner never looks at.
    seen: list[object] = [tuple(map(turns.index, planned))]
    for hours, clock in zip(beat.hours, clocks, strict=True):
        places = clock.places(turns)
        states = tuple([clock.states[place] for place in places])
        if None in states and isinstance(hours, Rota):
            return None
        seen.append(states)
        # What lies there may be seen whenever somebody comes in.
        seen.append(tuple([any(clock.states[a : b + 1]) for a, b in pairwise(places)]))
    return tuple(seen)


def _turns(view: Outlook, beat: Beat, asked_at: datetime) -> list[datetime]:
    """Return the moments at which the planner may turn to somebody, or gives up."""
    planned = [asked_at, asked_at + beat.deadline]
    planned += [rung_moment(view, rung, asked_at=asked_at) for rung in beat.rungs]
    if not beat.gives_up:
        return planned
    last = max(planned)
    early = (turn + GIVEN_UP * n for turn in planned for n in range(1, LEVELS + 1))
    return [*planned, *(turn for turn in early if turn < last)]


def _changes(
    beat: Beat, clocks: Iterable[Spans], *, since: datetime, until: datetime
) -> Iterator[datetime]:
    """Yield every moment at which the answer may change, and some more."""
    edges = {edge for clock in clocks for edge in clock.edges}
    given_up = [GIVEN_UP * n for n in range(LEVELS + 1)] if beat.gives_up else [ZERO]
    lags = {ZERO, beat.deadline}
    lags |= {rung.after for rung in beat.rungs if rung.after is not None}
    for edge, lag, early in product(edges, lags, given_up):
        yield edge - lag - early
    if any(rung.working_days is not None for rung in beat.rungs):
        # Working days later it is the same local time, or an hour on where that is skipped.
        moments = (e - g - skipped for e, g, skipped in product(edges, given_up, (ZERO, _HOUR)))
        times = {moment.astimezone(ZONE).time() for moment in moments}
        yield from local_moments(times, since=since, until=until)
