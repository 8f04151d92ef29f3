"""How planning and reading grow, to ten thousand obligations and a hundred thousand events."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from bench.engine_memory import engine_memory, store
from bench.figure import Figure
from bench.multiplied import Multiplied
from bench.scenario import Run
from bench.wave import PLAYBOOK, REGION, STEP, over_http, write_wave
from crisis.core.event import Entry, Mode, Via
from crisis.core.incident import Incident, fold
from crisis.core.plan import plan
from crisis.launch.collector import spare_what_is_loaded
from crisis.loading.library import FileLibrary
from crisis.simulated.stage import make_stage
from crisis.store.log import DatabaseEventLog
from crisis.usecases.answering import Reply, acknowledge
from crisis.usecases.house import House
from crisis.usecases.opening import Opening, open_incident
from crisis.usecases.outcomes import carry_out
from crisis.usecases.reading import Desk, Incidents
from crisis.usecases.rehearse import Stage
from crisis.usecases.tick import claim
from crisis.wiring import SystemClock

SMALL, LARGE = 1_000, 10_000
RUNS = 3
ANSWERS = 20
# The moments of the ladder that were climbed; the next one lies ahead of the engine.
RUNGS = (0, 5, 10, 15)
AGE = timedelta(minutes=17)
# Ten times as much work may take a little more than ten times as long.
NEAR_LINEAR = 15.0
MOST_FOLD_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A large incident, its whole log, and how long its plan took on the way."""

    entries: tuple[Entry, ...]
    incident: Incident
    plan_s: float
    house: House


def growth(run: Run) -> Iterator[Figure]:
    """Yield what ten times as many obligations cost, and a hundred thousand events."""
    spare_what_is_loaded()  # as an engine does when it has started
    room, small, large = run.room("growth"), run.size(SMALL), run.size(LARGE)
    less = _grown(room / "small", small, rungs=RUNGS[:1])
    more = _grown(room / "large", large, rungs=RUNGS)
    yield Figure(
        key="plan_growth_1k_to_10k",
        value=round(more.plan_s / less.plan_s, 1),
        unit="",
        target=NEAR_LINEAR,
        note=f"plan() of a fresh wave: {less.plan_s * 1000:.1f} ms for {small}, "
        f"{more.plan_s * 1000:.1f} ms for {large}",
    )
    yield Figure(
        key="fold_100k_s",
        value=round(_seconds(lambda: fold(more.entries)), 2),
        unit="s",
        target=MOST_FOLD_S,
        note=f"fold of {len(more.entries)} events",
    )
    yield from _at_size(room, more)
    yield from engine_memory(run, more.entries)


def _grown(folder: Path, partners: int, *, rungs: Sequence[int]) -> Grown:
    """Play a wave in which nobody answers, in memory, until these rungs were climbed."""
    write_wave(folder / "playbooks", folder / "contacts", over_http("127.0.0.1:9", partners=1))
    clock = SystemClock()
    files = FileLibrary(playbooks=folder / "playbooks", contacts=folder / "contacts", clock=clock)
    library = Multiplied(one=files, times=partners)
    began = clock.now() - AGE
    stage = make_stage(library, at=began)
    opening = Opening(
        playbook=PLAYBOOK, region=REGION, mode=Mode.EXERCISE, by="ada", accept_gaps=True
    )
    opened = open_incident(stage.desk, opening)
    planned = _seconds(lambda: plan(opened, now=began))
    for minutes in rungs:
        _climb(stage, opened.id, partners, at=began + timedelta(minutes=minutes, seconds=1))
    return Grown(
        entries=stage.desk.house.log.read(opened.id),
        incident=stage.desk.incidents.current(opened.id),
        plan_s=planned,
        house=stage.desk.house,
    )


def _climb(stage: Stage, incident: str, room: int, *, at: datetime) -> None:
    stage.clock.set(at)
    while True:
        claimed = claim(stage.desk, incident, room=room)
        if claimed.is_quiet:
            return
        for delivery in claimed.deliveries:
            carry_out(stage.desk, delivery)


def _at_size(room: Path, grown: Grown) -> Iterator[Figure]:
    """Yield what one more event costs an engine that knows the incident."""
    incident = grown.incident
    with DatabaseEventLog(f"sqlite:///{room / 'large.sqlite3'}") as log:
        written = _seconds_once(lambda: store(log, grown.entries))
        incidents = Incidents(log)
        first = _seconds_once(lambda: incidents.current(incident.id))
        house = grown.house
        desk = Desk(house=replace(house, log=log), incidents=incidents)
        claim(desk, incident.id, room=0)
        ticks = []
        for partner in incident.run_of(STEP).partners[:ANSWERS]:
            reply = Reply(
                incident=incident.id, step=STEP, partner=partner, by=partner, via=Via.PAGE
            )
            acknowledge(desk, reply)
            ticks.append(_seconds_once(lambda: claim(desk, incident.id, room=0)))
    yield Figure(
        key="tick_after_one_event_ms",
        value=round(median(ticks) * 1000, 1),
        unit="ms",
        note=f"a claim after one new answer, of {len(grown.entries)} events; "
        f"the slowest {max(ticks) * 1000:.1f} ms",
    )
    yield Figure(
        key="read_100k_s",
        value=round(first, 2),
        unit="s",
        note=f"read and fold from SQLite; written in {written:.1f} s",
    )


def _seconds(work: Callable[[], object]) -> float:
    """Return the processor time of work that waits for nothing: other programs do not count."""
    taken = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return median(taken)


def _seconds_once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
