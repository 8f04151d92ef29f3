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

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter
from typing import Literal

from crisis.core import event as ev
from crisis.core.ahead import next_start, start_is_up
from crisis.core.beginning import beginnings, next_beginning
from crisis.core.circulation import circulation, next_circulation
from crisis.core.event import SYSTEM, Entry, Event
from crisis.core.gated import gated, next_gate
from crisis.core.incident import Incident, Key, StepRun, advance
from crisis.core.obligation import Obligation
from crisis.core.occasions import occasions
from crisis.core.outlook import ASSUMED_FOR, Outlook, outlook, unanswered_questions
from crisis.core.playbook import ExpectDecision, ExpectSignOff, Step
from crisis.core.pursuit import Ask, asks_of, facts_of
from crisis.core.recollection import NEVER, Recollection, Standing, stands
from crisis.core.rounds import next_round, rounds
from crisis.core.timing import earliest
from crisis.core.unowned import next_unowned, unowned

# A plan settles in a handful of rounds: a level at a time, a step after a step.
MOST_ROUNDS = 50
_WAKES = attrgetter("wake_at")
EVERYONE = 1_000_000


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
    `left` is how many more contacts are due than were wanted. `recollection` makes the
    incident's next plan a quick one.
    """

    facts: tuple[Event, ...] = ()
    asks: tuple[Ask, ...] = ()
    computes: tuple[Compute, ...] = ()
    wake_at: datetime | None = None
    left: int = 0
    recollection: Recollection | None = field(default=None, compare=False, repr=False)

    @property
    def view(self) -> Outlook | None:
        """What the plan looked at in the end, its facts included; None for a closed incident."""
        return None if self.recollection is None else self.recollection.view

    @property
    def due(self) -> tuple[Event | Ask | Compute, ...]:
        """Everything that is due, in the order in which to do it."""
        return (*self.facts, *self.asks, *self.computes)


def plan(
    incident: Incident,
    *,
    now: datetime,
    before: Recollection | None = None,
    most: int = EVERYONE,
) -> Plan:
    """
    Return everything that is due for an incident at `now`, and when to look again.

    Takes what an earlier plan of the incident recollects, if there is one, and `most`,
    how many contacts are wanted at the most.
    """
    if incident.closed_at is not None:
        return Plan()
    view = outlook(incident, now=now, like=None if before is None else before.view)
    standings = {} if before is None else before.of(view)
    facts: list[Event] = []
    quiet: dict[Key, Obligation] = {}
    for _ in range(MOST_ROUNDS):
        new = (*_facts(view), *_facts_of_obligations(view, standings, quiet))
        if not new:
            break
        facts.extend(new)
        ahead = advance(view.incident, as_entries(view.incident, new, at=now))
        # Facts change what happened, never the directory or the playbook.
        view = replace(view, incident=ahead)
    if before is not None and facts:
        standings = before.of(view)  # somebody may have stood the incident down by default
    return _assembled(view, tuple(facts), standings, most=most)


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


def _assembled(
    view: Outlook, facts: tuple[Event, ...], standings: Mapping[Key, Standing], *, most: int
) -> Plan:
    asks: list[Ask] = []
    left = 0
    found = dict(standings)
    for key, obligation, standing in _to_look_at(view, standings):
        if standing is None:
            found[key], asked = _looked_at(view, obligation)
            asks.extend(asked)
        elif len(asks) < most:
            # Over which channel depends on the hour, so this is worked out anew.
            asks.extend(asks_of(view, obligation, _step(view, obligation)).asks)
        else:
            left += standing.due
    wake_at = min(map(_WAKES, found.values()), default=NEVER)
    return Plan(
        facts=facts,
        asks=tuple(asks[:most]),
        computes=tuple(_computes(view)),
        wake_at=earliest(
            next_beginning(view),
            next_round(view),
            next_gate(view),
            next_circulation(view),
            *next_unowned(view),
            *_own_moments(view),
            None if wake_at is NEVER else wake_at,
        ),
        left=left + max(0, len(asks) - most),
        recollection=Recollection(view=view, standings=_recorded(found, facts)),
    )


def _recorded(found: Mapping[Key, Standing], facts: tuple[Event, ...]) -> Mapping[Key, Standing]:
    """
    Return what of it holds whether or not the facts get into the log.

    Who writes in between has them refused. A call that was to be put on the desk changes no
    obligation: held to be known, it would be forgotten.
    """
    told = {(getattr(fact, "step", ""), getattr(fact, "partner", "")) for fact in facts}
    return {key: one for key, one in found.items() if key not in told} if told else found


def _to_look_at(
    view: Outlook, standings: Mapping[Key, Standing]
) -> list[tuple[Key, Obligation, Standing | None]]:
    """
    Return the obligations for which something is due or nothing is known, in their order.

    Known is a standing of the very same value; the others need no more than this one pass.
    """
    known = standings.get
    return [
        (key, obligation, None if unknown else standing)
        for key, obligation in view.incident.obligations.items()
        if (unknown := (standing := known(key)) is None or standing.obligation is not obligation)
        or standing.due
    ]


def _looked_at(view: Outlook, obligation: Obligation) -> tuple[Standing, tuple[Ask, ...]]:
    quiet = obligation.is_fulfilled and not obligation.is_in_flight and not obligation.chased
    if quiet and obligation.withdrawn_at is None:
        return stands(view, obligation, due=0, wake_at=NEVER), ()
    pursuit = asks_of(view, obligation, _step(view, obligation))
    wake_at = min(pursuit.wakes, default=NEVER)
    return stands(view, obligation, due=len(pursuit.asks), wake_at=wake_at), pursuit.asks


def _facts(view: Outlook) -> Iterator[Event]:
    yield from _decisions(view)
    yield from occasions(view)
    yield from start_is_up(view)
    yield from beginnings(view)
    yield from rounds(view)
    yield from gated(view)
    yield from circulation(view)
    yield from _questions(view)
    yield from unowned(view)


def _facts_of_obligations(
    view: Outlook, standings: Mapping[Key, Standing], quiet: dict[Key, Obligation]
) -> Iterator[Event]:
    """Yield the facts about obligations; `quiet` collects those that have none at this moment."""
    known, is_quiet = standings.get, quiet.get
    unknown = [
        (key, obligation)
        for key, obligation in view.incident.obligations.items()
        if ((standing := known(key)) is None or standing.obligation is not obligation)
        and is_quiet(key) is not obligation
    ]
    for key, obligation in unknown:
        new = facts_of(view, obligation, _step(view, obligation))
        yield from new
        if not new:
            quiet[key] = obligation


def _step(view: Outlook, obligation: Obligation) -> Step:
    return view.incident.step_by_id[obligation.step]


def _decisions(view: Outlook) -> Iterator[Event]:
    if view.incident.stood_down_at is not None:
        return
    for step in view.incident.playbook.steps:
        expect, run = step.expect, view.incident.run_of(step.id)
        if not isinstance(expect, ExpectDecision) or run.started_at is None:
            continue
        if run.decided is None:
            if _is_open(run) and _default_at(view, expect) <= view.now:
                yield ev.Decided(
                    step=step.id,
                    option=expect.default,
                    reason="",
                    by_default=True,
                    happened_at=view.now,
                )
        elif any(o.id == run.decided.option and o.stands_down for o in expect.options):
            yield ev.StoodDown(reason=run.decided.reason, happened_at=view.now)


def _default_at(view: Outlook, expect: ExpectDecision) -> datetime:
    return NEVER if view.incident.is_ahead else view.incident.t0 + expect.default_at


def _is_open(run: StepRun) -> bool:
    return run.obsolete_at is None and run.skipped_at is None


def _questions(view: Outlook) -> Iterator[Event]:
    asked = view.incident.t0 + ASSUMED_FOR <= view.now and not view.incident.is_ahead
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
    t0 = view.incident.t0
    if view.incident.stood_down_at is not None:
        return
    # What is not known holds steps back until then, also where nobody says that it has begun.
    if t0 + ASSUMED_FOR > view.now:
        yield t0 + ASSUMED_FOR
    if view.incident.is_ahead:
        yield from next_start(view)
        return
    for step in view.incident.playbook.steps:
        run = view.incident.run_of(step.id)
        if (
            isinstance(step.expect, ExpectDecision)
            and run.decided is None
            and t0 + step.expect.default_at > view.now
        ):
            yield t0 + step.expect.default_at
