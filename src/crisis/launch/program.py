"""The programs that make up a running house."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from crisis.launch.place import Place
from crisis.launch.prefect_environment import (
    client_environment,
    server_environment,
    without_prefect,
)

# By itself glibc keeps an arena for each thread that sends, and what one large incident
# took while it was read.
LEAN = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """
    One program: its name, its command line, its whole environment.

    `leaves_within` is how many seconds it gets to leave when asked to,
    `starts_after` how many it lets the others go first. `outlives_nobody`: it is killed,
    not asked, when its supervisor dies; for what holds nothing and may be slow to leave.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    leaves_within: float = 5.0
    starts_after: float = 0.0
    outlives_nobody: bool = False


def programs(place: Place) -> tuple[Program, ...]:
    """Return what runs in a house, in the order in which it is stopped."""
    ours = {
        **LEAN,
        **without_prefect(os.environ),
        **place.environment(),
        "PYTHONUNBUFFERED": "1",
    }
    # First, or it would raise the alarm over an engine that is only asked to leave.
    watcher = Program(
        name="watcher",
        command=(sys.executable, "-m", "crisis.watch"),
        environment=ours,
        # An alarm on its way takes some seconds.
        leaves_within=10.0,
        # The machine is busy with what sends the first message.
        starts_after=3.0,
    )
    engine = Program(
        name="engine",
        command=(sys.executable, "-m", "flows.engine"),
        environment={**ours, **client_environment(place)},
        # One attempt may take ten seconds; its outcome is worth waiting for.
        leaves_within=15.0,
    )
    web = Program(name="web", command=(sys.executable, "-m", "crisis.web"), environment=ours)
    pages = () if place.engine_only else (web,)
    if not place.own_prefect:
        return (watcher, engine, *pages)
    prefect = Program(
        name="prefect",
        command=(sys.executable, "-m", "flows.prefect_server"),
        environment={**ours, **server_environment(place)},
        # While it starts it does not listen to anybody, and that may take half a minute.
        outlives_nobody=True,
    )
    return (watcher, engine, *pages, prefect)
