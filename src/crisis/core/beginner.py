"""Who may begin a run: the lead, and whom its playbook names beside it."""

from crisis.core.contact import Directory, nearness
from crisis.core.playbook import Playbook
from crisis.errors import NotFoundError, RefusedError


def require_beginner(
    partner_id: str, playbook: Playbook, directory: Directory, *, region: str
) -> None:
    """
    Refuse a partner at whose word a run may not be opened in a region (an AGS key).

    Counselling centres identify those affected as well (S5.P5), so a playbook may let
    them begin a run; who may not would set everybody in motion.

    Raises:
        NotFoundError: there is no such partner; the message lists who may begin.
        RefusedError: it holds none of the roles that may begin, or not in this region.
    """
    roles = playbook.beginners
    may = [
        partner.id
        for partner in directory.partners
        if nearness(partner, region) and not set(roles).isdisjoint(partner.roles)
    ]
    if partner_id in may:
        return
    those = f"who may begin it in {region}: {', '.join(may) or 'nobody'}"
    if all(partner.id != partner_id for partner in directory.partners):
        message = f"there is no partner {partner_id!r}; {those}"
        raise NotFoundError(message)
    message = (
        f"{partner_id} may not begin {playbook.id}: it holds none of its roles "
        f"({', '.join(roles)}) in {region}; {those}"
    )
    raise RefusedError(message)
