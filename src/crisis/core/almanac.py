"""The dates that partners share: standing duties, exchanges, reviews (S1.14, S5.7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from crisis.core.playbook import Playbook
from crisis.core.register import Due
from crisis.core.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """
    One date, or a series of them.

    `starts_at` (UTC) or `day` says when it is first; `rule` is the RRULE of a series, empty
    for a single date. `roles` are those who are asked then; never persons.
    """

    id: str
    title: Words
    roles: tuple[str, ...] = ()
    starts_at: datetime | None = None
    day: date | None = None
    rule: str = ""


def standing_duties(playbooks: Iterable[Playbook]) -> tuple[Appointment, ...]:
    """Return the steps of playbooks that come back by a calendar rule, in their order."""
    return tuple(
        Appointment(
            id=f"{playbook.id}/{step.id}",
            title=step.title,
            roles=step.roles,
            starts_at=step.repeat.dates[0],
            rule=step.repeat.rule,
        )
        for playbook in playbooks
        for step in playbook.steps
        if step.repeat is not None and step.repeat.rule and step.repeat.dates
    )


def reviews(playbooks: Iterable[Playbook], dues: Iterable[Due]) -> tuple[Appointment, ...]:
    """Return the days by which playbooks and agreements are reviewed; undated ones have none."""
    of_agreements = (
        Appointment(
            id=f"review/{due.agreement.id}",
            title=Words(
                de=f"Prüfung: {due.agreement.title.de}",
                en=f"Review: {due.agreement.title.in_language('en')}",
            ),
            day=due.due_on,
        )
        for due in dues
        if due.due_on is not None
    )
    of_playbooks = (
        Appointment(
            id=f"review/{playbook.id}",
            title=Words(
                de=f"Prüfung des Ablaufplans: {playbook.title.de}",
                en=f"Review of the playbook: {playbook.title.in_language('en')}",
            ),
            roles=(playbook.lead.role,),
            day=playbook.review_by,
        )
        for playbook in playbooks
    )
    return (*of_agreements, *of_playbooks)
