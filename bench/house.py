"""A running house on this machine: `crisis serve` as a process, and sinks for all it sends."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import copytree
from threading import Event

import httpx

from bench.providers import Providers, started_providers
from crisis.cli.shipped import shipped_root
from crisis.errors import UnreachableError
from crisis.launch.free_port import free_port
from crisis.launch.process import started
from crisis.launch.roll import call_roll
from crisis.settings import Settings, load_settings
from crisis.store.log import DatabaseEventLog

TOKEN = "token of the bench"  # noqa: S105 -- a house of its own that lives for minutes
UP_WITHIN = 120.0
LEAVES_WITHIN = 30.0
FIRST_WITHIN = 30.0
CALM = 0.8
NO_RUNAWAY = "1000000/minute"
_LOOK = 0.02
# Below this share of one core the house is at rest: its heart and Prefect's loops still beat.
_REST = 0.15
_REST_OVER = 0.5
_REST_WITHIN = 15.0
_TICKS = os.sysconf("SC_CLK_TCK")
_GATEWAY = re.compile(r"jsons?://[^\s\"']+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An incident that was opened by a call which began and returned (monotonic seconds)."""

    id: str
    opened_at: datetime
    called: float
    returned: float


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A house that was started at `began` (monotonic seconds), and what its partners received."""

    settings: Settings
    client: httpx.Client
    providers: Providers
    began: float
    pid: int

    def is_well(self) -> bool:
        """Return whether `/healthz` says 200."""
        return self._is_ok(f"{self.settings.own_url}/healthz")

    def engines_with_prefect(self) -> int:
        """Return how many engines said last that they found Prefect ready."""
        with DatabaseEventLog(self.settings.database_address) as log:
            return sum(beat.data.get("prefect") == "ready" for beat in log.beats().values())

    def wait_until_ready(self) -> None:
        """Wait until the house is well, uses Prefect and has come to rest."""
        wait_until(self.is_well, within=UP_WITHIN, what="/healthz says 200")
        self.wait_for_prefect()
        self.wait_for_rest()

    def wait_for_prefect(self, *, engines: int = 1) -> None:
        """Wait until so many engines run their flows in Prefect."""
        wait_until(
            lambda: self.engines_with_prefect() >= engines,
            within=UP_WITHIN,
            what=f"{engines} engines find Prefect ready",
        )

    def open_incident(self, playbook: str, *, region: str) -> Opened:
        """Open an exercise through the interface."""
        called = time.monotonic()
        answer = self.client.post(
            f"{self.settings.own_url}/api/v1/incidents",
            json={"playbook": playbook, "region": region, "mode": "exercise", "accept_gaps": True},
            headers={"Authorization": f"Bearer {TOKEN}"},
        )
        returned = time.monotonic()
        if answer.status_code != httpx.codes.CREATED:
            raise UnreachableError(f"the house answered {answer.status_code}: {answer.text}")
        told = answer.json()
        return Opened(
            id=told["id"],
            opened_at=datetime.fromisoformat(told["opened_at"]),
            called=called,
            returned=returned,
        )

    def first_after(self, count: int) -> float:
        """Return when the message after so many arrived, in monotonic seconds."""
        return self.last_of(count, 1, within=FIRST_WITHIN)

    def last_of(self, before: int, count: int, *, within: float) -> float:
        """Return when the last of so many messages after `before` arrived, once it has."""
        wait_until(
            lambda: self.providers.count() >= before + count,
            within=within,
            what=f"{count} messages have arrived",
        )
        return self.providers.arrivals(after=before)[count - 1].at

    def wait_for_calm(self) -> int:
        """Wait until nothing has arrived for a while, and return how much has by then."""
        calm_since, count = time.monotonic(), self.providers.count()
        while time.monotonic() - calm_since < CALM:
            pause(_LOOK)
            if self.providers.count() != count:
                calm_since, count = time.monotonic(), self.providers.count()
        return count

    def wait_for_rest(self) -> int:
        """
        Wait until nothing arrives and the house hardly computes; return how much arrived so far.

        What Prefect still writes down of one wave must not slow the next one, nor a peer.
        Given up after a while: then something else keeps it busy, and that is its speed.
        """
        began = time.monotonic()
        count = self.wait_for_calm()
        while time.monotonic() - began < _REST_WITHIN:
            before = self._cpu_seconds()
            pause(_REST_OVER)
            if self._cpu_seconds() - before < _REST * _REST_OVER:
                break
        return self.providers.count() if self.providers.count() == count else self.wait_for_calm()

    def processes(self) -> Mapping[str, int]:
        """Return the pid of each of the house's children by name."""
        roll = call_roll(self.settings.data_dir)
        return {} if roll is None else {child.name: child.pid for child in roll.children}

    def environment(self) -> dict[str, str]:
        """Return the whole environment of a process that belongs to this house."""
        foreign = ("CRISIS_", "PREFECT_")
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
        return {**inherited, **self.settings.environment()}

    def _cpu_seconds(self) -> float:
        return sum(cpu_seconds(pid) for pid in self.processes().values())

    def _is_ok(self, url: str) -> bool:
        try:
            return self.client.get(url, timeout=1.0).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False


