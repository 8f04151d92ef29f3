"""A start with a hundred incidents open, and something due: until the first message is out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from bench.figure import Figure
from bench.house import House, prepared_house, served, wait_until
from bench.scenario import Run
from bench.wave import PLAYBOOK, REGION, over_http, write_wave
from crisis.core.event import Mode
from crisis.usecases.opening import Opening, open_incident
from crisis.usecases.tick import tick
from crisis.wiring import open_world

INCIDENTS = 100
PARTNERS = 20
ROUNDS = 3
WITHIN = 60.0
MOST_S = 5.0
OPENING = Opening(playbook=PLAYBOOK, region=REGION, mode=Mode.EXERCISE, by="ada", accept_gaps=True)


def restart(run: Run) -> Iterator[Figure]:
    """Yield how long the first due message waits for a house that was just started."""
    incidents, seconds = run.size(INCIDENTS), []
    with prepared_house(run.room("restart")) as prepared:
        settings = prepared.settings
        crowd = over_http(prepared.providers.place("http"), partners=run.size(PARTNERS))
        write_wave(settings.playbooks_dir, settings.contacts_dir, crowd)
        _open(prepared, incidents, are_asked=True)
        for _ in range(1 if run.quick else ROUNDS):
            _open(prepared, 1, are_asked=False)
            seconds.append(_first(prepared))
    yield Figure(
        key="restart_first_due_s",
        value=round(median(seconds), 2),
        unit="s",
        target=MOST_S,
        note=f"`crisis serve` starts → first due message, {incidents} incidents open, "
        f"median of {len(seconds)}; the slowest {max(seconds):.2f} s",
    )


def _open(house: House, count: int, *, are_asked: bool) -> None:
    """Open incidents while nothing runs; where they are asked, as by an engine that then died."""
    with open_world(house.settings) as world, ThreadPoolExecutor(8) as pool:
        for _ in range(count):
            incident = open_incident(world.desk, OPENING)
            if are_asked:
                tick(world.desk, incident.id, pool=pool)


def _first(prepared: House) -> float:
    count = prepared.providers.count()
    with served(prepared) as house:
        wait_until(lambda: house.providers.count() > count, within=WITHIN, what="a message is out")
        return house.providers.arrivals(after=count)[0].at - house.began
