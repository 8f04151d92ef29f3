"""A staged house: every kind of ask, form and state, with the cast in their places."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from starlette.testclient import TestClient

from crisis.core.contact import ChannelKind, Directory, Partner, Tlp
from crisis.core.event import Mode
from crisis.core.form import Field, FieldKind, Form, Option
from crisis.core.playbook import (
    ChannelProfile,
    ExpectAnswer,
    ExpectSignOff,
    Phase,
    Playbook,
    Start,
    Step,
)
from crisis.core.words import Words
from crisis.simulated.clock import FakeClock
from crisis.usecases.house import House
from crisis.usecases.opening import Opening, open_incident
from crisis.usecases.ports import EventLog
from crisis.usecases.reading import Desk, desk_for
from crisis.usecases.tick import tick
from crisis.web.access import hash_password
from crisis.web.app import create_app
from crisis.web.site import Report, Site
from tests.builders import (
    REGION,
    T0,
    World,
    a_contact,
    a_decision_step,
    a_directory,
    a_playbook,
    a_step,
    a_world,
    minutes,
)
from tests.web.reading import text_of

PASSWORD = "ada's long password"  # noqa: S105 -- a password of the tests
PASSWORD_HASH = hash_password(PASSWORD)
NUMBER = "0351 4710 115"

EVERY_KIND = Form(
    id="F5",
    title=Words(de="Bedarfe", en="Needs"),
    fields=(
        Field(
            id="room",
            kind=FieldKind.TRISTATE,
            label=Words(de="Ist der Raum geeignet?", en="Is the room suitable?"),
            hint=Words(de="Ruhig, kein Publikumsverkehr.", en="Quiet, no public traffic."),
            required=True,
        ),
        Field(
            id="load",
            kind=FieldKind.CHOICE,
            label=Words(de="Belastung der Helfenden", en="Strain on helpers"),
            options=(
                Option(value="green", label=Words(de="grün", en="green")),
                Option(value="red", label=Words(de="rot", en="red")),
            ),
        ),
        Field(id="band", kind=FieldKind.BAND, label=Words(de="Wie viele?", en="How many?")),
        Field(
            id="free",
            kind=FieldKind.COUNT,
            label=Words(de="Freie Plätze", en="Free places"),
            hint=Words(de="Nur die Zahl.", en="The number only."),
        ),
        Field(
            id="remark",
            kind=FieldKind.TEXT,
            label=Words(de="Hindernisse", en="Obstacles"),
            visible_to=("OHS",),
        ),
        Field(id="from", kind=FieldKind.TIME, label=Words(de="Frei ab", en="Free from")),
        Field(
            id="tongues",
            kind=FieldKind.LIST,
            label=Words(de="Sprachen", en="Languages"),
            hint=Words(de="Eine je Zeile.", en="One a line."),
        ),
        Field(id="needs", kind=FieldKind.NEEDS, label=Words(de="Bedarfe", en="Needs")),
    ),
)


class AddressBook:
    """The one number of the directory, behind every channel by hand."""

    def address(self, channel_id: str) -> str | None:
        """Return the number of a call by hand, nothing for other channels."""
        return NUMBER if channel_id.endswith(ChannelKind.PHONE_BY_HAND.value) else None

    def kind(self, channel_id: str) -> ChannelKind | None:
        """Return nothing; nobody asks."""
        del channel_id
        return None

    def max_tlp(self, channel_id: str) -> Tlp | None:
        """Return None: nothing is known."""
        del channel_id
        return None


def a_unit(name: str, de: str, en: str, *, role: str) -> Partner:
    """Return a partner in Saxony by its names."""
    return Partner(
        id=name,
        organisation=name,
        name=Words(de=de, en=en),
        regions=("14",),
        roles=(role,),
        contact=name,
    )


def staged_playbook() -> Playbook:
    """Return a playbook with one step for every kind of ask."""
    steps: tuple[Step, ...] = (
        a_decision_step(title=Words(de="Lage feststellen", en="Assess the situation")),
        a_step(
            "A10",
            roles=("OHS", "WR"),
            title=Words(de="Kontakt aufnehmen", en="Make contact"),
            message=Words(
                de="{code_word}: Bitte Kontaktaufnahme zur Bedarfsabstimmung in {district}.",
                en="{code_word}: please make contact to align on needs in {district}.",
            ),
            benefit=Words(
                de="Hilfe beginnt, ohne dass jemand wartet.", en="Help begins, nobody waits."
            ),
        ),
        a_step(
            "A25",
            roles=("POL",),
            title=Words(de="Verfahren klären", en="Settle the procedure"),
            profile="ORAL",
            tlp=Tlp.RED,
            message=Words(de="Geheimer Inhalt.", en="Secret content."),
        ),
        a_step(
            "A40",
            roles=("OHS",),
            title=Words(de="Bedarfe melden", en="Report needs"),
            expect=ExpectAnswer(form="F5"),
            tlp=Tlp.AMBER_STRICT,
        ),
        a_step(
            "A72",
            roles=("WR",),
            title=Words(de="Bericht unterzeichnen", en="Sign the report"),
            expect=ExpectSignOff(),
        ),
        a_step(
            "A80",
            roles=("WR",),
            title=Words(de="Jahrestag planen", en="Plan the anniversary"),
            start=Start(offset=timedelta(days=305)),
        ),
    )
    plain = a_playbook()
    oral = ChannelProfile(
        id="ORAL",
        title=Words(de="mündlich"),
        kinds=(ChannelKind.PHONE_BY_HAND,),
        oral=True,
    )
    return replace(
        plain,
        title=Words(de="Großschadenslage Sachsen", en="Mass casualty incident, Saxony"),
        forms=(EVERY_KIND,),
        profiles=(*plain.profiles, oral),
        phases=(
            Phase(
                id="P1", title=Words(de="Alarm und Kontakt", en="Alarm and contact"), steps=steps
            ),
        ),
    )


def staged_directory(*more: Partner) -> Directory:
    """Return the lead, a counselling centre (Cy's), a relief ring, the police, and more."""
    built = a_directory(
        a_unit("cy", "Opferhilfe, Geschäftsstelle", "Victim support, head office", role="OHS"),
        a_unit("ring", "Hilfsring, Landesbüro", "Relief ring, state office", role="WR"),
        a_unit("pol", "Polizei, Beauftragte", "Police, officers", role="POL"),
        *more,
        contacts=(
            a_contact("pol", kinds=(ChannelKind.PHONE_BY_HAND,)),
            a_contact("ring", kinds=(ChannelKind.PHONE_BY_HAND, ChannelKind.EMAIL)),
        ),
    )
    lead = replace(
        built.partner("lead"), name=Words(de="Opferbeauftragter Sachsen", en="Commissioner")
    )
    return replace(built, partners=(lead, *built.partners[1:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A house with one running incident."""

    world: World
    desk: Desk
    incident: str

    @property
    def clock(self) -> FakeClock:
        """The incident's clock."""
        return self.world.clock

    def tick(self) -> None:
        """Send whatever is due."""
        with ThreadPoolExecutor(max_workers=1) as pool:
            tick(self.desk, self.incident, pool=pool)

    def token(self, step: str, partner: str) -> str:
        """Return the token in the first message of an ask."""
        place = f"/{step}/{partner}/"
        links = [sent.link for sent in self.world.sender.sent if place in sent.id]
        return links[0].rpartition("/")[2]


def staged(
    *,
    mode: Mode = Mode.EXERCISE,
    directory: Directory | None = None,
    playbook: Playbook | None = None,
    planned_for: datetime | None = None,
    label: str = "",
    log: EventLog | None = None,
) -> Stage:
    """Return a house whose one incident has asked everybody once."""
    world = a_world(playbook or staged_playbook(), directory or staged_directory(), log=log)
    house: House = replace(world.desk.house, addresses=AddressBook())
    desk = desk_for(house)
    opening = Opening(
        playbook="pb",
        region=REGION,
        mode=mode,
        by="ada",
        attributes={"kind_of_event": "unclear", "dangerous": "unknown"},
        occurred_at=T0 - minutes(18) if planned_for is None else None,
        accept_gaps=True,
        planned_for=planned_for,
        label=label,
    )
    stage = Stage(world=world, desk=desk, incident=open_incident(desk, opening).id)
    stage.tick()
    return stage


def a_site(
    stage: Stage,
    *,
    heartbeat: Callable[[], datetime | None] | None = None,
    writable: bool = True,
    report: Report | None = None,
    loopback_only: bool = False,
    page_limit: str = "",
) -> Site:
    """Return a site whose engine has just given a sign of life."""
    return Site(
        wall=stage.clock,
        heartbeat=heartbeat or stage.clock.now,
        log_is_writable=lambda: writable,
        password_hash=PASSWORD_HASH,
        session_key=b"key of the tests",
        report=report,
        loopback_only=loopback_only,
        page_limit=page_limit,
        api_token="token-of-the-tests",  # noqa: S106 -- no secret, only the tests' own
    )


def a_browser(house: Stage) -> TestClient:
    """Return a browser of somebody who reads German."""
    return TestClient(create_app(house.desk, a_site(house)), headers={"Accept-Language": "de"})


def read_as_ada(browser: TestClient) -> Callable[[str], list[str]]:
    """Return a reader of the lines of a page as Ada sees it."""

    def read(path: str) -> list[str]:
        browser.post("/", data={"who": "ada", "password": PASSWORD})
        return text_of(browser.get(path).text).split("\n")

    return read
