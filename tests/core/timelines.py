"""Random playbooks and random histories, for the laws of the core."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from functools import reduce

from hypothesis import strategies as st

from crisis.core import consenting, decide, issuing, scheduling, steer
from crisis.core.availability import Rota, Shift
from crisis.core.bulletin import BulletinClass, BulletinRule
from crisis.core.condition import AtLeast, Condition, Is, IsNot
from crisis.core.contact import ChannelKind, Directory
from crisis.core.decide import Answering
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Entry, Event, Via
from crisis.core.form import Answers, Field, FieldKind
from crisis.core.gate import ConsentScope, Gate
from crisis.core.hand_over import Handing, hand_over
from crisis.core.incident import Incident, evolve, fold
from crisis.core.plan import Plan, plan
from crisis.core.playbook import (
    Completion,
    MembersReach,
    Occasion,
    Playbook,
    Start,
    Step,
)
from crisis.core.publish import publish
from crisis.core.pursuit import Ask
from crisis.core.repeat import Repeat
from crisis.core.words import Words
from crisis.errors import CrisisError
from tests.builders import (
    T0,
    a_contact,
    a_decision_step,
    a_directory,
    a_form_step,
    a_partner,
    a_playbook,
    a_step,
    a_telling_step,
    entries_of,
    minutes,
)
from tests.core.attempts import claim_of, ended, held
from tests.core.deadlines import DEADLINES
from tests.core.joint_steps import a_both_step, a_release_step

CONDITIONS: tuple[Condition | None, ...] = (
    None,
    AtLeast(attribute="deaths", number=1),
    Is(attribute="dangerous", values=("yes",)),
    IsNot(attribute="suspected_crime", values=("no",)),
    Is(attribute="kind_of_event", values=("terror", "unclear")),
)
REPEATS: tuple[Repeat | None, ...] = (
    None,
    Repeat(every=minutes(90), latest=timedelta(hours=6)),
    Repeat(every=minutes(45), until="A04"),
    Repeat(at=(time(8), time(18)), latest=timedelta(days=3)),
    Repeat(dates=(T0 + minutes(20), T0 + minutes(100), T0 + timedelta(days=1))),
    Repeat(changes="deaths"),
)
GATES: tuple[Gate | None, ...] = (
    None,
    None,
    None,
    Gate(scopes=(ConsentScope(id="findings", label=Words(de="Erkenntnisse")),), by=("WR",)),
)
RULE = BulletinRule(classes=(BulletinClass.AFFECTED,), by=("WR",))
HELD = timedelta(seconds=90)
KINDS = (a_step, a_form_step, a_both_step, a_release_step, a_telling_step)
# None: nothing is known of it yet, it is still under way. A duration: a limit held it
# back for so long.
Fate = OutcomeKind | timedelta | None
OUTCOMES: tuple[Fate, ...] = (*OutcomeKind, None, HELD)


@st.composite
def playbooks(draw: st.DrawFn) -> Playbook:
    """Draw a playbook of a decision and up to five steps that hang together at random."""
    steps: list[Step] = [a_decision_step()]
    came = Occasion(
        id="V", title=Words(de="Todesfall"), when=AtLeast(attribute="deaths", number=1)
    )
    for number in range(draw(st.integers(1, 5))):
        name = f"A{10 + number}"
        earlier = [step.id for step in steps]
        after = tuple(draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)))
        make = draw(st.sampled_from(KINDS))
        gate = draw(st.sampled_from(GATES))
        carries = draw(st.integers(0, 3)) == 0 and gate is None
        steps.append(
            make(
                name,
                roles=draw(st.sampled_from((("OHS",), ("WR",), ("OHS", "WR"), ("NOBODY",), ()))),
                start=Start(
                    offset=minutes(draw(st.sampled_from((0, 5, 90, -30)))),
                    after=after,
                    mode=draw(st.sampled_from(("all", "any"))),
                    latest=draw(st.sampled_from((None, minutes(30)))),
                    occasion=draw(st.sampled_from(("", "", "V"))),
                ),
                asked_in=draw(st.sampled_from(((), (earlier[0],)))),
                when=draw(st.sampled_from(CONDITIONS)),
                hold_while=draw(st.sampled_from((None, CONDITIONS[2]))),
                within=draw(st.sampled_from(DEADLINES)),
                ladder=draw(st.sampled_from(("A", None))),
                completion=draw(st.sampled_from(tuple(Completion))),
                hub=draw(st.booleans()),
                members=draw(st.sampled_from(tuple(MembersReach))),
                waits=draw(st.booleans()),
                repeat=draw(st.sampled_from(REPEATS)),
                gate=gate,
                bulletin=RULE if carries else None,
            )
        )
    plain = a_playbook(*steps)
    needs = Field(id="needs", kind=FieldKind.NEEDS, label=Words(de="Bedarfe"))
    [form] = plain.forms
    forms = (replace(form, fields=(*form.fields, needs)),)
    return replace(plain, occasions=(came,), forms=forms)


def directory() -> Directory:
    """
    Return a directory with a contact of one channel, without a deputy, and a rota with gaps.

    Two units are members of others; one has a page, the other has none.
    """
    shifts = (
        Shift(start=T0 + minutes(30), end=T0 + minutes(180), holder="kit-1"),
        Shift(start=T0 + timedelta(days=1), end=T0 + timedelta(days=2), holder="kit-2"),
    )
    return a_directory(
        a_partner("ohs"),
        a_partner("wr", role="WR"),
        a_partner("kit", role="WR"),
        replace(a_partner("branch", role="OHS-B"), member_of=("ohs", "wr")),
        replace(a_partner("booth", role="WR-A"), member_of=("wr", "kit")),
        contacts=(
            a_contact("wr", kinds=(ChannelKind.PHONE_BY_HAND,), superior="wr-sup"),
            a_contact("wr-sup", kinds=()),
            a_contact("kit", availability=Rota(shifts=shifts), deputy="kit"),
            a_contact("branch", kinds=(ChannelKind.EMAIL, ChannelKind.PORTAL)),
            a_contact("kit-1"),
            a_contact("kit-2", kinds=(ChannelKind.PHONE_BY_HAND,)),
        ),
    )


@dataclass(kw_only=True)
class Timeline:
    """A history in the making: entries, the incident, and the present moment."""

    entries: list[Entry]
    incident: Incident = field(init=False)

    def __post_init__(self) -> None:
        """Fold what there is."""
        self.incident = fold(self.entries)
        self.now = self.incident.opened_at

    def append(self, *events: Event) -> None:
        """Write events down now."""
        for event in events:
            last = self.entries[-1]
            entry = Entry(
                seq=last.seq + 1,
                incident=last.incident,
                version=last.version + 1,
                at=self.now,
                actor="test",
                event=event,
            )
            self.entries.append(entry)
            self.incident = evolve(self.incident, entry)

    def planned(self) -> Plan:
        """Return the plan for now."""
        return plan(self.incident, now=self.now)

    def perform(self, outcomes: Sequence[Fate]) -> list[Ask]:
        """Do everything that is due; outcomes are taken in turn, accepted when they run out."""
        asked: list[Ask] = []
        left = list(outcomes)
        for _ in range(200):
            due = self.planned()
            if not due.facts and not due.asks:
                return asked
            self.append(*due.facts)
            fates = [left.pop(0) if left else OutcomeKind.ACCEPTED for _ in due.asks]
            claimed: list[tuple[Ask, OutcomeKind | None]] = []
            for ask, fate in zip(due.asks, fates, strict=True):
                if isinstance(fate, timedelta):
                    self.append(held(ask, until=self.now + fate))
                else:
                    n = len(self.incident.obligations[ask.step, ask.partner].attempts) + 1
                    claimed.append((replace(ask, n=n), fate))
                    self.append(claim_of(claimed[-1][0]))
            self.append(*(ended(ask, kind) for ask, kind in claimed if kind is not None))
            asked.extend(ask for ask, _ in claimed)
        raise AssertionError("the plan never settles")

    def happens(self, action: tuple[str, int]) -> None:
        """Let somebody do something; what the rules refuse does not happen."""
        try:
            self.append(*self._events(*action))
        except CrisisError:
            return

    def _events(self, what: str, number: int) -> tuple[Event, ...]:
        keys = list(self.incident.obligations)
        if what == "set":
            name, value = (
                ("deaths", number),
                ("dangerous", ("yes", "no", "unknown")[number % 3]),
                ("suspected_crime", ("yes", "no", "unknown")[number % 3]),
                ("kind_of_event", ("terror", "extremism", "unclear")[number % 3]),
            )[number % 4]
            return steer.set_attribute(
                self.incident,
                name=name,
                value=value,
                source="POL-FLZ",
                happened_at=self.now,
                now=self.now,
            )
        if what == "decide":
            option = ("yes", "no", "unclear")[number % 3]
            return decide.decide(
                self.incident,
                step="A04",
                option=option,
                reason="Lagebild",
                happened_at=self.now,
                now=self.now,
            )
        if what == "task" and self.incident.tasks:
            names = list(self.incident.tasks)
            results: tuple[steer.Result, ...] = ("reached", "wrong-number", "no-answer", "done")
            return steer.finish_task(
                self.incident,
                task=names[number % len(names)],
                result=results[number % 4],
                note="",
                happened_at=self.now,
                now=self.now,
            )
        if what in {"consent", "bulletin", "hand-over", "stand-down", "start", "move-start"}:
            return self._steered(what, number)
        return self._reply(what, keys[number % len(keys)]) if keys else ()

    def _consent(self, number: int) -> tuple[Event, ...]:
        record = consenting.Record(scope="findings", partner="", happened_at=self.now)
        if number % 3 == 0 and self.incident.consents:
            codes = list(self.incident.consents)
            return consenting.revoke(
                self.incident,
                code=codes[number % len(codes)],
                partner="",
                happened_at=self.now,
                now=self.now,
            )
        if number % 7 == 0:
            return consenting.refuse(self.incident, record, now=self.now)
        expires_at = self.now + minutes(90) if number % 2 else None
        recipient = ("ohs", "wr", "kit")[number % 3]
        return consenting.give(
            self.incident, record, recipient=recipient, expires_at=expires_at, now=self.now
        )

    def _bulletin(self, number: int) -> tuple[Event, ...]:
        steps = [step.id for step in issuing.steps_for(self.incident, "")]
        if not steps:
            return ()
        earlier = list(self.incident.bulletins)
        day = (self.now + timedelta(days=number % 2)).date().isoformat()
        answers: Answers = {"about": "affected", "valid_until": day, "text": "Achtung"}
        if number % 3 == 0 and earlier:
            answers = {**answers, "replaces": earlier[number % len(earlier)]}
        step = steps[number % len(steps)]
        issued = issuing.Issuing(
            step=step, partner=("", "wr", "kit")[number % 3], happened_at=self.now
        )
        return issuing.issue(self.incident, issued, answers, now=self.now)

    def _steered(self, what: str, number: int) -> tuple[Event, ...]:
        if what == "bulletin":
            return self._bulletin(number)
        if what == "consent":
            return self._consent(number)
        if what == "start":
            return scheduling.confirm_start(self.incident, happened_at=self.now, now=self.now)
        if what == "move-start":
            planned_for = self.now + minutes(1 + 20 * number)
            return scheduling.move_start(
                self.incident, planned_for=planned_for, reason="Nebel", now=self.now
            )
        if what == "stand-down":
            return steer.stand_down(self.incident, reason="Fehlalarm", now=self.now)
        to = ("ohs", "wr", "lead", "lead-dep", "kit")[number % 5]
        handing = Handing(to=to, reason="Schichtwechsel", brief={}, within=minutes(30))
        return hand_over(self.incident, handing, happened_at=self.now, now=self.now)

    def _reply(self, what: str, key: tuple[str, str]) -> tuple[Event, ...]:
        step, partner = key
        answering = Answering(
            step=step, partner=partner, contact=partner, via=Via.PAGE, happened_at=self.now
        )
        if what == "decline":
            return decide.decline(self.incident, answering, reason="nicht da", now=self.now)
        if what == "answer":
            by = "RAA" if self.now.minute % 2 else ""
            row = {"group": "support", "code": "Obdach", "band": "1-4", "promised_by": by}
            answers: Answers = {"room": "no", "needs": [row]}
            return decide.answer(self.incident, answering, answers=answers, now=self.now)
        if what == "sign":
            verdict = "dissent" if self.now.minute % 3 else "agreed"
            return decide.sign(
                self.incident,
                answering,
                verdict=verdict,  # type: ignore[arg-type]  # -- one of two words
                remark="so nicht",
                now=self.now,
            )
        if what == "publish":
            return publish(
                self.incident, step=step, uncleared="eilig", happened_at=self.now, now=self.now
            )
        if what == "skip":
            return steer.skip(self.incident, step=step, partner=partner, reason="erledigt")
        return decide.acknowledge(self.incident, answering, now=self.now)


# What happens more often in earnest stands more often here.
ACTIONS = st.tuples(
    st.sampled_from(
        (
            *("ack", "ack", "ack", "answer", "sign", "sign", "decline", "set", "set", "decide"),
            *("task", "skip", "publish", "hand-over", "hand-over", "consent", "consent"),
            *("bulletin", "bulletin"),
            *("stand-down", "start", "move-start"),
        )
    ),
    st.integers(0, 30),
)
# How long until the next thing happens, in minutes; None waits for the planner's own wake-up.
WAITS = st.one_of(st.none(), st.sampled_from((0, 1, 7, 20, 45, 300, 1500)))
MOVES = st.lists(st.tuples(WAITS, ACTIONS, st.lists(st.sampled_from(OUTCOMES), max_size=6)))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Draw a history that the house could have written, everything due in it done."""
    planned_for = draw(st.sampled_from((None, None, T0 + minutes(50), T0 + timedelta(days=2))))
    entries = entries_of(
        playbook=draw(playbooks()), directory=directory(), planned_for=planned_for
    )
    timeline = Timeline(entries=list(entries))
    timeline.perform([])
    for wait, action, outcomes in draw(MOVES):
        move_on(timeline, wait)
        timeline.happens(action)
        timeline.perform(list(outcomes))
    return timeline


def move_on(timeline: Timeline, wait: int | None) -> None:
    """Let time pass: so many minutes, or to the planner's own wake-up."""
    if wait is not None:
        timeline.now += timedelta(minutes=wait)
    else:
        timeline.now = timeline.planned().wake_at or timeline.now


def refolded(entries: list[Entry], cut: int) -> Incident:
    """Return the incident from a log that is read in two pieces."""
    return reduce(evolve, entries[cut:], fold(entries[:cut]))
