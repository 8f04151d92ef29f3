"""
The time that a house keeps, whatever its clocks are set to.

Every process counts on from a reference clock: the database's on PostgreSQL, the
machine's own else. A reference that jumps was set by somebody: nobody follows it, so
that nothing is sent early and nothing waits for an hour. Every engine says with its
signs of life how far it is off, and whoever comes later joins those who are there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# Less is what clocks that are kept right differ by, and is followed; more is shown.
TOLERANCE = timedelta(seconds=2)
# A sign of life that is no older speaks for an engine that is there.
FRESH = timedelta(seconds=10)
ZERO = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What an engine says of its time: its moment, and how far it was ahead of the reference."""

    at: datetime
    ahead: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The time that is kept at a moment, and how far it is ahead of the reference clock."""

    at: datetime
    ahead: timedelta


def joined(reference: datetime, signs: Iterable[Sign]) -> Kept | None:
    """Return the time that the engines who are there keep, None if there is none."""
    found = sorted(s.ahead for s in signs if abs(reference + s.ahead - s.at) <= FRESH)
    if not found:
        return None
    ahead = found[len(found) // 2]
    return Kept(at=reference + ahead, ahead=ahead)


def begun(reference: datetime, signs: Iterable[Sign]) -> Kept:
    """Return the time that a process begins with."""
    return joined(reference, signs) or Kept(at=reference, ahead=ZERO)


def kept_on(kept: Kept, reference: datetime, signs: Iterable[Sign]) -> Kept:
    """
    Return the time to keep after a look at the reference clock.

    Takes the time as counted on until now. Slow drift is followed. After a jump the
    others decide: where they went on, this process stood still and joins them; else
    the clock was set, and time goes on as it was counted.
    """
    expected = reference + kept.ahead
    if abs(expected - kept.at) <= TOLERANCE:
        return Kept(at=expected, ahead=kept.ahead)
    return joined(reference, signs) or Kept(at=kept.at, ahead=kept.at - reference)
