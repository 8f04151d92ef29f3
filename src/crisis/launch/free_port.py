"""Ports for houses that live for minutes: an exercise, a bench, a test."""

import os
import socket
from itertools import count
from pathlib import Path

from crisis.launch.prefect_environment import LOOPBACK

_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
_USUAL = (32_768, 60_999)
_FIRST, _LAST = 20_000, 65_535
# Processes begin so far apart; a prime, so that they meet late.
_APART = 61
_TURNS = count()


def free_port() -> int:
    """
    Return a port on the loopback address that nobody has; never the same twice.

    Whoever asks the system for any port has it give one away that it may give to the
    next connection as well, before the server that it is meant for has started. So
    these lie outside the range that the system gives from (ip(7), ip_local_port_range).
    """
    ports = _kept_free()
    begin = os.getpid() * _APART
    for _ in ports:
        port = ports[(begin + next(_TURNS)) % len(ports)]
        if _is_free(port):
            return port
    with socket.socket() as trial:
        trial.bind((LOOPBACK, 0))
        return int(trial.getsockname()[1])


def _kept_free() -> list[int]:
    """Return the ports that the system gives to nobody who does not name them."""
    try:
        low, high = map(int, _RANGE.read_text(encoding="ascii").split())
    except (OSError, ValueError):
        low, high = _USUAL
    return [port for port in range(_FIRST, _LAST + 1) if not low <= port <= high]


def _is_free(port: int) -> bool:
    with socket.socket() as trial:
        try:
            trial.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
