"""An incident at a moment: what may be assumed, who leads, which steps apply."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import assert_never

from crisis.core.availability import Rota, is_office_time
from crisis.core.both_sides import settled_at
from crisis.core.clearance import clearance_of
from crisis.core.condition import UNKNOWN_WORD, Condition, Verdict, attributes_of, judge
from crisis.core.contact import Channel, Contact, Directory, Partner, on_duty
from crisis.core.incident import Incident, StepRun
from crisis.core.leading import in_order
from crisis.core.obligation import Obligation
from crisis.core.playbook import (
    ChannelProfile,
    Completion,
    ExpectBothConfirm,
    ExpectSignOff,
    Ladder,
    Step,
)
from crisis.core.region import land_of

# While facts are missing the worse case counts, for this long after T0 (`playbooks.md` §7.1).
ASSUMED_FOR = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """
    What the planner looks at, worked out once per plan.

    `turns` are the moments, in order, at which somebody else takes over a contact's
    rota without anything being recorded, by the contact's id. `directory` is as it was
    when the incident was opened. `orders` remembers in which order channels are tried at
    this moment (`reach.channel_order`): many ask the same function in the same profile.
    """

    incident: Incident
    now: datetime
    safety: frozenset[str]
    assumed: frozenset[str]
    office_time: bool
    leads: tuple[Partner, ...]
    ladders: dict[str, Ladder]
    profiles: dict[str, ChannelProfile]
    partners: dict[str, Partner]
    turns: Mapping[str, tuple[datetime, ...]]
    directory: Directory
    orders: dict[tuple[str, str, bool, bool], tuple[Channel, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def land(self) -> str:
        """The Land whose office hours and holidays count."""
        return land_of(self.incident.opened.region)

    def verdict(self, condition: Condition | None) -> Verdict:
        """Return what is really known about a condition."""
        return judge(
            condition,
            attributes=self.incident.attributes,
            decisions=self.incident.decisions,
            levels=self.incident.levels,
        )

    def applies(self, condition: Condition | None) -> bool:
        """Return whether to act on a condition: it is true, or the worse case is assumed."""
        return Verdict.TRUE is judge(
            condition,
            attributes=self.incident.attributes,
            decisions=self.incident.decisions,
            levels=self.incident.levels,
            assumed=self.assumed,
        )

    def ladder_of(self, step: Step) -> Ladder | None:
        """Return the step's ladder, or None where the lead is told at the deadline instead."""
        return None if step.ladder is None else self.ladders[step.ladder]

    @property
    def led_since(self) -> datetime | None:
        """When the lead was last handed over; what lay on the old lead's desk is the new one's."""
        leads = self.incident.leads
        return leads[-1].since if leads else None

    def next_turn(self, contact_id: str | None) -> datetime | None:
        """Return when another takes over a contact's rota next, if anybody does."""
        edges = () if contact_id is None else self.turns.get(contact_id, ())
        place = bisect_right(edges, self.now)
        return edges[place] if place < len(edges) else None

    def lead_contact(self, *, other_than: str) -> Contact | None:
        """Return who answers for the lead, or for its deputies if the lead itself is silent."""
        for partner in self.leads:
            if partner.id != other_than:
                contact = on_duty(self.directory, partner.contact, at=self.now)
                if contact is not None:
                    return contact
        return None


def outlook(incident: Incident, *, now: datetime, like: Outlook | None = None) -> Outlook:
    """
    Return what there is to look at for a plan.

    Takes over from `like`, an earlier outlook on the same incident, what was pinned at
    its opening and cannot have changed.
    """
    if like is None or like.incident.opened is not incident.opened:
        return _outlook(incident, now=now)
    same = like.incident.leads == incident.leads
    leads = like.leads if same else in_order(incident)
    return replace(
        like,
        incident=incident,
        now=now,
        assumed=_assumed(incident, like.safety, now=now),
        office_time=_is_office_time(incident, now=now),
        leads=leads,
        orders={},  # of another moment
    )


