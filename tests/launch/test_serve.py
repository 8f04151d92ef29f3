"""The whole house as a process: up in time, killed and succeeded, silent towards the world."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from crisis.launch.free_port import free_port
from crisis.launch.roll import call_roll
from crisis.settings import load_settings
from crisis.wiring import status
from tests.flows.house import PATIENCE, wait_until
from tests.launch.test_supervisor import pids

pytestmark = pytest.mark.e2e

SERVE = "from crisis.settings import load_settings; from crisis.wiring import serve; "
# Every process of the house imports this at its start, and notes whom it looks up.
SPY = """
import os, socket
_look_up = socket.getaddrinfo
def getaddrinfo(host, *more, **options):
    with open(os.environ["SPIED"], "a") as notes:
        notes.write(f"{host}\\n")
    return _look_up(host, *more, **options)
socket.getaddrinfo = getaddrinfo
"""


class House:
    """A house in a folder; `serve` starts it, and nothing is left when the test ends."""

    def __init__(self, folder: Path, **more: object) -> None:
        given = {
            "data_dir": folder / "data",
            "playbooks_dir": folder / "playbooks",
            "contacts_dir": folder / "contacts",
            "port": free_port(),
            "prefect_port": free_port(),
            **more,
        }
        self.settings = load_settings(given, env_file=None)
        self.spied = folder / "spied.txt"
        self._spy = folder / "spy"
        self._spy.mkdir()
        (self._spy / "sitecustomize.py").write_text(SPY)
        self._started: list[subprocess.Popen[bytes]] = []

    def serve(self) -> subprocess.Popen[bytes]:
        """Start `crisis serve` as its command does."""
        path = os.pathsep.join((str(self._spy), *sys.path[1:]))
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("CRISIS_", "PREFECT_"))},
            **self.settings.environment(),
            "PYTHONPATH": path,
            "SPIED": str(self.spied),
        }
        command = [sys.executable, "-c", SERVE + "serve(load_settings(env_file=None))"]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
        self._started.append(process)
        return process

    def is_well(self) -> bool:
        """Return whether /healthz says so."""
        try:
            return httpx.get(f"{self.settings.own_url}/healthz", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def end(self) -> None:
        """Stop what still runs."""
        for process in self._started:
            if process.poll() is None:
                process.terminate()
            process.communicate()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    stands = House(tmp_path)
    yield stands
    stands.end()


def prefect_is_ready(house: House) -> bool:
    engine = status(house.settings).engine
    return engine is not None and engine.prefect == "ready"


def test_house_is_up_in_time_and_looks_nobody_up(house: House) -> None:
    supervisor = house.serve()

    wait_until(house.is_well, what="the pages are well")
    wait_until(lambda: prefect_is_ready(house), what="Prefect is ready")
    wait_until(lambda: status(house.settings).is_well, what="the status is well")
    # The engine's first flow run: now everybody has spoken to everybody, and the spy has notes.
    wait_until(house.spied.exists, what="notes of the spy")
    roll = call_roll(house.settings.data_dir)
    supervisor.send_signal(signal.SIGTERM)
    code = supervisor.wait(PATIENCE)

    assert set(house.spied.read_text().split()) == {"127.0.0.1"}
    assert set(pids(roll)) == {"watcher", "engine", "web", "prefect"}
    assert code == 0
    assert roll is not None
    assert not any(child.alive for child in roll.children)


def test_killed_house_is_succeeded_and_a_second_one_is_refused(house: House) -> None:
    killed = house.serve()
    wait_until(house.is_well, what="the pages are well")
    second = house.serve()
    _, refusal = second.communicate(timeout=PATIENCE)
    before = pids(call_roll(house.settings.data_dir))
    killed.kill()
    killed.wait()

    house.serve()
    wait_until(
        lambda: pids(call_roll(house.settings.data_dir)) not in ({}, before), what="its own roll"
    )
    wait_until(house.is_well, what="the pages are well")

    assert b"already runs in" in refusal


def test_taken_port_is_named_before_anything_starts(house: House) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", house.settings.port))
        other.listen()
        process = house.serve()
        _, refusal = process.communicate(timeout=PATIENCE)

    port = house.settings.port
    assert f"Port {port} on 127.0.0.1 cannot be had: Address already in use." in refusal.decode()
    assert call_roll(house.settings.data_dir) is None
    assert not (house.settings.data_dir / "logs").exists()


def test_unreachable_database_is_named_before_anything_starts(tmp_path: Path) -> None:
    nobody = f"postgresql://ada:eve-reads@127.0.0.1:{free_port()}/crisis"
    house = House(tmp_path, database_url=nobody)

    _, refusal = house.serve().communicate(timeout=PATIENCE)

    assert b"UnreachableError" in refusal
    assert b"eve-reads" not in refusal
    assert not (house.settings.data_dir / "logs").exists()
