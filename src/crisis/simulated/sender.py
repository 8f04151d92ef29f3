"""A sender that writes down instead of sending."""

import threading
from collections.abc import Iterable, Mapping

from crisis.core.delivery import Outcome, OutcomeKind, Outgoing

ACCEPTED = Outcome(kind=OutcomeKind.ACCEPTED, code="250")


class RecordingSender:
    """
    Keep every message in order and answer as scripted; safe to be called from many threads.

    `script` gives each channel id its outcomes, one per attempt; the last one
    stays. A channel without a script accepts everything.
    """

    def __init__(self, script: Mapping[str, Iterable[Outcome]] | None = None) -> None:
        self._lock = threading.Lock()
        self._script = {channel: list(outcomes) for channel, outcomes in (script or {}).items()}
        self._sent: list[Outgoing] = []

    @property
    def sent(self) -> tuple[Outgoing, ...]:
        """Every message that was handed over, in order, whatever became of it."""
        with self._lock:
            return tuple(self._sent)

    def script(self, channel: str, *outcomes: Outcome) -> None:
        """Set what becomes of the next attempts over a channel; the last outcome stays."""
        with self._lock:
            self._script[channel] = list(outcomes)

    def send(self, outgoing: Outgoing) -> Outcome:
        """Write the message down and return its channel's next outcome."""
        with self._lock:
            self._sent.append(outgoing)
            left = self._script.get(outgoing.channel, [])
            if not left:
                return ACCEPTED
            return left.pop(0) if len(left) > 1 else left[0]
