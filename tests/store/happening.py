"""Small events for the store's tests: plain defaults, a test names only what matters."""

from datetime import UTC, date, datetime, time, timedelta

from crisis.core.availability import Hours, Office, Rota, RoundTheClock, Shift
from crisis.core.condition import AllOf, AnyOf, AtLeast, Is, IsNot, NotEmpty
from crisis.core.condition import Decided as DecidedAs
from crisis.core.contact import Channel, ChannelKind, Contact, Directory, Partner, Tlp
from crisis.core.deadline import Within
from crisis.core.event import AttemptStarted, IncidentOpened, Mode, NoteAdded, Purpose
from crisis.core.form import Field, FieldKind, Form, Option
from crisis.core.playbook import (
    Attribute,
    AttributeKind,
    ChannelProfile,
    DecisionOption,
    ExpectAcknowledgement,
    ExpectAnswer,
    Expectation,
    ExpectDecision,
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
from crisis.usecases.ports import EventLog

AT = datetime(2026, 12, 18, 19, 20, tzinfo=UTC)
LATER = AT + timedelta(microseconds=1)
SAY = Words(de="Lage übernehmen", en="Take over")


def a_note(text: str = "Lage übernommen") -> NoteAdded:
    return NoteAdded(text=text, happened_at=AT)


def put(log: EventLog, incident: str, *texts: str) -> None:
    """Append notes, whatever the version."""
    written = [a_note(text) for text in texts]
    log.append(incident, written, actor="ada", at=AT, expected_version=None)


def notes(log: EventLog, incident: str) -> list[str]:
    """Return the texts of an incident's notes."""
    return [e.event.text for e in log.read(incident) if isinstance(e.event, NoteAdded)]


def an_attempt(link_hash: str = "", *, contact: str = "cy-desk", n: int = 1) -> AttemptStarted:
    return AttemptStarted(
        step="ask",
        partner="cy",
        n=n,
        contact=contact,
        channel="cy-mail",
        purpose=Purpose.ASK,
        level=0,
        possible_repeat=False,
        outside_hours=False,
        link_hash=link_hash,
        text_hash="00",
    )


def an_opening(*, partners: int = 3) -> IncidentOpened:
    """Return an opening with every shape a playbook and a directory can take."""
    return IncidentOpened(
        code_word="AHORN 47",
        label="Übung Bahnhof",
        mode=Mode.EXERCISE,
        region="14",
        occurred_at=AT,
        attributes={"injured": 12, "kind": "attack", "languages": ("de", "uk")},
        playbook=_playbook(),
        directory=_directory(partners),
        layers=("base", "saxony"),
        digest="ab",
        gaps=("psnv",),
        begun_by="fbs",
    )


def _playbook() -> Playbook:
    options = (DecisionOption(id="yes", label=SAY), DecisionOption(id="no", label=SAY))
    decision = ExpectDecision(options=options, default="yes", default_at=timedelta(hours=1))
    return Playbook(
        id="saxony",
        version="1.0",
        kind=PlaybookKind.RESPONSE,
        title=SAY,
        region="14",
        lead=Lead(role="lead", deputies=("deputy",), handover=SAY),
        agreements=("mou-1",),
        review_by=date(2027, 1, 1),
        attributes=(Attribute(id="injured", kind=AttributeKind.COUNT, label=SAY),),
        ladders=(
            Ladder(
                id="fast",
                rungs=(
                    Rung(action=RungAction.DEPUTY, after=timedelta(minutes=15)),
                    Rung(action=RungAction.LEAD, working_days=2),
                ),
            ),
        ),
        profiles=(ChannelProfile(id="quiet", title=SAY, kinds=(ChannelKind.EMAIL,)),),
        forms=(
            Form(
                id="capacity",
                title=SAY,
                fields=(
                    Field(
                        id="beds",
                        kind=FieldKind.CHOICE,
                        label=SAY,
                        options=(Option(value="few", label=SAY),),
                    ),
                ),
            ),
        ),
        phases=(
            Phase(
                id="first",
                title=SAY,
                steps=(
                    _step("ask", Start(latest=timedelta(hours=2)), ExpectAnswer(form="capacity")),
                    _step("decide", Start(after=("ask",), mode="any"), decision),
                ),
            ),
        ),
        stand_down=_step("stop", Start(), ExpectAcknowledgement()),
    )


def _step(step: str, start: Start, expect: Expectation) -> Step:
    return Step(
        id=step,
        title=SAY,
        roles=("psnv",),
        start=start,
        profile="quiet",
        expect=expect,
        within=Within(duration=timedelta(minutes=30)),
        ladder="fast",
        mandatory=Mandatory.IF_TRUE,
        message=SAY,
        benefit=SAY,
        basis=("mou-1 §2",),
        when=AnyOf(
            parts=(
                AllOf(parts=(Is(attribute="kind", values=("attack",)), NotEmpty(attribute="l"))),
                IsNot(attribute="kind", values=("accident",)),
                AtLeast(attribute="injured", number=5),
                DecidedAs(step="decide", options=("yes",)),
            )
        ),
        tlp=Tlp.AMBER,
    )


def _directory(partners: int) -> Directory:
    shift = Shift(start=AT, end=AT + timedelta(hours=12), holder="cy-1")
    hours = (
        RoundTheClock(),
        Hours(weekdays=(5, 6), opens=time(8), closes=time(20, 30)),
        Office(land="14"),
        Rota(shifts=(shift,)),
    )
    return Directory(
        partners=tuple(
            Partner(
                id=f"cy-{n}",
                organisation="cy",
                name=SAY,
                regions=("14",),
                roles=("psnv",),
                contact=f"cy-{n}",
                member_of=("cy-0",) if n else (),
            )
            for n in range(partners)
        ),
        contacts={
            f"cy-{n}": Contact(
                id=f"cy-{n}",
                title=SAY,
                channels=(Channel(id=f"cy-{n}-mail", kind=ChannelKind.EMAIL, hours=hours[n % 4]),),
                availability=hours[n % 4],
            )
            for n in range(partners)
        },
        holidays={"14": frozenset({date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)})},
        neighbours={"14612": ("14625", "14627")},
    )
