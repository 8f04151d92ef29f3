"""What pages say of a region's layer and of a deadline that it lengthened."""

import pytest

from crisis.core import event as ev
from crisis.core.incident import fold
from crisis.usecases.ports import LinkPlace
from crisis.web.incident_view import incident_view
from crisis.web.log_view import sentence
from crisis.web.naming import Names
from crisis.web.partner_view import partner_view
from crisis.web.texts import texts
from tests.builders import T0, a_directory, a_partner, entries_of
from tests.shaped import a_shaped_playbook

BEGUN = ev.StepStarted(step="A10", partners=("near",), planned_at=T0, due_at=None)
ENTRIES = entries_of(BEGUN, playbook=a_shaped_playbook(), directory=a_directory(a_partner("near")))
SAID = {
    "de": (
        ("Ortsfassung", "Stadt Dresden (2.0.0)"),
        "Längere Frist: 25 min statt 15 min. Nachts nur über die Rufbereitschaft.",
        "Der Einsatz wurde eröffnet: AHORN 47. Ortsfassung: Stadt Dresden.",
    ),
    "en": (
        ("Local version", "City of Dresden (2.0.0)"),
        "Longer deadline: 25 min instead of 15 min. At night through the stand-by only.",
        "The incident was opened: AHORN 47. Local version: City of Dresden.",
    ),
}


@pytest.mark.parametrize("language", ["de", "en"])
def test_pages_name_the_layer_and_the_reason(language: str) -> None:
    layer, longer, opened = SAID[language]
    say, incident = texts(language), fold(ENTRIES)
    place = LinkPlace(incident="i1", step="A10", partner="near", contact="near")

    shown = incident_view(incident, ENTRIES, now=T0, say=say)
    page = partner_view(incident, place, secret=b"s", now=T0, say=say)

    facts, phases = shown["facts"], shown["phases"]
    assert isinstance(facts, list)
    assert isinstance(phases, list)
    assert layer in facts
    assert phases[0]["steps"][0]["notes"][0] == longer
    assert page["longer"] == [longer]
    assert sentence(ENTRIES[0], names=Names(incident, say), say=say) == opened
