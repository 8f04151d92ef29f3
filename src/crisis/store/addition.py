"""What one caller wants to have appended, encoded in the caller's own thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crisis.core.event import SYSTEM, Event
from crisis.store.chain import canonical, written
from crisis.store.codec import CODEC
from crisis.usecases.ports import Beside, Minds


@dataclass(frozen=True, slots=True, kw_only=True)
class Append:
    """
    One caller's events, encoded in the caller's own thread.

    What stands `beside` is for other incidents and shares its fate: all or nothing.

    Raises:
        ValueError: an id is no text that every database can hold.
    """

    incident: str
    expected_version: int | None
    at: str
    actor: str
    events: tuple[Event, ...]
    encoded: tuple[tuple[str, str], ...]
    minds: Minds | None = None
    beside: tuple["Append", ...] = ()

    @property
    def parts(self) -> tuple["Append", ...]:
        """Everything to be written; itself last, so that its last number is the highest."""
        return (*self.beside, self)

    def __post_init__(self) -> None:
        """Refuse half characters and NUL here, where only the caller is affected."""
        for name in (self.incident, self.actor):
            if "\0" in name:
                raise ValueError(f"{name!r} holds a NUL character; no id may")
        for name in (self.incident, self.actor, *(data for _, data in self.encoded)):
            name.encode()


def addition(
    incident: str,
    events: Sequence[Event],
    *,
    actor: str,
    at: datetime,
    expected_version: int | None,
    minds: Minds | None = None,
    beside: Beside | None = None,
) -> Append:
    """Return what the port's `append` was called with, ready for the writer."""
    return Append(
        incident=incident,
        expected_version=expected_version,
        at=written(at),
        actor=actor,
        events=tuple(events),
        encoded=tuple(map(encoded, events)),
        minds=minds,
        beside=tuple(
            addition(other, more, actor=SYSTEM, at=at, expected_version=None)
            for other, more in (beside or {}).items()
        ),
    )


def encoded(event: Event) -> tuple[str, str]:
    """Return an event's kind and its data as canonical JSON."""
    kind, data = CODEC.encode(event)
    return kind, canonical(data)
