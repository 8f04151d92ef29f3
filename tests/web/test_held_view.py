"""What waits for room in a limit, and which provider is passed over, in words."""

from dataclasses import replace

import pytest

from crisis.core.asked import AttemptEnded, AttemptHeld, AttemptStarted, Purpose, StepStarted
from crisis.core.delivery import OutcomeKind
from crisis.core.incident import Incident, fold
from crisis.web.board_view import board_view
from crisis.web.held_view import held_line, limit_words, passed_over
from crisis.web.incident_view import incident_view
from crisis.web.metrics_text import engines_text, metrics_text
from crisis.web.texts import texts
from tests.builders import T0, entries_of, minutes
from tests.launch.test_status import ENGINE

DE, EN = texts("de"), texts("en")
STARTED = StepStarted(step="A10", partners=("ohs",), planned_at=T0, due_at=None)


def held(channel: str = "ohs-http", *, until: float = 9) -> AttemptHeld:
    return AttemptHeld(
        step="A10",
        partner="ohs",
        contact="ohs",
        channel=channel,
        purpose=Purpose.ASK,
        until=T0 + minutes(until),
        limit="contact 6/minute",
    )


def an_incident() -> Incident:
    return fold(entries_of(STARTED, held(), held("ohs-sms", until=7)))


@pytest.mark.parametrize(
    ("limit", "german", "english"),
    [
        ("contact 6/minute", "je Kontakt 6/Minute", "per contact 6/minute"),
        ("email 5/15 minutes", "E-Mail 5/15 Minuten", "e-mail 5/15 minutes"),
        ("http 9/day", "Webdienste 9/Tag", "web services 9/day"),
        ("provider relay-a 60/hour", "Anbieter relay-a 60/Stunde", "provider relay-a 60/hour"),
    ],
)
def test_limit_is_said_in_words(limit: str, german: str, english: str) -> None:
    assert (limit_words(limit, say=DE), limit_words(limit, say=EN)) == (german, english)


def test_board_and_page_say_how_many_wait_and_until_when() -> None:
    incident, now = an_incident(), T0 + minutes(5)
    line = "Zurückgehalten: 2, die nächste bis 19:27 Uhr (Grenze: je Kontakt 6/Minute)"

    board = board_view((incident,), now=now, say=DE)["incidents"]
    page = incident_view(incident, (), now=now, say=DE)

    assert isinstance(board, list)
    assert (board[0]["held"], page["held"]) == (line, line)
    phases = page["phases"]
    assert isinstance(phases, list)
    assert phases[0]["steps"][0]["obligations"][0]["holds"] == [
        (
            "Nachricht an Dienst ohs, Datenweg (HTTP), wartet bis 19:29 Uhr"
            " (Grenze: je Kontakt 6/Minute)"
        ),
        "Nachricht an Dienst ohs, SMS, wartet bis 19:27 Uhr (Grenze: je Kontakt 6/Minute)",
    ]
    assert held_line(incident, now=T0 + minutes(9), say=DE) == ""


def test_figures_count_what_waits_at_the_house_s_moment() -> None:
    text = metrics_text(
        (an_incident(),), damaged=0, heartbeat=None, now=T0, moment=T0 + minutes(8)
    )
    assert "crisis_messages_held 1\n" in text


def test_board_and_figures_name_a_provider_that_is_passed_over() -> None:
    failing = replace(ENGINE, providers={"b": "half-open", "a": "open", "c": "closed"})
    silent = replace(failing, name="host-b", fresh=False)

    other = replace(ENGINE, name="host-c", providers={"a": "open"})

    assert passed_over((failing, silent, other), say=DE) == [
        "Anbieter a wird umgangen, weil er ausfällt (host-a, host-c).",
        "Anbieter b wird umgangen, weil er ausfällt (host-a).",
    ]
    figures = [line for line in engines_text((failing,)).splitlines() if "provider=" in line]
    assert figures == [
        'crisis_provider_passed_over{engine="host-a",provider="a"} 1',
        'crisis_provider_passed_over{engine="host-a",provider="b"} 1',
        'crisis_provider_passed_over{engine="host-a",provider="c"} 0',
    ]


def test_page_says_who_carried_a_message() -> None:
    claimed = AttemptStarted(
        step="A10",
        partner="ohs",
        n=1,
        contact="ohs",
        channel="ohs-sms",
        purpose=Purpose.ASK,
        level=0,
        possible_repeat=False,
        outside_hours=False,
        link_hash="",
        text_hash="",
        provider="gateway-a",
    )
    ended = AttemptEnded(
        step="A10",
        partner="ohs",
        n=1,
        outcome=OutcomeKind.ACCEPTED,
        code="200",
        provider="gateway-b",
    )
    entries = entries_of(STARTED, claimed, ended)

    page = incident_view(fold(entries), entries, now=T0 + minutes(9), say=EN)

    phases, log = page["phases"], page["log"]
    assert isinstance(phases, list)
    assert isinstance(log, list)
    (attempt,) = phases[0]["steps"][0]["obligations"][0]["attempts"]
    assert attempt.endswith("(200, provider gateway-b)")
    assert log[-1]["text"].endswith("(200, gateway-b).")
