"""The watcher over a real log: it looks, tells, and nothing it sees ends it."""

import json
import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crisis.launch.free_port import free_port
from crisis.launch.watcher_status import WatcherStatus, watcher_statuses
from crisis.settings import Settings
from crisis.simulated.sinks.http import HttpSink
from crisis.watch import watcher as module
from crisis.watch.watcher import Watcher
from crisis.wiring import Lookout, open_lookout
from tests.builders import a_playbook
from tests.flows.house import a_house, an_incident

LOG = "crisis.watch"
NUMBER = "0152 28817386"


@pytest.fixture
def sink() -> Iterator[HttpSink]:
    """Yield where the second way ends."""
    with HttpSink() as listening:
        yield listening


def a_setting(folder: Path, **more: object) -> Settings:
    given = {"data_dir": folder / "data", "engine_name": "host-a", **more}
    return Settings(_env_file=None, **given)  # type: ignore[arg-type]  # -- pydantic checks


def last_said(lookout: Lookout) -> WatcherStatus:
    (said,) = watcher_statuses(lookout.signs(), now=lookout.wall.now())
    return said


def test_watcher_of_a_quiet_house_gives_a_sign_of_life(tmp_path: Path) -> None:
    with open_lookout(a_setting(tmp_path)) as lookout:
        (tmp_path / "data").mkdir(exist_ok=True)
        found = Watcher(lookout).look()
        said = last_said(lookout)

    assert found == ()
    assert (said.name, said.fresh, said.addresses, said.reasons) == ("host-a", True, 0, ())


def test_unreachable_log_is_told_over_the_second_way(
    tmp_path: Path, sink: HttpSink, caplog: pytest.LogCaptureFixture
) -> None:
    settings = a_setting(
        tmp_path,
        database_url=f"postgresql://ada:eve-reads@127.0.0.1:{free_port()}/crisis",
        alarm_urls=f"json://127.0.0.1:{sink.port}/alarm",
    )
    with caplog.at_level(logging.INFO, logger=LOG), open_lookout(settings) as lookout:
        watcher = Watcher(lookout)
        first, second = watcher.look(), watcher.look()

    assert [concern.what for concern in (*first, *second)] == 2 * ["log-unreachable"]
    assert first == second
    assert [json.loads(post.body)["title"] for post in sink.kept] == ["Crisis: ALARM / ALARM (1)"]
    assert "eve-reads" not in caplog.text
    assert caplog.text.count("house log-unreachable") == 1


def test_unreadable_incident_is_a_concern_and_hides_no_other(
    tmp_path: Path, sink: HttpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CONFIRMED_S", 0.0)
    house = a_house(tmp_path, partners=1, sink=sink.port, prefect_port=free_port())
    with house as (world, _):
        broken = an_incident(world, a_playbook())
        whole = an_incident(world, a_playbook())
        with closing(sqlite3.connect(world.settings.data_dir / "crisis.sqlite3")) as database:
            database.execute("UPDATE log SET data = '{}' WHERE incident = ?", (broken.id,))
            database.commit()
        with open_lookout(world.settings) as lookout:
            watcher = Watcher(lookout)
            seen = [c for c in watcher.look() if c.incident]
            waited = lookout.gather().incidents

    assert [(c.what, c.incident) for c in seen] == [("damaged", broken.id)]
    assert [incident.id for incident in waited] == [whole.id]


def test_watcher_outlives_a_mistake_of_its_own(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stop = threading.Event()

    class Stumbling(Watcher):
        def look(self) -> tuple[()]:
            stop.set()
            raise RuntimeError(NUMBER)

    with open_lookout(a_setting(tmp_path)) as lookout:
        Stumbling(lookout).run(stop)

    assert "RuntimeError" in caplog.text
    assert NUMBER not in caplog.text


def test_alarm_that_was_raised_is_taken_over_by_the_next_watcher(
    tmp_path: Path, sink: HttpSink
) -> None:
    settings = a_setting(tmp_path, alarm_urls=f"json://127.0.0.1:{sink.port}/alarm no-such://x")
    (tmp_path / "data").mkdir()
    with open_lookout(settings) as lookout:
        Watcher(lookout).look()
    with open_lookout(settings) as lookout:
        found = Watcher(lookout).look()
        said = last_said(lookout)

    assert [concern.what for concern in found] == ["alarm-unusable alarm-2"]
    assert len(sink.kept) == 1
    assert said.reasons == ("alarm address alarm-2 is none that we understand",)


def test_watcher_keeps_time_and_gives_signs_of_life_on_postgresql(
    tmp_path: Path, postgres_url: str
) -> None:
    (tmp_path / "data").mkdir()
    with open_lookout(a_setting(tmp_path, database_url=postgres_url)) as lookout:
        watcher = Watcher(lookout)
        found = (*watcher.look(), *watcher.look())
        said = last_said(lookout)

    assert found == ()
    assert said.fresh


def test_way_that_ends_where_messages_leave_is_no_second_way(tmp_path: Path) -> None:
    settings = a_setting(
        tmp_path,
        mail_relay="mailto://relay.example:25",
        sms_url="https://sms.example/send",
        sms_sender="Crisis",
        alarm_urls="json://sms.example/a mailto://x@relay.example?to=a@b.example json://c.example",
    )
    with open_lookout(settings) as lookout:
        shared = lookout.shared()

    assert shared == ("alarm-1", "alarm-2")
