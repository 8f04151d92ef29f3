"""Two engines on two hosts; one loses its network in the middle of a wave, and gets it back."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from crisis.core.delivery import OutcomeKind
from crisis.core.engine_id import name_of
from crisis.core.event import AttemptStarted
from crisis.launch.prefect_environment import without_prefect
from crisis.settings import Settings
from crisis.wiring import World, open_world
from tests.builders import a_playbook
from tests.flows.house import an_incident, wait_until, write_contacts
from tests.postgres import server_owner, server_programs
from tests.required import absent
from tests.scale.network import HUB, Network, network

pytestmark = pytest.mark.integration
WAVE = 150
IN_FLIGHT = 8
PROVIDER_PORT = 8000
HOSTS = ("a", "b")


class Processes:
    """Starts processes inside namespaces, and leaves none behind."""

    def __init__(self, net: Network, folder: Path) -> None:
        self._net = net
        self._folder = folder
        self._started: list[subprocess.Popen[bytes]] = []

    def start(self, place: str, module: str, *words: str, **more: str) -> None:
        """Start a module of ours inside a namespace."""
        command = self._net.inside(place, [sys.executable, "-m", module, *words])
        with (self._folder / f"{place}-{module}.log").open("ab") as log:
            self._started.append(
                subprocess.Popen(
                    command,
                    env={**without_prefect(os.environ), **more},
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            )

    def end_all(self) -> None:
        """Kill what still runs."""
        for process in self._started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def a_server(net: Network) -> Iterator[Path]:
    """Run PostgreSQL in the hub; yield the folder of its socket, which needs no network."""
    programs, owner = server_programs(), server_owner()
    if programs is None or owner is None:
        absent("netns", "there is no PostgreSQL, or no right to start it in a namespace")
    home = Path(tempfile.mkdtemp(prefix="crisis-ns-"))
    shutil.chown(home, user=owner)
    control = [str(programs / "pg_ctl"), "-D", str(home / "data"), "-w", "-s"]

    def run(*words: str) -> None:
        as_owner = ["setpriv", f"--reuid={owner}", "--clear-groups", *control, *words]
        with (home / "log").open("ab") as said:
            command = net.inside("hub", as_owner)
            subprocess.run(command, stdout=said, stderr=said, timeout=300, check=True, cwd="/")

    try:
        run("-o", "-U crisis -A trust -N -E UTF8", "init")
        with (home / "data" / "pg_hba.conf").open("a", encoding="utf-8") as rules:
            rules.write("host all all 10.77.0.0/16 trust\n")
        run("-l", str(home / "data" / "said"), "-o", f"-k {home} -h {HUB} -c fsync=off", "start")
        with psycopg.connect(
            host=str(home), user="crisis", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute("CREATE DATABASE crisis")
        yield home
        run("-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _settings(folder: Path, host: str, address: str) -> Settings:
    given = {
        "data_dir": folder / host,
        "playbooks_dir": folder / "playbooks",
        "contacts_dir": folder / "contacts",
        "database_url": f"postgresql+psycopg://crisis@{address}",
        "engine_name": host,
        "secret": "one-secret-for-all-hosts",
        "base_url": "http://crisis.example",
        "in_flight": IN_FLIGHT,
        # Nobody listens there: engines go on without Prefect.
        "prefect_api_url": "http://127.0.0.1:9/api",
    }
    return Settings(_env_file=None, **given)  # type: ignore[arg-type]  # -- pydantic checks


def _claims(world: World, incident: str) -> list[AttemptStarted]:
    entries = world.desk.incidents.entries(incident)
    return [
        entry.event
        for entry in entries
        if isinstance(entry.event, AttemptStarted) and entry.event.channel.endswith("http")
    ]


def _claims_of(world: World, incident: str) -> Counter[str]:
    return Counter(name_of(claim.engine) for claim in _claims(world, incident))


def _is_fresh(world: World, hosts: Sequence[str]) -> bool:
    fresh = {engine.name for engine in world.engines() if engine.fresh}
    return set(hosts) <= fresh


def _accepted(world: World, incident: str) -> int:
    obligations = world.desk.incidents.current(incident).obligations.values()
    last = [obligation.attempts[-1].outcome for obligation in obligations if obligation.attempts]
    return last.count(OutcomeKind.ACCEPTED)


@contextmanager
def two_hosts(folder: Path, posts: Path) -> Iterator[tuple[Network, World]]:
    """Yield a network with an engine on each of two hosts, and the log's world beside it."""
    write_contacts(folder / "contacts", partners=WAVE, port=PROVIDER_PORT)
    contacts = folder / "contacts" / "stellen.yaml"
    text = contacts.read_text(encoding="utf-8")
    contacts.write_text(text.replace("127.0.0.1", HUB), encoding="utf-8")
    posts.touch()
    with network(*HOSTS) as net, a_server(net) as socket:
        processes = Processes(net, folder)
        try:
            with open_world(_settings(folder, "desk", f"/crisis?host={socket}")) as world:
                given = (str(posts), "0.3", str(PROVIDER_PORT))
                processes.start("hub", "tests.scale.provider", *given)
                for host in HOSTS:
                    settings = _settings(folder, host, f"{HUB}/crisis")
                    processes.start(host, "flows.engine", **settings.environment())
                wait_until(lambda: _is_fresh(world, HOSTS), what="both engines beat")
                yield net, world
        finally:
            processes.end_all()


def test_host_cut_off_in_a_wave_loses_nothing_and_repeats_what_it_had_in_flight(
    tmp_path: Path,
) -> None:
    posts = tmp_path / "posts"
    with two_hosts(tmp_path, posts) as (net, world):
        incident = an_incident(world, a_playbook(), label="AHORN 47").id
        wait_until(
            lambda: _claims_of(world, incident)["a"] > IN_FLIGHT,
            what="host a is in the middle of the wave",
        )
        net.cut_off("a")
        claimed = len(_claims(world, incident))
        wait_until(lambda: not _is_fresh(world, ["a"]), what="a falls silent")
        net.reconnect("a")
        wait_until(lambda: _is_fresh(world, HOSTS), what="a is back")
        wait_until(lambda: _accepted(world, incident) == WAVE, what="all were asked")
        claims, by_host = _claims(world, incident), _claims_of(world, incident)
        faults = world.log.verify()

    taken = Counter(posts.read_text(encoding="utf-8").split())
    again = [claim for claim in claims if claim.n > 1]
    assert claimed < WAVE
    assert len(taken) == WAVE
    assert len(again) <= IN_FLIGHT
    assert taken.total() - WAVE <= len(again)
    assert all(claim.possible_repeat for claim in again)
    assert by_host.keys() == set(HOSTS)
    assert faults == ()
