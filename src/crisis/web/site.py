"""What the pages need beyond the desk; chosen once by whoever starts them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from crisis.launch.engine_status import EngineStatus
from crisis.usecases.ports import Clock
from crisis.web.watch_view import Watch

# From an incident's id and a language (`de`, `en`) to a whole HTML page.
Report = Callable[[str, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """
    The few settings of the pages.

    `wall` is a clock that is never sped up: sessions and heartbeats are real
    time, also in exercises. `heartbeat` returns when the engine last gave a sign
    of life by that clock, `engines` what each of them said, `watch` what the
    watchers found. `log_is_writable`
    tries it. `session_key` signs cookies. `loopback_only` refuses the duty pages
    (not the partners') to every other machine. `page_limit` is per client address,
    empty for none; `api_token` is empty where only sessions count.
    """

    wall: Clock
    heartbeat: Callable[[], datetime | None]
    password_hash: str
    session_key: bytes
    log_is_writable: Callable[[], bool]
    report: Report | None = None
    loopback_only: bool = False
    page_limit: str = "120/minute"
    api_token: str = ""
    engines: Callable[[], tuple[EngineStatus, ...]] = tuple
    watch: Callable[[], Watch] | None = None
