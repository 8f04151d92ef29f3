"""Everything a use case may reach, chosen once by `wiring`."""

from dataclasses import dataclass

from crisis.usecases.ports import Addresses, Clock, EventLog, Ids, Library, Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """
    The ports and the few settings that use cases need.

    `secret` keys the links and codes; `in_flight` is how many messages may be
    claimed and not yet recorded at any moment; `pace` is how many times as fast as
    real time the clock runs, rounded up; `live_allowed` is False while the clock is sped up,
    because then only exercises may run. `engine` names this process in its claims,
    `<name>.<boot>` (`core/engine_id.py`).
    """

    log: EventLog
    clock: Clock
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
