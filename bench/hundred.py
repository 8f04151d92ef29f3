"""A hundred incidents with a hundred partners each, opened as fast as the house takes them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from bench.engine_memory import MOST_MB, memory_mb
from bench.figure import Figure
from bench.house import House, Opened, started_house, wait_until
from bench.providers import Arrival
from bench.scenario import Run
from bench.wave import PLAYBOOK, REGION, over_http, write_wave

INCIDENTS = 100
PARTNERS = 100
# So many calls at once are as fast as the page server takes them.
CALLERS = 4
ALL_WITHIN = 100.0
MOST_S = 10.0


def hundred(run: Run) -> Iterator[Figure]:
    """Yield when every incident had its first message, and when all had their last."""
    incidents, partners = run.size(INCIDENTS), run.size(PARTNERS)
    with started_house(run.room("hundred")) as house:
        settings = house.settings
        crowd = over_http(house.providers.place("http"), partners=partners)
        write_wave(settings.playbooks_dir, settings.contacts_dir, crowd)
        house.wait_until_ready()
        count = house.wait_for_rest()
        with ThreadPoolExecutor(CALLERS) as pool:
            opened = list(pool.map(lambda _: _open(house), range(incidents)))
        wait_until(
            lambda: house.providers.count() >= count + incidents * partners,
            within=ALL_WITHIN,
            what="all messages of all incidents have arrived",
        )
        arrivals = house.providers.arrivals(after=count)
        held = memory_mb(house.processes()["engine"])
        run.tally.add(house)
    began = min(each.called for each in opened)
    first = _first(arrivals)
    yield Figure(
        key="hundred_incidents_first_s",
        value=round(max(first[each.id] - each.returned for each in opened), 2),
        unit="s",
        target=MOST_S,
        note=f"{incidents} incidents, {partners} partners each: opening returns → its first "
        "message, the worst",
    )
    yield Figure(
        key="hundred_incidents_all_first_s",
        value=round(max(first.values()) - began, 2),
        unit="s",
        note="from the first call until each incident had its first message",
    )
    yield Figure(
        key="hundred_incidents_last_s",
        value=round(arrivals[-1].at - began, 2),
        unit="s",
        note=f"from the first call until all {len(arrivals)} messages had arrived",
    )
    yield Figure(
        key="hundred_incidents_rss_mb",
        value=held["VmRSS"],
        unit="MB",
        target=MOST_MB,
        note=f"the engine's process with all of them open; at its peak {held['VmHWM']:g} MB",
    )


def _open(house: House) -> Opened:
    return house.open_incident(PLAYBOOK, region=REGION)


def _first(arrivals: tuple[Arrival, ...]) -> dict[str, float]:
    first: dict[str, float] = {}
    for each in arrivals:
        first.setdefault(each.mark.partition("/")[0], each.at)
    return first
