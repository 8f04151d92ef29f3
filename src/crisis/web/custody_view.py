"""What happened to the log itself, as pages say it."""

from crisis.core.event import LogRestored
from crisis.core.incident import Incident
from crisis.web.texts import Texts


def restored_words(incident: Incident, *, say: Texts) -> str:
    """Return which entries were lost when the log was put back, empty if it never was."""
    restored = [m.event for m in incident.custody if isinstance(m.event, LogRestored)]
    if not restored:
        return ""
    event = max(restored, key=lambda event: event.lost_to)
    places = {"word": incident.opened.code_word, "first": event.upto_version + 1}
    if event.lost_to:
        last = event.lost_to
        return say("%(word)s (Einträge %(first)s bis %(last)s verloren)", **places, last=last)
    return say("%(word)s (Einträge ab %(first)s verloren)", **places)
