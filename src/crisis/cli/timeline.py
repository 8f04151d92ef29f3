"""A run as a table of moments: who is asked when, over what, and what if nobody answers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crisis.cli.moment import local, since
from crisis.cli.telling import tell
from crisis.core import event as ev
from crisis.core.contact import Directory
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Entry

# The first outcome of each attempt, by step, partner and number.
Ends = dict[tuple[str, str, int], ev.AttemptEnded]
COLUMNS = ("time", "T+", "step", "partner", "contact", "channel", "level", "what")
# So many columns of text tell what happened in a few lines at most.
LEAST_WORDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """One moment of a run, `since_t0` after the opening; `outcome` and `code` are an attempt's."""

    at: datetime
    since_t0: timedelta
    kind: str
    step: str
    partner: str
    contact: str
    channel: str
    channel_kind: str
    level: int | None
    outcome: str | None
    code: str | None
    what: str


def beats(entries: Sequence[Entry], *, directory: Directory) -> tuple[Beat, ...]:
    """
    Return a log as moments in order, each attempt together with its first outcome.

    `directory` says of what kind the channels are.

    A later outcome of the same attempt, which corrects the first, is a moment of its own.
    """
    ends: Ends = {}
    joined: set[int] = set()
    for entry in entries:
        if isinstance(entry.event, ev.AttemptEnded):
            key = (entry.event.step, entry.event.partner, entry.event.n)
            if key not in ends:
                ends[key] = entry.event
                joined.add(entry.seq)
    if not entries:
        return ()
    origin = entries[0].at
    kinds = {
        channel.id: channel.kind.value
        for contact in directory.contacts.values()
        for channel in contact.channels
    }
    told = (_beat(entry, origin, ends) for entry in entries if entry.seq not in joined)
    return tuple(replace(beat, channel_kind=kinds.get(beat.channel, "")) for beat in told)


def rows(moments: Iterable[Beat], *, origin: datetime) -> Iterator[tuple[str, ...]]:
    """Return moments as rows under `COLUMNS`."""
    for beat in moments:
        yield (
            local(beat.at),
            since(beat.at, origin),
            beat.step,
            beat.partner,
            beat.contact,
            beat.channel_kind or beat.channel,
            "" if beat.level is None else str(beat.level),
            beat.what,
        )


def fits(listed: Sequence[Sequence[str]], *, width: int) -> bool:
    """Return whether rows under `COLUMNS` leave room to say what happened."""
    others = range(len(COLUMNS) - 1)
    reach = sum(2 + max((len(row[n]) for row in (COLUMNS, *listed)), default=0) for n in others)
    return reach + LEAST_WORDS <= width


def _beat(entry: Entry, origin: datetime, ends: Ends) -> Beat:
    event = entry.event
    ended, what = None, ""
    if isinstance(event, ev.AttemptStarted):
        ended = ends.get((event.step, event.partner, event.n))
        what = _attempt_words(event, ended)
    elif isinstance(event, ev.TaskRaised):
        what = f"task for the lead: {event.task_kind}"
    return Beat(
        at=entry.at,
        since_t0=entry.at - origin,
        kind=event.kind,
        step=getattr(event, "step", ""),
        partner=getattr(event, "partner", "") or "",
        contact=getattr(event, "contact", ""),
        channel=getattr(event, "channel", ""),
        channel_kind="",
        level=getattr(event, "level", None),
        outcome=None if ended is None else ended.outcome.value,
        code=None if ended is None else ended.code,
        what=what or tell(event),
    )


def _attempt_words(started: ev.AttemptStarted, ended: ev.AttemptEnded | None) -> str:
    words = str(started.purpose)
    if started.possible_repeat:
        words += ", may be a repeat"
    if ended is None:
        return f"{words}: on its way"
    if ended.outcome is OutcomeKind.ACCEPTED:
        return words
    return f"{words}: {ended.outcome} ({ended.code})"
