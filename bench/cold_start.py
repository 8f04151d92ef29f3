"""From nothing to a house that is well, and a first message before Prefect is."""

import time
from collections.abc import Iterator

from bench.figure import Figure
from bench.house import UP_WITHIN, House, wait_until
from bench.trigger import PLAYBOOK, REGION
from bench.trigger import TARGET_MS as NOT_DELAYED_MS

TARGET_S = 20.0


def cold_start(house: House) -> Iterator[Figure]:
    """Yield how long a house that was just started takes; afterwards it is warm."""
    wait_until(house.is_well, within=UP_WITHIN, what="/healthz says 200")
    yield Figure(
        key="cold_start_s",
        value=round(time.monotonic() - house.began, 2),
        unit="s",
        target=TARGET_S,
        note="`crisis serve` in a fresh data folder until /healthz says 200",
    )
    opened = house.open_incident(PLAYBOOK, region=REGION)
    first = house.first_after(0)
    # Asked afterwards: if Prefect is not there now, it was not there before.
    came_too_soon = bool(house.engines_with_prefect())
    yield Figure(
        key="before_prefect_first_ms",
        value=None if came_too_soon else round((first - opened.returned) * 1000, 1),
        unit="ms",
        target=NOT_DELAYED_MS,
        note="Prefect was up too soon to tell"
        if came_too_soon
        else "the same trigger while Prefect still starts",
    )
    house.wait_for_prefect()
    yield Figure(
        key="prefect_ready_s",
        value=round(time.monotonic() - house.began, 2),
        unit="s",
        note="until flows run in Prefect as well",
    )
