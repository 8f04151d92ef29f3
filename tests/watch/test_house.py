"""What is wrong with the house itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.core.concern import ConcernKind
from crisis.launch.engine_status import EngineStatus
from crisis.watch.house import (
    LEAST_ROOM,
    MOST_WAITING,
    WITHOUT_PREFECT,
    Signs,
    house_concerns,
    log_unreachable,
    unauditable,
)
from tests.builders import T0

ALIVE = EngineStatus(
    at=T0,
    fresh=True,
    prefect="ready",
    in_flight=0,
    open_incidents=(),
    faults={},
    next_wake_at=None,
    name="host-a",
)
SILENT = replace(ALIVE, fresh=False, name="host-b")
WELL = Signs(up_since=T0 - timedelta(hours=1), engine_seen=True, engines=(ALIVE,), free=LEAST_ROOM)


def whats(signs: Signs) -> list[str]:
    return [concern.what for concern in house_concerns(signs, now=T0)]


@pytest.mark.parametrize(
    ("signs", "found"),
    [
        (WELL, []),
        (replace(WELL, engines=()), ["no-engine"]),
        (replace(WELL, engines=(SILENT,)), ["no-engine"]),
        (replace(WELL, engines=(SILENT,), engine_seen=False), ["no-engine"]),
        (replace(WELL, engines=(), engine_seen=False, up_since=T0 - timedelta(seconds=59)), []),
        (replace(WELL, engines=(ALIVE, SILENT)), ["engine-silent host-b"]),
        (replace(WELL, engines=(ALIVE, replace(SILENT, has_left=True))), []),
        (replace(WELL, engines=(replace(ALIVE, clash="elsewhere"),)), ["engine-clash host-a"]),
        (replace(WELL, engines=(replace(ALIVE, faults={"i1": "x"}),)), ["engine-fault"]),
        (replace(WELL, engines=(ALIVE, replace(SILENT, faults={"i1": "x"}))),
         ["engine-silent host-b"]),
        (replace(WELL, prefect_gone=T0 - WITHOUT_PREFECT), ["no-prefect"]),
        (replace(WELL, prefect_gone=T0), []),
        (replace(WELL, free=LEAST_ROOM - 1), ["disk-full"]),
        (replace(WELL, free=None), ["no-folder"]),
        (replace(WELL, waiting=MOST_WAITING), []),
        (replace(WELL, waiting=MOST_WAITING + 1), ["backlog"]),
        (replace(WELL, deviations={"host-a": -3.0, "host-b": 1.9}), ["clock host-a"]),
        (replace(WELL, damaged={"i7": "hash"}), ["damaged"]),
        (replace(WELL, alarm_unusable=("alarm-2",)), ["alarm-unusable alarm-2"]),
    ],
)  # fmt: skip
def test_house_is_looked_at_from_all_sides(signs: Signs, found: list[str]) -> None:
    assert whats(signs) == found


def test_house_concerns_have_words_in_both_languages() -> None:
    signs = replace(WELL, deviations={"host-a": 61.0}, damaged={"i7": "hash"})
    found = house_concerns(signs, now=T0)

    assert [(c.kind, c.incident, c.words.de, c.words.en) for c in found] == [
        (ConcernKind.HOUSE, "", "Uhr von host-a geht +61 s falsch",
         "clock of host-a is off by +61 s"),
        (ConcernKind.HOUSE, "i7", "Protokoll nicht lesbar", "log not readable"),
    ]  # fmt: skip
    assert log_unreachable(since=T0).what == "log-unreachable"
    assert unauditable("i7", since=T0).incident == "i7"
