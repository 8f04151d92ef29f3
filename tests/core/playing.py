"""Playing a timeline by hand: what is asked, what is known, where it stands."""

from datetime import datetime

from crisis.core import event as ev
from crisis.core.event import Event
from crisis.core.obligation import ObligationState
from crisis.core.playbook import (
    Playbook,
)
from tests.builders import (
    T0,
    entries_of,
)
from tests.core.timelines import Timeline


def a_timeline(playbook: Playbook | None = None, **kwargs: object) -> Timeline:
    return Timeline(entries=list(entries_of(playbook=playbook, **kwargs)))  # type: ignore[arg-type]  # -- passed on


def asked(timeline: Timeline) -> list[tuple[str, str, str]]:
    """Perform what is due and return step, channel and purpose of each message."""
    return [(ask.step, ask.channel, ask.purpose.value) for ask in timeline.perform([])]


def state_of(timeline: Timeline, step: str) -> ObligationState:
    return timeline.incident.obligations[step, "ohs"].state


def acknowledged(step: str = "A10", partner: str = "ohs", *, at: datetime = T0) -> Event:
    return ev.Acknowledged(
        step=step, partner=partner, contact=partner, via=ev.Via.PAGE, happened_at=at
    )


def set_to(name: str, value: str | int, *, at: datetime = T0) -> Event:
    return ev.AttributeSet(attribute=name, value=value, source="POL-FLZ", happened_at=at)
