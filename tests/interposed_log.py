"""A log in memory into which tests put something before or after each append."""

from collections.abc import Callable, Sequence
from datetime import datetime

from crisis.core.event import Entry, Event
from crisis.simulated.log import MemoryEventLog
from crisis.usecases.ports import Beside, Minds


class InterposedLog(MemoryEventLog):
    """Keeps the port; what a test wants to happen around an append is in `before` and `after`."""

    def append(
        self,
        incident: str,
        events: Sequence[Event],
        *,
        actor: str,
        at: datetime,
        expected_version: int | None,
        minds: Minds | None = None,
        beside: Beside | None = None,
    ) -> tuple[Entry, ...]:
        """Append what the port says, between what comes before and what comes after."""
        self.before(incident, at=at, expected_version=expected_version)
        entries = super().append(
            incident,
            events,
            actor=actor,
            at=at,
            expected_version=expected_version,
            minds=minds,
            beside=beside,
        )
        self.after(incident, events)
        return entries

    def before(self, incident: str, *, at: datetime, expected_version: int | None) -> None:
        """Happen just before an append; nothing unless a test says so."""

    def after(self, incident: str, events: Sequence[Event]) -> None:
        """Happen when it is stored and nobody has been told yet; nothing unless a test says so."""

    def slip_in(self, incident: str, event: Event, *, actor: str, at: datetime) -> None:
        """Append for somebody else, with nothing around it."""
        super().append(incident, (event,), actor=actor, at=at, expected_version=None)


class RacedLog(InterposedLog):
    """A log in which somebody is faster, between a decision and the next append."""

    def __init__(self, *, sealed: bool = True) -> None:
        super().__init__(sealed=sealed)
        self.rival: Callable[[], object] | None = None

    def before(self, incident: str, *, at: datetime, expected_version: int | None) -> None:
        """Let the rival go first, once."""
        del incident, at, expected_version
        rival, self.rival = self.rival, None
        if rival is not None:
            rival()