@contextmanager
def prepared_house(
    folder: Path, *, sinks: Mapping[str, float] | None = None, **changes: object
) -> Iterator[House]:
    """
    Yield a house with fresh data and the shipped files whose processes do not run yet.

    Every address in its contacts is a sink. `sinks` are their latencies by name, as
    for `started_providers`, beside `http` and `smtp` without any; `changes` are
    settings by field name.
    """
    copytree(shipped_root() / "playbooks", folder / "playbooks")
    with (
        started_providers({"http": 0.0, "smtp": 0.0, **(sinks or {})}) as providers,
        httpx.Client(trust_env=False, timeout=30.0) as client,
    ):
        _write_contacts(folder / "contacts", sink=providers.place("http"))
        yield House(
            settings=_settings(folder, providers, changes),
            client=client,
            providers=providers,
            began=time.monotonic(),
            pid=0,
        )


@contextmanager
def served(prepared: House) -> Iterator[House]:
    """Yield a prepared house once its process was started; it need not answer yet."""
    with running(prepared, "serve", "-m", "crisis", "serve") as (pid, began):
        yield House(
            settings=prepared.settings,
            client=prepared.client,
            providers=prepared.providers,
            began=began,
            pid=pid,
        )


@contextmanager
def running(
    house: House, name: str, *command: str, **variables: str
) -> Iterator[tuple[int, float]]:
    """
    Yield pid and start (monotonic seconds) of one more Python process of a house.

    What it says goes to `<name>.log` beside the data; `variables` are added to its
    environment.
    """
    folder = house.settings.data_dir.parent
    with (folder / f"{name}.log").open("ab") as log:
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env={**house.environment(), **variables},
            stdout=log,
            stderr=log,
        )
    try:
        yield process.pid, began
    finally:
        _stop(process)


@contextmanager
def started_house(
    folder: Path, *, sinks: Mapping[str, float] | None = None, **changes: object
) -> Iterator[House]:
    """Yield a house that was started just now; see `prepared_house`."""
    with prepared_house(folder, sinks=sinks, **changes) as prepared, served(prepared) as house:
        yield house


def wait_until(is_so: Callable[[], bool], *, within: float, what: str) -> None:
    """
    Wait until something is so.

    Raises:
        UnreachableError: it was not within so many seconds.
    """
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > within:
            raise UnreachableError(f"waited {within:g} s in vain until {what}")
        pause(_LOOK)


def pause(seconds: float) -> None:
    """Let other processes work."""
    Event().wait(seconds)


def cpu_seconds(pid: int) -> float:
    """Return how long a process has computed, 0 if there is none."""
    if started(pid) is None:
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    # Fields 14 and 15 of proc_pid_stat(5), counted behind the name.
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _settings(folder: Path, providers: Providers, changes: Mapping[str, object]) -> Settings:
    return load_settings(
        {
            "data_dir": folder / "data",
            "playbooks_dir": folder / "playbooks",
            "contacts_dir": folder / "contacts",
            "port": free_port(),
            "prefect_port": free_port(),
            "api_token": TOKEN,
            "mail_relay": f"mailto://{providers.place('smtp')}/?from=crisis@bench.example",
            "sms_url": f"http://{providers.place('http')}/sms",
            # The guard counts as ever; a hundred exercises with the same partners are no runaway.
            "limit_contact": NO_RUNAWAY,
            **changes,
        },
        env_file=None,
    )


def _write_contacts(folder: Path, *, sink: str) -> None:
    copytree(shipped_root() / "contacts" / "example", folder)
    for file in sorted(folder.rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        file.write_text(_GATEWAY.sub(f"json://{sink}/gateway", text), encoding="utf-8")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(LEAVES_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
