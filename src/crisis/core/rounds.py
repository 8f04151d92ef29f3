"""When steps that repeat begin their next round, and when rounds fall away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from crisis.core import event as ev
from crisis.core.beginning import (
    comes_back,
    falls_away,
    gaps,
    partners_of,
    start_moment,
    started,
)
from crisis.core.condition import Verdict
from crisis.core.outlook import Outlook
from crisis.core.playbook import Step
from crisis.core.repeat import Repeat, Round, newest, round_id, upcoming
from crisis.core.timing import earliest


def rounds(view: Outlook) -> Iterator[ev.Event]:
    """Yield the facts about rounds that are true now and not yet recorded."""
    for step, repeat in _repeating(view):
        ids = view.incident.rounds_of(step.id)
        for known in ids:
            run = view.incident.run_of(known)
            if run.skipped_at is None and run.obsolete_at is None:
                yield from falls_away(view, view.incident.step_by_id[known])
        due = _due(view, step, repeat)
        if due is not None:
            yield from _begin(view, step, due, number=len(ids) + 1)
        elif _may_come_back(view, step, last=ids[-1]):
            # What was asked in earlier rounds was so then; only the last is still wanted.
            yield from comes_back(view, view.incident.step_by_id[ids[-1]])


def next_round(view: Outlook) -> datetime | None:
    """Return the next moment at which a round begins by itself."""
    return earliest(
        *(
            upcoming(
                repeat,
                anchor=_anchor(view, step),
                after=max(_last(view, step), view.now),
                end=_end(view, repeat),
            )
            for step, repeat in _repeating(view)
            if view.applies(step.when)
        )
    )


def _repeating(view: Outlook) -> Iterator[tuple[Step, Repeat]]:
    if view.incident.stood_down_at is not None:
        return
    for step in view.incident.playbook.steps:
        if step.repeat is None or not step.begins_by_itself:
            continue  # a consent or a bulletin begins the round
        run = view.incident.run_of(step.id)
        if run.started_at is not None and run.skipped_at is None:
            yield step, step.repeat


def _due(view: Outlook, step: Step, repeat: Repeat) -> Round | None:
    if not view.applies(step.when):
        return None
    if repeat.changes:
        return _changed(view, step, repeat)
    return newest(
        repeat,
        anchor=_anchor(view, step),
        after=_last(view, step),
        now=view.now,
        end=_end(view, repeat),
    )


def _changed(view: Outlook, step: Step, repeat: Repeat) -> Round | None:
    """Return the round that the latest new value begins; values between stand for none."""
    seen = view.incident.run_of(view.incident.rounds_of(step.id)[-1]).changes
    new = view.incident.changes_of(repeat.changes)[seen:]
    end = _end(view, repeat)
    if not new or (end is not None and new[-1].at >= end):
        return None
    return Round(planned_at=new[-1].at, missed=len(new) - 1)


def _anchor(view: Outlook, step: Step) -> datetime:
    run = view.incident.run_of(step.id)
    return run.planned_at or view.now


def _last(view: Outlook, step: Step) -> datetime:
    """Return from when on the next round counts: what was planned, or began late, before it."""
    ids = view.incident.rounds_of(step.id)
    run = view.incident.run_of(ids[-1])
    moment = run.started_at if len(ids) == 1 else run.planned_at
    return moment or view.now


def _end(view: Outlook, repeat: Repeat) -> datetime | None:
    """Return the moment from which on no round is planned, as far as it is known."""
    latest = None if repeat.latest is None else view.incident.t0 + repeat.latest
    if not repeat.until:
        return latest
    other = view.incident.step_by_id[repeat.until]
    run = view.incident.run_of(other.id)
    begun = earliest(run.planned_at, run.started_at, run.skipped_at)
    if begun is None and view.applies(other.when):
        begun = start_moment(view, other)
    return earliest(begun, latest)


def _begin(view: Outlook, step: Step, due: Round, *, number: int) -> Iterator[ev.Event]:
    name = round_id(step.id, number)
    partners = partners_of(view, step)
    begun = started(view, step, partners, planned_at=due.planned_at, name=name)
    yield replace(begun, of=step.id, missed=due.missed)
    yield from gaps(view, step, partners, name=name)


def _may_come_back(view: Outlook, step: Step, *, last: str) -> bool:
    run = view.incident.run_of(last)
    return (
        run.obsolete_at is not None
        and run.skipped_at is None
        and view.verdict(step.when) is Verdict.TRUE
    )
