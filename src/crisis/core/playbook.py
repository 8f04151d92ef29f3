"""
A playbook: who is asked for what, in which order, by when, and what if nobody answers.

A checked, frozen value. `loading` builds it from YAML; `IncidentOpened` pins it
whole, so that editing a file never changes a running incident (ADR 0004).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from crisis.core.bulletin import BulletinRule
from crisis.core.condition import Condition
from crisis.core.contact import ChannelKind, Tlp
from crisis.core.deadline import Within
from crisis.core.form import Form
from crisis.core.gate import Gate
from crisis.core.layer import Binding, LongerDeadline, MustNot, Overlay
from crisis.core.objective import Objective
from crisis.core.place import PlaceSource
from crisis.core.repeat import Repeat
from crisis.core.words import Words


class PlaybookKind(StrEnum):
    """What a playbook is for."""

    RESPONSE = "response"
    STANDING = "standing"
    PREVENTION = "prevention"
    EXERCISE = "exercise"


class AttributeKind(StrEnum):
    """What an attribute of the incident holds."""

    CHOICE = "choice"
    TRISTATE = "tristate"
    COUNT = "count"
    LIST = "list"
    REGION = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """
    A fact about the incident that arrives late and changes.

    `safety`: counts as true while unknown during the first twelve hours, then
    the lead is asked for it again. `initial`: the value at opening, if any; `if_planned`:
    the value where the run is opened before its T0. `definition`: what a count counts;
    `labels`: what people read for `values`.
    """

    id: str
    kind: AttributeKind
    label: Words
    values: tuple[str, ...] = ()
    initial: str | None = None
    safety: bool = False
    if_planned: str | None = None
    definition: Words | None = None
    labels: Mapping[str, Words] = field(default_factory=dict)

    def at_opening(self, *, is_planned: bool) -> str | None:
        """Return the value that is known when a run is opened, or before its T0."""
        return self.if_planned if is_planned and self.if_planned is not None else self.initial


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A moment of the run that has a name: it comes when its condition is first known true."""

    id: str
    title: Words
    when: Condition


