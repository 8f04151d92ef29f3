"""What the incident's page says of a step and of a partner."""

from dataclasses import replace
from datetime import timedelta

from crisis.core import event as ev
from crisis.core.agreement import PinnedAgreement
from crisis.core.incident import fold
from crisis.core.playbook import Attribute, AttributeKind
from crisis.core.words import Words
from crisis.web.incident_view import incident_view
from crisis.web.texts import texts
from tests.builders import (
    T0,
    a_decision_step,
    a_directory,
    a_form_step,
    a_partner,
    a_playbook,
    a_step,
    entries_of,
    minutes,
)

PLAYBOOK = a_playbook(a_decision_step(), a_step(), a_form_step(), a_step("A20"), a_step("A30"))
EVENTS: tuple[ev.Event, ...] = (
    ev.StepStarted(step="A04", partners=("lead",), planned_at=T0, due_at=None),
    ev.Decided(step="A04", option="yes", reason="klar", by_default=False, happened_at=T0),
    ev.StepHeld(step="A10"),
    ev.StepStarted(step="A02", partners=("ohs",), planned_at=T0, due_at=T0 + minutes(15)),
    ev.Declined(
        step="A02",
        partner="ohs",
        contact="ohs",
        via=ev.Via.PHONE,
        reason="Nicht zuständig.",
        happened_at=T0 + minutes(9),
    ),
    ev.StepSkipped(step="A20", partner=None, reason="Gedeckt."),
    ev.StepStarted(
        step="A02.2", partners=("ohs",), planned_at=T0, due_at=None, of="A02", missed=1
    ),
    ev.StepObsolete(step="A30", reason="condition"),
    ev.AdHocAsked(
        step="X01", partner="ohs", text="Bitte Plan.", reason="r", due_at=None, within=None
    ),
    ev.ReportDrafted(step="X01", status="draft", log_to=3, digest=""),
)


def test_steps_say_how_they_stand() -> None:
    entries = entries_of(*EVENTS, playbook=PLAYBOOK, directory=a_directory(a_partner("ohs")))

    shown = incident_view(fold(entries), entries, now=T0 + timedelta(minutes=10), say=texts("de"))

    phases = shown["phases"]
    assert isinstance(phases, list)
    notes = {step["id"]: step["notes"] for phase in phases for step in phase["steps"]}
    assert [phase["title"] for phase in phases] == ["Kontakt", "Außerhalb der Phasen"]
    assert notes == {
        "A04": ["begonnen 19:21 Uhr", "entschieden: ja"],
        "A10": [
            "noch nicht begonnen",
            "angehalten seit 19:23 Uhr, weil der Einsatz noch gefährlich ist",
        ],
        "A02": ["begonnen 19:24 Uhr"],
        "A02.2": ["begonnen 19:27 Uhr", "Runden, die davor entfielen: 1."],
        "A20": ["ausgelassen: Gedeckt."],
        "A30": ["gegenstandslos"],
        "X01": ["begonnen 19:29 Uhr", "Bericht erstellt"],
    }
    assert phases[0]["steps"][2]["obligations"] == [
        {
            "partner": "Stelle ohs",
            "through": "",
            "members": "",
            "state": {"key": "declined", "symbol": "✕", "label": "abgelehnt"},
            "level": 0,
            "due": "19:35 Uhr",
            "done": "19:29 Uhr",
            "reason": "Nicht zuständig.",
            "holds": [],
            "attempts": [],
        }
    ]


def test_steps_name_the_agreement_that_founds_them() -> None:
    entries = entries_of(playbook=PLAYBOOK, directory=a_directory(a_partner("ohs")))
    founding = PinnedAgreement(id="ours", title=Words(de="Unsere"), digest="", clauses=("S2.6",))
    first = entries[0].event
    assert isinstance(first, ev.IncidentOpened)
    opened = (replace(entries[0], event=replace(first, agreements=(founding,))), *entries[1:])

    shown = incident_view(fold(opened), opened, now=T0, say=texts("de"))

    phases = shown["phases"]
    assert isinstance(phases, list)
    assert {step["id"]: step["agreements"] for step in phases[0]["steps"]}["A10"] == ["Unsere"]


def test_facts_are_said_in_the_words_of_the_playbook() -> None:
    danger = Attribute(
        id="danger",
        kind=AttributeKind.CHOICE,
        label=Words(de="Gefährdung", en="Danger"),
        values=("low", "high"),
        labels={"high": Words(de="hoch", en="high level")},
    )
    entries = entries_of(
        ev.AttributeSet(attribute="danger", value="high", source="Amt", happened_at=T0),
        playbook=replace(PLAYBOOK, attributes=(danger,)),
    )

    shown = incident_view(fold(entries), entries, now=T0, say=texts("en"))

    known, changes, log = shown["known"], shown["changes"], shown["log"]
    assert isinstance(known, list)
    assert isinstance(changes, list)
    assert isinstance(log, list)
    assert known == [{"id": "danger", "name": "Danger", "value": "high level"}]
    assert changes[-1]["value"] == "high level"
    assert log[-1]["text"].startswith("Danger is now: high level (source: Amt).")
