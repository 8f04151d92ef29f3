"""The database does not take anything for a while: full, or held by somebody else."""

import os
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from bench.faults.cluster import Cluster
from bench.faults.house import UP_WITHIN, House
from bench.faults.kind import SQLITE, Act, Kind
from bench.faults.leaving import ended_by
from bench.faults.patience import TooLateError, pause, wait_until
from bench.faults.places import PATIENT, WAVE
from bench.faults.stage import Stage
from bench.faults.tally import Tally

LATENCY = 0.2
HELD_S = 20.0
SETTLES_WITHIN = 200.0
# Room for the log itself, then nothing is left.
_MB = 1024 * 1024
_SIZES = {True: 24 * _MB, False: 160 * _MB}

FULL = Kind(
    id="disk-full",
    words="the disk of the log is full in the middle of a wave (ENOSPC), and is freed later",
    source="disk full while appending",
    holds="/healthz says so; what was under way becomes unknown; then it goes on by itself",
)
LOCKED = Kind(
    id="log-locked",
    words="another process holds the log's lock for 20 s in the middle of a wave",
    source="SQLite locked by another process",
    holds="nothing is sent unclaimed; then it goes on by itself",
)


def storage(stage: Stage) -> Iterator[Tally]:
    """Lock the log, then fill its disk."""
    if LOCKED.id in stage.wanted:
        yield _locked(stage)
    if FULL.id in stage.wanted:
        yield _full(stage)


def _locked(stage: Stage) -> Tally:
    counts = {WAVE: stage.size.partners}
    address = stage.address("locked")
    with House(stage.folder / "locked", address, counts=counts, latency=LATENCY) as house:
        house.start("prefect", "engine", "web")
        wave = _mid_wave(stage, house)
        with _lock(stage, house):
            pause(HELD_S)
        return _recovered(house, wave, kind=LOCKED, database=stage.database)


def _full(stage: Stage) -> Tally:
    if os.geteuid() != 0:
        return Tally(
            kind=FULL.id, database=stage.database, skipped="a small file system needs root"
        )
    is_file = stage.database == SQLITE
    with ExitStack() as stack:
        disk = stack.enter_context(_small_disk(_SIZES[is_file]))
        if is_file:
            cluster, address = None, f"sqlite:///{disk / 'crisis.sqlite3'}"
        else:
            home = disk / "pg"
            home.mkdir()
            disk.chmod(0o755)
            cluster = stack.enter_context(Cluster(home))
            address = cluster.create("full")
        house = stack.enter_context(
            House(
                stage.folder / "full",
                address,
                counts={WAVE: stage.size.partners},
                latency=LATENCY,
            )
        )
        house.start("prefect", "engine", "web")
        wave = _mid_wave(stage, house)
        filler = _fill(disk)
        try:
            found = _unwell(house)
        finally:
            filler.unlink()
        if cluster is not None:
            # Its own recovery may have failed for want of room as well.
            cluster.start()
        tally = _recovered(house, wave, kind=FULL, database=stage.database)
        return tally if found else tally.but("/healthz stayed well on a full disk")


def _mid_wave(stage: Stage, house: House) -> str:
    house.has_kills = True
    wait_until(house.page_answers, within=UP_WITHIN, what="the pages answer")
    wave = house.open_incident(PATIENT, WAVE)
    goal = stage.dice.randint(8, house.counts[WAVE] // 2)
    wait_until(lambda: house.arrived() >= goal, within=UP_WITHIN, what="the wave goes on")
    return wave


def _recovered(house: House, wave: str, *, kind: Kind, database: str) -> Tally:
    """Let it go on, open one more incident, and judge both."""
    free = time.monotonic()
    tally = Tally(kind=kind.id, database=database)
    try:
        later = house.open_incident(PATIENT, WAVE)
        late = house.wait_settled([wave, later], within=SETTLES_WITHIN)
        arrived = [a.at for a in house.arrivals() if a.at > free]
        tally = tally.hit(kills=0, recovery_s=min(arrived, default=free) - free)
        for incident in (wave, later):
            tally = tally.with_verdict(house.verdict(incident))
        if not house.log_is_intact():
            tally = tally.but("crisis log verify found a fault")
    except TooLateError as error:
        return tally.but(str(error))
    return tally.but(late) if late else tally


@contextmanager
def _lock(stage: Stage, house: House) -> Iterator[None]:
    """Hold what every writer needs, as another program might."""
    address = house.settings.database_address
    if stage.cluster is None:
        held = sqlite3.connect(
            address.removeprefix("sqlite:///"), isolation_level=None, timeout=30
        )
        held.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            held.execute("ROLLBACK")
            held.close()
        return
    database = address.partition("?")[0].rpartition("/")[2]
    with stage.cluster.connect(database) as connection, connection.transaction():
        connection.execute("LOCK TABLE log IN ACCESS EXCLUSIVE MODE")
        yield


@contextmanager
def _small_disk(size: int) -> Iterator[Path]:
    """Yield a file system of its own of so many bytes."""
    disk = Path(tempfile.mkdtemp(prefix="crisis-disk-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)], check=True)

    def unmount() -> None:
        subprocess.run(["umount", "-l", str(disk)], check=True)
        disk.rmdir()

    with ended_by(unmount):
        yield disk


def _fill(disk: Path) -> Path:
    """Take every byte that is left."""
    filler = disk / "filler"
    chunk = b"\0" * _MB
    with filler.open("wb", buffering=0) as file:
        for piece in (chunk, chunk[:4096], b"\0"):
            try:
                while True:
                    file.write(piece)
            except OSError:
                continue
    return filler


def _unwell(house: House) -> bool:
    """Return whether `/healthz` says within some seconds that something is wrong."""

    def says_so() -> bool:
        try:
            answer = house.client.get(f"{house.settings.own_url}/healthz")
        except httpx.HTTPError:
            return True
        return not answer.is_success

    try:
        wait_until(says_so, within=HELD_S, what="/healthz is unwell")
    except TooLateError:
        return False
    pause(HELD_S / 4)
    return True


ACT = Act(name="storage", kinds=(LOCKED, FULL), play=storage)
