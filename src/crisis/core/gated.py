"""When a step behind a consent gate asks, and when what it asks falls away."""

from collections.abc import Iterator
from datetime import datetime

from crisis.core import event as ev
from crisis.core.beginning import due_moment, falls_away, partners_of, start_moment
from crisis.core.consent_policy import ConsentKind, kind_of
from crisis.core.consenting import needed_at
from crisis.core.gate import Gate
from crisis.core.outlook import Outlook
from crisis.core.playbook import Step
from crisis.core.repeat import round_id
from crisis.core.state import Consent
from crisis.core.timing import earliest


def gated(view: Outlook) -> Iterator[ev.Event]:
    """Yield the facts about steps behind a gate that are true now and not yet recorded."""
    for step, gate in _behind_gates(view):
        yield from _ends(view, step)
        moment = start_moment(view, step)
        if moment is not None and moment <= view.now and view.applies(step.when):
            yield from _begin(view, step, gate)


def next_gate(view: Outlook) -> datetime | None:
    """Return the next moment at which a gate opens or closes by itself."""
    moments: list[datetime] = []
    for step, _ in _behind_gates(view):
        start = start_moment(view, step)
        moments.extend([] if start is None else [start])
        for name in view.incident.rounds_of(step.id):
            consent = view.incident.consents.get(view.incident.run_of(name).consent)
            if consent is not None and consent.expires_at is not None:
                moments.append(consent.expires_at)
    return earliest(*(moment for moment in moments if moment > view.now))


def _behind_gates(view: Outlook) -> Iterator[tuple[Step, Gate]]:
    if view.incident.stood_down_at is not None:
        return
    for step in view.incident.playbook.steps:
        if step.gate is not None and view.incident.run_of(step.id).skipped_at is None:
            yield step, step.gate


def _ends(view: Outlook, step: Step) -> Iterator[ev.Event]:
    for each in view.incident.with_rounds((step,)):
        run = view.incident.run_of(each.id)
        if run.started_at is None or run.obsolete_at is not None or run.skipped_at is not None:
            continue
        consent = view.incident.consents.get(run.consent)
        if consent is not None and consent.is_over(view.now):
            if any(not o.is_settled for o in view.incident.obligations_of(each.id)):
                yield ev.StepObsolete(step=each.id, reason="consent")
        else:
            yield from falls_away(view, each)


def _begin(view: Outlook, step: Step, gate: Gate) -> Iterator[ev.Event]:
    """Yield a round for each consent that opens the gate and did not open it before."""
    if needed_at(view.incident.opened.consent_policy, gate, step) is ConsentKind.NONE:
        yield from _begin_by_law(view, step)
        return
    ids = view.incident.rounds_of(step.id)
    passed = {view.incident.run_of(name).consent for name in ids}
    begun = view.incident.begun_of(step.id)
    for consent in view.incident.consents.values():
        if consent.code in passed or not _opens(view, step, gate, consent):
            continue
        begun += 1
        yield ev.StepStarted(
            step=round_id(step.id, begun),
            partners=(consent.recipient,),
            planned_at=max(consent.since, start_moment(view, step) or consent.since),
            due_at=due_moment(view, step),
            of="" if begun == 1 else step.id,
            consent=consent.code,
        )


def _begin_by_law(view: Outlook, step: Step) -> Iterator[ev.Event]:
    """Yield that a step begins for all its partners: the law of the Land asks for no consent."""
    if view.incident.run_of(step.id).started_at is None:
        yield ev.StepStarted(
            step=step.id,
            partners=partners_of(view, step),
            planned_at=start_moment(view, step) or view.now,
            due_at=due_moment(view, step),
        )


def _opens(view: Outlook, step: Step, gate: Gate, consent: Consent) -> bool:
    return (
        gate.covers(consent.scope)
        and kind_of(consent.form) >= needed_at(view.incident.opened.consent_policy, gate, step)
        and not consent.is_over(view.now)
        and consent.recipient in partners_of(view, step)
    )
