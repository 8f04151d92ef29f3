"""How hubs passed asks on, and which of their members answered: a part of the report (S4.4)."""

from dataclasses import dataclass
from datetime import datetime

from crisis.core import event as ev
from crisis.core.figure import RowState
from crisis.core.metrics_contact import standing
from crisis.core.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberReview:
    """One member: when it answered (None while it is silent), who entered it, how it stands."""

    partner: str
    answered_at: datetime | None
    entered_by_hub: bool
    level: int
    state: RowState
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CascadeReview:
    """One hub in one step: when it took over, and its members in the directory's order."""

    step: str
    hub: str
    passed_on_at: datetime | None
    answered: int
    members: tuple[MemberReview, ...]


def cascade_reviews(scope: Scope) -> tuple[CascadeReview, ...]:
    """Return every hub of every step that began, in the order of the steps."""
    return tuple(
        CascadeReview(
            step=hub.step,
            hub=hub.partner,
            passed_on_at=None if hub.acknowledgement is None else hub.acknowledgement.happened_at,
            answered=hub.cascade.answered,
            members=tuple(_member(scope, hub.step, one) for one in hub.cascade.members),
        )
        for hub in scope.obligations
        if hub.cascade is not None
    )


def _member(scope: Scope, step: str, partner: str) -> MemberReview:
    obligation = scope.incident.obligations[step, partner]
    said = obligation.answer or obligation.acknowledgement or obligation.decline
    kinds = (ev.Acknowledged, ev.Answered, ev.Declined)
    return MemberReview(
        partner=partner,
        answered_at=obligation.reached_at,
        entered_by_hub=said is not None and said.via is ev.Via.HUB,
        level=obligation.level,
        state=standing(scope, obligation),
        evidence=scope.seqs(step, partner, *kinds),
    )