def _outlook(incident: Incident, *, now: datetime) -> Outlook:
    playbook, directory = incident.playbook, incident.opened.directory
    safety = frozenset(attribute.id for attribute in playbook.attributes if attribute.safety)
    return Outlook(
        incident=incident,
        now=now,
        safety=safety,
        assumed=_assumed(incident, safety, now=now),
        office_time=_is_office_time(incident, now=now),
        ladders={ladder.id: ladder for ladder in playbook.ladders},
        profiles={profile.id: profile for profile in playbook.profiles},
        partners={partner.id: partner for partner in directory.partners},
        turns=_turns(directory),
        leads=in_order(incident),
        directory=directory,
    )


def _assumed(incident: Incident, safety: frozenset[str], *, now: datetime) -> frozenset[str]:
    return safety if now < incident.t0 + ASSUMED_FOR else frozenset()


def _is_office_time(incident: Incident, *, now: datetime) -> bool:
    opened = incident.opened
    return is_office_time(now, land=land_of(opened.region), holidays=opened.directory.holidays)


def _turns(directory: Directory) -> Mapping[str, tuple[datetime, ...]]:
    return {
        name: tuple(sorted({edge for s in rota.shifts for edge in (s.start, s.end)}))
        for name, contact in directory.contacts.items()
        if isinstance(rota := contact.availability, Rota)
    }


def first_contact(view: Outlook, obligation: Obligation) -> Contact:
    """Return who is asked first for an obligation."""
    named = obligation.first_contact or view.partners[obligation.partner].contact
    return view.directory.contacts[named]


def unanswered_questions(view: Outlook) -> tuple[str, ...]:
    """Return the safety-relevant attributes that conditions use and nobody knows yet."""
    used = frozenset[str]().union(
        *(
            attributes_of(step.when) | attributes_of(step.hold_while)
            for step in view.incident.playbook.steps
        )
    )
    known = view.incident.attributes
    return tuple(
        sorted(name for name in used & view.safety if known.get(name, "unknown") == UNKNOWN_WORD)
    )


def outcome_at(view: Outlook, step: Step) -> datetime | None:
    """Return when a step had its outcome, for the steps that come after it; None before."""
    run = view.incident.run_of(step.id)
    fixed = _fixed_outcome(run)
    if fixed is not None or run.started_at is None or step.expect.kind == "report":
        return fixed
    clearance = clearance_of(view.incident, step)
    if clearance is not None or isinstance(step.expect, ExpectBothConfirm):
        # What depends on it waits for all signatures, or for both words.
        both = settled_at(view.incident, step)
        return both if clearance is None else clearance.cleared_at
    obligations = view.incident.obligations_of(step.id)
    if step.completion is not Completion.ALL:
        counting = view.incident.counting_of(step.id)
        kept = (o.fulfilled_at for o in counting if o.is_fulfilled)
        fulfilled = sorted(moment for moment in kept if moment is not None)
        needed = needed_answers(step, of=len(counting))
        if len(fulfilled) >= needed:
            return fulfilled[needed - 1] if needed else run.started_at
    ends = [obligation.done_at for obligation in obligations]
    done = [end for end in ends if end is not None]
    if len(done) < len(ends):
        return None
    if isinstance(step.expect, ExpectSignOff) and step.expect.publishes:
        return None  # the report that follows the signatures is the outcome
    return max(done, default=run.started_at)


def needed_answers(step: Step, *, of: int) -> int:
    """Return how many of a step's partners must answer."""
    match step.completion:
        case Completion.ALL:
            return of
        case Completion.ANY:
            return min(1, of)
        case Completion.QUORUM:
            return min(step.quorum or 1, of)
        case _:
            assert_never(step.completion)


def _fixed_outcome(run: StepRun) -> datetime | None:
    if run.report_at is not None:
        return run.report_at
    if run.decided is not None:
        return run.decided.happened_at
    return run.skipped_at
