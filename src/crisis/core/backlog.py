"""
Outcomes on their way into the log: which go together, which it still lacks, when to try again.

What became of a message is known once and can never be asked again. So it is kept
until the log has taken it, however long that is away (ADR 0021).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from crisis.core import event as ev
from crisis.core.claim import put_aside
from crisis.core.delivery import OutcomeKind
from crisis.core.incident import Incident

# Between two tries, in seconds: a lock or a restart is over soon, a full disk is not.
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """
    What became of one claimed message.

    `not_sent`: it was put aside because its claim was too old; that is recorded only
    if nobody has said anything of it meanwhile (`core/claim.py`).
    """

    incident: str
    ended: ev.AttemptEnded
    not_sent: bool = False


def together(backlog: Iterable[Carried]) -> tuple[tuple[Carried, ...], ...]:
    """Return what goes into one append each: one incident's, the first first; unsent apart."""
    groups: dict[tuple[str, bool], list[Carried]] = {}
    for each in backlog:
        groups.setdefault((each.incident, each.not_sent), []).append(each)
    return tuple(map(tuple, groups.values()))


def lacking(incident: Incident, carried: Iterable[Carried]) -> tuple[ev.AttemptEnded, ...]:
    """
    Return what an incident's log still lacks of these outcomes.

    For whoever cannot know whether an earlier try was stored. A message that was taken
    for lost meanwhile gets its true outcome; what a person corrected stays.
    """
    return tuple(event for each in carried for event in _lacking(incident, each))


def pause_before(tries: int) -> float:
    """Return for how many seconds to wait after so many tries in a row have failed, from 1."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(tries - 1, 16))


def _lacking(incident: Incident, carried: Carried) -> tuple[ev.AttemptEnded, ...]:
    ended = carried.ended
    obligation = incident.obligations[ended.step, ended.partner]
    if carried.not_sent:
        return put_aside(obligation, ended.n)
    known = next((each for each in obligation.attempts if each.n == ended.n), None)
    if known is None or known.ended_at is None:
        return (ended,)
    was_lost = known.outcome is OutcomeKind.UNKNOWN and ended.outcome is not OutcomeKind.UNKNOWN
    return (ended,) if was_lost else ()
