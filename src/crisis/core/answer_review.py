"""What answers say in the report: needs (S2.7), what adds up (S2.8, S3.5), feedback (S3.6)."""

from dataclasses import dataclass

from crisis.core import event as ev
from crisis.core.feedback import Feedback, feedback
from crisis.core.needs_board import BoardNeed, board_for_all
from crisis.core.scope import Scope
from crisis.core.state import Key
from crisis.core.total import Total, totals_for_all


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedReview:
    """One need that every partner may read, with the answers that report it."""

    need: BoardNeed
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalReview:
    """What one field adds up to, with the answers behind it."""

    total: Total
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackReview:
    """One piece of feedback and how the reply stands, with both answers; `late`: overdue."""

    feedback: Feedback
    late: bool
    evidence: tuple[int, ...]


def need_reviews(scope: Scope) -> tuple[NeedReview, ...]:
    """Return the needs that every partner may read, in the order in which they were raised."""
    return tuple(
        NeedReview(
            need=need, evidence=_evidence(scope, [(r.step, r.partner) for r in need.reports])
        )
        for need in board_for_all(scope.incident)
    )


def total_reviews(scope: Scope) -> tuple[TotalReview, ...]:
    """Return what answers add up to, as far as everybody may read it."""
    return tuple(
        TotalReview(total=total, evidence=_evidence(scope, total.keys))
        for total in totals_for_all(scope.incident)
    )


def feedback_reviews(scope: Scope) -> tuple[FeedbackReview, ...]:
    """Return all feedback, what nobody has replied to included."""
    return tuple(
        FeedbackReview(
            feedback=one,
            late=one.is_overdue(scope.at),
            evidence=_evidence(scope, [(one.step, one.partner), (one.reply_step, one.replied_by)]),
        )
        for one in feedback(scope.incident)
    )


def _evidence(scope: Scope, keys: list[Key] | tuple[Key, ...]) -> tuple[int, ...]:
    return tuple(sorted(seq for key in keys for seq in scope.seqs(*key, ev.Answered)))
