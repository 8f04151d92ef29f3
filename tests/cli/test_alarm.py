"""`crisis alarm test`, and what `crisis status` says of the watcher."""

import json
import os

from crisis.launch.process import started
from crisis.launch.roll import Member, Roll, write_roll
from crisis.launch.watcher_status import concern_data
from crisis.simulated.sinks.http import Answer, HttpSink
from tests.cli.desk import EVENING, CommandLine
from tests.watch.concerns import UNASKED


def test_test_alarm_reaches_every_address(ada: CommandLine) -> None:
    with HttpSink() as sink:
        url = f"json://127.0.0.1:{sink.port}/ada json://127.0.0.1:{sink.port}/bo"
        result = ada.run("alarm", "test", CRISIS_ALARM_URLS=url)
        titles = [json.loads(post.body)["title"] for post in sink.kept]

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "address  outcome   code\nalarm-1  accepted  200\nalarm-2  accepted  200\n"
    )
    assert titles == 2 * ["Crisis: Probealarm / test alarm"]


def test_test_alarm_that_fails_is_a_finding(ada: CommandLine) -> None:
    with HttpSink() as sink:
        sink.script("/ada", Answer(status=503))
        url = f"json://127.0.0.1:{sink.port}/ada"
        result = ada.run("alarm", "test", "--json", CRISIS_ALARM_URLS=url)

    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "name": "alarm-1",
            "outcome": {"kind": "deferred", "code": "503", "provider": ""},
        }
    ]


def test_test_alarm_without_a_second_way_says_how_to_set_one(ada: CommandLine) -> None:
    result = ada.run("alarm", "test")

    assert result.exit_code == 2
    assert "CRISIS_ALARM_URLS" in result.stderr


def test_status_tells_what_the_watcher_found_and_that_nobody_could_be_called(
    ada: CommandLine,
) -> None:
    said = {
        "counts": {"unsent": 1},
        "concerns": [concern_data(UNASKED)],
        "alarm": {"addresses": 2, "undelivered": ["alarm-2"], "shared": ["alarm-1"]},
    }
    with ada.world() as world:
        world.log.beat("watcher/host-a", world.wall.now(), said)
        world.log.beat("engine/host-a", world.wall.now(), {"prefect": "ready"})
        world.log.beat("deadman/host-a", world.wall.now(), {"code": "503"})
    me = Member(name="supervisor", pid=os.getpid(), ticks=started(os.getpid()) or 0, since=EVENING)
    write_roll(ada.folder / "data", Roll(supervisor=me))

    result = ada.run("status")

    assert result.exit_code == 1
    assert ", 1 concern\n" in result.stdout
    assert "2 addresses, NOT DELIVERED to alarm-2; alarm-1 on the server of the first way\n" in (
        result.stdout
    )
    assert "unsent, AHORN 47 A10 ohs: not asked\n" in result.stdout
    assert "never reached (503)\n" in result.stdout
    assert "AHORN 47 A10 ohs: not asked" in result.stderr
    assert "the alarm did not reach alarm-2" in result.stderr
    assert "the dead-man's switch of host-a does not get through (503)" in result.stderr


def test_status_of_several_watchers_names_each(ada: CommandLine) -> None:
    with ada.world() as world:
        for name in ("a", "b"):
            world.log.beat(f"watcher/{name}", world.wall.now(), {})

    result = ada.run("status")

    assert "Watcher a " in result.stdout
    assert "Alarms b " in result.stdout
    assert ", nothing wrong\n" in result.stdout
    assert "no second way is set; see CRISIS_ALARM_URLS\n" in result.stdout
