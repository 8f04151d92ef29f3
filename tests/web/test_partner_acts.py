"""What a partner does on the page, and what is refused there."""

from datetime import UTC, datetime

import httpx
import pytest
from starlette.testclient import TestClient

from crisis.core import event as ev
from crisis.core.incident import Incident
from crisis.usecases import steering
from tests.builders import T0, minutes
from tests.web.reading import expected, text_of
from tests.web.staged import Stage

CALL_HOME = "Frau Muster, 0152 28817386"
FULL_FORM = {
    "action": "answer",
    "f-room": "yes",
    "f-load": "red",
    "f-band": "5-19",
    "f-free": "12",
    "f-remark": "Nur im Erdgeschoss.",
    "f-from": "2026-12-18T21:30",
    "f-tongues": "Polnisch\r\n\r\nArabisch ",
    "f-needs-1-group": "support",
    "f-needs-1-code": "Dolmetschen",
    "f-needs-1-band": "5-19",
    "f-needs-1-urgency": "now",
}


def test_acknowledging_is_stored_and_shown(stage: Stage, client: TestClient) -> None:
    path = f"/p/{stage.token('A10', 'cy')}"
    stage.clock.advance(minutes=3)

    done = client.post(path, data={"action": "acknowledge"})
    page = client.get(done.headers["location"])

    assert (done.status_code, done.headers["location"]) == (303, f"{path}?done=acknowledged")
    assert _last_event(stage) == ev.Acknowledged(
        step="A10", partner="cy", contact="cy", via=ev.Via.PAGE, happened_at=T0 + minutes(3)
    )
    assert text_of(page.text).split("\n")[:8] == [
        "✓ Danke. Ihre Übernahme ist gespeichert.",
        "Ursache noch unklar · Dresden",
        "AHORN 47",
        "Für: Opferhilfe, Geschäftsstelle, Dienst cy",
        "Kontakt aufnehmen",
        "AHORN 47: Bitte Kontaktaufnahme zur Bedarfsabstimmung in Dresden.",
        "Bis: Fr., 18.12.2026, 19:35 Uhr",
        "Stand: ✓ übernommen",
    ]


def test_acknowledging_twice_says_when_it_was_done(stage: Stage, client: TestClient) -> None:
    path = f"/p/{stage.token('A10', 'cy')}?lang=en"
    stage.clock.advance(minutes=3)

    first = client.post(path, data={"action": "acknowledge"})
    stage.clock.advance(minutes=1)
    written = stage.desk.house.log.last_seq()
    second = client.post(path, data={"action": "acknowledge"})

    assert (
        first.headers["location"] == f"{path.split('?', maxsplit=1)[0]}?done=acknowledged&lang=en"
    )
    assert second.status_code == 409
    assert stage.desk.house.log.last_seq() == written
    assert text_of(second.text) == (
        "Already taken over\n"
        "Your office already took this over on Fri, 18 Dec 2026, 19:23.\n"
        "There is nothing more to do; nothing was stored twice."
    )


def test_declining_needs_a_reason(stage: Stage, client: TestClient) -> None:
    path = f"/p/{stage.token('A10', 'cy')}"
    written = stage.desk.house.log.last_seq()

    page = client.post(path, data={"action": "decline", "reason": "  "})

    assert page.status_code == 422
    assert stage.desk.house.log.last_seq() == written
    assert text_of(page.text).split("\n")[:2] == [
        "! Bitte berichtigen; noch wurde nichts gespeichert",
        "Bitte schreiben Sie einen Satz dazu.",
    ]
    assert '<a href="#reason">' in page.text
    assert 'aria-describedby="reason-hint reason-error" aria-invalid="true"' in page.text


def test_declining_returns_the_task_to_the_lead(stage: Stage, client: TestClient) -> None:
    path = f"/p/{stage.token('A10', 'cy')}"

    done = client.post(path, data={"action": "decline", "reason": "Nicht zuständig."})
    page = text_of(client.get(done.headers["location"]).text)

    assert "Stand: ✕ abgelehnt" in page.split("\n")
    assert (
        "Abgelehnt am Fr., 18.12.2026, 19:20 Uhr mit der Begründung: Nicht zuständig."
        in page.split("\n")
    )
    assert "Doch übernehmen" in page.split("\n")
    assert [type(event) for event in _events(stage)[-2:]] == [ev.Declined, ev.TaskRaised]


