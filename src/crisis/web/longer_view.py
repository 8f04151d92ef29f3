"""Deadlines that a region lengthened, with the reason that it owes to everybody."""

from crisis.core.deadline import deadline_words
from crisis.core.incident import Incident
from crisis.core.playbook import Step
from crisis.web.texts import Texts


def longer_words(incident: Incident, step: Step, *, say: Texts) -> list[str]:
    """Return what there is to say about a step's longer deadline; nothing if it has none."""
    return [
        say(
            "Längere Frist: %(now)s statt %(was)s. %(reason)s",
            now=say.words(deadline_words(one.now)),
            was=say.words(deadline_words(one.was)),
            reason=say.words(one.reason),
        )
        for one in incident.opened.playbook.longer
        if one.step == step.id
    ]
