"""
SIGSTOP for two minutes beside a second engine, then SIGCONT.

The one that was stopped does not know it. When it goes on, its successor has long
asked again whomever it had left in doubt.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

from bench.faults.house import UP_WITHIN, House
from bench.faults.kind import Act, Kind
from bench.faults.patience import pause, wait_until
from bench.faults.places import PATIENT, WAVE
from bench.faults.stage import Stage
from bench.faults.tally import Tally

LATENCY = 0.2
SETTLES_WITHIN = 240.0
# What it sends of its own accord after it goes on, it sends within so many seconds.
_AFTERMATH = 8.0
# A transaction takes some milliseconds, on a busy machine a hundred times as long.
_WRITES_WITHIN = 15.0

STOPPED = Kind(
    id="stop-engine-beside-second",
    words="SIGSTOP of one of two engines in the middle of a wave, SIGCONT two minutes later",
    source="SIGSTOP of the engine for two minutes, then SIGCONT beside a second engine",
    holds=(
        "the second goes on, on SQLite unless the first held the file's lock; the first"
        " sends no old message beside it"
    ),
)


def standstill(stage: Stage) -> Iterator[Tally]:
    """Stop one of two engines, have the other go on, wake the first."""
    counts = {WAVE: stage.size.partners}
    address, folder = stage.address("standstill"), stage.folder / "standstill"
    tally = Tally(kind=STOPPED.id, database=stage.database)
    with House(folder, address, counts=counts, latency=LATENCY) as house:
        house.has_kills = True
        house.start("prefect", "web")
        pids = {house.start_engine(name) for name in ("eins", "zwei")}
        wait_until(
            lambda: all(map(house.engine_beats, pids)), within=UP_WITHIN, what="both engines beat"
        )
        wait_until(house.page_answers, within=UP_WITHIN, what="the pages answer")
        waves = [house.open_incident(PATIENT, WAVE) for _ in range(2)]
        goal = stage.dice.randint(8, house.counts[WAVE] // 2)
        wait_until(lambda: house.arrived() >= goal, within=UP_WITHIN, what="the wave goes on")
        back, phase = _stop_and_go(stage, house, waves)
        late = house.wait_settled(waves, within=SETTLES_WITHIN)
        tally = tally.hit(kills=0, recovery_s=back, phase=phase)
        for wave in waves:
            tally = tally.with_verdict(house.verdict(wave))
        if late:
            tally = tally.but(late)
        if not house.log_is_intact():
            tally = tally.but("crisis log verify found a fault")
    yield tally


def _stop_and_go(stage: Stage, house: House, waves: list[str]) -> tuple[float, str]:
    """
    Return after how many seconds the work went on, and what was seen of the first engine.

    On SQLite it may have been stopped while it held the file's lock. Nobody can take
    that from it, so all wait until it goes on itself.
    """
    house.crew.hold("engine-eins")
    at = time.monotonic()
    holds_all_up = stage.cluster is None and _is_locked(house)
    seen = house.arrived()

    def goes_on() -> bool:
        return house.arrived() > seen or all(house.settled(wave) for wave in waves)

    if not holds_all_up:
        wait_until(goes_on, within=UP_WITHIN, what="the second engine goes on")
    back = time.monotonic() - at
    pause(at + stage.size.stop_s - time.monotonic())
    before = house.arrived()
    house.crew.go_on("engine-eins")
    again = time.monotonic()
    if holds_all_up:
        wait_until(goes_on, within=UP_WITHIN, what="both engines go on")
        return time.monotonic() - again, "lock held"
    pause(_AFTERMATH)
    return back, f"belated {house.arrived() - before}"


def _is_locked(house: House) -> bool:
    """Return whether nobody can write to the SQLite file for longer than any writer needs."""
    file = house.settings.database_address.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file, isolation_level=None, timeout=_WRITES_WITHIN)) as trial:
        try:
            trial.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        trial.execute("ROLLBACK")
    return False


ACT = Act(name="standstill", kinds=(STOPPED,), play=standstill)
