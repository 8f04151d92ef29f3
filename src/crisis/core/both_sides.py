"""
Two sides give each other their word: acute to regular care, one office to the other.

A side speaks with one voice: of several partners on it the first to confirm is enough.
One side's word is half of it, and the step is done when both have given theirs.
"""

from dataclasses import dataclass
from datetime import datetime

from crisis.core.contact import holders
from crisis.core.incident import Incident
from crisis.core.obligation import Obligation
from crisis.core.playbook import ExpectBothConfirm, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two sides: its partners, who of them confirmed first, and when."""

    partners: tuple[str, ...]
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    left_out_at: datetime | None = None

    @property
    def settled_at(self) -> datetime | None:
        """When this side's word was given, or the side was left out; None before."""
        return self.left_out_at if self.confirmed_at is None else self.confirmed_at


def sides(incident: Incident, step: Step) -> tuple[Side, ...]:
    """Return the two sides of a step as they stand; none where a step has no sides."""
    if not isinstance(step.expect, ExpectBothConfirm):
        return ()
    owed = {one.partner: one for one in incident.obligations_of(step.id)}
    found: list[Side] = []
    seen: set[str] = set()
    for roles in step.expect.sides:
        own = [one for one in side_partners(incident, roles) if one not in seen and one in owed]
        seen.update(own)
        found.append(_side([owed[one] for one in own]))
    return tuple(found)


def side_partners(incident: Incident, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids of who holds one of some roles here, each once."""
    directory, region = incident.opened.directory, incident.opened.region
    found = (one.id for role in roles for one in holders(directory, role, region=region))
    return tuple(dict.fromkeys(found))


def settled_at(incident: Incident, step: Step) -> datetime | None:
    """Return when both sides had given their word, None before."""
    moments = [side.settled_at for side in sides(incident, step)]
    known = [moment for moment in moments if moment is not None]
    return max(known) if known and len(known) == len(moments) else None


def _side(obligations: list[Obligation]) -> Side:
    partners = tuple(one.partner for one in obligations)
    first = min(
        (one for one in obligations if one.is_fulfilled),
        key=lambda one: one.fulfilled_at or one.started_at,
        default=None,
    )
    if first is not None:
        return Side(partners=partners, confirmed_by=first.partner, confirmed_at=first.fulfilled_at)
    dropped = [one.obsolete_at for one in obligations if one.obsolete_at is not None]
    left_out = max(dropped, default=None) if len(dropped) == len(obligations) else None
    return Side(partners=partners, left_out_at=left_out)
