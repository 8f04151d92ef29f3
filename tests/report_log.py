"""A pen for logs: tests write down what happened, minute by minute, and read it as entries."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from crisis.core import event as ev
from crisis.core.availability import RoundTheClock
from crisis.core.condition import Value
from crisis.core.contact import Channel, ChannelKind, Contact, Directory, Partner
from crisis.core.deadline import Within
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Entry, Event, Mode, Purpose, Via
from crisis.core.form import Form
from crisis.core.playbook import (
    Attribute,
    AttributeKind,
    ChannelProfile,
    ExpectAcknowledgement,
    Expectation,
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
from crisis.core.words import Words

DAY = date(2026, 12, 18)
T0 = datetime(2026, 12, 18, 18, 20, tzinfo=UTC)  # 19:20 in Dresden


def clock(text: str, *, day: date = DAY) -> datetime:
    """Return a moment from a Dresden wall clock in winter, such as `19:41`."""
    hours, minutes = text.split(":")
    local = datetime.combine(day, time(int(hours), int(minutes)), tzinfo=UTC)
    return local - timedelta(hours=1)


def a_contact(
    contact_id: str, *, deputy: str | None = None, verified: date | None = None
) -> Contact:
    """Return a function with a telephone and a mailbox."""
    always = RoundTheClock()
    return Contact(
        id=contact_id,
        title=Words(de=f"Dienst {contact_id}", en=f"Duty {contact_id}"),
        channels=(
            Channel(
                id=f"{contact_id}-phone",
                kind=ChannelKind.PHONE_BY_HAND,
                hours=always,
                verified_on=verified,
            ),
            Channel(id=f"{contact_id}-mail", kind=ChannelKind.EMAIL, hours=always),
        ),
        availability=always,
        deputy=deputy,
        superior=f"{contact_id}-superior",
    )


def a_partner(partner_id: str, *, name: str = "", roles: tuple[str, ...] = ()) -> Partner:
    """Return a partner whose first contact is `<id>-desk`."""
    return Partner(
        id=partner_id,
        organisation=name or partner_id,
        name=Words(de=name or partner_id),
        regions=("14",),
        roles=roles or (f"role-{partner_id}",),
        contact=f"{partner_id}-desk",
    )


def a_directory(*partners: Partner, verified: date | None = None) -> Directory:
    """Return a directory in which every partner has a desk, a deputy and a superior."""
    contacts: dict[str, Contact] = {}
    for partner in partners:
        desk, deputy = f"{partner.id}-desk", f"{partner.id}-deputy"
        contacts[desk] = a_contact(desk, deputy=deputy, verified=verified)
        contacts[deputy] = a_contact(deputy)
        contacts[f"{desk}-superior"] = a_contact(f"{desk}-superior")
    return Directory(partners=partners, contacts=contacts, holidays={})


def a_step(
    step_id: str,
    *,
    title: Words | None = None,
    roles: tuple[str, ...] = (),
    expect: Expectation | None = None,
    within: timedelta | None = timedelta(minutes=15),
    mandatory: Mandatory = Mandatory.ALWAYS,
    check_in: bool = False,
) -> Step:
    """Return a step that asks for an acknowledgement within a quarter of an hour."""
    return Step(
        id=step_id,
        title=title or Words(de=f"Schritt {step_id}", en=f"Step {step_id}"),
        roles=roles or (f"role-{step_id}",),
        start=Start(),
        profile="k24",
        expect=expect or ExpectAcknowledgement(),
        within=None if within is None else Within(duration=within),
        ladder="esk-a",
        mandatory=mandatory,
        message=Words(de="Bitte übernehmen.", en="Please take over."),
        benefit=Words(de="Hilfe beginnt.", en="Help begins."),
        basis=("S2.6",),
        check_in=check_in,
    )


def a_playbook(*phases: Phase, forms: tuple[Form, ...] = ()) -> Playbook:
    """Return a playbook of these phases, led by the commissioner of Saxony."""
    return Playbook(
        id="sn-mass-casualty",
        version="1.0.0",
        kind=PlaybookKind.RESPONSE,
        title=Words(de="Großschadenslage Sachsen", en="Mass casualty incident, Saxony"),
        region="14",
        lead=Lead(role="ob-l", deputies=(), handover=Words(de="Übergabe", en="Handover")),
        agreements=("OB und Opferhilfe Sachsen, 17.07.2020", "OB und WEISSER RING, 06.07.2020"),
        review_by=date(2027, 7, 17),
        attributes=(
            Attribute(
                id="art",
                kind=AttributeKind.CHOICE,
                label=Words(de="Art", en="Kind"),
                values=("unklar", "extremismus"),
            ),
        ),
        ladders=(
            Ladder(
                id="esk-a",
                rungs=tuple(
                    Rung(action=action, after=timedelta(minutes=5 * level))
                    for level, action in enumerate(RungAction, start=1)
                ),
            ),
        ),
        profiles=(
            ChannelProfile(
                id="k24", title=Words(de="rund um die Uhr"), kinds=(ChannelKind.PHONE_BY_HAND,)
            ),
        ),
        forms=forms,
        phases=phases,
        stand_down=a_step("A95", title=Words(de="Entwarnung", en="Stand-down")),
    )


class Pen:
    """Writes entries one after another; `at` moves only when a test says so."""

    def __init__(self, playbook: Playbook, directory: Directory) -> None:
        self.entries: list[Entry] = []
        self._playbook = playbook
        self._directory = directory
        self._attempts: dict[tuple[str, str], int] = {}

    def log(self) -> tuple[Entry, ...]:
        """Return the entries in the order of time, numbered and chained anew."""
        ordered = sorted(self.entries, key=lambda entry: entry.at)
        return tuple(
            replace(
                entry,
                seq=seq,
                version=seq,
                prev_hash=f"hash-{seq - 1}" if seq > 1 else "",
                hash=f"hash-{seq}",
            )
            for seq, entry in enumerate(ordered, start=1)
        )

    def write(self, at: datetime, event: Event, *, actor: str = ev.SYSTEM) -> Entry:
        """Append one event."""
        seq = len(self.entries) + 1
        entry = Entry(
            seq=seq,
            incident="20261218-1920-k7m2",
            version=seq,
            at=at,
            actor=actor,
            event=event,
            prev_hash=f"hash-{seq - 1}" if seq > 1 else "",
            hash=f"hash-{seq}",
        )
        self.entries.append(entry)
        return entry

    def open(
        self,
        at: datetime = T0,
        *,
        occurred_at: datetime | None,
        attributes: Mapping[str, Value] | None = None,
    ) -> None:
        """Open the incident in Dresden, as an exercise."""
        opened = ev.IncidentOpened(
            code_word="AHORN 47",
            label="Übung Winterlicht",
            mode=Mode.EXERCISE,
            region="14612",
            occurred_at=occurred_at,
            attributes=attributes or {},
            playbook=self._playbook,
            directory=self._directory,
            layers=("sn-mass-casualty@1.0.0",),
            digest="d" * 64,
        )
        self.write(at, opened, actor="ada")

    def start(self, at: datetime, step: str, *partners: str, due_at: datetime | None) -> None:
        """Begin a step on time."""
        self.write(at, ev.StepStarted(step=step, partners=partners, planned_at=at, due_at=due_at))

    def attempt(  # noqa: PLR0913 -- plain defaults; a test names only what matters
        self,
        at: datetime,
        step: str,
        partner: str,
        *,
        outcome: OutcomeKind | None = OutcomeKind.ACCEPTED,
        code: str = "250",
        contact: str = "",
        channel: str = "",
        level: int = 0,
        purpose: Purpose = Purpose.ASK,
        outside: bool = True,
        provider: str = "",
    ) -> None:
        """Write to a contact and record what became of it."""
        n = self._attempts[step, partner] = self._attempts.get((step, partner), 0) + 1
        who = contact or f"{partner}-desk"
        claim = ev.AttemptStarted(
            step=step,
            partner=partner,
            n=n,
            contact=who,
            channel=channel or f"{who}-phone",
            purpose=purpose,
            level=level,
            possible_repeat=False,
            outside_hours=outside,
            link_hash=f"link-{step}-{partner}-{n}",
            text_hash="t" * 64,
        )
        self.write(at, claim)
        if outcome is not None:
            ended = ev.AttemptEnded(
                step=step, partner=partner, n=n, outcome=outcome, code=code, provider=provider
            )
            self.write(at, ended)

    def rise(self, at: datetime, step: str, partner: str, level: int) -> None:
        """Reach a level of the ladder."""
        self.write(at, ev.Escalated(step=step, partner=partner, level=level))

    def overdue(self, at: datetime, step: str, partner: str) -> None:
        """Let a deadline pass."""
        self.write(at, ev.Overdue(step=step, partner=partner))

    def acknowledge(
        self,
        at: datetime,
        step: str,
        partner: str,
        *,
        contact: str = "",
        recorded_at: datetime | None = None,
    ) -> None:
        """Take over, by telephone."""
        taken = ev.Acknowledged(
            step=step,
            partner=partner,
            contact=contact or f"{partner}-desk",
            via=Via.PHONE,
            happened_at=at,
        )
        self.write(recorded_at or at, taken)

    def answer(self, at: datetime, step: str, partner: str) -> None:
        """Answer a form on the page."""
        answered = ev.Answered(
            step=step,
            partner=partner,
            contact=f"{partner}-desk",
            via=Via.PAGE,
            answers={"need": "no"},
            happened_at=at,
        )
        self.write(at, answered)

    def decline(self, at: datetime, step: str, partner: str, *, reason: str) -> None:
        """Say: not ours."""
        declined = ev.Declined(
            step=step,
            partner=partner,
            contact=f"{partner}-desk",
            via=Via.PAGE,
            reason=reason,
            happened_at=at,
        )
        self.write(at, declined)
