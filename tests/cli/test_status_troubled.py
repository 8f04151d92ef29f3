"""What `crisis status` says of several engines, watchers and providers in trouble."""

import os

from crisis.core.concern import Concern, ConcernKind
from crisis.core.words import Words
from crisis.launch.process import started
from crisis.launch.roll import Member, Roll, write_roll
from crisis.launch.watcher_status import concern_data
from tests.cli.desk import EVENING, CommandLine

UNASKED = Concern(
    kind=ConcernKind.UNSENT,
    what="not-asked",
    since=EVENING,
    words=Words(de="Nicht angefragt", en="not asked"),
    incident="i1",
    code_word="AHORN 47",
    step="A10",
    partner="cy",
)
DEAD = Concern(
    kind=ConcernKind.HOUSE,
    what="no-engine",
    since=EVENING,
    words=Words(de="Keine Engine läuft", en="no engine runs"),
)


def test_status_of_a_troubled_house_is_one_screen_and_a_list(ada: CommandLine) -> None:
    me = Member(name="supervisor", pid=os.getpid(), ticks=started(os.getpid()) or 0, since=EVENING)
    found = {
        "counts": {"house": 1, "unsent": 1},
        "concerns": [concern_data(DEAD), concern_data(UNASKED)],
        "alarm": {"addresses": 1, "undelivered": ["alarm-1"]},
    }
    with ada.world() as world:
        now = world.wall.now()
        beat = world.log.beat
        failing = {"prefect": "ready", "providers": {"relay-a": "open", "b": "half-open"}}
        beat("engine/host-a", now, {**failing, "host": "host-a", "in_flight": 12})
        beat("engine/host-b", now, {"providers": {"relay-a": "open"}, "host": "b.example"})
        for name in ("host-a", "host-b"):
            beat(f"watcher/{name}", now, found)
        beat("deadman/host-a", now, {"code": "timeout"})

    write_roll(ada.folder / "data", Roll(supervisor=me))
    result = ada.run("status")

    lines = result.stdout.splitlines()
    at = lines[4].split("alive  ")[1][:19]
    assert (result.exit_code, lines[3:]) == (
        1,
        [
            "engine               state  last sign of life    Prefect  on their way  next",
            f"host-a               alive  {at}  ready    12            nothing foreseen",
            f"host-b on b.example  alive  {at}  unknown  0             nothing foreseen",
            "",
            "Providers        b tried again by host-a; relay-a passed over by host-a, host-b",
            "Open incidents   0",
            "Overdue          0",
            "Fate unknown     0",
            "Held back        none",
            "Degraded         none",
            "Damaged          none",
            f"Watcher host-a   looks, last {at}, 2 concerns",
            "Alarms host-a    1 address, NOT DELIVERED to alarm-1",
            f"Watcher host-b   looks, last {at}, 2 concerns",
            "Alarms host-b    1 address, NOT DELIVERED to alarm-1",
            "Concern 1        house: no engine runs",
            "Concern 2        unsent, AHORN 47 A10 cy: not asked",
            "Dead-man host-a  never reached (timeout)",
            f"Log              the file {ada.folder}/data/crisis.sqlite3",
        ],
    )
    assert result.stderr.splitlines()[:2] == [
        "Not all is well:",
        "- engine host-a passes over provider b, which fails",
    ]
