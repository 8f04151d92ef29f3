"""A house of real parts for the tests of the engine: log, contacts, sink, Prefect, processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from crisis.core.contact import ChannelKind
from crisis.core.engine_id import BEATS
from crisis.core.event import AttemptStarted, Mode
from crisis.core.incident import Incident
from crisis.core.playbook import Playbook
from crisis.launch.prefect_environment import server_environment, without_prefect
from crisis.settings import Settings
from crisis.usecases.opening import Opening, open_incident
from crisis.usecases.reading import desk_for
from crisis.wiring import World, open_world
from tests.builders import OneShelf

# So long is waited for other processes, however busy the machine. It shows no speed: who
# comes sooner is not waited for, and who does not come at all fails the test.
PATIENCE = 300.0
CONTACTS = """
organisations:
  - id: opferhilfe
    name: {de: Opferhilfe, en: Victim support}
units:
"""
UNIT = """
  - id: stelle-{n}
    organisation: opferhilfe
    name: {{de: "Stelle {n}", en: "Office {n}"}}
    roles: [OHS]
    regions: ["14"]
    contact: stelle-{n}
"""
FUNCTION = """
  - id: stelle-{n}
    title: {{de: "Bereitschaft {n}", en: "Stand-by {n}"}}
    availability: round-the-clock
    channels:
      - {{kind: http, address: "json://127.0.0.1:{port}/{n}",
         provider: senke, verified_on: 2026-11-02}}
"""


def wait_until(is_so: Callable[[], bool], *, within: float = PATIENCE, what: str) -> float:
    """Wait until something is so and return how many seconds that took, or fail."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < within, f"not within {within} s: {what}"
        time.sleep(0.02)  # noqa: TID251 -- other processes work meanwhile
    return time.monotonic() - began


def write_contacts(folder: Path, *, partners: int, port: int) -> None:
    """Write so many partners with role OHS, each with one address at the sink."""
    folder.mkdir(parents=True)
    numbers = range(1, partners + 1)
    text = (
        CONTACTS
        + "".join(UNIT.format(n=n) for n in numbers)
        + "functions:"
        + "".join(FUNCTION.format(n=n, port=port) for n in numbers)
    )
    (folder / "stellen.yaml").write_text(text, encoding="utf-8")


def an_incident(world: World, playbook: Playbook, *, label: str = "") -> Incident:
    """Open an exercise of a playbook with the contacts on disk."""
    now = world.desk.house.clock.now()
    shelf = OneShelf(playbook, world.library.directory(around=now))
    desk = desk_for(replace(world.desk.house, library=shelf))
    opening = Opening(
        playbook=playbook.id,
        region="14612",
        mode=Mode.EXERCISE,
        by="ada",
        label=label,
        accept_gaps=True,
    )
    return open_incident(desk, opening)


def a_review(world: World, like: Incident, *, label: str) -> Incident:
    """Open the review of an agreement that asks whom an incident asks."""
    opened = replace(like.opened, code_word=label, label=label, review_of="bpol-kok")
    now = world.desk.house.clock.now()
    world.log.append("review", (opened,), actor="ada", at=now, expected_version=0)
    return world.desk.incidents.current("review")


def asked(world: World, incident: str) -> list[AttemptStarted]:
    """Return an incident's claims over HTTP, in order."""
    return [
        entry.event
        for entry in world.desk.incidents.entries(incident)
        if isinstance(entry.event, AttemptStarted)
        and entry.event.channel.endswith(ChannelKind.HTTP.value)
    ]


class Processes:
    """Starts real processes with a house's settings, and leaves none behind."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._all: list[subprocess.Popen[bytes]] = []
        self.logs = settings.data_dir / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)

    def engine(self) -> subprocess.Popen[bytes]:
        """Start an engine."""
        return self.start("flows.engine", {})

    def prefect(self) -> subprocess.Popen[bytes]:
        """Start a Prefect server and wait until it is healthy."""
        server = self.start("flows.prefect_server", server_environment(self.settings))
        wait_until(lambda: is_healthy(self.settings), what="Prefect is healthy")
        return server

    def start(self, module: str, more: dict[str, str]) -> subprocess.Popen[bytes]:
        """Start a module of ours."""
        environment = {**without_prefect(os.environ), **self.settings.environment(), **more}
        with (self.logs / f"{module}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", module], env=environment, stdout=log, stderr=log
            )
        self._all.append(process)
        return process

    def end_all(self) -> None:
        """Kill what still runs."""
        for process in self._all:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()


def is_healthy(settings: Settings) -> bool:
    """Return whether a Prefect server answers."""
    try:
        return httpx.get(f"{settings.prefect_url}/health", timeout=1).status_code == 200
    except httpx.HTTPError:
        return False


def ask_prefect(address: str, body: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- plain JSON
    """Return what Prefect's server answers; while its database is busy it is asked again."""
    answers: list[httpx.Response] = []

    def has_answered() -> bool:
        # Its own client does so too: it says 503 when SQLite was locked, and has done nothing.
        answers.append(httpx.post(address, json=body, timeout=PATIENCE))
        return answers[-1].status_code != httpx.codes.SERVICE_UNAVAILABLE

    wait_until(has_answered, what="Prefect's database has time")
    return answers[-1].raise_for_status().json()


def engine_says(world: World, **wanted: object) -> bool:
    """Return whether the engine's last beat holds these values."""
    return engine_named(world, world.settings.own_engine_name, **wanted)


def engine_named(world: World, name: str, **wanted: object) -> bool:
    """Return whether the last beat of one among several engines holds these values."""
    beat = world.log.beats().get(BEATS + name)
    return beat is not None and all(beat.data.get(key) == value for key, value in wanted.items())


@contextmanager
def a_house(
    folder: Path, *, partners: int, sink: int, prefect_port: int, **more: object
) -> Iterator[tuple[World, Processes]]:
    """Yield the world of a fresh house and a way to start its processes."""
    given = {
        "data_dir": folder / "data",
        "playbooks_dir": folder / "playbooks",
        "contacts_dir": folder / "contacts",
        "prefect_port": prefect_port,
        **more,
    }
    settings = Settings(_env_file=None, **given)  # type: ignore[arg-type]  # -- pydantic checks
    write_contacts(settings.contacts_dir, partners=partners, port=sink)
    processes = Processes(settings)
    try:
        with open_world(settings) as world:
            yield world, processes
    finally:
        processes.end_all()
