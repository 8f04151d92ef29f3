"""What the duty officer reads and reports; what Eve, who has no session, gets."""

import re

import pytest
from starlette.testclient import TestClient

from crisis.core import event as ev
from crisis.usecases.opening import Opening, open_incident
from crisis.web.app import create_app
from crisis.web.report_policy import policy_for
from tests.builders import REGION, T0
from tests.web.conftest import HERE
from tests.web.reading import expected, text_of
from tests.web.staged import PASSWORD, Stage, a_site

CALL = "/incidents/i1/tasks/phone%2FA10%2Fring%2F1"


@pytest.mark.parametrize(
    "path", ["/incidents/i1", "/incidents/nope", "/reports/i1", "/reports/nope"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_eve_is_led_to_the_sign_in(client: TestClient, path: str, method: str) -> None:
    answer = client.request(method, path)

    assert (answer.status_code, answer.headers["location"], answer.text) == (303, "/", "")


def test_eve_finds_only_the_sign_in(client: TestClient) -> None:
    page = client.get("/")

    assert page.status_code == 200
    assert text_of(page.text) == (
        "Anmelden\n"
        "Für den Dienst der Federführung. Partner brauchen kein Konto: Ihr Link steht in der"
        " Nachricht.\n"
        "Kürzel oder Funktion\n"
        "Steht im Protokoll neben dem, was Sie eintragen, zum Beispiel: dienst-1\n"
        "Kennwort für die Anmeldung\n"
        "Anmelden"
    )


def test_eve_reports_on_no_task(stage: Stage, client: TestClient) -> None:
    written = stage.desk.house.log.last_seq()

    answer = client.post(CALL, data={"result": "reached"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert stage.desk.house.log.last_seq() == written


@pytest.mark.parametrize(
    "cookie", ["", "nonsense", "YWRh.9999999999.00", "YWRh.x.y", "\u00fc.1.\u00fc"]
)
def test_eve_cannot_make_up_a_cookie(client: TestClient, cookie: str) -> None:
    headers = {"cookie": f"crisis_session={cookie}".encode()}

    assert client.get("/incidents/i1", headers=headers).status_code == 303  # type: ignore[arg-type]  # -- raw bytes, as Eve sends them


@pytest.mark.parametrize(
    ("who", "password"), [("ada", "wrong"), ("ada", ""), ("", PASSWORD), ("a" * 41, PASSWORD)]
)
def test_sign_in_needs_name_and_password(client: TestClient, who: str, password: str) -> None:
    page = client.post("/", data={"who": who, "password": password})

    assert page.status_code == 401
    assert "set-cookie" not in page.headers
    assert text_of(page.text).split("\n")[2] == (
        "! Das hat nicht gestimmt. Bitte Kürzel und Kennwort noch einmal eingeben."
    )
    assert PASSWORD not in page.text


def test_sign_in_takes_a_sign_and_no_name_which_every_entry_would_be_refused_under(
    client: TestClient,
) -> None:
    page = client.post("/", data={"who": "Ada Muster", "password": PASSWORD})

    assert (page.status_code, "set-cookie" in page.headers) == (401, False)
    assert text_of(page.text).split("\n")[2] == (
        "! Bitte ein Kürzel ohne Leerzeichen und keinen Namen, zum Beispiel: dienst-1"
    )


def test_sign_in_gives_a_cookie_that_no_script_and_no_other_site_gets(
    client: TestClient,
) -> None:
    answer = client.post("/?lang=en", data={"who": "ada", "password": PASSWORD})

    attributes = answer.headers["set-cookie"].split("; ")[1:]
    assert (answer.status_code, answer.headers["location"]) == (303, "/?lang=en")
    assert attributes == ["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=lax"]


def test_sign_in_refuses_an_address_that_guesses(client: TestClient) -> None:
    statuses = [client.post("/", data={"who": "", "password": ""}).status_code for _ in range(11)]

    assert statuses == [401] * 10 + [429]


def test_session_ends_after_twelve_hours(stage: Stage, ada: TestClient) -> None:
    before = ada.get("/incidents/i1").status_code
    stage.clock.advance(hours=12)

    assert (before, ada.get("/incidents/i1").status_code) == (200, 303)


def test_signing_out_takes_the_cookie_back(ada: TestClient) -> None:
    left = ada.post("/sign-out")

    assert (left.status_code, left.headers["location"]) == (303, "/")
    assert ada.get("/incidents/i1").status_code == 303


@pytest.mark.parametrize("path", ["/", "/incidents/i1", "/reports/i1", "/api/v1/incidents"])
def test_house_without_a_password_shows_its_board_to_its_own_machine_only(
    stage: Stage, path: str
) -> None:
    app = create_app(stage.desk, a_site(stage, loopback_only=True))
    far = TestClient(app, client=("192.0.2.1", 1), follow_redirects=False)
    near = TestClient(app, client=HERE, follow_redirects=False)
    token = stage.token("A10", "cy")

    assert far.get(path).status_code == 404
    assert near.get(path).status_code in {200, 303, 401}
    assert far.get(f"/p/{token}").status_code == 200


@pytest.mark.parametrize("language", ["de", "en"])
def test_board_says_what_runs(ada: TestClient, language: str) -> None:
    page = ada.get(f"/?lang={language}")

    assert page.status_code == 200
    assert text_of(page.text, "body") == expected(f"board.{language}")


def test_board_shows_degraded_and_what_is_overdue_first(stage: Stage, ada: TestClient) -> None:
    stage.clock.advance(minutes=16)
    stage.tick()
    _write(stage, ev.OrchestratorUnavailable(reason="ConnectError"))

    board = text_of(ada.get("/").text).split("\n")

    assert board[2] == (
        "! Prefect antwortet nicht. Nachrichten gehen trotzdem hinaus. Betroffen: AHORN 47"
    )
    late = "! bis 19:35 Uhr (seit 1 Min. überschritten)"
    assert board[5:9] == [
        "! überfällig: 3",
        "☎ in der Hand der Federführung: 3",
        f"Opferbeauftragter Sachsen: {late} A04 Lage feststellen · ! überfällig",
        f"Opferhilfe, Geschäftsstelle: {late} A10 Kontakt aufnehmen · ! überfällig",
    ]


def test_board_puts_live_before_exercise_and_overdue_before_new(
    stage: Stage, ada: TestClient
) -> None:
    stage.clock.advance(minutes=16)
    stage.tick()
    for label, mode in (("EIBE 12", ev.Mode.EXERCISE), ("ULME 30", ev.Mode.LIVE)):
        opening = Opening(playbook="pb", region=REGION, mode=mode, by="ada", label=label)
        open_incident(stage.desk, opening)

    board = text_of(ada.get("/").text).split("\n")

    named = ("ULME 30", "AHORN 47 ÜBUNG \u2013 EXERCISE", "EIBE 12 ÜBUNG \u2013 EXERCISE")
    assert [line for line in board if line in named] == list(named)


def test_empty_board_says_so(stage: Stage, ada: TestClient) -> None:
    _write(stage, ev.IncidentClosed(reason="Ende"))

    said = (
        "No incident is open at present. Open one in a terminal:"
        " crisis incident open PLAYBOOK --region DISTRICT"
    )
    assert text_of(ada.get("/?lang=en").text).split("\n")[2:] == [said]


@pytest.mark.parametrize("language", ["de", "en"])
def test_incident_page_says_all(ada: TestClient, language: str) -> None:
    page = ada.get(f"/incidents/i1?lang={language}")

    assert page.status_code == 200
    assert text_of(page.text) == expected(f"incident.{language}")


def test_buttons_of_a_task_are_described_by_its_own_title(ada: TestClient) -> None:
    page = ada.get("/incidents/i1").text

    articles = page.split('<article class="card task"')[1:]
    said = [set(re.findall(r'aria-describedby="(task-\d+)"', article)) for article in articles]
    assert said == [{f"task-{number}"} for number in range(1, len(articles) + 1)]
    assert len(said) > 1


@pytest.mark.parametrize("path", ["/incidents/nope", "/reports/nope", "/somewhere"])
def test_unknown_page_is_plain(ada: TestClient, path: str) -> None:
    page = ada.get(path)

    assert page.status_code == 404
    assert text_of(page.text) == "Hier ist nichts\nUnter dieser Adresse gibt es keine Seite."


def test_wrong_method_is_plain(ada: TestClient) -> None:
    page = ada.put("/")

    assert page.status_code == 405
    assert text_of(page.text) == "Method Not Allowed"


def test_call_that_reached_somebody_is_an_acknowledgement(stage: Stage, ada: TestClient) -> None:
    stage.clock.advance(minutes=2)

    done = ada.post(CALL, data={"result": "reached", "note": "Rückruf in einer Stunde."})

    entries = stage.desk.incidents.entries("i1")[-2:]
    at = stage.clock.now()
    assert (done.status_code, done.headers["location"]) == (303, "/incidents/i1#tasks")
    assert [entry.actor for entry in entries] == ["ada", "ada"]
    assert [entry.event for entry in entries] == [
        ev.TaskDone(
            task="phone/A10/ring/1",
            result="reached",
            note="Rückruf in einer Stunde.",
            happened_at=at,
        ),
        ev.Acknowledged(
            step="A10", partner="ring", contact="ring", via=ev.Via.PHONE, happened_at=at
        ),
    ]


@pytest.mark.parametrize(
    ("result", "note", "said"),
    [
        ("", "", "! Bitte wählen Sie, was dabei herauskam."),
        ("done", "", "! Bitte wählen Sie, was dabei herauskam."),
        ("reached", "Frau Muster nahm ab.", "! note: Der Text scheint einen Personennamen"),
        ("reached", "x" * 1001, "! note: Bitte höchstens 1000 Zeichen (jetzt 1001)."),
    ],
)
def test_report_on_a_call_that_does_not_fit_is_refused(
    stage: Stage, ada: TestClient, result: str, note: str, said: str
) -> None:
    written = stage.desk.house.log.last_seq()

    page = ada.post(CALL, data={"result": result, "note": note})

    assert page.status_code == 422
    assert stage.desk.house.log.last_seq() == written
    assert [line for line in text_of(page.text).split("\n") if line.startswith(said)] != []
    assert "Muster" not in page.text


def test_task_is_reported_on_once(ada: TestClient) -> None:
    first = ada.post(CALL, data={"result": "no-answer"})
    second = ada.post(CALL, data={"result": "no-answer"})
    unknown = ada.post("/incidents/i1/tasks/nope", data={"result": "done"})

    assert (first.status_code, second.status_code, unknown.status_code) == (303, 409, 404)


def test_report_is_shown_with_a_policy_for_its_own_style(stage: Stage) -> None:
    report = "<!doctype html><title>Bericht</title><style>p { color: red }</style><p>i1 en"
    site = a_site(stage, report=lambda _incident, _language: report)
    client = TestClient(create_app(stage.desk, site), client=HERE, follow_redirects=False)
    client.post("/", data={"who": "ada", "password": PASSWORD})

    page = client.get("/reports/i1?lang=en")

    assert (page.status_code, page.text) == (200, report)
    assert page.headers["content-security-policy"] == policy_for(report)


def test_house_without_reports_says_so(ada: TestClient) -> None:
    page = ada.get("/reports/i1")

    assert page.status_code == 404
    assert text_of(page.text) == (
        "Noch kein Bericht\n"
        "Diese Seite kann keine Berichte erstellen; nehmen Sie: crisis report build"
    )


def _write(stage: Stage, event: ev.Event) -> None:
    stage.desk.house.log.append("i1", (event,), actor="system", at=T0, expected_version=None)
