"""
What may not be told before T0 of a planned run: where, when, and for what (L-GEHEIM).

The rule looks at what authors write; here it is about what the house adds of its own:
heads, deadlines that would give T0 away, the name of the station that asks. And what is
told by word of mouth only, at any time.
"""

from crisis.core.contact import Tlp
from crisis.core.incident import Incident
from crisis.core.playbook import Step
from crisis.core.region import name_of
from crisis.core.words import Words

NOT_TOLD = Words(de="wird später mitgeteilt", en="told later")


def head_of(incident: Incident, step: Step) -> str:
    """Return the first line of a message: code word, district once it may be told, and step."""
    opened = incident.opened
    where = () if incident.is_ahead else (name_of(opened.region),)
    return " · ".join((opened.code_word, *where, step.id))


def tells_deadline(incident: Incident, step: Step) -> bool:
    """Return whether a step's deadline may be told: one that counts from T0 gives T0 away."""
    within = step.within
    return not incident.is_ahead or within is None or not within.absolute


def lead_before_t0(incident: Incident) -> Words:
    """Return who asks as far as may be told: the role, because a station's name says where."""
    return Words(de=incident.playbook.lead.role)


def partner_named(incident: Incident, partner_id: str) -> Words:
    """Return a partner's name, and before T0 its role only, because a name may say where."""
    partner = incident.opened.directory.partner(partner_id)
    role = next(iter(partner.roles), partner.id)
    return Words(de=role) if incident.is_ahead else partner.name


def is_oral(incident: Incident, step: Step) -> bool:
    """Return whether a step's content is told by telephone or in person only."""
    profiles = incident.playbook.profiles
    profile = next((one for one in profiles if one.id == step.profile), None)
    return step.tlp is Tlp.RED if profile is None else step.is_oral(profile)
