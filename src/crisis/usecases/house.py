"""Everything a use case may reach, chosen once by `wiring`."""

from dataclasses import dataclass
from datetime import timedelta

from crisis.core.claim import LATEST_SEND
from crisis.usecases.guard import Guard
from crisis.usecases.ports import Addresses, Clock, EventLog, Ids, Library, Sender, Stopwatch


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """
    The ports and the few settings that use cases need.

    `secret` keys the links and codes; `in_flight` is how many messages may be
    claimed and not yet recorded at any moment; `pace` is how many times as fast as
    real time the clock runs, rounded up; `live_allowed` is False while the clock is sped up,
    because then only exercises may run. `engine` names this process in its claims,
    `<name>.<boot>` (`core/engine_id.py`). A claim older than `latest_send` by the
    `stopwatch` is not sent any more (`core/claim.py`). The `guard` holds back what
    its limits leave no room for; None where nothing is limited.
    """

    log: EventLog
    clock: Clock
    stopwatch: Stopwatch
    sender: Sender
    addresses: Addresses
    library: Library
    ids: Ids
    secret: bytes
    base_url: str
    in_flight: int = 32
    live_allowed: bool = True
    pace: int = 1
    engine: str = ""
    latest_send: timedelta = LATEST_SEND
    guard: Guard | None = None
