"""Deadlines that count from T0, after T0 has become another."""

from dataclasses import replace
from datetime import datetime

from crisis.core.deadline import Within
from crisis.core.obligation import Obligation
from crisis.core.playbook import Step
from crisis.core.state import StepRun


def moved_run(run: StepRun, step: Step, *, t0: datetime, at: datetime) -> StepRun:
    """Return a step that has begun, with its deadline counted from another T0."""
    if run.started_at is None or not _from_t0(step.within):
        return run
    return replace(run, due_at=_due(step.within, t0=t0, at=at))


def moved_obligation(
    obligation: Obligation, step: Step, *, t0: datetime, at: datetime
) -> Obligation:
    """
    Return an open obligation with its deadline counted from another T0.

    `at` is when T0 became another: a deadline that lies before it has passed at that moment.
    """
    within = step.within
    if obligation.membership is not None and step.members_within is not None:
        within = step.members_within
    if obligation.is_settled or not _from_t0(within):
        return obligation
    due_at = _due(within, t0=t0, at=at)
    overdue_at = None if due_at is not None and due_at > at else obligation.overdue_at
    return replace(obligation, due_at=due_at, overdue_at=overdue_at)


def _from_t0(within: Within | None) -> bool:
    return within is not None and within.absolute and not within.occasion


def _due(within: Within | None, *, t0: datetime, at: datetime) -> datetime | None:
    return None if within is None else max(t0 + within.duration, at)
