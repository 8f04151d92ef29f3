"""A wave through the engine beside a bare loop over the same sender, to the same sink."""

import time
from collections.abc import Iterator
from statistics import median

from bench.figure import Figure
from bench.house import House, wait_until
from bench.wave import PLAYBOOK, REGION, write_wave
from crisis.core.contact import ChannelKind
from crisis.core.delivery import OutcomeKind, Outgoing
from crisis.errors import UnreachableError
from crisis.loading.library import FileLibrary
from crisis.notify.courier import Courier, CourierSettings
from crisis.wiring import SystemClock

PARTNERS = 200
ROUNDS = 5
WITHIN = 30.0
BODY = "[ÜBUNG] AHORN 47, Dresden: Bitte bis 19:35 Uhr melden. Code 1234. " * 4


def bare_loop(house: House) -> Iterator[Figure]:
    """Yield the seconds of both, taken in turns, and the engine's share of the bare rate."""
    settings = house.settings
    write_wave(settings.playbooks_dir, settings.contacts_dir, partners=PARTNERS, sink=house.sink)
    library = FileLibrary(
        playbooks=settings.playbooks_dir, contacts=settings.contacts_dir, clock=SystemClock()
    )
    courier = Courier(library, CourierSettings())
    by_engine, by_loop = [], []
    try:
        for turn in range(ROUNDS + 1):
            engine, loop = _engine(house), _loop(house, courier)
            if turn:  # in the first, both read the contacts that are new to them
                by_engine.append(engine)
                by_loop.append(loop)
    finally:
        courier.close()
    engine, loop = median(by_engine), median(by_loop)
    yield Figure(
        key="wave_200_s",
        value=round(engine, 3),
        unit="s",
        note=f"{PARTNERS} partners through the engine, all recorded and tracked",
    )
    yield Figure(
        key="peer_bare_loop_200_s",
        value=round(loop, 3),
        unit="s",
        note=f"peer: a bare loop over the same sender for {PARTNERS}, nothing recorded",
    )
    yield Figure(
        key="wave_200_ratio_to_bare",
        value=round(loop / engine, 2),
        unit="",
        note="the engine's rate as a share of the bare loop's",
    )


def _engine(house: House) -> float:
    count = house.wait_for_calm()
    returned = house.open_incident(PLAYBOOK, region=REGION)
    wait_until(
        lambda: len(house.arrivals()) >= count + PARTNERS,
        within=WITHIN,
        what="the whole wave has arrived",
    )
    return house.arrivals()[count + PARTNERS - 1] - returned


def _loop(house: House, courier: Courier) -> float:
    now = SystemClock().now()
    count = house.wait_for_calm()
    began = time.monotonic()
    for n in range(1, PARTNERS + 1):
        channel = f"bench-{n}-http"
        outcome = courier.send(
            Outgoing(
                id=f"bench/{channel}",
                channel=channel,
                kind=ChannelKind.HTTP,
                title="[ÜBUNG] AHORN 47",
                body=BODY,
                link="",
                code="1234",
                language="de",
                exercise=True,
                sent_at=now,
            )
        )
        if outcome.kind is not OutcomeKind.ACCEPTED:
            raise UnreachableError(f"the sink did not take a message: {outcome.code}")
    return house.arrivals()[count + PARTNERS - 1] - began
