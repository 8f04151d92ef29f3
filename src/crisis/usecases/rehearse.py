"""
Run a playbook in a simulated world: the same planner, the same use cases, a clock that is moved.

What the simulation prints is what happens, because nothing here decides: a
script says what people do and when, everything else is the house itself.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol

from crisis.core.condition import Value
from crisis.core.event import Entry, Mode, Via
from crisis.core.form import Answer
from crisis.core.incident import Incident
from crisis.core.refusal import step_of
from crisis.core.steer import Result
from crisis.core.timing import earliest
from crisis.core.visibility import for_the_lead
from crisis.errors import CrisisError, UsageError
from crisis.usecases import answering, issuing, scheduling, steering
from crisis.usecases.answering import Reply
from crisis.usecases.delivery import Delivery
from crisis.usecases.opening import Opening, try_out
from crisis.usecases.outcomes import carry_out
from crisis.usecases.ports import Clock
from crisis.usecases.reading import Desk
from crisis.usecases.tick import until_quiet

SCRIPT = "rehearsal"
# Nothing is scripted to happen later than this; a rehearsal that nobody answers must end.
LONGEST = timedelta(days=600)

Who = Literal["first", "deputy", "superior"]
Doing = Literal[
    "acknowledge",
    "decline",
    "answer",
    "decide",
    "set",
    "issue",
    "task",
    "sign",
    "stand-down",
    "start",
    "move-start",
]


class MovableClock(Clock, Protocol):
    """A clock that a rehearsal moves."""

    def set(self, moment: datetime) -> None:
        """Make this the present moment."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """
    One thing that somebody does in a rehearsal.

    Either `at` (a moment) or `after` (so long after the partner was first asked).
    `happened_at` makes it a late entry. `partner` may be empty where the step has
    one. `who` says whether the first contact answers or who stands in or above.
    `value` is the decision's option, the attribute's value, the task's result or
    the signature's verdict, by `doing`; `moment` the new T0 of `move-start`. `place`
    says where the cue is written.
    """

    doing: Doing
    step: str = ""
    partner: str = ""
    who: Who = "first"
    at: datetime | None = None
    after: timedelta | None = None
    happened_at: datetime | None = None
    name: str = ""
    value: Value = ""
    text: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    moment: datetime | None = None
    place: str = field(default="", compare=False)

    @property
    def told(self) -> str:
        """The cue as a refusal of it names it."""
        what = f"{self.doing} {self.step or self.name}".rstrip()
        return f"{self.place}: {what}" if self.place else what


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """
    A playbook, a place, a moment, and what people do; `until` ends it (None: when quiet).

    `planned_for` is the T0 of a run that is opened before it, `begun_by` the partner at
    whose word it is opened.
    """

    playbook: str
    region: str
    at: datetime
    occurred_at: datetime | None = None
    attributes: Mapping[str, Value] = field(default_factory=dict)
    cues: tuple[Cue, ...] = ()
    until: datetime | None = None
    accept_gaps: bool = True
    planned_for: datetime | None = None
    begun_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What happened in a simulated world: its whole log, and where it ended."""

    incident: Incident
    entries: tuple[Entry, ...]
    ended_at: datetime

    @property
    def told(self) -> tuple[Entry, ...]:
        """The log as the lead would read it: what a form keeps from the lead is left out."""
        return tuple(for_the_lead(self.incident, entry) for entry in self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A desk in a world of its own, whose clock can be moved."""

    desk: Desk
    clock: MovableClock


def simulate(stage: Stage, simulation: Simulation) -> Transcript:
    """
    Play a simulation to its end and return its transcript.

    Raises:
        CrisisError: whatever the house refuses at opening, or refuses a cue with.
    """
    desk = stage.desk
    stage.clock.set(simulation.at)
    incident = try_out(
        desk,
        Opening(
            playbook=simulation.playbook,
            region=simulation.region,
            mode=Mode.EXERCISE,
            by=SCRIPT,
            attributes=simulation.attributes,
            occurred_at=simulation.occurred_at,
            accept_gaps=simulation.accept_gaps,
            planned_for=simulation.planned_for,
            begun_by=simulation.begun_by,
        ),
    )
    end = simulation.until or simulation.at + LONGEST
    left = _known(incident, simulation.cues)
    while True:
        wake_at = settle(desk, incident.id)
        incident = desk.incidents.current(incident.id)
        now = desk.house.clock.now()
        cue = _next_cue(incident, left)
        moment = earliest(wake_at, None if cue is None else max(cue_moment(incident, cue), now))
        if moment is None or moment > end:
            break
        stage.clock.set(moment)
        if cue is not None and cue_moment(incident, cue) <= moment:
            left.remove(cue)
            with _naming(cue):
                perform(desk, incident, cue)
    if simulation.until is not None:
        stage.clock.set(simulation.until)
    return Transcript(
        incident=incident,
        entries=desk.incidents.entries(incident.id),
        ended_at=desk.house.clock.now(),
    )


def settle(desk: Desk, incident_id: str) -> datetime | None:
    """Do everything that is due, one message after the other; return when to look again."""

    def carry(deliveries: tuple[Delivery, ...]) -> None:
        for delivery in deliveries:
            carry_out(desk, delivery)

    return until_quiet(desk, incident_id, carry)


def cue_moment(incident: Incident, cue: Cue) -> datetime:
    """
    Return when a cue is due; far in the future while its partner was not asked yet.

    Raises:
        UsageError: the cue says neither `at` nor `after`.
    """
    if cue.at is not None:
        return cue.at
    if cue.after is None:
        message = f"{cue.told}: say `at` (a moment) or `after` (a duration)"
        raise UsageError(message)
    partner = cue.partner or next(iter(incident.run_of(cue.step).partners), "")
    obligation = incident.obligations.get((cue.step, partner))
    asked_at = None if obligation is None else obligation.asked_at
    return incident.opened_at + 2 * LONGEST if asked_at is None else asked_at + cue.after


@contextmanager
def _naming(cue: Cue) -> Iterator[None]:
    """Let a refusal name the cue that it refuses."""
    try:
        yield
    except CrisisError as error:
        told = str(error)
        gap = "\n" if "\n" in told else " "
        raise type(error)(f"{cue.told}:{gap}{told}") from error


def perform(desk: Desk, incident: Incident, cue: Cue) -> None:
    """
    Do what a cue says, through the same use cases that people use.

    Raises:
        CrisisError: the house refuses it.
    """
    match cue.doing:
        case "decide":
            steering.decide(
                desk,
                incident.id,
                step=cue.step,
                option=str(cue.value),
                reason=cue.text or SCRIPT,
                by=SCRIPT,
                happened_at=cue.happened_at,
            )
        case "set":
            steering.set_attribute(
                desk,
                incident.id,
                name=cue.name,
                value=cue.value,
                source=cue.text or SCRIPT,
                by=SCRIPT,
                happened_at=cue.happened_at,
            )
        case "issue":
            issuing.issue(
                desk,
                issuing.Bulletin(
                    incident=incident.id,
                    step=cue.step,
                    answers=cue.answers,
                    partner=cue.partner,
                    by=SCRIPT,
                    happened_at=cue.happened_at,
                ),
            )
        case "task":
            _finish_task(desk, incident, cue)
        case "start" | "move-start":
            _begin(desk, incident, cue)
        case "stand-down":
            steering.stand_down(desk, incident.id, reason=cue.text or SCRIPT, by=SCRIPT)
        case _:
            _reply(desk, incident, cue)


def _begin(desk: Desk, incident: Incident, cue: Cue) -> None:
    """Say that a planned run has begun, or when it is to begin now."""
    if cue.doing == "start":
        scheduling.confirm_start(desk, incident.id, by=SCRIPT, happened_at=cue.happened_at)
        return
    if cue.moment is None:
        message = "say with `move_to` to which moment T0 is moved"
        raise UsageError(message)
    scheduling.move_start(
        desk, incident.id, planned_for=cue.moment, reason=cue.text or SCRIPT, by=SCRIPT
    )


def _reply(desk: Desk, incident: Incident, cue: Cue) -> None:
    reply = Reply(
        incident=incident.id,
        step=cue.step,
        by=SCRIPT,
        via=Via.PAGE,
        partner=cue.partner or None,
        contact=_contact(incident, cue),
        happened_at=cue.happened_at,
    )
    match cue.doing:
        case "acknowledge":
            answering.acknowledge(desk, reply)
        case "decline":
            answering.decline(desk, reply, reason=cue.text or SCRIPT)
        case "sign":
            answering.sign(desk, reply, verdict=_verdict(cue), remark=cue.text)
        case _:
            answering.answer(desk, reply, answers=cue.answers)


def _contact(incident: Incident, cue: Cue) -> str | None:
    """Return the contact that answers; None for the partner's first one."""
    partner = cue.partner or next(iter(incident.run_of(cue.step).partners), "")
    if cue.who == "first" or not partner:
        return None
    directory = incident.opened.directory
    first = directory.contacts[directory.partner(partner).contact]
    return first.deputy if cue.who == "deputy" else first.superior


def _verdict(cue: Cue) -> Literal["agreed", "remark", "dissent"]:
    match cue.value:
        case "remark":
            return "remark"
        case "dissent":
            return "dissent"
        case _:
            return "agreed"


def _finish_task(desk: Desk, incident: Incident, cue: Cue) -> None:
    """Report on the open task of the cue's step and partner, such as a telephone call."""
    open_tasks = [
        name
        for name, task in incident.tasks.items()
        if task.done_at is None
        and task.raised.step == cue.step
        and cue.partner in {"", task.raised.partner}
    ]
    task = open_tasks[0] if open_tasks else f"none for {cue.step}"
    results: Mapping[str, Result] = {
        "reached": "reached",
        "wrong-number": "wrong-number",
        "no-answer": "no-answer",
        "done": "done",
    }
    result = results.get(str(cue.value))
    if result is None:
        message = f"say with `result` what came of it: {' | '.join(results)}"
        raise UsageError(message)
    steering.finish_task(
        desk,
        incident.id,
        task=task,
        result=result,
        by=SCRIPT,
        note=cue.text,
        happened_at=cue.happened_at,
    )


def _known(incident: Incident, cues: tuple[Cue, ...]) -> list[Cue]:
    """Return all cues; one for a step that does not exist would wait for it in silence."""
    for cue in cues:
        if cue.step:
            with _naming(cue):
                step_of(incident, cue.step)
    return list(cues)


def _next_cue(incident: Incident, left: list[Cue]) -> Cue | None:
    return min(left, key=lambda cue: cue_moment(incident, cue), default=None)
