"""
What a plan worked out and the next one may take over.

A wave of a thousand is planned many times a minute, and between two plans few
obligations change. For one that did not, nothing becomes due before its own next
moment (law 4 of the planner), so what was found of it still holds. A plan with a
recollection equals one without: that is a law of its own (`tests/core/test_laws.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from crisis.core.incident import Key
from crisis.core.obligation import Obligation
from crisis.core.outlook import Outlook, first_contact

NEVER = datetime.max.replace(tzinfo=UTC)


class Standing(NamedTuple):
    """
    What was found of one obligation: no fact is due, but `due` messages are.

    It holds from `since` until `until`, as long as the obligation is the very same
    value; `wake_at` is when to look at it again, `NEVER` where nothing is to come.
    """

    obligation: Obligation
    since: datetime
    until: datetime
    wake_at: datetime
    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recollection:
    """An earlier plan's outlook, and how each obligation stood."""

    view: Outlook
    standings: Mapping[Key, Standing]

    def of(self, view: Outlook) -> Mapping[Key, Standing]:
        """Return the standings whose time it is at another look; none if they may not be used."""
        before, ahead, now = self.view.incident, view.incident, view.now
        same = before.opened is ahead.opened and before.stood_down_at == ahead.stood_down_at
        if not same or before.leads != ahead.leads:
            return {}
        return {
            key: standing
            for key, standing in self.standings.items()
            if standing.since <= now < standing.until
        }


def stands(view: Outlook, obligation: Obligation, *, due: int, wake_at: datetime) -> Standing:
    """Return what was found of an obligation; it lasts no longer than anybody's turn on a rota."""
    return Standing(
        obligation=obligation,
        since=view.now,
        until=min((wake_at, *_turn_ends(view, obligation))),
        wake_at=wake_at,
        due=due,
    )


def _turn_ends(view: Outlook, obligation: Obligation) -> Iterator[datetime]:
    """Yield when the turns end of those whom an obligation may be turned to."""
    if not view.turns or obligation.is_settled or obligation.acknowledgement is not None:
        return
    first = first_contact(view, obligation)
    asked = [first.id, first.deputy, first.superior]
    if obligation.level:
        asked += [partner.contact for partner in view.leads]
    for contact in asked:
        end = view.next_turn(contact)
        if end is not None:
            yield end
