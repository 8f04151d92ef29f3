"""The planner over one wave: fresh, running, and rising to the next level all at once."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bench.figure import Figure, in_ms
from bench.wave import PLAYBOOK, REGION, over_http, write_wave
from crisis.core.event import Mode
from crisis.core.incident import Incident
from crisis.core.plan import plan
from crisis.loading.library import FileLibrary
from crisis.simulated.stage import make_stage
from crisis.usecases.opening import Opening, open_incident
from crisis.usecases.outcomes import carry_out
from crisis.usecases.rehearse import Stage
from crisis.usecases.tick import claim
from crisis.wiring import SystemClock

RUNS = 15
TARGET_MS = 20.0
# Ladder A turns to the next channel after five minutes; before that nothing is due.
BETWEEN = timedelta(minutes=2)
RISES = timedelta(minutes=5)


def planning(folder: Path, *, partners: int = 1000) -> Iterator[Figure]:
    """
    Yield how long one plan takes for so many obligations.

    The key with the target is the slower of a wave that begins and one that runs.
    All of them rising at the same moment costs more, and stands beside it.
    """
    stage, fresh = _opened(folder, partners)
    key = f"plan_{partners}"
    moments = {f"{key}_fresh_ms": _ms(fresh, after=timedelta())}
    claimed = claim(stage.desk, fresh.id, room=partners)
    for delivery in claimed.deliveries:
        carry_out(stage.desk, delivery)
    running = stage.desk.incidents.current(fresh.id)
    moments[f"{key}_quiet_ms"] = _ms(running, after=BETWEEN)
    slower = max(moments.values())
    moments[f"{key}_rising_ms"] = _ms(running, after=RISES)
    notes = ("a wave begins", "a wave runs, nothing is due", "every partner rises a level")
    yield Figure(
        key=f"{key}_ms",
        value=slower,
        unit="ms",
        target=TARGET_MS,
        note=f"plan() for {len(claimed.deliveries)} obligations, the slower of the next two",
    )
    for (name, value), note in zip(moments.items(), notes, strict=True):
        yield Figure(key=name, value=value, unit="ms", note=f"{note}, median of {RUNS}")


def _opened(folder: Path, partners: int) -> tuple[Stage, Incident]:
    playbooks, contacts = folder / "playbooks", folder / "contacts"
    write_wave(playbooks, contacts, over_http("127.0.0.1:9", partners=partners))
    clock = SystemClock()
    library = FileLibrary(playbooks=playbooks, contacts=contacts, clock=clock)
    stage = make_stage(library, at=clock.now())
    opening = Opening(
        playbook=PLAYBOOK, region=REGION, mode=Mode.EXERCISE, by="ada", accept_gaps=True
    )
    return stage, open_incident(stage.desk, opening)


def _ms(incident: Incident, *, after: timedelta) -> float:
    now = incident.opened_at + after
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        plan(incident, now=now)
        seconds.append(time.perf_counter() - began)
    return in_ms(seconds)[0]