class RungAction(StrEnum):
    """What a rung of a ladder does, in the fixed order of the levels 1 to 4."""

    NEXT_CHANNEL = "next-channel"
    DEPUTY = "deputy"
    SUPERIOR = "superior"
    LEAD = "lead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """
    One level: so long after the first attempt, do this.

    Either `after` (clock time) or `working_days` is set, never both.
    """

    action: RungAction
    after: timedelta | None = None
    working_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """What happens, level by level, while nobody acknowledges."""

    id: str
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelProfile:
    """
    The order in which kinds of channels are tried.

    `out_of_hours` replaces the order outside office hours, if given. `waits`:
    an ask may wait for the next working day 07:30. `oral`: told by telephone or
    in person only; what was said is never stored (TLP:RED, `playbooks.md` §7.0).
    """

    id: str
    title: Words
    kinds: tuple[ChannelKind, ...]
    out_of_hours: tuple[ChannelKind, ...] = ()
    waits: bool = False
    oral: bool = False


class Mandatory(StrEnum):
    """How binding a step is."""

    ALWAYS = "always"
    IF_TRUE = "if-true"
    OPTIONAL = "optional"


class MembersReach(StrEnum):
    """Which of its members a hub informs: responsible here, or beside here too, or all it has."""

    HERE = "here"
    AROUND = "around"
    EVERYWHERE = "everywhere"


class Completion(StrEnum):
    """How many of a step's partners must have answered for the step to be done."""

    ALL = "all"
    ANY = "any"
    QUORUM = "quorum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """
    When a step begins.

    `offset` counts from T0 where `after` is empty. With `after`, the step begins
    when all (`mode` all) or any of those steps have an outcome. `result` says
    which outcome counts: `done` or `reached` (acknowledged is enough). `latest`
    begins it at T0 plus that much at the latest. With `occasion`, `offset` counts from
    when that occasion came instead of T0.
    """

    offset: timedelta = timedelta()
    after: tuple[str, ...] = ()
    mode: Literal["all", "any"] = "all"
    latest: timedelta | None = None
    occasion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectAcknowledgement:
    """The partner confirms that it has taken over."""

    kind: Literal["acknowledgement"] = "acknowledgement"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectAnswer:
    """
    The partner fills in a form; an acknowledgement alone is not enough.

    `replies_to` names the step whose answers it owes a reply to (S3.6), empty for none.
    """

    kind: Literal["answer"] = "answer"
    form: str
    replies_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOption:
    """One way a decision can come out. `stands_down`: it ends the run as a false alarm."""

    id: str
    label: Words
    stands_down: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectDecision:
    """A named role decides with a reason; `default` takes effect at T0 plus `default_at`."""

    kind: Literal["decision"] = "decision"
    options: tuple[DecisionOption, ...]
    default: str
    default_at: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectSignOff:
    """
    Every partner of the step must sign: agreed, agreed with a remark, or not agreed.

    `publishes` names what is computed once all have signed: the final report, or nothing.
    `what` names what nobody publishes before all have agreed (S5.7): a first public
    information, a joint letter, a press release.
    """

    kind: Literal["sign_off"] = "sign_off"
    publishes: Literal["", "final"] = ""
    what: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectBothConfirm:
    """Two sides give each other their word; each side is held by partners of these roles."""

    kind: Literal["both_confirm"] = "both_confirm"
    sides: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectNothing:
    """The partner is only told something: done once a way has taken the message."""

    kind: Literal["nothing"] = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectReport:
    """The house itself does this step: it drafts the reflection report from the log."""

    kind: Literal["report"] = "report"


Expectation = (
    ExpectAcknowledgement
    | ExpectAnswer
    | ExpectDecision
    | ExpectSignOff
    | ExpectBothConfirm
    | ExpectNothing
    | ExpectReport
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """
    One ask of one or more roles; each partner found becomes an obligation of its own.

    `reached_in` adds the partners that acknowledged in those steps, `asked_in`
    all that were asked in them and did not decline. `check_in`: a round of
    status questions, carried out by its own flow. `repeat`: what makes it begin again.
    `hub`: the partner passes the ask on to its members (S4.4), those of `members`, each
    of which answers for itself by `members_within`, or by the step's own deadline.
    `gate`: it asks only whom a recorded consent names. `bulletin`: it begins with each
    bulletin that is issued, and by nothing else.
    `languages` are asked for always, beside those that the incident turns out to need.
    `materials` are what partners hand out, by ids of the directory. `place` is where the
    place is asked for that the message names.
    """

    id: str
    title: Words
    roles: tuple[str, ...]
    start: Start
    profile: str
    expect: Expectation
    within: Within | None
    ladder: str | None
    mandatory: Mandatory
    message: Words
    benefit: Words
    basis: tuple[str, ...]
    when: Condition | None = None
    completion: Completion = Completion.ALL
    quorum: int | None = None
    hub: bool = False
    reached_in: tuple[str, ...] = ()
    asked_in: tuple[str, ...] = ()
    waits: bool = False
    hold_while: Condition | None = None
    tlp: Tlp = Tlp.GREEN
    competences: tuple[str, ...] = ()
    check_in: bool = False
    repeat: Repeat | None = None
    members: MembersReach = MembersReach.HERE
    members_within: Within | None = None
    gate: Gate | None = None
    bulletin: BulletinRule | None = None

    def is_oral(self, profile: ChannelProfile) -> bool:
        """Return whether what it says is told by telephone or in person only."""
        return profile.oral or self.tlp is Tlp.RED

    @property
    def begins_by_itself(self) -> bool:
        """Whether it waits for no consent and no bulletin."""
        return self.gate is None and self.bulletin is None

    languages: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    place: PlaceSource | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """Steps that belong together, with what those affected gain from them."""

    id: str
    title: Words
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """
    Exactly one lead: the role, who stands in, and how the lead is handed over.

    `brief` is the form that a hand-over fills in, empty for none.
    """

    role: str
    deputies: tuple[str, ...]
    handover: Words
    brief: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """
    The whole of what was agreed for one kind of incident in one region.

    `stand_down` is the step that tells everyone who was contacted; it belongs to
    no phase and starts only when the incident is stood down (A95). `overlays` are
    the layers that were laid over it, the most local last; `longer` the deadlines
    that they lengthened, each with its reason. `begun_by` are the roles that may begin
    a run beside the lead's.
    """

    id: str
    version: str
    kind: PlaybookKind
    title: Words
    region: str
    lead: Lead
    agreements: tuple[str, ...]
    review_by: date
    attributes: tuple[Attribute, ...]
    ladders: tuple[Ladder, ...]
    profiles: tuple[ChannelProfile, ...]
    forms: tuple[Form, ...]
    phases: tuple[Phase, ...]
    stand_down: Step
    occasions: tuple[Occasion, ...] = ()
    bindings: tuple[Binding, ...] = ()
    must_not: tuple[MustNot, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    longer: tuple[LongerDeadline, ...] = ()
    objectives: tuple[Objective, ...] = ()
    begun_by: tuple[str, ...] = ()

    @property
    def beginners(self) -> tuple[str, ...]:
        """The roles that may begin a run, the lead's first."""
        return tuple(dict.fromkeys((self.lead.role, *self.begun_by)))

    @property
    def layers(self) -> tuple[str, ...]:
        """The playbook and the layers over it, as lists name them."""
        return (f"{self.id} {self.version}", *(overlay.name for overlay in self.overlays))

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps in the order in which they are written."""
        return tuple(step for phase in self.phases for step in phase.steps)
