"""What may be recorded of what was decided; whoever records says by which rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from crisis.core.event import Event
from crisis.core.incident import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """
    The events that may be recorded, and what other incidents are told with them.

    `beside` has the events of other incidents by their ids: they are written together with
    `events`, or nothing is.
    """

    events: tuple[Event, ...]
    beside: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)


# From the incident and what was decided about it; refuses with a CrisisError.
Rule = Callable[[Incident, tuple[Event, ...]], Allowed]


def whatever(_incident: Incident, events: tuple[Event, ...]) -> Allowed:
    """Allow everything: for the house itself, which records what became of a message."""
    return Allowed(events=events)
