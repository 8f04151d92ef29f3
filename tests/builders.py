"""Plain defaults for tests: a test names only what matters to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle

from crisis.core.availability import Availability, RoundTheClock
from crisis.core.bulletin import BulletinClass, BulletinIssued
from crisis.core.condition import Value
from crisis.core.consent_policy import ConsentPolicy
from crisis.core.contact import Channel, ChannelKind, Contact, Directory, Partner, Tlp
from crisis.core.deadline import Within
from crisis.core.event import Entry, Event, IncidentOpened, Mode
from crisis.core.form import Field, FieldKind, Form
from crisis.core.playbook import (
    Attribute,
    AttributeKind,
    ChannelProfile,
    DecisionOption,
    ExpectAcknowledgement,
    ExpectAnswer,
    ExpectDecision,
    ExpectNothing,
    Ladder,
    Lead,
    Mandatory,
    Phase,
    Playbook,
    PlaybookKind,
    Rung,
    RungAction,
    Start,
    Step,
)
from crisis.core.register import Register
from crisis.core.words import Words
from crisis.errors import NotFoundError
from crisis.simulated.clock import FakeClock
from crisis.simulated.log import MemoryEventLog
from crisis.simulated.sender import RecordingSender
from crisis.simulated.stage import CountedIds, NoAddresses
from crisis.usecases.house import House
from crisis.usecases.opening import Opening, open_incident
from crisis.usecases.ports import EventLog, Sender
from crisis.usecases.reading import Desk, desk_for

# A Friday evening before Christmas, after office hours (`playbooks.md` §7.4).
T0 = datetime(2026, 12, 18, 18, 20, tzinfo=UTC)
REGION = "14612"

ANSWER_FORM = Form(
    id="F1",
    title=Words(de="Lage", en="Situation"),
    fields=(
        Field(id="room", kind=FieldKind.TRISTATE, label=Words(de="Raum geeignet?"), guard=True),
        Field(id="deaths", kind=FieldKind.COUNT, label=Words(de="Tote"), sets="deaths"),
        Field(id="remark", kind=FieldKind.TEXT, label=Words(de="Bemerkung")),
    ),
)
LADDER_A = Ladder(
    id="A",
    rungs=tuple(
        Rung(action=action, after=timedelta(minutes=minutes))
        for action, minutes in zip(RungAction, (5, 10, 15, 20), strict=True)
    ),
)


def minutes(count: float) -> timedelta:
    """Return so many minutes."""
    return timedelta(minutes=count)


def a_channel(
    name: str,
    kind: ChannelKind = ChannelKind.EMAIL,
    *,
    hours: Availability | None = None,
    max_tlp: Tlp = Tlp.AMBER_STRICT,
) -> Channel:
    """Return a channel that is answered round the clock."""
    return Channel(id=name, kind=kind, hours=hours or RoundTheClock(), max_tlp=max_tlp)


def a_contact(
    name: str,
    *,
    kinds: Sequence[ChannelKind] = (ChannelKind.HTTP, ChannelKind.SMS, ChannelKind.EMAIL),
    deputy: str | None = None,
    superior: str | None = None,
    availability: Availability | None = None,
) -> Contact:
    """Return a function with one channel of each kind, named `<contact>-<kind>`."""
    return Contact(
        id=name,
        title=Words(de=f"Dienst {name}", en=f"Duty {name}"),
        channels=tuple(a_channel(f"{name}-{kind.value}", kind) for kind in kinds),
        availability=availability or RoundTheClock(),
        deputy=deputy,
        superior=superior,
    )


def a_partner(name: str, *, role: str = "", regions: Sequence[str] = ("14",)) -> Partner:
    """Return an organisation's unit that holds one role in Saxony; `OHS` if none is named."""
    return Partner(
        id=name,
        organisation=name,
        name=Words(de=f"Stelle {name}", en=f"Office {name}"),
        regions=tuple(regions),
        roles=(role or "OHS",),
        contact=name,
    )


