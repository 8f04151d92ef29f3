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


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """
    One program: its name, its command line, its whole environment.

    `leaves_within` is how many seconds it gets to leave when asked to.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    leaves_within: float = 5.0


def programs(place: Place) -> tuple[Program, ...]:
    """Return what runs in a house, in the order in which it is stopped."""
    ours = {**without_prefect(os.environ), **place.environment(), "PYTHONUNBUFFERED": "1"}
    engine = Program(
        name="engine",
        command=(sys.executable, "-m", "flows.engine"),
        environment={**ours, **client_environment(place)},
        # One attempt may take ten seconds; its outcome is worth waiting for.
        leaves_within=15.0,
    )
    web = Program(name="web", command=(sys.executable, "-m", "crisis.web"), environment=ours)
    if not place.own_prefect:
        return (engine, web)
    prefect = Program(
        name="prefect",
        command=(sys.executable, "-m", "flows.prefect_server"),
        environment={**ours, **server_environment(place)},
    )
    return (engine, web, prefect)
