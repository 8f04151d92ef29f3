"""What `crisis status` tells."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from crisis.core.asked import AttemptHeld, Purpose, StepStarted
from crisis.core.incident import fold
from crisis.launch.engine_status import EngineStatus, engine_status
from crisis.launch.process import started
from crisis.launch.roll import Member, Roll, write_roll
from crisis.launch.status import (
    ProcessStatus,
    Standing,
    Status,
    just_started,
    processes,
    standing,
)
from tests.builders import T0, entries_of, minutes

ENGINE = EngineStatus(
    at=T0,
    fresh=True,
    prefect="ready",
    in_flight=0,
    open_incidents=(),
    faults={},
    next_wake_at=None,
    name="host-a",
)
WELL = Status(
    processes=(ProcessStatus(name="supervisor", pid=1, since=T0, restarts=0, alive=True),),
    engines=(ENGINE,),
    standing=Standing(open_incidents=0, degraded=(), overdue=0, unknown=0),
    log="the file x",
)


def test_processes_are_none_where_nothing_was_ever_started(tmp_path: Path) -> None:
    assert processes(tmp_path) == ()


def test_pid_that_was_given_out_anew_does_not_count_as_alive(tmp_path: Path) -> None:
    me = os.getpid()
    ticks = started(me) or 0
    ours = Member(name="supervisor", pid=me, ticks=ticks, since=T0)
    other = Member(name="engine", pid=me, ticks=ticks - 1, since=T0, restarts=2)
    write_roll(tmp_path, Roll(supervisor=ours, children=(other,)))

    assert processes(tmp_path) == (
        ProcessStatus(name="supervisor", pid=me, since=T0, restarts=0, alive=True),
        ProcessStatus(name="engine", pid=me, since=T0, restarts=2, alive=False),
    )


def test_roll_of_another_version_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "serve.json").write_text('{"supervisor": 1}')

    assert processes(tmp_path) == ()


def test_beat_that_is_old_is_not_fresh() -> None:
    data = {
        "prefect": "unavailable",
        "in_flight": 3,
        "open": ["i1"],
        "faults": {"i1": "UnreachableError, again in 2 s"},
        "wake_at": T0.isoformat(),
    }

    assert engine_status(T0, data, now=T0 + timedelta(seconds=11)) == EngineStatus(
        at=T0,
        fresh=False,
        prefect="unavailable",
        in_flight=3,
        open_incidents=("i1",),
        faults={"i1": "UnreachableError, again in 2 s"},
        next_wake_at=T0,
    )


def test_house_is_well_only_if_all_is() -> None:
    dead = replace(WELL.processes[0], alive=False)
    unwell = (
        replace(WELL, processes=()),
        replace(WELL, processes=(dead,)),
        replace(WELL, engines=()),
        replace(WELL, engines=(replace(ENGINE, fresh=False),)),
        replace(WELL, engines=(replace(ENGINE, prefect="unavailable"),)),
        replace(WELL, engines=(replace(ENGINE, faults={"i1": "x"}),)),
        replace(WELL, standing=replace(WELL.standing, degraded=("i1",))),
    )

    assert WELL.is_well
    assert not any(status.is_well for status in unwell)


def test_prefect_may_take_a_minute_to_start() -> None:
    starting = replace(WELL, engines=(replace(ENGINE, prefect="starting"),))
    fresh = replace(starting, just_started=True)

    assert (fresh.prefect_is_starting, fresh.reasons) == (True, ())
    assert (starting.prefect_is_starting, starting.is_well) == (False, False)
    assert starting.reasons == ("Prefect is still starting after 60 s; see logs/prefect.log",)


def test_house_is_just_started_for_a_minute() -> None:
    assert just_started(WELL.processes, now=T0 + timedelta(seconds=60))
    assert not just_started(WELL.processes, now=T0 + timedelta(seconds=61))
    assert not just_started((), now=T0)


def test_reasons_name_all_that_is_not_well() -> None:
    gone = ProcessStatus(name="web", pid=2, since=T0, restarts=0, alive=False)
    engine = replace(ENGINE, prefect="unavailable", faults={"i1": "x"})
    ill = replace(
        WELL,
        processes=(*WELL.processes, gone),
        engines=(engine,),
        standing=replace(WELL.standing, degraded=("i1",), damaged=("i2",)),
    )

    assert ill.reasons == (
        "web has ended",
        "fault in i1",
        "Prefect is unavailable",
        "i1 goes on without Prefect",
        "i2 is damaged",
    )
    assert replace(WELL, engines=()).reasons == ("the engine gives no sign of life",)
    assert replace(WELL, processes=(gone,)).reasons == ("nothing runs here",)


def test_standing_counts_over_all_open_incidents() -> None:
    assert standing((), now=T0) == Standing(open_incidents=0, degraded=(), overdue=0, unknown=0)


def test_standing_counts_what_limits_hold_back_and_says_when_the_next_leaves() -> None:
    held = [
        AttemptHeld(
            step="A10",
            partner="ohs",
            contact="ohs",
            channel=channel,
            purpose=Purpose.ASK,
            until=T0 + minutes(number),
            limit=limit,
        )
        for channel, number, limit in (
            ("ohs-email", 9, "email 60/minute"),
            ("ohs-http", 7, "contact 6/minute"),
            ("ohs-sms", 4, "sms 1/minute"),
        )
    ]
    started = StepStarted(step="A10", partners=("ohs",), planned_at=T0, due_at=None)
    incident = fold(entries_of(started, *held))

    found = standing((incident,), now=T0 + minutes(5))

    assert (found.held, found.held_until, found.held_by) == (
        2,
        T0 + minutes(7),
        "contact 6/minute",
    )


def test_engine_that_passes_over_a_provider_is_a_reason() -> None:
    said = {"providers": {"a": "open", "b": "closed", "c": "half-open"}}

    found = engine_status(T0, said, now=T0, name="host-a")

    assert found.providers == said["providers"]
    assert found.reasons == (
        "engine host-a passes over provider a, which fails",
        "engine host-a passes over provider c, which fails",
    )


def test_engine_whose_work_no_worker_takes_is_a_reason() -> None:
    said = {"launcher": "prefect", "workers": [], "trouble": "work pool crisis is missing"}
    taken = {"launcher": "prefect", "workers": ["host-c-7"], "trouble": ""}

    without, with_one = (engine_status(T0, data, now=T0, name="host-a") for data in (said, taken))

    assert (without.launcher, without.workers, without.reasons) == (
        "prefect",
        (),
        ("engine host-a does the work itself: work pool crisis is missing",),
    )
    assert (with_one.workers, with_one.reasons) == (("host-c-7",), ())
