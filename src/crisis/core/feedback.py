"""
Feedback of one partner on another's work, and the answer that is owed to it (S3.6).

A step whose `expect` says that it replies to another step owes an answer to every answer
given there. What nobody has replied to stays open: on the lead's page, in `crisis incident
show` and in the report.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from crisis.core.incident import Incident
from crisis.core.obligation import Obligation
from crisis.core.playbook import ExpectAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """
    One piece of feedback: from whom, and how the reply to it stands.

    `reply_step` is the round that owes the reply, empty while none has begun; `owed_by`
    who is asked in it. `replied_at` is None while nobody has.
    """

    step: str
    partner: str
    said_at: datetime
    reply_step: str
    owed_by: tuple[str, ...]
    due_at: datetime | None
    replied_by: str = ""
    replied_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether a reply is still owed."""
        return self.replied_at is None

    def is_overdue(self, now: datetime) -> bool:
        """Return whether the time for the reply is over."""
        return self.is_open and self.due_at is not None and self.due_at < now


def feedback(incident: Incident) -> tuple[Feedback, ...]:
    """Return all feedback of a run, in the order in which it was given."""
    found = [
        one
        for step in incident.playbook.steps
        if isinstance(step.expect, ExpectAnswer) and step.expect.replies_to
        for one in _of(incident, step.id, step.expect.replies_to)
    ]
    return tuple(sorted(found, key=lambda one: one.said_at))


def _of(incident: Incident, replying: str, said_in: str) -> Iterator[Feedback]:
    """Yield what was said in the rounds of one step, each with the round that replies to it."""
    said = sorted(_answers(incident, said_in), key=lambda pair: pair[1])
    rounds = [step for step in incident.rounds_of(replying) if incident.run_of(step).started_at]
    for obligation, at in said:
        yield _feedback(incident, obligation, at, reply=_round_for(incident, rounds, at))


def _round_for(incident: Incident, rounds: Sequence[str], said_at: datetime) -> str:
    """Return the round that replies: the first that began since, else one still to answer."""
    since = (step for step in rounds if not _is_before(incident.run_of(step).started_at, said_at))
    waiting = (step for step in rounds if not _is_before(_reply(incident, step)[0], said_at))
    return next(since, next(waiting, ""))


def _is_before(moment: datetime | None, other: datetime) -> bool:
    return moment is not None and moment < other


def _reply(incident: Incident, step: str) -> tuple[datetime | None, str]:
    """Return when a round was first replied to, and by whom."""
    owed = incident.obligations_of(step) if step else ()
    replies = [
        (one.first_answered_at, one.partner) for one in owed if one.first_answered_at is not None
    ]
    return min(replies, default=(None, ""))


def _answers(incident: Incident, step: str) -> Iterator[tuple[Obligation, datetime]]:
    for round_id in incident.rounds_of(step):
        for one in incident.obligations_of(round_id):
            if one.first_answered_at is not None:
                yield one, one.first_answered_at


def _feedback(incident: Incident, obligation: Obligation, at: datetime, *, reply: str) -> Feedback:
    owed = incident.obligations_of(reply) if reply else ()
    replied_at, replied_by = _reply(incident, reply)
    return Feedback(
        step=obligation.step,
        partner=obligation.partner,
        said_at=at,
        reply_step=reply,
        owed_by=tuple(one.partner for one in owed if one.obsolete_at is None),
        due_at=incident.run_of(reply).due_at if reply else None,
        replied_by=replied_by,
        replied_at=replied_at,
    )
