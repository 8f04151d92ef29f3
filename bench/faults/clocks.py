"""Clocks that jump by an hour, and the two nights on which local time does."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.faults.evidence import Arrival
from bench.faults.house import UP_WITHIN, House
from bench.faults.kind import Act, Kind
from bench.faults.patience import TooLateError, pause, wait_until
from bench.faults.places import PAIRS, SECONDS, TIMED
from bench.faults.stage import Stage
from bench.faults.tally import Tally
from crisis.core.event import AttemptStarted, StepStarted
from crisis.wiring import exercise_clock

EACH = 3
HOUR = 3600
SCALE = 60
# The deputy is asked so long after the first contact (`places`), in seconds.
DEPUTY_S = 20.0
DEPUTY_SIMULATED = timedelta(minutes=30)
# Two processes keep time, and each measures its clock only so exactly.
EARLY_S = 0.2
# A machine with more to do than it can is late; what is looked for is an hour.
LATE_S, LATE_WHERE_BUSY_S = 10.0, 60.0
NIGHT_LATE_S = 25.0
_BUSY = 1.5
GERMANY = ZoneInfo("Europe/Berlin")
_LIBRARY = "libfaketimeMT.so.1"

FORWARD = Kind(
    id="clock-forward",
    words="the clock of the host jumps ahead by an hour while a deadline runs",
    source="clock steps ±1 h",
    holds="nothing fires early; what is opened afterwards goes out at once",
)
BACK = Kind(
    id="clock-back",
    words="the clock of the host jumps back by an hour while a deadline runs",
    source="clock steps ±1 h",
    holds="nothing is held up",
)
SPRING = Kind(
    id="dst-spring",
    words="a deadline runs across the night on which 02:00 becomes 03:00",
    source="the DST nights",
    holds="it ends after the time that was given, and is told in local time",
)
AUTUMN = Kind(
    id="dst-autumn",
    words="a deadline runs across the night on which 03:00 becomes 02:00",
    source="the DST nights",
    holds="it ends after the time that was given, and is told in local time",
)
_STEPS = {FORWARD: HOUR, BACK: -HOUR}
# A quarter of an hour before the change.
_NIGHTS = {
    SPRING: datetime(2026, 3, 29, 0, 45, tzinfo=UTC),
    AUTUMN: datetime(2026, 10, 25, 0, 45, tzinfo=UTC),
}


def clocks(stage: Stage) -> Iterator[Tally]:
    """Try each kind in a house of its own."""
    for kind, step in _STEPS.items():
        if kind.id in stage.wanted:
            yield _stepped(stage, kind, step)
    for kind, start in _NIGHTS.items():
        if kind.id in stage.wanted:
            yield _night(stage, kind, start)


def _stepped(stage: Stage, kind: Kind, step: int) -> Tally:
    library = _faketime()
    tally = Tally(kind=kind.id, database=stage.database)
    if library is None:
        return Tally(kind=kind.id, database=stage.database, skipped="faketime is not installed")
    address, folder = stage.address(kind.id.replace("-", "_")), stage.folder / kind.id
    with House(folder, address, counts={PAIRS: EACH}) as house:
        offset = folder / "offset"
        offset.write_text("+0\n", encoding="utf-8")
        house.start_under("engine", "web", "prefect", more=_under(library, offset))
        wait_until(house.page_answers, within=UP_WITHIN, what="the pages answer")
        try:
            opened = time.monotonic()
            before = house.open_incident(SECONDS, PAIRS)
            first = _asked(house, before, deputy=False)
            pause(stage.dice.uniform(1, DEPUTY_S / 4))
            offset.write_text(f"{step:+d}\n", encoding="utf-8")
            stepped = time.monotonic()
            after = house.open_incident(SECONDS, PAIRS)
            _asked(house, after, deputy=False)
            tally = tally.hit(kills=0, recovery_s=time.monotonic() - stepped)
            wrong = _in_time(opened, first, _asked(house, before, deputy=True))
            late = house.wait_settled([before, after], within=UP_WITHIN)
            for incident in (before, after):
                tally = tally.with_verdict(house.verdict(incident))
            if not house.log_is_intact():
                tally = tally.but("crisis log verify found a fault")
        except TooLateError as error:
            return tally.but(str(error))
    for each in (*wrong, *((late,) if late else ())):
        tally = tally.but(each)
    return tally


def _asked(house: House, incident: str, *, deputy: bool) -> list[Arrival]:
    """Wait until all first contacts, or all deputies, have their message; return those."""

    def here() -> list[Arrival]:
        keys = {
            claim.key
            for claim in house.ledger.claims(incident)
            if claim.contact.endswith("-dep") is deputy
        }
        return [arrival for arrival in house.web.arrivals() if arrival.key in keys]

    who = "deputies" if deputy else "first contacts"
    wait_until(lambda: len(here()) >= EACH, within=UP_WITHIN, what=f"the {who} are asked")
    return here()[:EACH]


def _in_time(opened: float, first: list[Arrival], deputies: list[Arrival]) -> tuple[str, ...]:
    """
    Hold the deputies' messages against when the first contacts were claimed.

    That was after the incident was opened and before the first message arrived, so
    early is what comes too soon after the one, late what comes too long after the other.
    """
    soonest = min(arrival.at for arrival in deputies) - opened
    latest = max(arrival.at for arrival in deputies) - min(arrival.at for arrival in first)
    if soonest < DEPUTY_S - EARLY_S:
        return (f"a deputy was asked after {soonest:.1f} s instead of {DEPUTY_S:g} s",)
    is_busy = os.getloadavg()[0] > _BUSY * (os.cpu_count() or 1)
    if latest > DEPUTY_S + (LATE_WHERE_BUSY_S if is_busy else LATE_S):
        return (f"a deputy was asked after {latest:.1f} s instead of {DEPUTY_S:g} s",)
    return ()


def _night(stage: Stage, kind: Kind, start: datetime) -> Tally:
    more: dict[str, object] = {"clock_scale": float(SCALE), "exercise_clock": True}
    address = stage.address(kind.id.replace("-", "_"))
    tally = Tally(kind=kind.id, database=stage.database)
    with House(stage.folder / kind.id, address, counts={PAIRS: EACH}, more=more) as house:
        # Who comes first says what time it is; the programs join in.
        exercise_clock(house.settings, start=start)
        house.start("prefect", "engine", "web")
        try:
            wait_until(house.page_answers, within=UP_WITHIN, what="the pages answer")
            opened = time.monotonic()
            incident = house.open_incident(TIMED, PAIRS)
            asked = _asked(house, incident, deputy=False)
            tally = tally.hit(kills=0, recovery_s=time.monotonic() - opened)
            _asked(house, incident, deputy=True)
            wrong = _at_its_hour(house, incident, asked)
            tally = tally.with_verdict(house.verdict(incident))
            if not house.log_is_intact():
                tally = tally.but("crisis log verify found a fault")
        except TooLateError as error:
            return tally.but(str(error))
    for each in wrong:
        tally = tally.but(each)
    return tally


def _at_its_hour(house: House, incident: str, asked: list[Arrival]) -> tuple[str, ...]:
    """Hold the log's moments against the time that was given, and the text against the wall."""
    entries = house.ledger.entries(incident)
    claims = [e for e in entries if isinstance(e.event, AttemptStarted)]
    deputies = [
        entry.at
        for entry in claims
        if isinstance(entry.event, AttemptStarted) and entry.event.contact.endswith("-dep")
    ]
    due = next(e.event.due_at for e in entries if isinstance(e.event, StepStarted))
    waited = min(deputies) - claims[0].at
    wrong = []
    tolerance = timedelta(seconds=NIGHT_LATE_S * SCALE)
    if not timedelta() <= waited - DEPUTY_SIMULATED + timedelta(minutes=1) <= tolerance:
        wrong.append(f"the deputy was asked after {waited} instead of {DEPUTY_SIMULATED}")
    told = "" if due is None else f"{due.astimezone(GERMANY):%H:%M}"
    if not all(told in arrival.text for arrival in asked):
        wrong.append(f"a text does not say that {told} is the deadline")
    return tuple(wrong)


def _faketime() -> Path | None:
    found = sorted(Path("/usr/lib").glob(f"*/faketime/{_LIBRARY}"))
    return found[0] if found else None


def _under(library: Path, offset: Path) -> dict[str, str]:
    """Return the variables under which a process lives by a clock that we can move."""
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(offset),
        "FAKETIME_NO_CACHE": "1",
        # A host's clock is set; how long it has been up is not.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
        "TZ": os.environ.get("TZ", "UTC"),
    }


ACT = Act(name="clocks", kinds=(*_STEPS, *_NIGHTS), play=clocks)
