"""
What a refusal says about competences: a note for the reflection (A97).

A partner that says "not ours" knows something that playbook or contacts do not. The
note puts side by side what the step needed, what the contacts say that the partner may
do, and what it said; what follows from it is for people to judge.
"""

from dataclasses import dataclass
from datetime import datetime

from crisis.core import event as ev
from crisis.core.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetenceNote:
    """
    One refusal: who declined what, why, and which competences were at stake.

    `needed` are those of the step, `held` which of them the contacts give the partner.
    `taken_back`: the partner took over later all the same.
    """

    step: str
    partner: str
    at: datetime
    reason: str
    needed: tuple[str, ...]
    held: tuple[str, ...]
    taken_back: bool
    evidence: tuple[int, ...]


def competence_notes(scope: Scope) -> tuple[CompetenceNote, ...]:
    """Return a note for every refusal, in the order of the log."""
    partners = {partner.id: partner for partner in scope.incident.opened.directory.partners}
    found: list[CompetenceNote] = []
    for entry in scope.entries:
        event = entry.event
        if not isinstance(event, ev.Declined) or event.step not in scope.steps:
            continue
        needed = scope.incident.step_by_id[event.step].competences
        partner = partners.get(event.partner)
        may = () if partner is None else partner.competences
        obligation = scope.incident.obligations[event.step, event.partner]
        found.append(
            CompetenceNote(
                step=event.step,
                partner=event.partner,
                at=event.happened_at,
                reason=event.reason,
                needed=needed,
                held=tuple(one for one in needed if one in may),
                taken_back=obligation.decline is None,
                evidence=(entry.seq,),
            )
        )
    return tuple(found)
