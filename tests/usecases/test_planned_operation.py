"""
A planned operation of the Federal Police, in the playbook as it is shipped, in Görlitz.

Nothing that goes out before T0 says where, when or for what (L-GEHEIM): neither what the
authors wrote nor what the house adds of its own.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crisis.core.delivery import Outgoing
from crisis.core.event import Mode
from crisis.loading.library import FileLibrary
from crisis.simulated.clock import FakeClock
from crisis.simulated.sender import RecordingSender
from crisis.simulated.stage import make_stage
from crisis.usecases import scheduling, steering
from crisis.usecases.calling import calls
from crisis.usecases.opening import Opening, open_incident
from crisis.usecases.reading import Desk
from crisis.usecases.rehearse import Stage, settle

ROOT = Path(__file__).parents[2]
OPENED = datetime(2027, 3, 1, 8, tzinfo=UTC)
# Saturday, 20 March 2027, 04:00 in Görlitz.
START = datetime(2027, 3, 20, 3, tzinfo=UTC)
LABEL = "Razzia Bahnhof"
GIVES_AWAY = (
    *("Görlitz", "Goerlitz", "Dresden", "Ludwigsdorf", "Ebersbach", "Pirna", "Sachsen", "14626"),
    *("20.03", "20 Mar", "20.3", "04:00", "04.00", "Sa ", "Sat"),
    *(LABEL, "Razzia", "Großkontrolle", "Menschenhandel", "Trafficking"),
)
B14 = """\
[ÜBUNG] AHORN 47 · B14

Bitte Einweisung mit der Merkkarte bestätigen.

Code: {code}
Antworten ohne Anmeldung: {link}

Absender: BPOL
Rückruf nur über Ihr Kontaktverzeichnis. Bitte keine Namen oder Daten Betroffener.
"""
B95 = """\
[ÜBUNG] AHORN 47 · B95

AHORN 47: Entwarnung. Keine weiteren Schritte. Danke.

Bitte antworten bis So 07.03.
Code: {code}
Antworten ohne Anmeldung: {link}

Absender: BPOL
Rückruf nur über Ihr Kontaktverzeichnis. Bitte keine Namen oder Daten Betroffener.
"""


@pytest.fixture(scope="module")
def library() -> FileLibrary:
    return FileLibrary(
        playbooks=ROOT / "playbooks", contacts=ROOT / "contacts/example", clock=FakeClock(OPENED)
    )


@pytest.fixture
def stage(library: FileLibrary) -> Stage:
    return make_stage(library, at=OPENED)


def _open(desk: Desk) -> str:
    opening = Opening(
        playbook="bpol-kok-control",
        region="14626",
        mode=Mode.EXERCISE,
        by="ada",
        label=LABEL,
        planned_for=START,
        accept_gaps=True,
    )
    incident = open_incident(desk, opening)
    settle(desk, incident.id)
    return incident.id


def _until(stage: Stage, incident: str, moment: datetime) -> list[Outgoing]:
    """Let time pass to a moment, wake-up by wake-up; return what went out."""
    sender = stage.desk.house.sender
    assert isinstance(sender, RecordingSender)
    before = len(sender.sent)
    while True:
        wake_at = settle(stage.desk, incident)
        if wake_at is None or wake_at > moment:
            stage.clock.set(moment)
            settle(stage.desk, incident)
            return list(sender.sent[before:])
        stage.clock.set(wake_at)


def _told(stage: Stage, incident: str) -> list[str]:
    """Return what is to be said in the calls that lie on the desk."""
    found = stage.desk.incidents.current(incident)
    return [call.say for call in calls(stage.desk, found).values()]


def test_steps_before_t0_run_at_their_times(stage: Stage) -> None:
    incident = _open(stage.desk)

    _until(stage, incident, START + timedelta(hours=1))

    runs = stage.desk.incidents.current(incident).steps
    assert {name: START - (run.started_at or START) for name, run in runs.items()} == {
        "B10": timedelta(days=14),
        "B11": timedelta(days=7),
        "B13": timedelta(days=2),
        "B14": timedelta(hours=2),
    }


def test_nothing_that_goes_out_before_t0_says_where_when_or_for_what(stage: Stage) -> None:
    incident = _open(stage.desk)

    sent = _until(stage, incident, START + timedelta(hours=1))
    words = [text for one in sent for text in (one.title, one.body)]
    words += _told(stage, incident)

    assert {one.title for one in sent} == {
        f"[ÜBUNG] AHORN 47 · {step}" for step in ("B10", "B11", "B13", "B14")
    }
    assert len(_told(stage, incident)) >= 1
    assert [(told, text) for text in words for told in GIVES_AWAY if told in text] == []


def test_message_before_t0_is_told_whole(stage: Stage) -> None:
    incident = _open(stage.desk)

    sent = _until(stage, incident, START - timedelta(hours=2))
    briefing = next(one for one in sent if one.title.endswith("B14"))

    assert briefing.body == B14.format(code=briefing.code, link=briefing.link)


def test_cancellation_before_t0_gives_nothing_away_either(stage: Stage) -> None:
    incident = _open(stage.desk)
    _until(stage, incident, START - timedelta(days=13))
    steering.stand_down(stage.desk, incident, reason="abgesagt", by="ada")

    sent = _until(stage, incident, stage.desk.house.clock.now())

    assert [one.title for one in sent] == ["[ÜBUNG] AHORN 47 · B95"] * 2
    assert [one.body for one in sent] == [B95.format(code=one.code, link=one.link) for one in sent]


def test_district_is_named_again_once_it_has_begun(stage: Stage) -> None:
    incident = _open(stage.desk)
    _until(stage, incident, START)
    scheduling.confirm_start(stage.desk, incident, by="ada")
    steering.set_attribute(
        stage.desk, incident, name="suspected_cases", value=3, source="Einsatz", by="ada"
    )

    sent = _until(stage, incident, START + timedelta(minutes=1))

    heads = {one.title for one in sent}
    assert "[ÜBUNG] AHORN 47 · Landkreis Görlitz · B21" in heads
    assert any("Absender: Bundespolizeiinspektion" in one.body for one in sent)


def test_moved_start_asks_nobody_twice(stage: Stage) -> None:
    incident = _open(stage.desk)
    _until(stage, incident, START - timedelta(days=13))
    later = START + timedelta(days=7)
    scheduling.move_start(stage.desk, incident, planned_for=later, reason="Witterung", by="ada")

    _until(stage, incident, later + timedelta(minutes=1))

    found = stage.desk.incidents.current(incident)
    begun = [entry.event.kind for entry in stage.desk.incidents.entries(incident)]
    assert begun.count("step-started") == 4
    assert found.run_of("B10").started_at == START - timedelta(days=14)
    assert found.run_of("B11").started_at == later - timedelta(days=7)
    assert found.run_of("B14").due_at == later


def test_attribute_says_that_it_is_planned(stage: Stage) -> None:
    incident = _open(stage.desk)

    found = stage.desk.incidents.current(incident)
    assert found.attributes == {"cause": "planned"}
    assert (found.opened.label, found.opened.code_word) == (LABEL, "AHORN 47")
    assert (found.t0, found.is_ahead) == (START, True)
