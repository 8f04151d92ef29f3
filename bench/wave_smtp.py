"""One wave over SMTP: the engine beside a bare pool of its own senders, and stock Apprise."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from bench.bare_pool import bare_courier, by_bare_pool, by_stock_apprise
from bench.figure import Figure
from bench.house import House, started_house
from bench.scenario import Run
from bench.wave import OTHER_REGION, PLAYBOOK, REGION, Crowd, write_wave
from crisis.core.contact import ChannelKind
from crisis.notify.courier import Courier

PARTNERS = 1000
ROUNDS = 3
STOCK = 60
WITHIN = 60.0
LATENCIES = {"smtp": 0.0, "smtp-30": 0.03}
REGIONS = {"smtp": REGION, "smtp-30": OTHER_REGION}
LEAST = {"smtp": 0.5, "smtp-30": 0.7}
LEAST_OVER_STOCK = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """How long one wave took the engine: from the trigger, and from its first message."""

    whole: float
    sending: float


def wave_smtp(run: Run) -> Iterator[Figure]:
    """Yield what the engine makes of a thousand mails, beside its limits, taken in turns."""
    with started_house(run.room("wave_smtp"), sinks={"smtp-30": LATENCIES["smtp-30"]}) as house:
        crowds = {
            sink: Crowd(
                name=f"bench-{sink}",
                partners=run.size(PARTNERS),
                address=lambda n, sink=sink: house.providers.mailbox(sink, f"{sink}-{n}"),  # type: ignore[misc]  # -- bound now, not when called
                region=REGIONS[sink],
            )
            for sink in LATENCIES
        }
        write_wave(house.settings.playbooks_dir, house.settings.contacts_dir, *crowds.values())
        house.wait_until_ready()
        yield from _figures(house, crowds, rounds=1 if run.quick else ROUNDS)
        run.tally.add(house)


def _figures(house: House, crowds: dict[str, Crowd], *, rounds: int) -> Iterator[Figure]:
    waves, bare = defaultdict[str, list[Wave]](list), defaultdict[str, list[float]](list)
    with bare_courier(house) as courier:
        for crowd in crowds.values():  # both read the contacts that are new to them
            _wave(house, crowd)
            _bare(house, courier, crowd)
        for _ in range(rounds):
            for sink, crowd in crowds.items():
                waves[sink].append(_wave(house, crowd))
                house.wait_for_rest()
                bare[sink].append(_bare(house, courier, crowd))
    for sink, crowd in crowds.items():
        yield from _compared(sink, waves[sink], bare[sink], partners=crowd.partners)
    yield from _over_stock(house, crowds["smtp"], median(each.whole for each in waves["smtp"]))


def _wave(house: House, crowd: Crowd) -> Wave:
    count = house.wait_for_rest()
    opened = house.open_incident(PLAYBOOK, region=crowd.region)
    last = house.last_of(count, crowd.partners, within=WITHIN)
    first = house.providers.arrivals(after=count)[0].at
    return Wave(whole=last - opened.returned, sending=last - first)


def _bare(house: House, courier: Courier, crowd: Crowd) -> float:
    channels = [f"{name}-email" for name, _ in crowd.members]
    return by_bare_pool(house, courier, channels, ChannelKind.EMAIL, within=WITHIN)


def _compared(
    sink: str, waves: list[Wave], bare: list[float], *, partners: int
) -> Iterator[Figure]:
    key = f"smtp_{LATENCIES[sink] * 1000:.0f}ms"
    whole = median(each.whole for each in waves)
    sending = median(each.sending for each in waves)
    limit = median(bare)
    turns = f"medians of {len(waves)} in turns"
    yield Figure(
        key=f"{key}_ratio_to_bare",
        value=round(limit / whole, 2),
        unit="",
        target=LEAST[sink],
        at_least=True,
        note=f"bare seconds / engine seconds from trigger to last message, {turns}",
    )
    yield Figure(
        key=f"{key}_rate_to_bare",
        value=round(limit / sending, 2),
        unit="",
        note="the same with the engine's seconds from first to last message",
    )
    yield Figure(
        key=f"{key}_engine_s",
        value=round(whole, 3),
        unit="s",
        note=f"opening returns → last of {partners} messages, recorded and tracked",
    )
    yield Figure(
        key=f"peer_bare_pool_{key}_s",
        value=round(limit, 3),
        unit="s",
        note=f"peer: our senders in as many threads, {partners} messages, nothing recorded",
    )


def _over_stock(house: House, crowd: Crowd, engine: float) -> Iterator[Figure]:
    house.wait_for_rest()
    addresses = [address for _, address in crowd.members[:STOCK]]
    each = by_stock_apprise(house, addresses, within=WITHIN) / len(addresses)
    scaled = each * crowd.partners
    yield Figure(
        key="smtp_factor_over_stock_apprise",
        value=round(scaled / engine, 1),
        unit="",
        target=LEAST_OVER_STOCK,
        at_least=True,
        note="stock Apprise's seconds / the engine's from trigger to last, both at 0 ms",
    )
    yield Figure(
        key="peer_stock_apprise_1000_s",
        value=round(each * PARTNERS, 2),
        unit="s",
        note=f"peer: a loop over stock Apprise; {len(addresses)} sent, scaled to {PARTNERS}",
    )
