"""What watchers and dead-man's switches last said of themselves."""

from dataclasses import replace
from datetime import timedelta

from crisis.core.concern import Concern, ConcernKind
from crisis.core.words import Words
from crisis.launch.deadman_status import deadman_statuses
from crisis.launch.engine_status import Sign
from crisis.launch.status import ProcessStatus, Standing, Status
from crisis.launch.watcher_status import (
    SILENT,
    concern_data,
    last_look,
    watcher_statuses,
)
from tests.builders import T0
from tests.launch.test_engine_status import ALIVE

UNASKED = Concern(
    kind=ConcernKind.UNSENT,
    what="not-asked",
    since=T0,
    words=Words(de="Nicht angefragt", en="not asked"),
    incident="i1",
    code_word="AHORN 47",
    step="A10",
    partner="ohs",
    exercise=True,
)
DEAD = replace(
    UNASKED, what="no-engine", words=Words(de="Keine", en="no engine runs"),
    incident="", code_word="", step="", partner="", kind=ConcernKind.HOUSE,
)  # fmt: skip
SAID = {
    "counts": {"late": 0, "stuck": 0, "unsent": 4, "house": 1},
    "concerns": [concern_data(UNASKED), concern_data(DEAD)],
    "waiting": 7,
    "took_s": 0.2,
    "alarm": {
        "addresses": 2,
        "undelivered": ["alarm-2"],
        "shared": ["alarm-1"],
        "arrived": 3,
        "failed": 1,
        "sent_at": T0.isoformat(),
    },
}


def test_watcher_is_read_back_as_it_said() -> None:
    (found,) = watcher_statuses((("watcher/host-a", T0, SAID), ("engine/x", T0, {})), now=T0)

    assert found.name == "host-a"
    assert found.concerns == (UNASKED, DEAD)
    assert (found.waiting, found.took_s, found.addresses) == (7, 0.2, 2)
    assert (found.shared, found.sent_at) == (("alarm-1",), T0)
    assert (found.alarms_arrived, found.alarms_failed) == (3, 1)
    assert found.reasons == (
        "AHORN 47 A10 ohs: not asked",
        "no engine runs",
        "and 3 more concerns of watcher host-a",
        "the alarm did not reach alarm-2",
    )


def test_watcher_is_silent_after_half_a_minute_and_forgotten_after_a_day() -> None:
    later = T0 + timedelta(days=2)
    signs: tuple[Sign, ...] = (
        ("watcher/a", later - SILENT, {}),
        ("watcher/b", later - SILENT - timedelta(seconds=1), {}),
        ("watcher/c", T0, {}),
    )

    found = watcher_statuses(signs, now=later)

    assert [(each.name, each.reasons) for each in found] == [
        ("a", ()),
        ("b", ("watcher b gives no sign of life",)),
    ]
    assert last_look(found) == later - SILENT
    assert last_look(()) is None
    assert [each.name for each in watcher_statuses(signs[2:], now=later)] == ["c"]


def test_switch_is_late_after_three_missed_requests() -> None:
    data = {"every_s": 60.0, "code": "timeout", "succeeded_at": T0.isoformat()}
    signs: tuple[Sign, ...] = (
        ("deadman/host-b", T0, {**data, "succeeded_at": None}),
        ("deadman/host-a", T0, data),
        ("deadman/host-c", T0, {**data, "code": "ok"}),
        ("deadman/gone", T0 - timedelta(days=2), data),
    )

    at_once = deadman_statuses(signs, now=T0 + timedelta(seconds=190))
    late = deadman_statuses(signs, now=T0 + timedelta(seconds=191))

    assert [each.reasons for each in at_once] == [
        (),
        ("the dead-man's switch of host-b does not get through (timeout)",),
        (),
    ]
    assert [each.late for each in late] == [True, True, False]


def test_house_whose_watcher_is_silent_or_finds_something_is_not_well() -> None:
    process = ProcessStatus(name="supervisor", pid=1, since=T0, restarts=0, alive=True)
    well = Status(
        processes=(process,),
        engines=(ALIVE,),
        standing=Standing(open_incidents=0, degraded=(), overdue=0, unknown=0),
        log="",
    )
    expecting = replace(well, processes=(process, replace(process, name="watcher")))
    (silent,) = watcher_statuses((("watcher/a", T0, {}),), now=T0 + timedelta(hours=1))
    (missed,) = deadman_statuses((("deadman/a", T0, {"code": "503"}),), now=T0)

    assert well.is_well
    assert expecting.reasons == ("the watcher has never looked",)
    assert replace(expecting, just_started=True).is_well
    assert replace(well, watchers=(silent,)).reasons == ("watcher a gives no sign of life",)
    assert replace(well, watchers=(silent,), just_started=True).is_well
    assert replace(well, deadmen=(missed,)).reasons == (
        "the dead-man's switch of a does not get through (503)",
    )
