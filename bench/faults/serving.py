"""`crisis serve` as a whole: its supervisor is killed, its children are, and it must go on."""

import time
from collections.abc import Iterator

from bench.faults.house import UP_WITHIN, House
from bench.faults.kind import Act, Kind
from bench.faults.patience import TooLateError, pause, wait_until
from bench.faults.places import PATIENT, WAVE
from bench.faults.stage import Stage
from bench.faults.tally import Tally
from crisis.launch.process import is_alive
from crisis.launch.roll import Member, call_roll

LATENCY = 0.2
LEAVES_WITHIN = 40.0
SETTLES_WITHIN = 240.0

SUPERVISOR = Kind(
    id="kill-supervisor",
    words="kill -9 of `crisis serve` in the middle of a wave, then a new start",
    source="kill -9 of supervisor",
    holds="its children leave by themselves; the next start goes on where the log ends",
)
CHILD = Kind(
    id="kill-child-of-serve",
    words="kill -9 of the engine that `crisis serve` looks after",
    source="kill -9 of engine",
    holds="the supervisor starts it again by itself",
)


def serving(stage: Stage) -> Iterator[Tally]:
    """Kill the supervisor and a child in turn, so often as the size of the run says."""
    counts = {WAVE: stage.size.partners}
    address = stage.address("serving")
    with House(stage.folder / "serving", address, counts=counts, latency=LATENCY) as house:
        tallies = {
            kind.id: Tally(kind=kind.id, database=stage.database)
            for kind in ACT.kinds
            if kind.id in stage.wanted
        }
        waves: list[str] = []
        house.has_kills = True
        house.serve()
        for turn in range(stage.size.supervisors):
            for kind in (SUPERVISOR, CHILD):
                if kind.id in tallies and (turn == 0 or stage.has_time):
                    tallies[kind.id] = _try(stage, house, kind, tallies[kind.id], waves)
        late = house.wait_settled(waves, within=SETTLES_WITHIN)
        # The last word on every wave goes to the kind that was tried first.
        first = next(iter(tallies))
        for wave in waves:
            tallies[first] = tallies[first].with_verdict(house.verdict(wave))
        if late:
            tallies[first] = tallies[first].but(late)
        if not house.log_is_intact():
            tallies[first] = tallies[first].but("crisis log verify found a fault")
        house.crew.ask_to_leave("serve")
        yield from tallies.values()


def _try(stage: Stage, house: House, kind: Kind, tally: Tally, waves: list[str]) -> Tally:
    try:
        wait_until(house.page_answers, within=UP_WITHIN, what="the pages answer")
        waves.append(house.open_incident(PATIENT, WAVE))
        goal = house.arrived() + stage.dice.randint(1, house.counts[WAVE] // 3)
        wait_until(lambda: house.arrived() >= goal, within=UP_WITHIN, what="the wave goes on")
        pause(stage.dice.uniform(0, LATENCY))
        at = time.monotonic()
        if kind is SUPERVISOR:
            _kill_supervisor(house)
            house.serve()
        else:
            _kill_engine(house)
        seen = house.arrived()
        wait_until(lambda: house.arrived() > seen, within=UP_WITHIN, what="the wave goes on")
        return tally.hit(kills=1, recovery_s=time.monotonic() - at)
    except TooLateError as late:
        if not house.crew.runs("serve"):
            house.serve()
        return tally.but(str(late))


def _kill_supervisor(house: House) -> None:
    children = _children(house)
    house.crew.kill("serve")
    wait_until(
        lambda: not any(is_alive(child.pid, child.ticks) for child in children),
        within=LEAVES_WITHIN,
        what="the children of the killed supervisor have left",
    )


def _kill_engine(house: House) -> None:
    engine = next(child for child in _children(house) if child.name == "engine")
    house.crew.kill_child(engine.pid)


def _children(house: House) -> tuple[Member, ...]:
    """Return the processes that our own `crisis serve` says it has started."""
    roll = call_roll(house.settings.data_dir)
    if roll is None or roll.supervisor.pid != house.crew.pid("serve"):
        raise TooLateError("crisis serve has not written down whom it started")
    return roll.children


ACT = Act(name="serving", kinds=(SUPERVISOR, CHILD), play=serving)
