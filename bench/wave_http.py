"""One wave over HTTP to a provider that takes 300 ms to answer, with a window of 64."""

from collections.abc import Iterator
from statistics import median

from bench.figure import Figure
from bench.house import started_house
from bench.scenario import Run
from bench.wave import PLAYBOOK, REGION, over_http, write_wave

PARTNERS = 1000
IN_FLIGHT = 64
LATENCY = 0.3
ROUNDS = 2
WITHIN = 60.0
MOST = 1.3


def wave_http(run: Run) -> Iterator[Figure]:
    """Yield how far the last answer is behind the ideal of a window that is always full."""
    partners = run.size(PARTNERS)
    ideal = partners * LATENCY / IN_FLIGHT
    taken = []
    with started_house(
        run.room("wave_http"), sinks={"http-300": LATENCY}, in_flight=IN_FLIGHT
    ) as house:
        crowd = over_http(house.providers.place("http-300"), partners=partners)
        write_wave(house.settings.playbooks_dir, house.settings.contacts_dir, crowd)
        house.wait_until_ready()
        for turn in range(1 if run.quick else ROUNDS + 1):
            count = house.wait_for_rest()
            opened = house.open_incident(PLAYBOOK, region=REGION)
            last = house.last_of(count, partners, within=WITHIN)
            if turn or run.quick:  # the first reads the contacts, which are new
                taken.append(last + LATENCY - opened.returned)
        run.tally.add(house)
    yield Figure(
        key="http_300ms_factor_of_ideal",
        value=round(median(taken) / ideal, 2),
        unit="",
        target=MOST,
        note=f"trigger → last answer / ({partners}·{LATENCY:g} s/{IN_FLIGHT}), "
        f"median of {len(taken)}",
    )
    yield Figure(
        key="http_300ms_engine_s",
        value=round(median(taken), 2),
        unit="s",
        note=f"opening returns → the provider's last answer; ideal {ideal:.2f} s",
    )
