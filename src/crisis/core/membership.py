"""Who belongs to whom: the units that an umbrella, a state office or a centre informs (S4.4)."""

from crisis.core.contact import Directory, Partner, nearness
from crisis.core.playbook import MembersReach

# A district's key; what is longer lies within it.
_DISTRICT = 5


def members_of(
    directory: Directory, hub: str, *, region: str, reach: MembersReach
) -> tuple[Partner, ...]:
    """
    Return the units that are informed through a hub, in the order of the directory.

    Takes the hub's id, the incident's region (AGS) and how far to look: `here` are those
    responsible for the region, `around` those of its neighbouring districts too.
    """
    known = [partner for partner in directory.partners if hub in partner.member_of]
    if reach is MembersReach.EVERYWHERE:
        return tuple(known)
    around = directory.neighbours.get(region[:_DISTRICT], ())
    near = (region, *around) if reach is MembersReach.AROUND else (region,)
    return tuple(one for one in known if any(nearness(one, place) for place in near))
