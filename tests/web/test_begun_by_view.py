"""Board, incident page, log and report say at whose word an incident was opened."""

from dataclasses import replace

import pytest

from crisis.core import event as ev
from crisis.core.incident import fold
from crisis.web.board_view import board_view
from crisis.web.incident_view import incident_view
from crisis.web.log_view import sentence
from crisis.web.naming import Names
from crisis.web.texts import texts
from tests.builders import T0, a_directory, a_partner, a_playbook, entries_of

_FIRST, *_REST = entries_of(
    playbook=a_playbook(), directory=a_directory(a_partner("fbs", role="FBS"))
)
assert isinstance(_FIRST.event, ev.IncidentOpened)
ENTRIES = (replace(_FIRST, event=replace(_FIRST.event, begun_by="fbs")), *_REST)
SAID = {
    "de": (
        ("Auf Meldung von", "Stelle fbs"),
        "Der Einsatz wurde eröffnet: AHORN 47. Auf Meldung von: Stelle fbs.",
        "Stelle fbs",
    ),
    "en": (
        ("Begun by", "Office fbs"),
        "The incident was opened: AHORN 47. Begun by: Office fbs.",
        "Office fbs",
    ),
}


@pytest.mark.parametrize("language", ["de", "en"])
def test_pages_name_who_began(language: str) -> None:
    fact, opened, name = SAID[language]
    say, incident = texts(language), fold(ENTRIES)

    facts = incident_view(incident, ENTRIES, now=T0, say=say)["facts"]
    shown = board_view((incident,), damaged=(), now=T0, say=say)["incidents"]

    assert isinstance(facts, list)
    assert isinstance(shown, list)
    assert fact in facts
    assert shown[0]["begun_by"] == name
    assert sentence(ENTRIES[0], names=Names(incident, say), say=say) == opened


def test_pages_are_silent_where_the_lead_began() -> None:
    say, entries = texts("en"), (_FIRST, *_REST)

    facts = incident_view(fold(entries), entries, now=T0, say=say)["facts"]

    assert isinstance(facts, list)
    assert "Begun by" not in dict(facts)
