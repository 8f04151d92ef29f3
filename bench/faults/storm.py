"""
Kills without end: one house, one wave after the other, `kill -9` at random moments.

The moment is aimed at by watching the providers and then drawn; what the engine was
really doing is read from the log and the providers once its process is gone.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from bench.faults.answering import Visitors
from bench.faults.house import UP_WITHIN, House
from bench.faults.kind import POSTGRES, Act, Kind
from bench.faults.patience import TooLateError, pause, wait_until
from bench.faults.places import PATIENT, WAVE
from bench.faults.stage import Stage
from bench.faults.tally import Tally

LATENCY = 0.2
# The row of what all these kills together did to the waves.
WAVES = "waves-under-kills"
# So many messages must still be due for a kill in the middle of a wave.
FUEL = 48
SETTLES_WITHIN = 240.0
_MOMENT = 0.01
# An engine starts within about so many seconds; so often is it killed meanwhile.
_STARTS_S = 2.0
_IN_A_ROW = 3

CLAIMING = Kind(
    id="kill-engine-claiming",
    words="kill -9 of the engine as an incident is opened, while it plans and claims",
    source="kill -9 of engine at random moments (while claiming)",
)
SENDING = Kind(
    id="kill-engine-sending",
    words="kill -9 of the engine while providers have not answered yet",
    source="kill -9 of engine at random moments (while sending)",
)
RECORDING = Kind(
    id="kill-engine-recording",
    words="kill -9 of the engine just as providers have answered",
    source="kill -9 of engine at random moments (while recording)",
)
WAITING = Kind(
    id="kill-engine-waiting",
    words="kill -9 of the engine while nothing is due",
    source="kill -9 of engine at random moments (while waiting)",
)
STARTING = Kind(
    id="kill-engine-starting",
    words="kill -9 of the engine, and of each successor while it starts, three times over",
    source="kill -9 of engine at random moments (while starting)",
)
WEB = Kind(
    id="kill-web",
    words="kill -9 of the pages while partners answer",
    source="kill -9 of web",
    holds="every answer that the page thanked for is in the log; messages go on",
)
PREFECT = Kind(
    id="kill-prefect",
    words="kill -9 of the Prefect server in the middle of a wave",
    source="kill -9 of Prefect server",
    holds="the wave goes on without it",
)
ALL = Kind(
    id="kill-all",
    words="kill -9 of engine, pages and Prefect server at once, as in a power cut",
    source="kill -9 of engine, web, Prefect server",
)
DATABASE = Kind(
    id="kill-postgres",
    words="kill -9 of PostgreSQL's first process in the middle of a wave",
    source="kill -9 of PostgreSQL at random moments",
    databases=(POSTGRES,),
)
BACKEND = Kind(
    id="kill-postgres-backend",
    words="kill -9 of one process of PostgreSQL, which then throws all clients out",
    source="kill -9 of PostgreSQL at random moments",
    databases=(POSTGRES,),
)
# How often each is drawn; a Prefect server takes the machine ten seconds to start again.
SHARES = {
    CLAIMING: 12,
    SENDING: 20,
    RECORDING: 14,
    WAITING: 5,
    STARTING: 20,
    WEB: 20,
    PREFECT: 4,
    ALL: 5,
    DATABASE: 24,
    BACKEND: 18,
}


@dataclass
class Storm:
    """The house under fire, its waves, those of them that may not be done, and the counts."""

    stage: Stage
    house: House
    waves: list[str] = field(default_factory=list)
    running: list[str] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)

    def wave(self) -> None:
        """Open one more."""
        opened = self.house.open_incident(PATIENT, WAVE)
        self.waves.append(opened)
        self.running.append(opened)

    def due(self) -> int:
        """Return how many partners of the open waves have not been reached."""
        self.running = [wave for wave in self.running if not self.house.settled(wave)]
        arrived = {arrival.key for arrival in self.house.web.arrivals()}
        reached = sum(
            len({c.partner for c in self.house.ledger.claims(wave) if c.key in arrived})
            for wave in self.running
        )
        return len(self.running) * self.house.counts[WAVE] - reached

    def phase(self, *, at: float) -> str:
        """Return what the engine was doing at the moment it ended, from what it left behind."""
        answered = {a.key for a in self.house.web.arrivals() if a.at + LATENCY <= at}
        open_ = [
            claim
            for wave in self.running
            for claim in self.house.ledger.claims(wave)
            if not claim.outcome
        ]
        if any(claim.key in answered for claim in open_):
            return "recording"
        if open_:
            return "sending"
        return "claiming" if self.due() else "waiting"

    def note(self, kind: Kind, *, kills: int, recovery_s: float, phase: str = "") -> None:
        """Count one try."""
        self.tallies[kind.id] = self.of(kind).hit(kills=kills, recovery_s=recovery_s, phase=phase)

    def of(self, kind: Kind) -> Tally:
        """Return the counts of a kind."""
        fresh = Tally(kind=kind.id, database=self.stage.database)
        return self.tallies.get(kind.id, fresh)

    def kills(self) -> int:
        """Return how many processes were killed so far."""
        return sum(tally.kills for tally in self.tallies.values())


def storm(stage: Stage) -> Iterator[Tally]:
    """Kill until there were enough kills or no time is left, then judge every wave."""
    kinds = [kind for kind in SHARES if kind.id in stage.wanted]
    folder = stage.folder / "storm"
    counts = {WAVE: stage.size.partners}
    with House(folder, stage.address("storm"), counts=counts, latency=LATENCY) as house:
        house.has_kills = True
        house.start("prefect", "engine", "web")
        wait_until(house.page_answers, within=UP_WITHIN, what="the pages answer")
        under_fire = Storm(stage=stage, house=house)
        with Visitors(house, stage.dice):
            for kind in _order(stage, kinds):
                if under_fire.kills() >= stage.size.kills or not stage.has_time:
                    break
                _strike(under_fire, kind)
            late = house.wait_settled(under_fire.waves, within=SETTLES_WITHIN)
        yield from _judged(under_fire, kinds, late)


def _order(stage: Stage, kinds: list[Kind]) -> Iterator[Kind]:
    """Draw the next kind for ever; each comes once before any comes again by its share."""
    first = kinds.copy()
    stage.dice.shuffle(first)
    yield from first
    while kinds:
        yield stage.dice.choices(kinds, weights=[SHARES[kind] for kind in kinds])[0]


def _strike(storm: Storm, kind: Kind) -> None:
    try:
        _HOW.get(kind.id, _kill_engine)(storm, kind)
    except TooLateError as late:
        storm.tallies[kind.id] = storm.of(kind).but(str(late))
        _up_again(storm)


def _kill_engine(storm: Storm, kind: Kind) -> None:
    """Kill the engine alone, or with all others, at the moment its kind asks for."""
    _aim(storm, kind)
    victims = ("engine", "web", "prefect") if kind is ALL else ("engine",)
    killed = storm.house.crew.kill(*victims)
    _revive(storm, kind, victims, killed=killed, at=time.monotonic())


def _kill_claiming(storm: Storm, kind: Kind) -> None:
    """Kill the engine within some milliseconds of an incident's being in the log."""
    house = storm.house
    pid = house.crew.pid("engine")
    wait_until(lambda: house.engine_beats(pid), within=UP_WITHIN, what="the engine lives")
    known = len(house.ledger.incidents())
    with ThreadPoolExecutor(1) as pool:
        opened = pool.submit(storm.wave)
        wait_until(
            lambda: len(house.ledger.incidents()) > known or opened.done(),
            within=UP_WITHIN,
            what="the incident is in the log",
            look=_MOMENT / 8,
        )
        pause(storm.stage.dice.uniform(0, 2 * _MOMENT))
        killed, at = house.crew.kill("engine"), time.monotonic()
        opened.result()
    _revive(storm, kind, ("engine",), killed=killed, at=at)


