"""What the watcher found, on board, incident page, metrics and in the health answer."""

from dataclasses import replace
from datetime import timedelta

from fastapi import FastAPI
from starlette.testclient import TestClient

from crisis.core.concern import Concern, ConcernKind
from crisis.core.words import Words
from crisis.launch.deadman_status import DeadmanStatus
from crisis.launch.watcher_status import WatcherStatus
from crisis.web.app import create_app
from crisis.web.texts import texts
from crisis.web.watch_text import watch_text
from crisis.web.watch_view import MOST_LINES, Watch, incident_watch_view, watch_view
from tests.builders import T0
from tests.web.conftest import HERE
from tests.web.staged import PASSWORD, Stage, a_site

DEAD = Concern(
    kind=ConcernKind.HOUSE,
    what="no-engine",
    since=T0,
    words=Words(de="Keine Engine läuft", en="no engine runs"),
)
LOOKING = WatcherStatus(name="host-a", at=T0, fresh=True, counts={"house": 1}, concerns=(DEAD,))
QUIET = WatcherStatus(name="host-a", at=T0, fresh=True, counts={})
SWITCH = DeadmanStatus(name="host-a", succeeded_at=None, code="timeout", late=True)


def unasked(incident: str, partner: str) -> Concern:
    return Concern(
        kind=ConcernKind.UNSENT,
        what="not-asked",
        since=T0,
        words=Words(de="Nicht angefragt", en="not asked"),
        incident=incident,
        code_word="AHORN 47",
        step="A10",
        partner=partner,
    )


def lines(watch: Watch, language: str = "de") -> list[str]:
    return watch_view(watch, say=texts(language))


def test_quiet_watcher_needs_no_banner() -> None:
    watch = Watch(watchers=(QUIET,), since=T0, now=T0)

    assert lines(watch) == []
    assert watch.words == "ok"


def test_missing_and_silent_watchers_are_loud() -> None:
    later = T0 + timedelta(seconds=61)
    silent = replace(QUIET, fresh=False)
    other = replace(QUIET, name="host-b", at=later)

    assert lines(Watch(since=T0, now=later - timedelta(seconds=1))) == []
    assert lines(Watch(now=later)) == []
    assert lines(Watch(since=T0, now=later)) == [
        "Der Wächter läuft nicht: Niemand prüft, ob alles hinausgeht."
    ]
    assert Watch(since=T0, now=later).words == "has not looked yet"
    assert lines(Watch(watchers=(silent,), now=later), "en") == [
        "The watcher has been silent for 1 min: nobody checks that everything goes out."
    ]
    assert Watch(watchers=(silent,), now=later).words == "silent for 61 s"
    assert lines(Watch(watchers=(silent, other), now=later)) == [
        "Der Wächter auf host-a schweigt."
    ]


def test_board_counts_by_incident_and_kind_of_trouble() -> None:
    found = (unasked("i1", "ohs"), unasked("i1", "wr"), DEAD)
    watcher = replace(LOOKING, counts={"unsent": 2, "house": 1}, concerns=found)
    lost = replace(watcher, name="host-b", undelivered=("alarm-1",))

    assert lines(Watch(watchers=(watcher,), deadmen=(SWITCH,), now=T0)) == [
        "Der Totmannschalter von host-a kommt nicht durch.",
        "Keine Engine läuft",
        "AHORN 47: Nicht angefragt (2)",
    ]
    assert lines(Watch(watchers=(lost,), now=T0), "en")[0] == (
        "The alarm did not arrive over the second way (alarm-1)."
        " Please telephone the duty staff yourself."
    )
    assert Watch(watchers=(watcher, lost), now=T0).words == "3 concerns"


def test_what_does_not_fit_is_counted() -> None:
    many = tuple(unasked(f"i{n}", "ohs") for n in range(MOST_LINES + 2))
    named = tuple(replace(one, code_word=f"ELBE {n}") for n, one in enumerate(many))
    watcher = replace(LOOKING, concerns=named)

    shown = lines(Watch(watchers=(watcher,), now=T0))

    assert len(shown) == MOST_LINES + 1
    assert shown[-1] == "und 2 weitere"


def test_incident_page_names_steps_and_partners_and_leaves_others_out(stage: Stage) -> None:
    incident = stage.desk.incidents.current(stage.incident)
    begins = Concern(
        kind=ConcernKind.STUCK,
        what="left-lying",
        since=T0,
        words=Words(de="Fälliges bleibt liegen", en="what is due is not done"),
        incident=incident.id,
    )
    found = (unasked("other", "cy"), unasked(incident.id, "cy"), begins, DEAD)
    watch = Watch(watchers=(replace(LOOKING, concerns=found),), now=T0)

    shown = incident_watch_view(watch, incident, say=texts("de"))

    assert shown[0] == "Keine Engine läuft"
    assert shown[1].startswith("Nicht angefragt: A10 ")
    assert shown[2:] == ["Fälliges bleibt liegen"]


def test_figures_of_the_watcher() -> None:
    watcher = replace(LOOKING, addresses=2, undelivered=("alarm-1",), alarms_failed=4, waiting=9)
    now = T0 + timedelta(seconds=7)
    reached = replace(SWITCH, succeeded_at=T0)

    text = watch_text(Watch(watchers=(watcher,), deadmen=(reached,), now=now))
    never = watch_text(Watch(now=now))

    assert [line for line in text.splitlines() if not line.startswith("#")] == [
        'crisis_watcher_concerns{kind="late"} 0',
        'crisis_watcher_concerns{kind="stuck"} 0',
        'crisis_watcher_concerns{kind="unsent"} 0',
        'crisis_watcher_concerns{kind="house"} 1',
        "crisis_watcher_last_seen_seconds 7.000",
        "crisis_watcher_waiting 9",
        "crisis_watcher_alarm_addresses 2",
        "crisis_watcher_alarms_undelivered 1",
        "crisis_watcher_alarms_failed 4",
        'crisis_deadman_last_success_seconds{engine="host-a"} 7.000',
    ]
    assert "crisis_watcher_last_seen_seconds NaN\n" in never
    assert "deadman" not in never


def watched(stage: Stage) -> FastAPI:
    found = (DEAD, unasked(stage.incident, "cy"))
    watch = Watch(watchers=(replace(LOOKING, concerns=found),), now=T0)
    site = replace(a_site(stage), watch=lambda: watch)
    return create_app(stage.desk, site)


def test_watcher_is_shown_on_every_page_of_the_duty_officer(stage: Stage) -> None:
    client = TestClient(watched(stage), client=HERE)
    client.post("/", data={"who": "ada", "password": PASSWORD})

    board = client.get("/").text
    incident = client.get(f"/incidents/{stage.incident}?lang=en").text

    assert "<li>Keine Engine läuft</li>" in board
    assert "<li>AHORN 47: Nicht angefragt</li>" in board
    assert "<li>no engine runs</li>" in incident
    assert 'role="alert"' in incident
    assert client.get("/healthz").json()["watcher"] == "2 concerns"
    assert client.get("/healthz").status_code == 200
    assert "crisis_watcher_concerns" in client.get("/metrics").text
