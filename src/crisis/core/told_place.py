"""The place that a message names, as others have answered it: a reception centre, say."""

from crisis.core.incident import Incident
from crisis.core.place import PlaceSource


def told_place(incident: Incident, source: PlaceSource) -> str:
    """
    Return the place as it was last answered, in the words of each partner; empty while unknown.

    Where the step has rounds, the last round that was answered counts.
    """
    for name in reversed(incident.rounds_of(source.step)):
        answers = (one.answer for one in incident.obligations_of(name))
        told = (one.answers.get(source.field) for one in answers if one is not None)
        places = dict.fromkeys(place for place in told if isinstance(place, str) and place)
        if places:
            return "; ".join(places)
    return ""
