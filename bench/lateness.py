"""Timers: a thousand messages whose moments all lie within one minute, by the real clock."""

import time
from collections.abc import Iterator
from datetime import timedelta
from statistics import median

from bench.figure import Figure, percentile
from bench.house import House, Opened, started_house
from bench.providers import Arrival
from bench.scenario import Run
from bench.wave import REGION, TIMERS, over_http, timer_step, write_timers, write_wave
from crisis.wiring import SystemClock

INCIDENTS = 10
PARTNERS = 2
# Fifty steps of each incident begin in these seconds after it was opened.
SECONDS = tuple(range(8, 58))
QUICK_SECONDS = (3, 4)
WITHIN = 90.0
MOST_MEDIAN_S = 0.3
MOST_P99_S = 1.0
# What two readings of one clock in two processes may differ by.
SAME = 0.01


def lateness(run: Run) -> Iterator[Figure]:
    """Yield how late the messages of a thousand timers arrived, and how many came early."""
    seconds = QUICK_SECONDS if run.quick else SECONDS
    with started_house(run.room("lateness")) as house:
        settings = house.settings
        crowd = over_http(house.providers.place("http"), partners=PARTNERS)
        write_wave(settings.playbooks_dir, settings.contacts_dir, crowd)
        write_timers(settings.playbooks_dir, seconds=seconds)
        house.wait_until_ready()
        late = _late(house, seconds, incidents=run.size(INCIDENTS))
        run.tally.add(house)
    said = f"{len(late)} timers due within {seconds[-1] - seconds[0] + 1} s"
    yield Figure(
        key="lateness_median_s",
        value=round(median(late), 3),
        unit="s",
        target=MOST_MEDIAN_S,
        note=f"{said}: arrival behind the moment",
    )
    yield Figure(
        key="lateness_p99_s",
        value=round(percentile(late, 0.99), 3),
        unit="s",
        target=MOST_P99_S,
        note="the 99th percentile",
    )
    yield Figure(
        key="early_count",
        value=sum(each < -SAME for each in late),
        unit="",
        target=0,
        note=f"how many arrived before their moment; the least late: {min(late):.3f} s",
    )


def _late(house: House, seconds: tuple[int, ...], *, incidents: int) -> list[float]:
    before = house.providers.count()
    opened = [house.open_incident(TIMERS, region=REGION) for _ in range(incidents)]
    house.last_of(before, incidents * len(seconds) * PARTNERS, within=WITHIN)
    # The log tells the time of day, the sink tells the machine's: both are read at once.
    zero = SystemClock().now() - timedelta(seconds=time.monotonic())
    due = {
        f"{each.id}/{timer_step(second)}": _due(each, second, zero.timestamp())
        for each in opened
        for second in seconds
    }
    arrivals = house.providers.arrivals(after=before)
    return [each.at - due[_timer(each)] for each in arrivals if _timer(each) in due]


def _due(opened: Opened, second: int, zero: float) -> float:
    return opened.opened_at.timestamp() + second - zero


def _timer(arrival: Arrival) -> str:
    return "/".join(arrival.mark.split("/")[:2])
