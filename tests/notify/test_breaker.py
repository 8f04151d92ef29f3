"""A breaker opens after failures in a row, and lets one message through to see."""

from crisis.notify.breaker import Breaker, BreakerState


class Seconds:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        """Begin at nought."""
        self.now = 0.0

    def __call__(self) -> float:
        """Return the present second."""
        return self.now


def a_breaker(seconds: Seconds) -> Breaker:
    return Breaker(failures=3, pause_s=30, clock=seconds)


def an_open_one(seconds: Seconds) -> Breaker:
    breaker = a_breaker(seconds)
    for _ in range(3):
        breaker.failed()
    return breaker


def test_breaker_opens_after_failures_in_a_row_only() -> None:
    breaker = a_breaker(Seconds())
    for _ in range(2):
        breaker.failed()
    breaker.succeeded()
    for _ in range(2):
        breaker.failed()
    assert (breaker.state, breaker.enter()) == (BreakerState.CLOSED, True)

    breaker.failed()

    assert (breaker.state, breaker.enter()) == (BreakerState.OPEN, False)


def test_breaker_lets_one_probe_through_after_the_pause() -> None:
    seconds = Seconds()
    breaker = an_open_one(seconds)
    seconds.now = 29.9
    assert breaker.enter() is False

    seconds.now = 30.0

    assert breaker.state is BreakerState.HALF_OPEN
    assert [breaker.enter(), breaker.enter()] == [True, False]


def test_breaker_closes_after_a_good_probe() -> None:
    seconds = Seconds()
    breaker = an_open_one(seconds)
    seconds.now = 30.0
    breaker.enter()
    breaker.succeeded()
    assert [breaker.enter(), breaker.enter()] == [True, True]


def test_breaker_opens_again_after_a_bad_probe() -> None:
    seconds = Seconds()
    breaker = an_open_one(seconds)
    seconds.now = 30.0
    breaker.enter()
    breaker.failed()
    assert breaker.state is BreakerState.OPEN

    seconds.now = 60.0

    assert breaker.enter() is True


def test_breaker_forgets_a_probe_that_never_came_back() -> None:
    seconds = Seconds()
    breaker = an_open_one(seconds)
    seconds.now = 30.0
    assert breaker.enter() is True

    seconds.now = 60.0

    assert breaker.enter() is True
