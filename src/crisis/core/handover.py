"""The lead as it passes from one to the other: who led from when, and the step that asks."""

from dataclasses import dataclass, replace
from datetime import datetime

from crisis.core.deadline import Within
from crisis.core.event import Acknowledged, LeadOffered
from crisis.core.playbook import ExpectAcknowledgement, Mandatory, Start, Step
from crisis.core.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPost:
    """Who leads from when on; `step` is the hand-over that made it so, empty from the opening."""

    partner: str
    contact: str
    since: datetime
    step: str


def led(
    leads: tuple[LeadPost, ...], offered: LeadOffered, word: Acknowledged
) -> tuple[LeadPost, ...]:
    """Return who has led after the second word on an offer; it makes a lead once."""
    if any(post.step == offered.step for post in leads):
        return leads
    post = LeadPost(
        partner=offered.partner,
        contact=offered.contact,
        since=word.happened_at,
        step=offered.step,
    )
    return (*leads, post)


def handover_step(offered: LeadOffered, *, like: Step, rule: Words) -> Step:
    """Return the step that asks for the second word; carried like the stand-down."""
    return replace(
        like,
        id=offered.step,
        title=Words(de="Übergabe der Federführung", en="Hand-over of the lead"),
        roles=(),
        start=Start(),
        expect=ExpectAcknowledgement(),
        within=None if offered.within is None else Within(duration=offered.within),
        mandatory=Mandatory.ALWAYS,
        message=Words(
            de="{code_word}: {sender} übergibt Ihnen die Federführung. "
            f"{offered.reason} {rule.de} Das Lagebild steht auf Ihrer Seite. Bitte bestätigen; "
            "bis dahin führt {sender}.",
            en="{code_word}: {sender} hands the lead over to you. "
            f"{offered.reason} {rule.in_language('en')} The brief is on your page. Please "
            "confirm; until then {sender} leads.",
        ),
        benefit=Words(
            de="Es gibt immer genau eine Stelle, die führt und die alle kennen.",
            en="There is always exactly one lead, and everybody knows who it is.",
        ),
        basis=("L-01",),
        reached_in=(),
        asked_in=(),
    )
