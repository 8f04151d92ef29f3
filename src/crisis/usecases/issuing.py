"""A bulletin is issued, by the lead or by a partner on its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from crisis.core import issuing
from crisis.core.complaint import by_desk
from crisis.core.form import Answer
from crisis.core.incident import Incident
from crisis.core.refusal import moment_of
from crisis.usecases.reading import Desk
from crisis.usecases.recording import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """
    What is issued over which step, signed how.

    `answers` are those to `core.issuing.form_for`. `partner` and `contact` are empty for
    the lead, or name on whose behalf it enters it. `number` is what the page showed.
    """

    incident: str
    step: str
    answers: Mapping[str, Answer]
    by: str
    partner: str = ""
    contact: str = ""
    number: str = ""
    happened_at: datetime | None = None


def issue(desk: Desk, bulletin: Bulletin) -> Incident:
    """Issue a bulletin; see `core.issuing.issue` for what is refused."""
    return record(
        desk,
        bulletin.incident,
        lambda incident, now: issuing.issue(
            incident,
            issuing.Issuing(
                step=bulletin.step,
                partner=bulletin.partner,
                contact=bulletin.contact,
                number=bulletin.number,
                happened_at=moment_of(incident, bulletin.happened_at, now=now),
            ),
            bulletin.answers,
            now=now,
        ),
        by=bulletin.by,
        rule=by_desk,
    )
