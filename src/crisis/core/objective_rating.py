"""Proposed ratings of the objectives that a playbook declares."""

from crisis.core import event as ev
from crisis.core.count import Outcome, count
from crisis.core.objective import Objective
from crisis.core.rating import Grade, Rating, Reason, Rule, rate
from crisis.core.scope import Scope

# From the best to the worst; what was not observed is none of them.
_ORDER = (Grade.PERFORMED, Grade.SOME, Grade.MAJOR, Grade.UNABLE)
# What a comparison of numbers leads to at the least: fewer than all missed the aim.
_COUNTED = {
    Outcome.FEWER: (Rule.COUNT_FEWER, Grade.MAJOR),
    Outcome.NONE: (Rule.COUNT_FEWER, Grade.UNABLE),
    Outcome.MORE: (Rule.COUNT_MORE, Grade.SOME),
    Outcome.UNKNOWN: (Rule.COUNT_UNKNOWN, None),
    Outcome.WITHHELD: (Rule.COUNT_WITHHELD, None),
}


def rate_objective(scope: Scope, objective: Objective) -> Rating:
    """
    Return the proposed grade of an objective; the scope holds its steps.

    As `rate`, and U where something came out that its steps had not cleared (S5.7). Numbers
    that it compares lower the grade: fewer than all is M, none at all is U, more than there
    are is S, because one of the numbers is wrong. What the log cannot show, or may not
    tell, is never called performed: then people judge what was not observed.
    """
    rating, uncleared = rate(scope), _uncleared(scope)
    if uncleared:
        others = rating.reasons if rating.grade is Grade.UNABLE else ()
        rating = Rating(grade=Grade.UNABLE, reasons=(*uncleared, *others))
    if rating.grade is Grade.NOT_OBSERVED:
        return rating
    if objective.counts is not None:
        found = count(scope, objective.counts)
        if found.outcome is not Outcome.MET:
            rule, worst = _COUNTED[found.outcome]
            rating = _lowered(rating, Reason(rule=rule, evidence=found.evidence), worst)
    if not objective.shown_by_log:
        rating = _lowered(rating, Reason(rule=Rule.NOT_IN_LOG), None)
    return rating


def _uncleared(scope: Scope) -> tuple[Reason, ...]:
    seqs = tuple(
        entry.seq
        for entry in scope.entries
        if isinstance(entry.event, ev.Published)
        and entry.event.step in scope.steps
        and not entry.event.cleared
    )
    return (Reason(rule=Rule.UNCLEARED, evidence=seqs),) if seqs else ()


def _lowered(rating: Rating, reason: Reason, worst: Grade | None) -> Rating:
    """Return a rating with one more reason; without a grade of its own it takes "performed"."""
    reasons = tuple(one for one in rating.reasons if one.rule is not Rule.AS_PLANNED)
    grade = rating.grade
    if worst is None:
        grade = Grade.NOT_OBSERVED if grade is Grade.PERFORMED else grade
    else:
        grade = max(grade, worst, key=_ORDER.index)
    return Rating(grade=grade, reasons=(*reasons, reason))