def test_reason_with_personal_data_is_refused_and_not_shown_again(
    stage: Stage, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    path = f"/p/{stage.token('A10', 'cy')}"
    written = stage.desk.house.log.last_seq()

    page = client.post(path, data={"action": "decline", "reason": CALL_HOME})

    assert page.status_code == 422
    assert stage.desk.house.log.last_seq() == written
    assert "Muster" not in page.text
    assert "Muster" not in caplog.text
    assert "einen Personennamen" in text_of(page.text).split("\n")[1]


def test_form_of_every_kind_of_field_is_stored(stage: Stage, client: TestClient) -> None:
    path = f"/p/{stage.token('A40', 'cy')}"

    done = client.post(path, data=FULL_FORM)

    assert (done.status_code, done.headers["location"]) == (303, f"{path}?done=answered")
    assert _last_event(stage) == ev.Answered(
        step="A40",
        partner="cy",
        contact="cy",
        via=ev.Via.PAGE,
        answers={
            "room": "yes",
            "load": "red",
            "band": "5-19",
            "free": 12,
            "remark": "Nur im Erdgeschoss.",
            "from": datetime(2026, 12, 18, 20, 30, tzinfo=UTC).isoformat(),
            "tongues": ["Polnisch", "Arabisch"],
            "needs": [
                {"group": "support", "code": "Dolmetschen", "band": "5-19", "urgency": "now"}
            ],
        },
        happened_at=T0,
    )


def test_stored_answer_is_shown_and_can_be_replaced(stage: Stage, client: TestClient) -> None:
    path = f"/p/{stage.token('A40', 'cy')}"
    client.post(path, data=FULL_FORM)

    shown = client.get(path)
    again = client.post(path, data={**FULL_FORM, "f-free": "3"})

    page = text_of(shown.text).split("\n")
    kept = ("(x) ja", "(x) rot", "(x) 5 bis 19", "[12]", "[2026-12-18T21:30]", "[Dolmetschen]")
    assert [line for line in page if line in kept] == [
        "(x) ja",
        "(x) rot",
        "(x) 5 bis 19",
        "[12]",
        "[2026-12-18T21:30]",
        "[Dolmetschen]",
        "(x) 5 bis 19",
    ]
    assert page[page.index("Arabisch") - 1] == "Polnisch"
    assert "Geänderte Antwort senden" in page
    assert again.status_code == 303
    given = [event.answers["free"] for event in _events(stage) if isinstance(event, ev.Answered)]
    assert given == [12, 3]


def test_wrong_form_says_every_mistake_beside_its_field(stage: Stage, client: TestClient) -> None:
    path = f"/p/{stage.token('A40', 'cy')}"
    written = stage.desk.house.log.last_seq()
    wrong = {
        "action": "answer",
        "f-load": "purple",
        "f-free": "viele",
        "f-from": "gestern",
        "f-remark": CALL_HOME,
        "f-tongues": "Polnisch",
        "f-needs-0-code": "Dolmetschen",
    }

    page = client.post(path, data=wrong)

    text = text_of(page.text).split("\n")
    summary = text[: text.index("Ursache noch unklar · Dresden")]
    assert page.status_code == 422
    assert stage.desk.house.log.last_seq() == written
    assert "\n".join(summary) == expected("wrong-form.de")
    links = [f'<a href="#f-{one}">' in page.text for one in ("room", "free", "remark", "needs")]
    assert links == [True, True, True, True]
    assert 'id="f-free-error"' in page.text
    assert 'value="viele" aria-describedby="f-free-hint f-free-error"' in page.text
    assert ("Polnisch" in page.text, "Muster" in page.text) == (True, False)


def test_more_rows_keep_what_was_typed_and_store_nothing(stage: Stage, client: TestClient) -> None:
    path = f"/p/{stage.token('A40', 'cy')}"
    written = stage.desk.house.log.last_seq()

    page = client.post(path, data={**FULL_FORM, "action": "more-rows"})

    text = text_of(page.text).split("\n")
    assert page.status_code == 200
    assert stage.desk.house.log.last_seq() == written
    assert [line for line in text if line.startswith(("Bedarf ", "[Dol"))] == [
        "Bedarf 1",
        "Bedarf 2",
        "[Dolmetschen]",
        "Bedarf 3",
        "Bedarf 4",
    ]


def test_decision_is_stored_with_its_reason(stage: Stage, client: TestClient) -> None:
    path = f"/p/{stage.token('A04', 'lead')}"

    empty = client.post(path, data={"action": "decide"})
    done = client.post(path, data={"action": "decide", "option": "unclear", "reason": "Zu früh."})

    assert text_of(empty.text).split("\n")[:3] == [
        "! Bitte berichtigen; noch wurde nichts gespeichert",
        "Bitte wählen Sie eine Möglichkeit.",
        "Bitte schreiben Sie einen Satz dazu.",
    ]
    assert (empty.status_code, done.status_code) == (422, 303)
    assert _last_event(stage) == ev.Decided(
        step="A04", option="unclear", reason="Zu früh.", by_default=False, happened_at=T0
    )
    assert "Entschieden am Fr., 18.12.2026, 19:20 Uhr: unklar." in text_of(client.get(path).text)


@pytest.mark.parametrize(
    ("verdict", "remark", "status"),
    [
        ("agreed", "", 303),
        ("remark", "Bitte Anlage ergänzen.", 303),
        ("dissent", "", 422),
        ("dissent", CALL_HOME, 422),
        ("maybe", "Nun ja.", 422),
    ],
)
def test_signature_needs_words_unless_it_agrees(
    stage: Stage, client: TestClient, verdict: str, remark: str, status: int
) -> None:
    path = f"/p/{stage.token('A72', 'ring')}"

    answer = client.post(path, data={"action": "sign", "verdict": verdict, "remark": remark})

    signed = [(e.verdict, e.remark) for e in _events(stage) if isinstance(e, ev.Signed)]
    assert answer.status_code == status
    assert signed == ([(verdict, remark)] if status == 303 else [])


@pytest.mark.parametrize("action", ["", "delete", "answer"])
def test_action_that_is_not_offered_is_refused(
    stage: Stage, client: TestClient, action: str
) -> None:
    written = stage.desk.house.log.last_seq()

    page = client.post(f"/p/{stage.token('A10', 'cy')}", data={"action": action})

    assert page.status_code == (409 if action == "answer" else 422)
    assert stage.desk.house.log.last_seq() == written


def test_answer_to_a_step_without_a_form_is_told_so(client: TestClient, stage: Stage) -> None:
    page = client.post(f"/p/{stage.token('A10', 'cy')}?lang=en", data={"action": "answer"})

    assert (page.status_code, text_of(page.text)) == (
        409,
        "No answer to a form is expected here.\nNothing was stored.",
    )


def test_ask_that_fell_away_takes_no_more_answers(stage: Stage, client: TestClient) -> None:
    path = f"/p/{stage.token('A40', 'cy')}"
    steering.skip(stage.desk, "i1", step="A40", reason="Bedarf ist gedeckt.", by="ada")

    page = client.get(path)
    refused = client.post(path, data=FULL_FORM)

    assert "Stand: ⊘ gegenstandslos" in text_of(page.text)
    assert "Die Federführung hat diesen Schritt ausgelassen." in text_of(page.text)
    assert "<form" not in page.text
    assert refused.status_code == 409
    assert text_of(refused.text) == (
        "Das geht jetzt nicht mehr\n"
        "Der Stand hat sich inzwischen geändert; nichts wurde gespeichert.\n"
        "Öffnen Sie Ihre Seite neu, um den jetzigen Stand zu sehen."
    )


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "none"}, 303),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "null"}, 303),
        ({"origin": "http://testserver"}, 303),
        ({"origin": "https://crisis.example"}, 303),
        ({"origin": "https://eve.example"}, 403),
        ({}, 303),
    ],
)
def test_post_from_another_site_is_refused(
    stage: Stage, client: TestClient, headers: dict[str, str], status: int
) -> None:
    path = f"/p/{stage.token('A10', 'cy')}"

    answer = client.post(path, data={"action": "acknowledge"}, headers=headers)

    assert answer.status_code == status
    acknowledged = _incident(stage).obligations["A10", "cy"].acknowledgement is not None
    assert acknowledged == (status == 303)


def test_oversized_post_is_refused(stage: Stage, client: TestClient) -> None:
    answer = client.post(f"/p/{stage.token('A40', 'cy')}", data={"f-remark": "x" * 300_000})

    assert answer.status_code == 413


def test_post_of_unknown_length_is_refused(stage: Stage, client: TestClient) -> None:
    answer: httpx.Response = client.post(  # type: ignore[assignment]  # -- the client's own class
        f"/p/{stage.token('A40', 'cy')}", content=iter([b"action=acknowledge"])
    )

    assert answer.status_code == 411


def _incident(stage: Stage) -> Incident:
    return stage.desk.incidents.current(stage.incident)


def _events(stage: Stage) -> list[ev.Event]:
    return [entry.event for entry in stage.desk.incidents.entries(stage.incident)]


def _last_event(stage: Stage) -> ev.Event:
    return _events(stage)[-1]
