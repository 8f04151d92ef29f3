"""
The course of a playbook before anything happened: when each step begins, and its deadline.

Every partner is taken to answer when its deadline ends, so that what begins after a
step begins as late as was agreed; working days count as so many days, because nobody
knows on which day it begins. Times count from T0, or from the occasion at which a
step begins (`origin`), because nobody knows when that comes.
"""

from dataclasses import dataclass
from datetime import timedelta

from crisis.core.deadline import Within, changes_of
from crisis.core.playbook import Playbook, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """
    A step in the course of a playbook.

    `origin` is the occasion that `begins` and `due` count from, empty for T0; `due` is
    None without a deadline, and where the deadline counts from another moment.
    """

    step: Step
    phase: str
    origin: str
    begins: timedelta
    due: timedelta | None

    @property
    def ends(self) -> timedelta:
        """When the step is over if its deadline is kept."""
        return self.begins if self.due is None else self.due


def course(playbook: Playbook) -> tuple[Planned, ...]:
    """Return all steps with their times, in the order in which they are written."""
    steps = {step.id: (step, phase.id) for phase in playbook.phases for step in phase.steps}
    known: dict[str, Planned] = {}
    # What a step waits for may be written behind it; circles are refused when a file is read.
    for name in steps:
        _plan(name, steps, known)
    return tuple(known[name] for name in steps)


def _plan(name: str, steps: dict[str, tuple[Step, str]], known: dict[str, Planned]) -> Planned:
    if name in known:
        return known[name]
    step, phase = steps[name]
    before = [_plan(one, steps, known) for one in step.start.after if one in steps]
    origin = step.start.occasion or next((one.origin for one in before if one.origin), "")
    # Seen from an occasion, what counts from T0 has long been over.
    ends = [one.ends for one in before if one.origin == origin]
    begins = step.start.offset
    if ends:
        begins += max(ends) if step.start.mode == "all" else min(ends)
    if step.start.latest is not None and not origin:
        begins = min(begins, step.start.latest)
    due = _due(step.within, begins, origin)
    planned = Planned(step=step, phase=phase, origin=origin, begins=begins, due=due)
    return known.setdefault(name, planned)


def _due(within: Within | None, begins: timedelta, origin: str) -> timedelta | None:
    if within is None:
        return None
    if within.absolute:
        return within.duration if within.occasion == origin else None
    return begins + max(within.at(clock) for clock in changes_of(within))
