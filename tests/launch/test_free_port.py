"""Ports that are still free when their server starts."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from crisis.launch import free_port as module
from crisis.launch.free_port import free_port

MANY = 200


def test_ports_differ_and_the_system_gives_none_of_them_to_anybody() -> None:
    low, high = map(int, Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split())

    ports = [free_port() for _ in range(MANY)]

    assert len(set(ports)) == MANY
    assert [port for port in ports if low <= port <= high] == []


def test_taken_port_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    taken, free = free_port(), free_port()
    monkeypatch.setattr(module, "_kept_free", lambda: [taken, free])

    with socket.create_server(("127.0.0.1", taken)):
        found = {free_port() for _ in range(4)}

    assert found == {free}


def test_processes_beside_one_another_get_different_ports() -> None:
    script = (
        "from crisis.launch.free_port import free_port; print(*[free_port() for _ in range(9)])"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    ports = [port for process in running for port in process.communicate()[0].split()]

    assert len(set(ports)) == 27


@pytest.mark.parametrize("said", ["20000 65535", "20001\n"])
def test_where_the_system_keeps_none_back_or_says_nothing_a_port_is_found_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    (tmp_path / "range").write_text(said)
    monkeypatch.setattr(module, "_RANGE", tmp_path / "range")

    with socket.create_server(("127.0.0.1", free_port())) as server:
        assert server.getsockname()[1] >= 20_000
