"""A hub's members as plain values: how many have answered, and what the hub can do for each."""

from crisis.core.incident import Incident
from crisis.core.link import link_token
from crisis.core.obligation import Obligation
from crisis.usecases.ports import LinkPlace
from crisis.web.naming import Names
from crisis.web.state_view import state_view
from crisis.web.texts import Texts

View = dict[str, object]


def cascade_view(
    incident: Incident, place: LinkPlace, *, secret: bytes, base_url: str, say: Texts
) -> View | None:
    """
    Return what a hub's page shows of its members, None for a partner without any.

    Each silent member stands with its own link, which the hub passes on, and with the
    name of the page on which the hub enters what the member told it.
    """
    obligation = incident.obligations[place.step, place.partner]
    if obligation.cascade is None or obligation.obsolete_at is not None:
        return None
    names = Names(incident, say)
    return {
        "answered": answered_line(obligation, say=say),
        "taken": obligation.acknowledgement is not None and obligation.decline is None,
        "members": [
            {
                "id": member,
                "name": names.partner(member),
                "state": state_view(one.state, say),
                "link": _link(incident, one, secret=secret, base_url=base_url),
                "open": not one.is_settled and incident.closed_at is None,
            }
            for member in obligation.cascade.members
            for one in [incident.obligations[place.step, member]]
        ],
    }


def answered_line(obligation: Obligation, *, say: Texts) -> str:
    """Return how many of a hub's members have answered; empty for a partner without any."""
    cascade = obligation.cascade
    if cascade is None:
        return ""
    return say(
        "%(n)s von %(all)s Mitgliedern haben geantwortet",
        n=cascade.answered,
        all=len(cascade.members),
    )


def roll_ups(incident: Incident, *, say: Texts) -> list[str]:
    """Return a line for each hub whose members have not all answered, for the board."""
    names = Names(incident, say)
    return [
        f"{step_id} {names.partner(one.partner)}: {answered_line(one, say=say)}"
        for step_id, run in incident.steps.items()
        if incident.step_by_id[step_id].hub and run.obsolete_at is None
        for one in incident.obligations_of(step_id)
        if one.cascade is not None and one.cascade.silent
    ]


def _link(incident: Incident, member: Obligation, *, secret: bytes, base_url: str) -> str:
    """Return the member's own link, empty before its page was opened."""
    if not member.attempts or member.is_settled:
        return ""
    token = link_token(
        secret,
        incident=incident.id,
        step=member.step,
        partner=member.partner,
        contact=member.attempts[0].contact,
    )
    return f"{base_url.rstrip('/')}/p/{token}"
