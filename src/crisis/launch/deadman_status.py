"""When each engine last reached the service that notices its death."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from crisis.launch.engine_status import FORGOTTEN, Sign

# Under this and the engine's name the dead-man's switch notes what came of it.
BEATS = "deadman/"
# One request may be lost; the service itself is to be set no tighter.
MISSED = 3
_SLACK = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadmanStatus:
    """
    One engine's dead-man's switch; `succeeded_at` in real time, None if never.

    `code` is what came of the last try, `ok` or why not. `late`: too long ago.
    """

    name: str
    succeeded_at: datetime | None
    code: str
    late: bool

    @property
    def reasons(self) -> tuple[str, ...]:
        """What is wrong, as `crisis status` says it."""
        if not self.late:
            return ()
        return (f"the dead-man's switch of {self.name} does not get through ({self.code})",)


def deadman_statuses(signs: Iterable[Sign], *, now: datetime) -> tuple[DeadmanStatus, ...]:
    """Return the switches of all engines that have one, by name; `now` in real time."""
    return tuple(
        _status(name.removeprefix(BEATS), data, now=now)
        for name, at, data in sorted(signs, key=lambda sign: sign[0])
        if name.startswith(BEATS) and now - at <= FORGOTTEN
    )


def _status(name: str, data: Mapping[str, Any], *, now: datetime) -> DeadmanStatus:
    said = data.get("succeeded_at")
    succeeded_at = None if said is None else datetime.fromisoformat(said)
    patience = timedelta(seconds=float(data.get("every_s", 60.0))) * MISSED + _SLACK
    code = str(data.get("code", ""))
    late = code != "ok" and (succeeded_at is None or now - succeeded_at > patience)
    return DeadmanStatus(name=name, succeeded_at=succeeded_at, code=code, late=late)
