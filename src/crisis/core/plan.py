"""
What is due at a moment, and when to look again.

The one planner of the house: it runs live, in simulation and in replay. It
reads no clock and changes nothing; what it returns can be printed, tested and
rehearsed. Its laws are property tests (`tests/core/test_laws.py`):

* after everything due at `now` was done, nothing is due at `now`;
* `wake_at` is later than `now`, or None;
* until `wake_at`, if nothing happens, nothing becomes due;
* it never raises for any history the log accepts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from crisis.core import event as ev
from crisis.core.beginning import beginnings, next_beginning
from crisis.core.event import SYSTEM, Entry, Event
from crisis.core.incident import Incident, StepRun, advance
from crisis.core.outlook import ASSUMED_FOR, Outlook, outlook, unanswered_questions
from crisis.core.playbook import ExpectDecision, ExpectSignOff, Step
from crisis.core.pursuit import Ask, asks_of, facts_of
from crisis.core.timing import earliest

# A plan settles in a handful of rounds: a level at a time, a step after a step.
MOST_ROUNDS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Compute:
    """The reflection report of this step is due."""

    step: str
    status: Literal["draft", "final"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """
    Facts to record, contacts to ask, reports to compute, and when to look again.

    `wake_at` is None where nothing will ever be due unless something happens.
    """

    facts: tuple[Event, ...] = ()
    asks: tuple[Ask, ...] = ()
    computes: tuple[Compute, ...] = ()
    wake_at: datetime | None = None

    @property
    def due(self) -> tuple[Event | Ask | Compute, ...]:
        """Everything that is due, in the order in which to do it."""
        return (*self.facts, *self.asks, *self.computes)


def plan(incident: Incident, *, now: datetime) -> Plan:
    """Return everything that is due for an incident at `now`, and when to look again."""
    if incident.closed_at is not None:
        return Plan()
    facts: list[Event] = []
    view = outlook(incident, now=now)
    for _ in range(MOST_ROUNDS):
        new = tuple(_facts(view))
        if not new:
            break
        facts.extend(new)
        ahead = advance(view.incident, as_entries(view.incident, new, at=now))
        # Facts change what happened, never the directory or the playbook.
        view = replace(view, incident=ahead)
    return _assembled(view, tuple(facts))


def as_entries(incident: Incident, facts: tuple[Event, ...], *, at: datetime) -> tuple[Entry, ...]:
    """Return facts as the entries they would become, to look ahead; they are in no log yet."""
    return tuple(
        Entry(
            seq=incident.last_seq,
            incident=incident.id,
            version=incident.version,
            at=at,
            actor=SYSTEM,
            event=fact,
        )
        for fact in facts
    )


def _assembled(view: Outlook, facts: tuple[Event, ...]) -> Plan:
    asks: list[Ask] = []
    wakes: list[datetime | None] = [next_beginning(view), *_own_moments(view)]
    for obligation in view.incident.obligations.values():
        if obligation.is_fulfilled and not obligation.is_in_flight:
            continue
        pursuit = asks_of(view, obligation, view.incident.step_by_id[obligation.step])
        asks.extend(pursuit.asks)
        wakes.extend(pursuit.wakes)
    return Plan(
        facts=facts,
        asks=tuple(asks),
        computes=tuple(_computes(view)),
        wake_at=earliest(*wakes),
    )


def _facts(view: Outlook) -> Iterator[Event]:
    yield from _decisions(view)
    yield from beginnings(view)
    yield from _questions(view)
    for obligation in view.incident.obligations.values():
        yield from facts_of(view, obligation, view.incident.step_by_id[obligation.step])


def _decisions(view: Outlook) -> Iterator[Event]:
    if view.incident.stood_down_at is not None:
        return
    for step in view.incident.playbook.steps:
        expect, run = step.expect, view.incident.run_of(step.id)
        if not isinstance(expect, ExpectDecision) or run.started_at is None:
            continue
        if run.decided is None:
            if _is_open(run) and view.incident.opened_at + expect.default_at <= view.now:
                yield ev.Decided(
                    step=step.id,
                    option=expect.default,
                    reason="",
                    by_default=True,
                    happened_at=view.now,
                )
        elif any(o.id == run.decided.option and o.stands_down for o in expect.options):
            yield ev.StoodDown(reason=run.decided.reason, happened_at=view.now)


def _is_open(run: StepRun) -> bool:
    return run.obsolete_at is None and run.skipped_at is None


def _questions(view: Outlook) -> Iterator[Event]:
    asked = view.incident.opened_at + ASSUMED_FOR <= view.now
    if not asked or view.incident.stood_down_at is not None:
        return
    for attribute in unanswered_questions(view):
        task = f"question/{attribute}"
        if task not in view.incident.tasks:
            yield ev.TaskRaised(
                task=task,
                task_kind=ev.TaskKind.QUESTION,
                step="",
                partner="",
                subject=attribute,
            )


def _computes(view: Outlook) -> Iterator[Compute]:
    if view.incident.stood_down_at is not None:
        return
    for step in view.incident.playbook.steps:
        run = view.incident.run_of(step.id)
        if run.started_at is None or run.report is not None or not _is_open(run):
            continue
        if step.expect.kind == "report":
            yield Compute(step=step.id, status="draft")
        elif _is_signed(view, step):
            yield Compute(step=step.id, status="final")


def _is_signed(view: Outlook, step: Step) -> bool:
    if not isinstance(step.expect, ExpectSignOff) or not step.expect.publishes:
        return False
    # Whom the lead left out with a reason need not sign; a refusal holds the report back.
    asked = [o for o in view.incident.obligations_of(step.id) if o.obsolete_at is None]
    return bool(asked) and all(o.is_fulfilled and o.signature is not None for o in asked)


def _own_moments(view: Outlook) -> Iterator[datetime]:
    """Yield the moments to come that belong to the incident as a whole."""
    t0 = view.incident.opened_at
    if view.incident.stood_down_at is not None:
        return
    if t0 + ASSUMED_FOR > view.now:
        yield t0 + ASSUMED_FOR
    for step in view.incident.playbook.steps:
        run = view.incident.run_of(step.id)
        if (
            isinstance(step.expect, ExpectDecision)
            and run.decided is None
            and t0 + step.expect.default_at > view.now
        ):
            yield t0 + step.expect.default_at
