"""Opening pins everything, or says what is wrong and what there is instead."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Literal

import pytest

from crisis.core.agreement import PinnedAgreement
from crisis.core.condition import Value
from crisis.core.contact import holders
from crisis.core.event import IncidentOpened, Mode
from crisis.core.layer import Overlay
from crisis.core.opening import digest
from crisis.core.playbook import Attribute, AttributeKind, PlaybookKind
from crisis.core.register import Register
from crisis.core.register import digest as agreement_digest
from crisis.core.words import Words
from crisis.errors import (
    CrisisError,
    LogMovedOnError,
    NotFoundError,
    PersonalDataError,
    RefusedError,
    UsageError,
)
from crisis.usecases.opening import Opening, open_incident
from crisis.usecases.reading import desk_for
from tests.builders import (
    REGION,
    T0,
    DrawnIds,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    a_world,
)
from tests.core.test_register import KOK
from tests.shaped import a_shaped_playbook

LANGUAGES = Attribute(id="languages", kind=AttributeKind.LIST, label=Words(de="Sprachen"))
SCALE = Attribute(
    id="scale",
    kind=AttributeKind.CHOICE,
    values=("large", "small"),
    label=Words(de="Ausmaß"),
    initial="large",
)
OPENING = Opening(playbook="pb", region=REGION, mode=Mode.EXERCISE, by="ada")


def refused(opening: Opening, error: type[CrisisError], **world: bool) -> str:
    """Return why an opening is refused; nothing may have been written."""
    made = a_world(a_playbook(attributes=(LANGUAGES,)), **world)  # type: ignore[arg-type]  # -- passed on
    with pytest.raises(error) as caught:
        open_incident(made.desk, opening)
    assert made.desk.house.log.incidents() == ()
    return str(caught.value)


def test_opening_pins_everything_the_incident_depends_on() -> None:
    step = a_step(basis=("S5.3",))
    playbook = a_playbook(step, attributes=(LANGUAGES, SCALE))
    ohs, elsewhere = a_partner("ohs"), a_partner("bavaria", regions=("09",))
    register = Register(agreements=(KOK,))
    world = a_world(playbook, a_directory(ohs, elsewhere), register=register)
    occurred = datetime(2026, 12, 18, 19, 2, tzinfo=timezone(timedelta(hours=1)))

    incident = open_incident(
        world.desk,
        replace(OPENING, attributes={"languages": ("Dari",)}, occurred_at=occurred),
    )

    (entry,) = world.desk.incidents.entries("i1")
    assert entry.event == IncidentOpened(
        code_word="AHORN 47",
        label="",
        mode=Mode.EXERCISE,
        region=REGION,
        occurred_at=T0 - timedelta(minutes=18),
        attributes={"languages": ("Dari",), "scale": "large"},
        playbook=playbook,
        directory=a_directory(ohs),
        layers=("pb 1.0.0",),
        digest=digest(playbook),
        gaps=(),
        agreements=(
            PinnedAgreement(id="S2", title=Words(de="S2"), digest=""),
            PinnedAgreement(
                id=KOK.id,
                title=KOK.title,
                digest=agreement_digest(KOK),
                clauses=tuple(clause.id for clause in KOK.clauses),
            ),
        ),
    )
    assert (entry.actor, entry.at) == ("ada", T0)
    assert incident == world.desk.incidents.current("i1")


def test_attribute_that_is_given_replaces_the_initial_one_and_a_label_the_code_word() -> None:
    world = a_world(a_playbook(attributes=(SCALE,)))

    incident = open_incident(
        world.desk, replace(OPENING, attributes={"scale": "small"}, label="Übung Nord")
    )

    assert incident.attributes == {"scale": "small"}
    assert (incident.opened.code_word, incident.opened.label) == ("Übung Nord", "Übung Nord")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"playbook": "flood"}, "no playbook 'flood'; there are: pb"),
        ({"region": "99"}, "there is no region '99'; keys begin with a Land, known are: 00 Bund"),
        ({"region": "1461"}, "there is no region '1461'"),
        (
            {"region": "09162"},
            "pb holds in 14, not in 09162; there are: 14 Sachsen, 14511 Chemnitz",
        ),
        ({"region": "00"}, "pb holds in 14, not in 00"),
        (
            {"attributes": {"weather": "rain"}},
            "pb has no attribute 'weather'; there are: deaths, dangerous, suspected_crime",
        ),
    ],
)
def test_unknown_name_lists_what_there_is(changes: Mapping[str, str], message: str) -> None:
    assert refused(replace(OPENING, **changes), NotFoundError).startswith(message)  # type: ignore[arg-type]  # -- replace checks the names


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"deaths": -1}, "deaths=-1 does not fit: write a whole number from 0"),
        ({"dangerous": "maybe"}, "dangerous='maybe' does not fit: write yes, no or unknown"),
    ],
)
def test_value_that_does_not_fit_is_refused(attributes: Mapping[str, Value], message: str) -> None:
    assert refused(replace(OPENING, attributes=attributes), UsageError) == message


def test_person_in_a_list_or_in_the_label_is_refused() -> None:
    listed = replace(OPENING, attributes={"languages": ("Frau Müller",)})
    labelled = replace(OPENING, label="Fall Frau Müller")

    assert "Müller" not in refused(listed, PersonalDataError)
    assert refused(labelled, PersonalDataError) == (
        "the label seems to hold a person's name; use a code word"
    )


def test_what_has_not_happened_yet_is_no_incident() -> None:
    future = replace(OPENING, occurred_at=T0 + timedelta(seconds=1))

    assert refused(future, UsageError).startswith(
        "it occurred at 2026-12-18T18:20:01+00:00, which lies in the future"
    )
    open_incident(a_world().desk, replace(OPENING, occurred_at=T0))


def test_live_incident_is_refused_while_the_clock_is_sped_up() -> None:
    live = replace(OPENING, mode=Mode.LIVE)

    assert refused(live, RefusedError, live_allowed=False).startswith(
        "the clock is sped up or was moved, so only exercises may be opened; add --exercise"
    )
    exercise = open_incident(a_world(live_allowed=False).desk, OPENING)
    assert exercise.opened.mode is Mode.EXERCISE
    assert open_incident(a_world().desk, live).opened.mode is Mode.LIVE


def test_drill_is_never_opened_as_live() -> None:
    drill = replace(a_playbook(), kind=PlaybookKind.EXERCISE)

    with pytest.raises(RefusedError, match=r"^pb is a drill and cannot be opened as live; add --"):
        open_incident(a_world(drill).desk, replace(OPENING, mode=Mode.LIVE))
    assert open_incident(a_world(drill).desk, OPENING).state == "open"


@pytest.mark.parametrize("status", ["draft", "reviewed"])
def test_layer_that_is_not_released_counts_in_exercises_only(
    status: Literal["draft", "reviewed"],
) -> None:
    layer = Overlay(
        id="dresden", version="2.0.0", region="14612", title=Words(de="Dresden"), status=status
    )
    shaped = replace(a_playbook(), overlays=(layer,))
    released = replace(a_playbook(), overlays=(replace(layer, status="released"),))

    with pytest.raises(RefusedError) as caught:
        open_incident(a_world(shaped).desk, replace(OPENING, mode=Mode.LIVE))

    assert str(caught.value) == (
        f"not released yet: dresden 2.0.0 (14612): {status}. Write `status: released` once it "
        "was reviewed, move the file away, or open an exercise with --exercise"
    )
    assert open_incident(a_world(shaped).desk, OPENING).state == "open"
    live = open_incident(a_world(released).desk, replace(OPENING, mode=Mode.LIVE))
    assert live.state == "open"


def test_roles_that_nobody_holds_must_be_accepted() -> None:
    world = a_world(a_playbook(a_step(roles=("OHS", "KRS"))))

    with pytest.raises(RefusedError) as caught:
        open_incident(world.desk, OPENING)
    incident = open_incident(world.desk, replace(OPENING, accept_gaps=True))

    assert str(caught.value) == (
        "nobody holds these roles in 14612: A10 needs KRS. Add them to the contacts, or open "
        "with --accept-gaps: each becomes a task for the lead"
    )
    assert incident.opened.gaps == ("A10 needs KRS",)


def test_federal_playbook_holds_everywhere() -> None:
    federal = replace(a_playbook(), region="00")
    directory = a_directory(a_partner("ohs", regions=("00",)))

    incident = open_incident(
        a_world(federal, directory).desk, replace(OPENING, region="09162", accept_gaps=True)
    )

    assert incident.opened.region == "09162"


def test_label_of_an_open_incident_is_refused() -> None:
    world = a_world()
    opening = Opening(playbook="pb", region=REGION, mode=Mode.EXERCISE, by="ada", label="CHARLIE")
    open_incident(world.desk, opening)

    with pytest.raises(RefusedError) as refused:
        open_incident(world.desk, replace(opening, label="charlie"))

    assert str(refused.value) == "'charlie' is open already (i1); choose another label"


def test_id_that_another_incident_has_is_drawn_anew() -> None:
    made = a_world()
    desk = desk_for(replace(made.desk.house, ids=DrawnIds("k7m2", "k7m2", "b2b2")))

    opened = [open_incident(desk, OPENING).id for _ in range(2)]

    assert opened == ["k7m2", "b2b2"]
    assert [len(desk.incidents.entries(each)) for each in opened] == [1, 1]


def test_opening_that_finds_no_free_id_writes_nothing_and_says_so() -> None:
    made = a_world()
    desk = desk_for(replace(made.desk.house, ids=DrawnIds("k7m2")))
    open_incident(desk, OPENING)

    with pytest.raises(LogMovedOnError) as refused:
        open_incident(desk, OPENING)

    assert str(refused.value) == "No id was free in 20 draws. Open the incident again."
    assert len(desk.incidents.entries("k7m2")) == 1


def test_name_instead_of_a_sign_is_refused() -> None:
    world = a_world()
    opening = Opening(playbook="pb", region=REGION, mode=Mode.EXERCISE, by="Hans Meier")

    with pytest.raises(UsageError):
        open_incident(world.desk, opening)

    assert world.desk.house.log.incidents() == ()


def test_opening_pins_the_layers_and_the_directory_as_they_bind_it() -> None:
    playbook = a_shaped_playbook()
    near, far = a_partner("near", role="WR"), a_partner("far")
    world = a_world(playbook, a_directory(near, far))

    opened = open_incident(world.desk, OPENING).opened

    assert opened.layers == ("pb 1.0.0", "dresden 2.0.0 (14612)")
    held = holders(opened.directory, "OHS", region=REGION)
    assert [partner.id for partner in held] == ["near"]
    assert opened.directory.contacts["near"].deputy == "far"
    assert opened.directory.partner("far").roles == ()


def test_partner_that_may_begin_stands_in_the_first_entry() -> None:
    playbook = replace(a_playbook(), begun_by=("FBS",))
    world = a_world(playbook, a_directory(a_partner("ohs"), a_partner("fbs", role="FBS")))

    incident = open_incident(world.desk, replace(OPENING, begun_by="fbs"))

    assert (incident.opened.begun_by, incident.opened_by) == ("fbs", "ada")


def test_partner_that_may_not_begin_opens_nothing() -> None:
    assert refused(replace(OPENING, begun_by="ohs"), RefusedError).startswith(
        "ohs may not begin pb: it holds none of its roles (OB-L) in 14612"
    )
