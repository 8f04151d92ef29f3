"""Closing the pages that were opened for a partner, where a link fell into wrong hands."""

from crisis.core.incident import Incident
from crisis.core.refusal import obligation_of, step_of
from crisis.errors import NotFoundError, RefusedError
from crisis.usecases.answering import only_partner
from crisis.usecases.reading import Desk
from crisis.usecases.steering import revoke_link


def revoke(
    desk: Desk,
    incident_id: str,
    *,
    step: str,
    partner: str | None,
    contact: str | None,
    reason: str,
    by: str,
) -> tuple[Incident, tuple[str, ...]]:
    """
    Close the pages of one obligation for good; return the incident and whose pages they were.

    Without `contact` the pages of all contacts are closed; `partner` may be None where
    the step has just one.

    Raises:
        NotFoundError: unknown step or partner, or a contact that was given no link.
        RefusedError: no link was given out, or the pages are closed already.
        UsageError: the step has several partners and none was named, or a reason is missing.
    """
    incident = desk.incidents.current(incident_id)
    step_of(incident, step)
    named = partner or only_partner(incident, step)
    closing = _pages(incident, step, named, contact)
    for link_hash in closing.values():
        incident = revoke_link(desk, incident_id, link_hash=link_hash, reason=reason, by=by)
    return incident, tuple(closing)


def _pages(incident: Incident, step: str, partner: str, contact: str | None) -> dict[str, str]:
    """Return the hash of the link to each page that is still open, by contact."""
    given = {
        attempt.contact: attempt.link_hash
        for attempt in obligation_of(incident, step, partner).attempts
        if attempt.link_hash
    }
    if not given:
        message = f"no link was given out to {partner} for {step}"
        raise RefusedError(message)
    if contact is not None and contact not in given:
        message = f"{contact!r} was given no link for {step}; these were: {', '.join(given)}"
        raise NotFoundError(message)
    wanted = given if contact is None else {contact: given[contact]}
    still = {who: link for who, link in wanted.items() if link not in incident.revoked_links}
    if not still:
        message = f"these pages are closed already: {', '.join(wanted)}; nothing was changed"
        raise RefusedError(message)
    return still
