"""Two engines under one name: refused on one host, shown and logged on two."""

import os
import socket
from collections.abc import Iterable, Mapping
from typing import Any

from crisis.core.engine_id import name_of
from crisis.errors import RefusedError
from crisis.launch.engine_status import EngineStatus
from crisis.launch.process import is_alive

# Both beat every two seconds; after so long the other one is gone.
_GONE_AFTER = 30.0


def refuse_namesake(engines: Iterable[EngineStatus], *, name: str, place: str) -> None:
    """
    Refuse a name under which another engine of this host lives, also if it is stopped.

    Raises:
        RefusedError: it does; the message says where and what to do.
    """
    for engine in engines:
        if engine.name != name or engine.host != socket.gethostname():
            continue
        if engine.pid != os.getpid() and is_alive(engine.pid, engine.ticks):
            raise RefusedError(
                f"An engine called {name} already runs on this host with pid {engine.pid}"
                f" and works on {place}. Stop it, or give this one a name of its own in"
                " CRISIS_ENGINE_NAME."
            )


class Namesake:
    """
    Notice another process that gives signs of life under this engine's name.

    `host` is where it runs, empty if there is none; `words` says what to do.
    """

    def __init__(self, engine: str) -> None:
        self.host = ""
        self._engine = engine
        self._seen_at = 0.0

    @property
    def words(self) -> str:
        """What is wrong, and what to do."""
        return (
            f"Another engine called {name_of(self._engine)} beats too, on {self.host}: when one"
            " starts it takes the other's messages for lost. Give each its own CRISIS_ENGINE_NAME."
        )

    def saw(self, data: Mapping[str, Any], *, at: float) -> bool:
        """Take the last sign of life under the name; return whether a clash is new."""
        if data.get("id") != self._engine:
            is_new = not self.host
            self.host, self._seen_at = str(data.get("host", "")) or "unknown", at
            return is_new
        if self.host and at - self._seen_at > _GONE_AFTER:
            self.host = ""
        return False
