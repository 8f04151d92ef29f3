"""
How a run goes when people answer by chance: when has everybody been reached?

The planner says over which ways a partner is asked while it is silent (`core/way.py`);
which of them is answered, and after how long, is drawn. Answers fall on whole minutes,
so that the planner is asked once for each minute at which a step may begin. Facts and
decisions stay as they are given: a decision comes out as its default says.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import ceil

from crisis.core.answer_time import AnswerTimes
from crisis.core.beginning import start_moment
from crisis.core.chance import draws
from crisis.core.condition import Condition, Value
from crisis.core.contact import ChannelKind, Directory, holders, is_open
from crisis.core.coverage import pretended
from crisis.core.outlook import ASSUMED_FOR, Outlook, needed_answers, outlook
from crisis.core.playbook import Completion, ExpectDecision, ExpectNothing, Playbook, Step
from crisis.core.spans import spans_of
from crisis.core.timing import earliest
from crisis.core.way import FLEETING, SILENT, Way, course, moved

MINUTE = timedelta(minutes=1)
# A message lies there at most this long; then it counts as overlooked.
KEPT = timedelta(days=7)
# When a partner can first see a message, over what kind of channel.
Sight = tuple[datetime, ChannelKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a forecast takes for granted; `out` names providers that take no message."""

    playbook: Playbook
    directory: Directory
    region: str
    at: datetime
    until: datetime
    times: AnswerTimes
    attributes: Mapping[str, Value] = field(default_factory=dict)
    out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One partner in one step of a run: when it was asked, and when it first answered, if ever."""

    step: str
    partner: str
    asked_at: datetime
    reached_at: datetime | None


class Forecaster:
    """Plays runs of one setting; remembers what the planner said, so that runs are quick."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        incident = pretended(
            setting.playbook, setting.directory, region=setting.region, at=setting.at
        )
        self._incident = replace(incident, attributes=dict(setting.attributes))
        self._view = outlook(self._incident, now=setting.at)
        self._steps = {step.id: step for step in setting.playbook.steps}
        self._roles = {partner.id: partner.roles for partner in setting.directory.partners}
        self._own = {step.id: self._holders(step) for step in setting.playbook.steps}
        self._fixed = {step.id: start_moment(self._view, step) for step in setting.playbook.steps}
        self._sights: dict[tuple[str, str, datetime], tuple[Sight, ...]] = {}
        self._looks: dict[tuple[object, ...], bool] = {}

    def run(self, seed: int, number: int) -> tuple[Meeting, ...]:
        """Return who was asked and reached when in one run; the same for the same numbers."""
        return _Run(self, seed, number).play()

    @property
    def setting(self) -> Setting:
        """What is taken for granted."""
        return self._setting

    @property
    def steps(self) -> Mapping[str, Step]:
        """The playbook's steps by id, in its order."""
        return self._steps

    def clock_start(self, step: Step) -> datetime | None:
        """Return when a step begins that waits for no other; None if nobody knows."""
        return self._fixed[step.id]

    def waited(self, step: Step, moment: datetime) -> datetime:
        """Return when a step really begins that may wait for office hours."""
        # What waits by the clock was moved by the planner already; this is for what comes after.
        pretend = replace(self._view.incident, opened_at=moment, t0=moment)
        at_once = replace(step, start=replace(step.start, offset=timedelta(), after=()))
        return start_moment(replace(self._view, incident=pretend), at_once) or moment

    def own_partners(self, step: Step) -> tuple[str, ...]:
        """Return the partners that hold the step's roles."""
        return self._own[step.id]

    def roles_of(self, partner: str) -> tuple[str, ...]:
        """Return the roles of a partner."""
        return self._roles[partner]

    def begins(self, step: Step, *, at: datetime, decisions: tuple[tuple[str, str], ...]) -> bool:
        """Return whether a due step would begin at a moment: it applies, and is not held."""
        assumed = at < self._setting.at + ASSUMED_FOR
        key = (step.id, assumed, decisions)
        if key not in self._looks:
            known = replace(self._incident, decisions=dict(decisions))
            view = outlook(known, now=at, like=replace(self._view, incident=known))
            self._looks[key] = view.applies(step.when) and not _is_held(view, step.hold_while)
        return self._looks[key]

    def sights(self, step: Step, partner: str, at: datetime) -> tuple[Sight, ...]:
        """Return when a partner that is asked at a moment can first see each of its messages."""
        key = (step.id, partner, at)
        if key not in self._sights:
            view = moved(self._view, at)
            found = course(view, step, partner, out=self._setting.out)
            seen = (_sight(view, way) for way in found.ways)
            self._sights[key] = tuple(sight for sight in seen if sight is not None)
        return self._sights[key]

    def told_at(self, step: Step, partner: str, at: datetime) -> datetime | None:
        """Return when a partner's message is taken; None for a call that somebody must report."""
        found = course(moved(self._view, at), step, partner, out=self._setting.out)
        taken = (way.at for way in found.ways if way.channel.kind not in FLEETING)
        return min(taken, default=None)

    def _holders(self, step: Step) -> tuple[str, ...]:
        setting = self._setting
        found = (
            partner.id
            for role in step.roles
            for partner in holders(setting.directory, role, region=setting.region)
        )
        return tuple(dict.fromkeys(found))