def _kill_starting(storm: Storm, kind: Kind) -> None:
    """Kill the engine in a wave, then each successor while it imports, recovers or claims."""
    _aim(storm, kind)
    crew, at = storm.house.crew, time.monotonic()
    killed = crew.kill("engine")
    for _ in range(_IN_A_ROW):
        storm.house.start("engine")
        pause(storm.stage.dice.uniform(0, _STARTS_S))
        killed += crew.kill("engine")
    _revive(storm, kind, ("engine",), killed=killed, at=at)


def _revive(storm: Storm, kind: Kind, victims: tuple[str, ...], *, killed: int, at: float) -> None:
    """Start what was killed, and take the time until it is at work."""
    house = storm.house
    seen, phase = house.arrived(), storm.phase(at=at)
    house.start(*victims)
    wait_until(
        lambda: house.arrived() > seen or house.engine_beats(house.crew.pid("engine")),
        within=UP_WITHIN,
        what="the new engine is at work",
    )
    storm.note(kind, kills=killed, recovery_s=time.monotonic() - at, phase=phase)


def _aim(storm: Storm, kind: Kind) -> None:
    house, dice = storm.house, storm.stage.dice
    if kind is WAITING:
        late = house.wait_settled(storm.running, within=SETTLES_WITHIN)
        if late:
            raise TooLateError(late)
        pause(dice.uniform(0, 0.5))
    else:
        _fuel(storm)
        # From the moment the engine sends again: some messages on, within one answer's time.
        goal = house.arrived() + dice.randint(1, FUEL // 2)
        wait_until(
            lambda: house.arrived() >= goal,
            within=UP_WITHIN,
            what="the wave goes on",
            look=_MOMENT / 4,
        )
        if kind is RECORDING:
            last = house.web.posts[-1].received
            pause(last + LATENCY + dice.uniform(-_MOMENT, _MOMENT) - time.monotonic())
        else:
            pause(dice.uniform(0, LATENCY))


def _fuel(storm: Storm) -> None:
    """See that enough is due."""
    if storm.due() < FUEL:
        storm.wave()


def _kill_web(storm: Storm, kind: Kind) -> None:
    _fuel(storm)
    house = storm.house
    wait_until(house.page_answers, within=UP_WITHIN, what="the pages answer")
    pause(storm.stage.dice.uniform(0, 0.5))
    killed = house.crew.kill("web")
    at = time.monotonic()
    house.start("web")
    wait_until(house.page_answers, within=UP_WITHIN, what="the pages answer again")
    storm.note(kind, kills=killed, recovery_s=time.monotonic() - at)


def _kill_prefect(storm: Storm, kind: Kind) -> None:
    _aim(storm, kind)
    house = storm.house
    killed = house.crew.kill("prefect")
    at, seen = time.monotonic(), house.arrived()
    wait_until(
        lambda: house.arrived() > seen or not storm.due(),
        within=UP_WITHIN,
        what="messages go on without Prefect",
    )
    storm.note(kind, kills=killed, recovery_s=time.monotonic() - at)
    house.start("prefect")


def _kill_database(storm: Storm, kind: Kind) -> None:
    _aim(storm, kind)
    cluster = storm.stage.cluster
    if cluster is None:
        raise TooLateError("there is no PostgreSQL here")
    at = time.monotonic()
    if kind is BACKEND:
        if not cluster.kill_backend(storm.stage.dice.random()):
            return
    else:
        cluster.kill()
    cluster.start()
    _until_written(storm)
    storm.note(kind, kills=1, recovery_s=time.monotonic() - at)


def _until_written(storm: Storm) -> None:
    """Wait until something more is in the log."""
    house = storm.house
    wave = storm.waves[-1]
    before = len(house.ledger.entries(wave))
    pid = house.crew.pid("engine")
    beat = house.ledger.beats().get(pid)
    wait_until(
        lambda: (
            len(house.ledger.entries(wave)) > before
            or (pid in (now := house.ledger.beats()) and now[pid] != beat)
        ),
        within=UP_WITHIN,
        what="the log is written to again",
    )


def _up_again(storm: Storm) -> None:
    house = storm.house
    down = [name for name in ("engine", "web", "prefect") if not house.crew.runs(name)]
    house.start(*down)


def _judged(storm: Storm, kinds: list[Kind], late: str) -> Iterator[Tally]:
    """Judge every wave; many kills hit each, so the counts stand in a row of their own."""
    whole = Tally(kind=WAVES, database=storm.stage.database)
    for wave in storm.waves:
        whole = whole.with_verdict(storm.house.verdict(wave))
    intact = storm.house.log_is_intact()
    yield from (storm.of(kind) for kind in kinds)
    if late:
        whole = whole.but(late)
    yield whole if intact else whole.but("crisis log verify found a fault")


_HOW: dict[str, Callable[[Storm, Kind], None]] = {
    CLAIMING.id: _kill_claiming,
    STARTING.id: _kill_starting,
    WEB.id: _kill_web,
    PREFECT.id: _kill_prefect,
    DATABASE.id: _kill_database,
    BACKEND.id: _kill_database,
}

ACT = Act(name="storm", kinds=tuple(SHARES), play=storm)
