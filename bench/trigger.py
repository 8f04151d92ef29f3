"""From the trigger to the first message, in a house that is warm."""

import subprocess
import sys
import time
from collections.abc import Iterator

from bench.figure import Figure, in_ms
from bench.house import House

PLAYBOOK = "sn-mass-casualty"
REGION = "14612"
RUNS = 20
BY_HAND_RUNS = 3
TARGET_MS = 400.0
TARGET_P99_MS = 1000.0
LIMIT = 30.0


def trigger(house: House, *, runs: int = RUNS) -> Iterator[Figure]:
    """
    Yield the time from `incident open` having returned to the first message at a sink.

    The interface returns as soon as the incident is in the log; the command needs
    longer to leave, so its own time is given from its start instead.
    """
    after_return, after_call = [], []
    for _ in range(runs):
        count = house.wait_for_calm()
        opened = house.open_incident(PLAYBOOK, region=REGION)
        first = house.first_after(count)
        after_return.append(first - opened.returned)
        after_call.append(first - opened.called)
    median, greatest = in_ms(after_return)
    yield Figure(
        key="trigger_to_first_ms",
        value=median,
        unit="ms",
        target=TARGET_MS,
        note=f"opening returns → first message at a sink, median of {runs}",
    )
    yield Figure(
        key="trigger_to_first_p99_ms",
        value=greatest,
        unit="ms",
        target=TARGET_P99_MS,
        note=f"the slowest of the {runs}",
    )
    yield Figure(
        key="trigger_call_to_first_ms",
        value=in_ms(after_call)[0],
        unit="ms",
        note="the same from the moment the call began",
    )
    yield _by_hand(house, runs=min(BY_HAND_RUNS, runs))


def _by_hand(house: House, *, runs: int) -> Figure:
    seconds = []
    for _ in range(runs):
        count = house.wait_for_calm()
        began = time.monotonic()
        subprocess.run(
            [
                *(sys.executable, "-m", "crisis", "incident", "open", PLAYBOOK),
                *("--region", REGION, "--exercise", "--accept-gaps", "--by", "ada"),
            ],
            env=house.environment(),
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=LIMIT,
        )
        seconds.append(house.first_after(count) - began)
    return Figure(
        key="cli_open_to_first_ms",
        value=in_ms(seconds)[0],
        unit="ms",
        note=f"`crisis incident open` typed → first message, median of {runs}",
    )