class _Run:
    def __init__(self, house: Forecaster, seed: int, number: int) -> None:
        self._house, self._seed, self._number = house, seed, number
        self._met: dict[str, tuple[Meeting, ...]] = {}
        # When steps that have begun have their outcome; None: not within this run.
        self._outcomes: dict[str, datetime | None] = {}
        self._decided: dict[str, datetime] = {}

    def play(self) -> tuple[Meeting, ...]:
        waiting = dict(self._house.steps)
        begins = {name: self._begin(step) for name, step in waiting.items()}
        while True:
            due = [
                (moment, place)
                for place, name in enumerate(waiting)
                for moment in [begins[name]]
                if moment is not None and moment <= self._house.setting.until
            ]
            if not due:
                return tuple(met for found in self._met.values() for met in found)
            moment, place = min(due)
            step = waiting.pop(list(waiting)[place])
            self._start(step, moment)
            for name, other in waiting.items():
                if step.id in other.start.after or step.id in self._decided:
                    begins[name] = self._begin(other)

    def _begin(self, step: Step) -> datetime | None:
        """Return when a step begins, as far as it is known by now."""
        planned = self._planned(step)
        if planned is None:
            return None
        house = self._house
        changes = (*self._decided.values(), house.setting.at + ASSUMED_FOR)
        for moment in sorted({planned, *(change for change in changes if change > planned)}):
            decisions = tuple(
                (name, _default(house.steps[name]))
                for name, at in self._decided.items()
                if at <= moment
            )
            if house.begins(step, at=moment, decisions=decisions):
                return moment
        return None

    def _planned(self, step: Step) -> datetime | None:
        start, house = step.start, self._house
        if not start.after:
            return house.clock_start(step)
        known = [self._outcomes[other] for other in start.after if other in self._outcomes]
        ends = [end for end in known if end is not None]
        after = None
        if start.mode == "any" and ends:
            after = min(ends) + start.offset
        elif len(ends) == len(start.after):
            after = max(ends) + start.offset
        latest = None if start.latest is None else house.setting.at + start.latest
        moment = earliest(after, latest)
        return None if moment is None else house.waited(step, moment)

    def _start(self, step: Step, moment: datetime) -> None:
        if isinstance(step.expect, ExpectDecision):
            self._decide(step, step.expect, moment)
            return
        if isinstance(step.expect, ExpectNothing):
            self._tell(step, moment)
            return
        met = self._ask(step, moment)
        reached = sorted(
            (one.reached_at, place) for place, one in enumerate(met) if one.reached_at is not None
        )
        needed = needed_answers(step, of=len(met))
        outcome = None
        if len(reached) >= needed:
            outcome = reached[needed - 1][0] if needed else moment
        self._outcomes[step.id] = outcome
        if step.completion is not Completion.ALL and outcome is not None:
            # Enough have answered: whoever had not is not asked any more.
            first = {place for _, place in reached[:needed]}
            met = tuple(one for place, one in enumerate(met) if place in first)
        self._met[step.id] = met

    def _tell(self, step: Step, moment: datetime) -> None:
        """Let a step only tell: done once everybody's message was taken, answered by nobody."""
        partners = tuple(self._partners(step, moment))
        told = [self._house.told_at(step, partner, moment) for partner in partners]
        known = [at for at in told if at is not None]
        whole = len(known) == len(told)
        self._outcomes[step.id] = max(known, default=moment) if whole else None
        self._met[step.id] = tuple(
            Meeting(step=step.id, partner=partner, asked_at=moment, reached_at=None)
            for partner in partners
        )

    def _decide(self, step: Step, expect: ExpectDecision, moment: datetime) -> None:
        met = self._ask(step, moment)
        default_at = max(self._house.setting.at + expect.default_at, moment)
        decided = earliest(default_at, *(one.reached_at for one in met)) or default_at
        self._outcomes[step.id] = self._decided[step.id] = decided
        self._met[step.id] = tuple(
            one if one.reached_at is None or one.reached_at <= decided else _missed(one)
            for one in met
        )

    def _ask(self, step: Step, moment: datetime) -> tuple[Meeting, ...]:
        return tuple(self._meet(step, partner, moment) for partner in self._partners(step, moment))

    def _partners(self, step: Step, moment: datetime) -> Collection[str]:
        found = dict.fromkeys(self._house.own_partners(step))
        for other in (*step.reached_in, *step.asked_in):
            for met in self._met.get(other, ()):
                reached = met.reached_at is not None and met.reached_at <= moment
                if reached or other in step.asked_in:
                    found[met.partner] = None
        return found

    def _meet(self, step: Step, partner: str, moment: datetime) -> Meeting:
        house = self._house
        chance = draws(self._seed, self._number, f"{step.id}/{partner}")
        roles = house.roles_of(partner)
        reached: datetime | None = None
        for seen_at, kind in house.sights(step, partner, moment):
            # Both are drawn whatever comes of it, so that one message shifts no other's chance.
            after = house.setting.times.of(roles, kind).after(next(chance), next(chance))
            if after is not None:
                answered = seen_at + MINUTE * ceil(after / MINUTE)
                reached = answered if reached is None else min(reached, answered)
        if reached is not None and reached > house.setting.until:
            reached = None
        return Meeting(step=step.id, partner=partner, asked_at=moment, reached_at=reached)


def _missed(met: Meeting) -> Meeting:
    return replace(met, reached_at=None)


def _default(step: Step) -> str:
    return step.expect.default if isinstance(step.expect, ExpectDecision) else ""


def _is_held(view: Outlook, condition: Condition | None) -> bool:
    return condition is not None and view.applies(condition)


def _sight(view: Outlook, way: Way) -> Sight | None:
    """Return when a message can be seen: at once, or when its channel is next answered."""
    channel = way.channel
    if channel.kind in SILENT:
        return None
    if is_open(channel, at=way.at, directory=view.directory):
        return way.at, channel.kind
    if channel.kind in FLEETING:
        return None
    hours = spans_of(
        channel.hours, since=way.at, until=way.at + KEPT, holidays=view.directory.holidays
    )
    opens = (edge for edge, state in zip(hours.edges, hours.states, strict=True) if state)
    opening = next(opens, None)
    return None if opening is None else (opening, channel.kind)
