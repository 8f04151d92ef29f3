"""What a side is told about the other one, with which it gives its word."""

from crisis.core.both_sides import sides
from crisis.core.incident import Incident
from crisis.core.pursuit import Ask
from crisis.core.words import Words

_BOTH = Words(
    de="Bitte bestätigen. Erledigt ist es, wenn auch die andere Seite bestätigt hat: {others}.",
    en="Please confirm. It is done when the other side has confirmed too: {others}.",
)


def both_words(incident: Incident, ask: Ask, language: str) -> str:
    """Return what to add to the message of a step that two sides confirm; else nothing."""
    found = sides(incident, incident.step_by_id[ask.step])
    others = [one for side in found if ask.partner not in side.partners for one in side.partners]
    if not others:
        return ""
    directory = incident.opened.directory
    names = ", ".join(directory.partner(one).name.in_language(language) for one in others)
    return _BOTH.in_language(language).format(others=names)
