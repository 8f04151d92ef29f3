"""Two engines on one PostgreSQL, where the provider is what holds them up."""

from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median

from bench.figure import Figure
from bench.house import House, running, started_house
from bench.postgres import postgres
from bench.scenario import Run
from bench.wave import PLAYBOOK, REGION, over_http, write_wave
from crisis.core.event import AttemptStarted
from crisis.store.log import DatabaseEventLog

PARTNERS = 640
LATENCY = 0.3
ROUNDS = 2
WITHIN = 60.0
LEAST = 1.6


def two_engines(run: Run) -> Iterator[Figure]:
    """Yield how much faster two engines are than one, and that nobody was claimed twice."""
    partners, rounds = run.size(PARTNERS), 1 if run.quick else ROUNDS
    with (
        postgres() as url,
        started_house(
            run.room("two_engines"), sinks={"http-300": LATENCY}, database_url=url
        ) as house,
        ExitStack() as second,
    ):
        crowd = over_http(house.providers.place("http-300"), partners=partners)
        write_wave(house.settings.playbooks_dir, house.settings.contacts_dir, crowd)
        house.wait_until_ready()
        _wave(house, partners)  # reads the contacts, which are new
        alone = [_wave(house, partners) for _ in range(rounds)]
        house.wait_for_rest()
        second.enter_context(
            running(
                house, "second", "-m", "flows.engine", CRISIS_ENGINE_NAME="second-of-the-bench"
            )
        )
        house.wait_for_prefect(engines=2)
        _wave(house, partners)
        both = [_wave(house, partners) for _ in range(rounds)]
        twice, engines = _claimed_twice(house), _engines(house)
        run.tally.add(house)
    yield Figure(
        key="two_engines_factor",
        value=round(median(alone) / median(both), 2),
        unit="",
        target=LEAST,
        at_least=True,
        note=f"one wave of {partners} at {LATENCY:g} s each: {median(alone):.1f} s by one engine, "
        f"{median(both):.1f} s by two; medians of {rounds}",
    )
    yield Figure(
        key="two_engines_double_claims",
        value=twice,
        unit="",
        target=0,
        note=f"messages claimed or sent more than once, over all waves; {engines} engines claimed",
    )


def _wave(house: House, partners: int) -> float:
    count = house.wait_for_rest()
    opened = house.open_incident(PLAYBOOK, region=REGION)
    return house.last_of(count, partners, within=WITHIN) - opened.returned


def _claimed_twice(house: House) -> int:
    """Return how many messages stand twice in the log or arrived twice."""
    marks = [each.mark for each in house.providers.arrivals()]
    claims = [(incident, each.step, each.partner) for incident, each in _claims(house)]
    return (len(claims) - len(set(claims))) + (len(marks) - len(set(marks)))


def _engines(house: House) -> int:
    return len({claim.engine for _, claim in _claims(house)})


def _claims(house: House) -> list[tuple[str, AttemptStarted]]:
    with DatabaseEventLog(house.settings.database_address) as log:
        return [
            (incident, entry.event)
            for incident in log.incidents()
            for entry in log.read(incident)
            if isinstance(entry.event, AttemptStarted)
        ]
