"""`crisis --help`, beside Python alone and beside a bare click command."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure, in_ms

RUNS = 10
TARGET_MS = 200.0
LIMIT = 20.0
BARE_CLICK = "import click; click.command()(lambda: None)(['--help'])"


def cli_help() -> Iterator[Figure]:
    """Yield the medians of ten starts each, taken in turns."""
    commands = {
        "cli_help_ms": (str(Path(sys.executable).with_name("crisis")), "--help"),
        "peer_python_start_ms": (sys.executable, "-c", "pass"),
        "peer_click_help_ms": (sys.executable, "-c", BARE_CLICK),
    }
    notes = {
        "cli_help_ms": f"`crisis --help`, median of {RUNS}",
        "peer_python_start_ms": "peer: `python -c pass`",
        "peer_click_help_ms": "peer: `--help` of an empty click command",
    }
    taken: dict[str, list[float]] = {key: [] for key in commands}
    for turn in range(RUNS + 1):
        for key, command in commands.items():
            seconds = _seconds(command)
            if turn:  # the first start may still compile modules
                taken[key].append(seconds)
    for key, seconds_taken in taken.items():
        yield Figure(
            key=key,
            value=in_ms(seconds_taken)[0],
            unit="ms",
            target=TARGET_MS if key == "cli_help_ms" else None,
            note=notes[key],
        )


def _seconds(command: tuple[str, ...]) -> float:
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, timeout=LIMIT)
    return time.perf_counter() - began
