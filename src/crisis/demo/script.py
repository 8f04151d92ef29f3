"""What an exercise is about: who does what, and when; the stage on which they do it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from crisis.core.condition import Value
from crisis.core.incident import Incident
from crisis.demo.cast import Call, Reaction
from crisis.demo.summary import Shown


class Cast(Protocol):
    """Who answers when; the same every time."""

    def reaction_to(
        self, step: str, partner: str, *, first: bool, decides: bool
    ) -> Reaction | None:
        """Return what a contact does about a message, or None if it stays silent."""
        ...

    def member_answers(self, member: str) -> timedelta:
        """Return how long after its hub took over a member answers."""
        ...

    def call_about(self, step: str, contact: str, *, n: int) -> Call | None:
        """Return how a call ends, or None if the duty officer does not get to it."""
        ...


class Scene(Protocol):
    """What somebody in an exercise can do: look at pages and press their buttons."""

    @property
    def incident(self) -> Incident:
        """The incident as it stands."""
        ...

    def press_desk(self, place: str, button: str, wanted: Mapping[str, str]) -> None:
        """Press a button on a page of the duty officer, `place` below the incident's own."""
        ...

    def press_page(self, step: str, partner: str, button: str, wanted: Mapping[str, str]) -> None:
        """Press a button on the page that a partner was given for a step."""
        ...

    def desk_buttons(self, place: str) -> tuple[str, ...]:
        """Return the buttons on a page of the duty officer."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Something that somebody does of their own accord, so long after T0; it returns what."""

    after: timedelta
    act: Callable[[Scene], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """
    One exercise: where and when, what is known, who is in it, and what it must show.

    `bouncing` is the channel whose mailbox is gone. `confided` is what some partner writes
    for the roles in `keepers` alone. `facts` are lines for the summary
    beside the usual ones, `promises` what must have been seen.
    """

    playbook: str
    region: str
    occurred_at: datetime
    triggered_at: datetime
    attributes: Mapping[str, Value]
    cast: Cast
    cues: tuple[Cue, ...]
    promises: Callable[[Shown], Iterator[tuple[str, bool]]]
    facts: Callable[[Shown], Mapping[str, str]] = field(default=lambda _shown: {})
    bouncing: str = ""
    confided: str = ""
    keepers: frozenset[str] = frozenset()
