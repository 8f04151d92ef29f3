"""
Who leads: exactly one at any time, from the opening or from the last hand-over on (L-01).

Two words hand the lead over (A99): who leads offers it with a brief, and who is to lead
takes over. Until the second word the first one leads; from it on only the second does.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from crisis.core.contact import Partner, holders
from crisis.core.handover import LeadPost
from crisis.core.state import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A hand-over that was offered and not taken over yet: its step, and to whom."""

    step: str
    partner: str
    contact: str
    offered_at: datetime


def lead_now(incident: Incident) -> LeadPost | None:
    """Return who leads, None where nobody holds the lead's role here."""
    if incident.leads:
        return incident.leads[-1]
    opened = incident.opened
    found = holders(opened.directory, incident.playbook.lead.role, region=opened.region)
    if not found:
        return None
    first = found[0]
    return LeadPost(partner=first.id, contact=first.contact, since=incident.opened_at, step="")


def open_offer(incident: Incident) -> Offer | None:
    """Return the hand-over that waits for its second word, None where none does."""
    for step, offered in reversed(list(incident.offers.items())):
        if not incident.obligations[step, offered.partner].is_settled:
            return Offer(
                step=step,
                partner=offered.partner,
                contact=offered.contact,
                offered_at=offered.happened_at,
            )
    return None


def in_order(incident: Incident) -> tuple[Partner, ...]:
    """
    Return who leads, then who is asked in its stead if it is silent, with whom to ask there.

    Whoever led before is no longer asked in the lead's stead unless it stands in anyway.
    """
    playbook, directory = incident.playbook, incident.opened.directory
    standing = {
        partner.id: partner
        for role in (playbook.lead.role, *playbook.lead.deputies)
        for partner in holders(directory, role, region=incident.opened.region)
    }
    if not incident.leads:
        return tuple(standing.values())
    post = incident.leads[-1]
    taken = replace(directory.partner(post.partner), contact=post.contact)
    others = (one for name, one in standing.items() if name != post.partner)
    return (taken, *others)
