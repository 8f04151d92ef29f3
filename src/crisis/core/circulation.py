"""When a step that carries bulletins asks: a round for each, until it is replaced or expires."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Literal

from crisis.core import event as ev
from crisis.core.beginning import falls_away, gaps, partners_of, start_moment, started
from crisis.core.bulletin import BulletinIssued
from crisis.core.outlook import Outlook
from crisis.core.playbook import Step
from crisis.core.repeat import round_id
from crisis.core.timing import earliest


def circulation(view: Outlook) -> Iterator[ev.Event]:
    """Yield the facts about steps that carry bulletins that are true now and not yet recorded."""
    for step in _carrying(view):
        yield from _ends(view, step)
        moment = start_moment(view, step)
        if moment is not None and moment <= view.now and view.applies(step.when):
            yield from _begin(view, step, not_before=moment)


def next_circulation(view: Outlook) -> datetime | None:
    """Return the next moment at which a bulletin begins to be passed on, or expires."""
    moments: list[datetime] = []
    for step in _carrying(view):
        start = start_moment(view, step)
        moments.extend([] if start is None else [start])
        moments.extend(one.expires_at for one in _of(view, step))
    return earliest(*(moment for moment in moments if moment > view.now))


def _carrying(view: Outlook) -> Iterator[Step]:
    if view.incident.stood_down_at is not None:
        return
    for step in view.incident.playbook.steps:
        if step.bulletin is not None and view.incident.run_of(step.id).skipped_at is None:
            yield step


def _of(view: Outlook, step: Step) -> tuple[BulletinIssued, ...]:
    return tuple(one for one in view.incident.bulletins.values() if one.step == step.id)


def _ends(view: Outlook, step: Step) -> Iterator[ev.Event]:
    for each in view.incident.with_rounds((step,)):
        run = view.incident.run_of(each.id)
        if run.started_at is None or run.obsolete_at is not None or run.skipped_at is not None:
            continue
        bulletin = view.incident.bulletins.get(run.bulletin)
        reason = None if bulletin is None else _reason(view, bulletin)
        if reason is None:
            yield from falls_away(view, each)
        elif any(not one.is_settled for one in view.incident.obligations_of(each.id)):
            yield ev.StepObsolete(step=each.id, reason=reason)


def _reason(view: Outlook, bulletin: BulletinIssued) -> Literal["replaced", "expired"] | None:
    """Return why nobody need confirm a bulletin any more; None where they still should."""
    if view.incident.successor_of(bulletin.bulletin):
        return "replaced"
    return "expired" if bulletin.is_expired(view.now) else None


def _begin(view: Outlook, step: Step, *, not_before: datetime) -> Iterator[ev.Event]:
    """Yield a round for each bulletin that holds and was not passed on before."""
    ids = view.incident.rounds_of(step.id)
    passed = {view.incident.run_of(name).bulletin for name in ids}
    begun = view.incident.begun_of(step.id)
    for bulletin in _of(view, step):
        if bulletin.bulletin in passed or _reason(view, bulletin) is not None:
            continue
        begun += 1
        name = round_id(step.id, begun)
        # Whoever issued it knows it.
        partners = tuple(p for p in partners_of(view, step) if p != bulletin.partner)
        planned_at = max(bulletin.happened_at, not_before)
        yield replace(
            started(view, step, partners, planned_at=planned_at, name=name),
            of="" if begun == 1 else step.id,
            bulletin=bulletin.bulletin,
        )
        yield from gaps(view, step, partners, name=name)
