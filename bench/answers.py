"""Answers of partners while a wave goes out: by the pages' own use case, and over HTTP."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from bench.figure import Figure, percentile
from bench.house import House, started_house
from bench.postgres import postgres
from bench.scenario import Run
from bench.wave import OTHER_REGION, PLAYBOOK, REGION, STEP, Crowd, over_http, write_wave
from crisis.errors import UnreachableError

INCIDENTS = 24
PARTNERS = 100
WAVE = 1000
THREADS = 24
# A provider as real ones are, so that the wave lasts as long as the answers.
LATENCY = 0.03
WITHIN = 60.0
HTTP_INCIDENTS = 5
LEAST = {"sqlite": 1000.0, "postgres": 800.0}
MOST_P99_MS = 50.0
# Nobody's page is limited here: all partners of the bench share one address.
NO_LIMIT = "1000000/minute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How fast a flood of answers was taken, and which share of it while the wave went out."""

    per_s: float
    p99_ms: float
    median_ms: float
    count: int
    beside: float


def answers_sqlite(run: Run) -> Iterator[Figure]:
    """Yield how many answers a second a house with SQLite takes, at the desk and over HTTP."""
    with started_house(
        run.room("answers"), sinks={"smtp-30": LATENCY}, page_limit=NO_LIMIT
    ) as house:
        yield from _figures("sqlite", _flood(run, house))
        yield from _http_figures(_flood(run, house, http=True))
        run.tally.add(house)


def answers_postgres(run: Run) -> Iterator[Figure]:
    """Yield how many answers a second a house with PostgreSQL takes."""
    with (
        postgres() as url,
        started_house(
            run.room("answers_postgres"), sinks={"smtp-30": LATENCY}, database_url=url
        ) as house,
    ):
        yield from _figures("postgres", _flood(run, house))
        run.tally.add(house)


def _flood(run: Run, house: House, *, http: bool = False) -> Answered:
    settings = house.settings
    asked = over_http(house.providers.place("http"), partners=run.size(PARTNERS))
    wave = Crowd(
        name="wave",
        partners=run.size(WAVE),
        address=lambda n: house.providers.mailbox("smtp-30", f"wave-{n}"),
        region=OTHER_REGION,
    )
    write_wave(settings.playbooks_dir, settings.contacts_dir, asked, wave)
    house.wait_until_ready()
    before = house.providers.count()
    opened = [
        house.open_incident(PLAYBOOK, region=REGION).id
        for _ in range(run.size(HTTP_INCIDENTS if http else INCIDENTS))
    ]
    house.last_of(before, len(opened) * asked.partners, within=WITHIN)
    order = {
        "incidents": opened,
        "partners": [name for name, _ in asked.members],
        "step": STEP,
        "threads": THREADS,
        "http": http,
    }
    return _beside_wave(house, order, wave)


def _beside_wave(house: House, order: dict[str, object], wave: Crowd) -> Answered:
    with subprocess.Popen(
        [sys.executable, "-m", "bench.answering_process"],
        env=house.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            _tell(process, json.dumps(order))
            _said(process)
            count = house.wait_for_rest()
            house.open_incident(PLAYBOOK, region=wave.region)
            house.first_after(count)
            _tell(process, "go")
            told = json.loads(_said(process))
        finally:
            if process.poll() is None and process.stdin is not None:
                process.stdin.close()
    last = house.last_of(count, wave.partners, within=WITHIN)
    if told["refused"]:
        raise UnreachableError(f"{told['refused']} answers were refused")
    return _measured(told["taken"], began=told["began"], ended=told["ended"], wave_ended=last)


def _measured(
    taken: Sequence[float], *, began: float, ended: float, wave_ended: float
) -> Answered:
    return Answered(
        per_s=len(taken) / (ended - began),
        p99_ms=percentile(taken, 0.99) * 1000,
        median_ms=median(taken) * 1000,
        count=len(taken),
        beside=min(1.0, max(0.0, wave_ended - began) / (ended - began)),
    )


def _tell(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None  # noqa: S101 -- it was opened as a pipe
    process.stdin.write(line + "\n")
    process.stdin.flush()


def _said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None  # noqa: S101 -- it was opened as a pipe
    line = process.stdout.readline()
    if not line:
        raise UnreachableError("the process that answers has ended; its reason stands above")
    return line


def _figures(database: str, answered: Answered) -> Iterator[Figure]:
    yield Figure(
        key=f"answers_per_s_{database}",
        value=round(answered.per_s),
        unit="/s",
        target=LEAST[database],
        at_least=True,
        note=f"{answered.count} from {THREADS} threads of another process, {_beside(answered)}",
    )
    yield Figure(
        key=f"answers_p99_ms_{database}",
        value=round(answered.p99_ms, 1),
        unit="ms",
        target=MOST_P99_MS,
        note=f"from the press to stored on disk; median {answered.median_ms:.1f} ms",
    )


def _http_figures(answered: Answered) -> Iterator[Figure]:
    yield Figure(
        key="answers_http_per_s",
        value=round(answered.per_s),
        unit="/s",
        note=f"{answered.count} posts to partners' pages, {THREADS} at once, {_beside(answered)}",
    )
    yield Figure(
        key="answers_http_p99_ms",
        value=round(answered.p99_ms, 1),
        unit="ms",
        note=f"until the page answers; median {answered.median_ms:.1f} ms",
    )


def _beside(answered: Answered) -> str:
    return f"{answered.beside:.0%} of the time beside a wave of {WAVE}"
