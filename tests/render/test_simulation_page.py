"""A simulated run as a page: everything that left, in both languages."""

import re
from dataclasses import replace

import pytest

from crisis.core.contact import ChannelKind
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Purpose
from crisis.render.simulation_page import OUTCOMES, PURPOSES, simulation_page
from crisis.render.wording import Language
from crisis.simulated.stage import make_stage
from crisis.usecases.rehearse import Cue, Simulation, Transcript, simulate
from tests.builders import (
    REGION,
    T0,
    OneShelf,
    a_contact,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    a_telling_step,
    minutes,
)


@pytest.fixture
def transcript() -> Transcript:
    contact = a_contact("ohs", kinds=(ChannelKind.SMS, ChannelKind.EMAIL), deputy="ohs-dep")
    directory = a_directory(a_partner("ohs"), contacts=(contact,))
    simulation = Simulation(
        playbook="pb",
        region=REGION,
        at=T0,
        attributes={"suspected_crime": "no", "deaths": 2},
        cues=(Cue(doing="acknowledge", step="A10", after=minutes(6)),),
        until=T0 + minutes(30),
    )
    stage = make_stage(OneShelf(a_playbook(), directory), at=T0, out=frozenset({"sms"}))
    return simulate(stage, simulation)


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        (
            "de",
            [
                "T0+0 s|A10|Stelle ohs|Dienst ohs|SMS|0|Anfrage|✗ jetzt nicht angenommen",
                "T0+0 s|A10|Stelle ohs|Dienst ohs|E-Mail|0|Anfrage|✓ angenommen",
                "T0+5 min|A10|Stelle ohs|Dienst ohs|SMS|1|Anfrage|✗ jetzt nicht angenommen",
                "T0+5 min|A10|Stelle ohs|Dienst ohs|E-Mail|1|Anfrage|✓ angenommen",
            ],
        ),
        (
            "en",
            [
                "T0+0 s|A10|Office ohs|Duty ohs|SMS|0|ask|✗ not accepted now",
                "T0+0 s|A10|Office ohs|Duty ohs|E-mail|0|ask|✓ accepted",
                "T0+5 min|A10|Office ohs|Duty ohs|SMS|1|ask|✗ not accepted now",
                "T0+5 min|A10|Office ohs|Duty ohs|E-mail|1|ask|✓ accepted",
            ],
        ),
    ],
)
def test_page_lists_every_message(
    transcript: Transcript, language: Language, rows: list[str]
) -> None:
    page = simulation_page(
        transcript.incident, transcript.entries, out=("sms",), language=language
    )

    table = page[page.rindex("<tbody>") :]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.splitlines()]
    shown = ["|".join(row).replace("\u00a0", " ") for row in cells if row]
    assert shown == rows


def test_page_lists_that_a_hub_is_asked_to_chase_its_members() -> None:
    hub, fbs = a_partner("ohs"), a_partner("fbs", role="FBS")
    member = replace(fbs, member_of=("ohs",))
    directory = a_directory(hub, member)
    stage = make_stage(OneShelf(a_playbook(replace(a_step(), hub=True)), directory), at=T0)
    simulation = Simulation(
        playbook="pb",
        region=REGION,
        at=T0,
        cues=(Cue(doing="acknowledge", step="A10", after=minutes(1)),),
        until=T0 + minutes(30),
    )
    played = simulate(stage, simulation)

    page = simulation_page(played.incident, played.entries)

    assert "<td>Bitte um Nachfassen</td>" in page


def test_every_purpose_and_outcome_has_its_words() -> None:
    assert (set(PURPOSES), set(OUTCOMES)) == (set(Purpose), set(OutcomeKind))


def test_page_says_what_was_assumed_and_that_nothing_left(transcript: Transcript) -> None:
    page = simulation_page(transcript.incident, transcript.entries, out=("sms",))

    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page))
    assert facts == {
        "Playbook": "pb 1.0.0",
        "Gebiet": "14612 Dresden",
        "Bekannt am Anfang": "Tote: 2; Verdacht: nein",
        "Ausgefallen": "sms",
        "Partner angefragt": "1 Anfragen, 1 davon beantwortet",
        "Unbesetzte Rollen": "keine",
    }
    assert "[ÜBUNG] Simulation: Es ging keine Nachricht hinaus." in page
    assert page.count('role="img"') == 2
    assert not re.search(r"<script|<link|@import|(src|href)=.?https?:", page)


def test_page_counts_who_is_only_told_apart() -> None:
    playbook = a_playbook(a_step(), a_telling_step())
    stage = make_stage(OneShelf(playbook, a_directory(a_partner("ohs"))), at=T0)
    played = simulate(
        stage, Simulation(playbook="pb", region=REGION, at=T0, until=T0 + minutes(30))
    )

    page = simulation_page(played.incident, played.entries)

    assert "1 Anfragen, 0 davon beantwortet; 1 Mitteilungen" in page
    assert "→ mitgeteilt: 1 von 1" in page