def a_directory(
    *partners: Partner, contacts: Sequence[Contact] = (), holidays: Sequence[date] = ()
) -> Directory:
    """
    Return a directory with a lead and, for every partner, a contact, a deputy, a superior.

    Contacts that are given replace the ones made of the same name.
    """
    everyone = (a_partner("lead", role="OB-L"), *partners)
    made = {
        contact.id: contact
        for partner in everyone
        for contact in (
            a_contact(partner.id, deputy=f"{partner.id}-dep", superior=f"{partner.id}-sup"),
            a_contact(f"{partner.id}-dep"),
            a_contact(f"{partner.id}-sup"),
        )
    }
    return Directory(
        partners=everyone,
        contacts=made | {contact.id: contact for contact in contacts},
        holidays={"14": frozenset(holidays)},
    )


def a_step(name: str = "A10", **changes: object) -> Step:
    """Return a step at T0 that asks role OHS to acknowledge within 15 minutes, ladder A."""
    step = Step(
        id=name,
        title=Words(de=f"Schritt {name}", en=f"Step {name}"),
        roles=("OHS",),
        start=Start(),
        profile="ALL",
        expect=ExpectAcknowledgement(),
        within=Within(duration=minutes(15)),
        ladder="A",
        mandatory=Mandatory.ALWAYS,
        message=Words(
            de="{code_word}: Bitte melden. Code {code}.", en="{code_word}: please call."
        ),
        benefit=Words(de="Hilfe startet.", en="Help begins."),
        basis=("S2.6",),
    )
    return replace(step, **changes)  # type: ignore[arg-type]  # -- replace checks the names itself


def a_form_step(name: str = "A02", **changes: object) -> Step:
    """Return a step that asks for an answer to the form F1."""
    return a_step(name, expect=ExpectAnswer(form="F1"), **changes)


def a_telling_step(name: str = "N01", **changes: object) -> Step:
    """Return a step that only tells role OHS something, within 15 minutes and without a ladder."""
    return a_step(name, **{"expect": ExpectNothing(), "ladder": None, **changes})


def a_decision_step(name: str = "A04", **changes: object) -> Step:
    """Return a decision of the lead: yes, no (stands down), unclear; unclear at T0+40m."""
    expect = ExpectDecision(
        options=(
            DecisionOption(id="yes", label=Words(de="ja")),
            DecisionOption(id="no", label=Words(de="nein"), stands_down=True),
            DecisionOption(id="unclear", label=Words(de="unklar")),
        ),
        default="unclear",
        default_at=minutes(40),
    )
    return a_step(name, **{"roles": ("OB-L",), "expect": expect, **changes})


def a_bulletin(number: str = "H-01", **changes: object) -> BulletinIssued:
    """Return a bulletin on counsellors over A10, told by word of mouth, to the end of the year."""
    bulletin = BulletinIssued(
        bulletin=number,
        step="A10",
        about=BulletinClass.COUNSELLORS,
        countries=(),
        valid_until=date(2026, 12, 31),
        text="",
        happened_at=T0,
    )
    return replace(bulletin, **changes)  # type: ignore[arg-type]  # -- replace checks the names itself


def a_playbook(*steps: Step, attributes: Sequence[Attribute] = ()) -> Playbook:
    """Return a playbook for Saxony with these steps, or one step A10."""
    facts = (
        Attribute(id="deaths", kind=AttributeKind.COUNT, label=Words(de="Tote"), safety=True),
        Attribute(
            id="dangerous", kind=AttributeKind.TRISTATE, label=Words(de="Gefahr"), safety=True
        ),
        Attribute(id="suspected_crime", kind=AttributeKind.TRISTATE, label=Words(de="Verdacht")),
        Attribute(
            id="kind_of_event",
            kind=AttributeKind.CHOICE,
            values=("terror", "extremism", "unclear"),
            label=Words(de="Art"),
        ),
        *attributes,
    )
    return Playbook(
        id="pb",
        version="1.0.0",
        kind=PlaybookKind.RESPONSE,
        title=Words(de="Lage", en="Incident"),
        region="14",
        lead=Lead(role="OB-L", deputies=(), handover=Words(de="mit Lagebild")),
        agreements=("S2",),
        review_by=date(2027, 12, 1),
        attributes=facts,
        ladders=(LADDER_A,),
        profiles=(
            ChannelProfile(
                id="ALL",
                title=Words(de="alle"),
                kinds=(
                    ChannelKind.HTTP,
                    ChannelKind.PHONE_BY_HAND,
                    ChannelKind.SMS,
                    ChannelKind.EMAIL,
                    ChannelKind.PORTAL,
                ),
            ),
        ),
        forms=(ANSWER_FORM,),
        phases=(Phase(id="P1", title=Words(de="Kontakt"), steps=steps or (a_step(),)),),
        stand_down=a_step("A95", roles=(), within=Within(duration=timedelta(hours=1))),
    )


