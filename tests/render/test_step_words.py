"""What a step says, in the words of people who were not there when the file was written."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.core.condition import (
    AllOf,
    AnyOf,
    AtLeast,
    AtLevel,
    Condition,
    Decided,
    Is,
    IsNot,
    NotEmpty,
)
from crisis.core.deadline import Within
from crisis.core.playbook import (
    Completion,
    ExpectBothConfirm,
    ExpectReport,
    ExpectSignOff,
    Ladder,
    Playbook,
    Rung,
    RungAction,
    Start,
    Step,
)
from crisis.core.words import Words
from crisis.loading.catalogue import COMPETENCES as KNOWN
from crisis.render.competence_words import COMPETENCES
from crisis.render.condition_words import ConditionWords
from crisis.render.step_words import StepWords
from crisis.render.wording import Language, Wording
from tests.builders import (
    LADDER_A,
    a_decision_step,
    a_form_step,
    a_playbook,
    a_step,
    a_telling_step,
    minutes,
)


def playbook() -> Playbook:
    days = Ladder(
        id="D",
        rungs=(
            Rung(action=RungAction.NEXT_CHANNEL, working_days=1),
            Rung(action=RungAction.LEAD, working_days=3),
        ),
    )
    return replace(a_playbook(a_step("A01"), a_decision_step("A04")), ladders=(LADDER_A, days))


def words(language: Language = "de") -> StepWords:
    said = {"S2.6": Words(de="Zügig in Kontakt treten.", en="Get in touch quickly.")}
    return StepWords(playbook(), Wording(language), clauses=said)


STARTS = {
    "T0": Start(),
    "T0+1 h 30 min": Start(offset=minutes(90)),
    "T0\u22122 Tage": Start(offset=timedelta(days=-2)),
    "V": Start(occasion="V"),
    "V+5 min": Start(occasion="V", offset=minutes(5)),
    "nach A04": Start(after=("A04",)),
    "30 min nach A04": Start(after=("A04",), offset=minutes(30)),
    "nach A01 und A04": Start(after=("A01", "A04")),
    "nach A01 oder A04, spätestens T0+30 min": Start(
        after=("A01", "A04"), mode="any", latest=minutes(30)
    ),
}


@pytest.mark.parametrize("told", STARTS)
def test_start_in_words(told: str) -> None:
    assert words().start(a_step(start=STARTS[told])) == told


def test_stand_down_begins_when_it_is_said() -> None:
    assert words().start(playbook().stand_down) == "bei Entwarnung"
    assert words("en").start(playbook().stand_down) == "at the stand-down"


@pytest.mark.parametrize(
    ("within", "told"),
    [
        (None, ""),
        (Within(duration=minutes(15)), "15 min"),
        (Within(duration=timedelta(), absolute=True), "T0"),
        (Within(duration=timedelta(days=3), absolute=True), "T0+3 Tage"),
        (Within(duration=minutes(60), absolute=True, occasion="V"), "V+1 h"),
    ],
)
def test_deadline_in_words(within: Within | None, told: str) -> None:
    assert words().deadline(a_step(within=within)) == told


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (a_step(), "Übernahme bestätigen"),
        (a_form_step(), "Formular ausfüllen: Lage"),
        (a_decision_step(), "Entscheiden: ja / nein / unklar"),
        (a_step(expect=ExpectSignOff()), "Unterschreiben"),
        (a_step(expect=ExpectSignOff(what=Words(de="Aufruf"))), "Unterschreiben: Aufruf"),
        (
            a_step(expect=ExpectBothConfirm(sides=(("OHS",), ("WR",)))),
            "Beide Seiten bestätigen einander",
        ),
        (a_telling_step(), "Nichts; es wird nur mitgeteilt"),
        (a_step(expect=ExpectReport()), "Das Haus erstellt den Bericht"),
    ],
)
def test_expectation_in_words(step: Step, told: str) -> None:
    assert words().expected(step) == told


def test_ways_and_ladders_in_words() -> None:
    assert words().channels(a_step()) == "alle (HTTP, Telefon von Hand, SMS, E-Mail, Portal)"
    assert words().channels(a_step(profile="NONE")) == "NONE"
    assert words().ladder(a_step(ladder=None)) == ""
    assert words().ladder(a_step()) == (
        "nach 5 min nächster Kanal; nach 10 min Vertretung; nach 15 min übergeordnete Funktion;"
        " nach 20 min Aufgabe für die Federführung"
    )
    assert words("en").ladder(a_step(ladder="D")) == (
        "after 1 working day next channel; after 3 working days task for the lead"
    )


def test_how_many_and_on_what_it_is_founded() -> None:
    quorum = a_step(completion=Completion.QUORUM, quorum=2)
    assert words().completion(a_step()) == ""
    assert words().completion(a_step(completion=Completion.ANY)) == "eine Antwort genügt"
    assert words().completion(quorum) == "2 Antworten genügen"
    assert words().mandatory(a_step()) == "Pflicht"
    assert words("en").basis(a_step(basis=("S2.6", "§ 406g StPO"))) == (
        "S2.6 (Get in touch quickly.); § 406g StPO"
    )
    assert words().condition(a_step()) == ""
    assert words().condition(a_step(when=AtLeast(attribute="deaths", number=3))) == "Tote ≥ 3"


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (Is(attribute="suspected_crime", values=("yes",)), "Verdacht: ja"),
        (
            IsNot(attribute="kind_of_event", values=("terror", "unclear")),
            "Art: nicht Terror oder Ursache noch unklar",
        ),
        (NotEmpty(attribute="languages"), "languages: angegeben"),
        (Decided(step="A04", options=("yes", "unclear")), "A04: ja oder unklar"),
        (Decided(step="A01", options=("yes",)), "A01: yes"),
        (Decided(step="A99", options=("yes",)), "A99: yes"),
        (AtLevel(step="A04", level=3), "A04 ab Stufe 3"),
        (
            AllOf(
                parts=(
                    AtLeast(attribute="deaths", number=1),
                    AnyOf(
                        parts=(
                            Is(attribute="dangerous", values=("no", "unknown")),
                            Is(attribute="suspected_crime", values=("yes",)),
                        )
                    ),
                )
            ),
            "Tote ≥ 1 und (Gefahr: nein oder unbekannt oder Verdacht: ja)",
        ),
    ],
)
def test_condition_in_words(condition: Condition, told: str) -> None:
    assert ConditionWords(playbook(), Wording("de")).told(condition) == told


def test_every_competence_of_the_catalogue_has_words() -> None:
    assert set(COMPETENCES) == KNOWN
    assert [one for one, said in COMPETENCES.items() if not (said.de and said.en)] == []
