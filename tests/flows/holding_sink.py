"""A provider that answers when the test says so, not when some time is over."""

from crisis.simulated.sinks.background import Background
from crisis.simulated.sinks.http import HttpSession, HttpSink


class HoldingSink(HttpSink):
    """
    Take every post; from the one with a given number on, answer only once let go.

    What was not answered is certainly on its way: a test that kills or stops whoever
    sends meets it in the middle of a wave, however long the test itself took to come.
    """

    def __init__(self, *, latency: float = 0.0) -> None:
        super().__init__(latency=latency)
        self._latency = latency
        self._from: int | None = None
        self._held: list[tuple[HttpSession, bytes, bool]] = []

    def hold_from(self, number: int) -> None:
        """Answer no post from this one on, counted from 1 over all that ever came."""
        self._from = number

    def let_go(self) -> None:
        """Answer what was held, and all that comes."""
        self._background.loop.call_soon_threadsafe(self._let_go)

    def holds(self, session: HttpSession, data: bytes, *, close: bool) -> bool:
        """Return whether the answer to the last post is held, and keep it then."""
        if self._from is None or len(self._kept) < self._from:
            return False
        self._held.append((session, data, close))
        return True

    def _let_go(self) -> None:
        self._from = None
        held, self._held = self._held, []
        for session, data, close in held:
            session.answer(data, close=close)
            session.go_on()

    def _accept(self) -> "_HeldSession":
        self.connected += 1
        return _HeldSession(self, self._background, latency=self._latency)


class _HeldSession(HttpSession):
    """Answers as ever, or as soon as its sink lets go."""

    def __init__(self, sink: HoldingSink, background: Background, *, latency: float) -> None:
        super().__init__(sink, background, latency=latency)
        self._holder = sink

    def answer(self, data: bytes, *, close: bool = False) -> None:
        """Write after the latency, unless the sink holds answers back."""
        self.busy = self._holder.holds(self, data, close=close)
        if not self.busy:
            super().answer(data, close=close)