class OneShelf:
    """A library with one playbook, one directory and, if handed in, agreements."""

    def __init__(
        self,
        playbook: Playbook,
        directory: Directory,
        register: Register | None = None,
        consent_policy: ConsentPolicy | None = None,
    ) -> None:
        self._playbook = playbook
        self._directory = directory
        self._register = register or Register()
        self._consent_policy = consent_policy

    def playbook_ids(self) -> tuple[str, ...]:
        """Return the one id."""
        return (self._playbook.id,)

    def playbook(self, playbook_id: str, *, region: str = "") -> Playbook:
        """Return the playbook, whatever its file says, in any region the same."""
        del region
        if playbook_id != self._playbook.id:
            raise NotFoundError(f"no playbook {playbook_id!r}; there are: {self._playbook.id}")
        return self._playbook

    def directory(self, *, around: datetime) -> Directory:
        """Return the directory, at any moment the same."""
        del around
        return self._directory

    def consent_policy(self, *, region: str, around: datetime) -> ConsentPolicy | None:
        """Return the policy that was handed in, in any region the same."""
        del region, around
        return self._consent_policy

    def register(self, *, around: datetime) -> Register:
        """Return the register, at any moment the same."""
        del around
        return self._register


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A desk in memory, with its clock and its sender within reach."""

    desk: Desk
    clock: FakeClock
    sender: RecordingSender


def a_world(
    playbook: Playbook | None = None,
    directory: Directory | None = None,
    *,
    log: EventLog | None = None,
    sender: RecordingSender | None = None,
    live_allowed: bool = True,
    in_flight: int = 32,
    register: Register | None = None,
) -> World:
    """Return a world at T0 with one playbook, one directory and, if any, agreements."""
    clock = FakeClock(T0)
    recording = sender or RecordingSender()
    house = House(
        log=log or MemoryEventLog(),
        clock=clock,
        stopwatch=clock,
        sender=_as_sender(recording),
        addresses=NoAddresses(),
        library=OneShelf(
            playbook or a_playbook(), directory or a_directory(a_partner("ohs")), register
        ),
        ids=CountedIds("i"),
        secret=b"secret of the tests",
        base_url="https://crisis.example",
        in_flight=in_flight,
        live_allowed=live_allowed,
        engine="host-a.b2b2",
    )
    return World(desk=desk_for(house), clock=clock, sender=recording)


def _as_sender(sender: Sender) -> Sender:
    return sender


def opened(world: World, *, mode: Mode = Mode.EXERCISE, **attributes: Value) -> str:
    """Open an incident in Dresden and return its id."""
    opening = Opening(
        playbook="pb", region=REGION, mode=mode, by="ada", attributes=attributes, accept_gaps=True
    )
    return open_incident(world.desk, opening).id


def entries_of(
    *events: Event,
    playbook: Playbook | None = None,
    directory: Directory | None = None,
    planned_for: datetime | None = None,
) -> tuple[Entry, ...]:
    """
    Return a log that opens an incident at T0 and goes on with events a minute apart.

    With `planned_for` it is opened before its T0, which then is another.
    """
    first = IncidentOpened(
        code_word="AHORN 47",
        label="",
        mode=Mode.EXERCISE,
        region=REGION,
        occurred_at=None,
        attributes={},
        playbook=playbook or a_playbook(),
        directory=directory or a_directory(a_partner("ohs")),
        layers=("pb 1.0.0",),
        digest="",
        planned_for=planned_for,
    )
    return tuple(
        Entry(
            seq=number,
            incident="i1",
            version=number,
            at=T0 + minutes(number - 1),
            actor="ada",
            event=event,
        )
        for number, event in enumerate((first, *events), start=1)
    )


class DrawnIds(CountedIds):
    """Ids as they are drawn, the same ones more than once."""

    def __init__(self, *drawn: str) -> None:
        super().__init__()
        self._drawn = cycle(drawn)

    def incident_id(self, *, at: datetime) -> str:
        """Return the next draw."""
        del at
        return next(self._drawn)
