"""What a hub is told about its members: to whom to pass an ask on, and who is still silent."""

from crisis.core import event as ev
from crisis.core.incident import Incident
from crisis.core.pursuit import Ask
from crisis.core.words import Words

_PASS_ON = Words(
    de="Bitte an Ihre Mitglieder weitergeben: {members}. Ihre Seite hat für jedes einen Link "
    "und nimmt entgegen, was sie Ihnen sagen.",
    en="Please pass this on to your members: {members}. Your page has a link for each of them "
    "and takes what they tell you.",
)
_CHASE = Words(
    de="Ihre Mitglieder haben noch nicht alle geantwortet ({answered} von {all}). Es fehlen: "
    "{members}. Bitte nachfassen, oder auf Ihrer Seite eintragen, was sie Ihnen gesagt haben.",
    en="Not all of your members have answered ({answered} of {all}). Missing: {members}. Please "
    "ask them again, or enter on your page what they have told you.",
)


def cascade_words(incident: Incident, ask: Ask, language: str) -> str:
    """Return what to add to a hub's message; nothing for a partner without members."""
    obligation = incident.obligations.get((ask.step, ask.partner))
    cascade = None if obligation is None else obligation.cascade
    if cascade is None or not cascade.silent:
        return ""
    names = ", ".join(
        incident.opened.directory.partner(one).name.in_language(language) for one in cascade.silent
    )
    words = _CHASE if ask.purpose is ev.Purpose.CHASE else _PASS_ON
    return words.in_language(language).format(
        members=names, answered=cascade.answered, all=len(cascade.members)
    )
