"""The time that a house keeps, whatever its clocks are set to."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.core.kept_time import FRESH, TOLERANCE, ZERO, Kept, Sign, begun, joined, kept_on
from tests.builders import T0

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
JUMPS = st.timedeltas(-timedelta(days=400), timedelta(days=400)).filter(
    lambda step: abs(step) > FRESH + SECOND
)


def test_first_process_begins_with_the_reference() -> None:
    assert begun(T0, ()) == Kept(at=T0, ahead=ZERO)


def test_later_process_joins_the_engines_that_are_there() -> None:
    # The clock was put forward by an hour while they ran; they did not follow.
    signs = (Sign(at=T0 - SECOND, ahead=-HOUR), Sign(at=T0 - 9 * SECOND, ahead=-HOUR))

    assert begun(T0 + HOUR, signs) == Kept(at=T0, ahead=-HOUR)


def test_signs_of_engines_that_are_gone_speak_for_nobody() -> None:
    assert joined(T0, (Sign(at=T0 - FRESH - SECOND, ahead=ZERO),)) is None
    # Nor does one from before the clock was set.
    assert joined(T0 + HOUR, (Sign(at=T0, ahead=ZERO),)) is None
    assert begun(T0, (Sign(at=T0 - HOUR, ahead=HOUR),)) == Kept(at=T0, ahead=ZERO)


def test_of_several_opinions_the_middle_one_holds() -> None:
    signs = tuple(Sign(at=T0, ahead=n * SECOND) for n in (3, 0, 1))

    assert begun(T0, signs) == Kept(at=T0 + SECOND, ahead=SECOND)


@pytest.mark.parametrize("drift", [ZERO, SECOND, -SECOND, TOLERANCE, -TOLERANCE])
def test_slow_drift_is_followed(drift: timedelta) -> None:
    kept = Kept(at=T0, ahead=ZERO)

    assert kept_on(kept, T0 + drift, ()) == Kept(at=T0 + drift, ahead=ZERO)


@given(JUMPS)
def test_step_of_the_reference_moves_nothing_and_the_way_back_neither(step: timedelta) -> None:
    before = Kept(at=T0, ahead=ZERO)
    own = (Sign(at=T0 - SECOND, ahead=ZERO),)

    after = kept_on(before, T0 + step, own)
    back = kept_on(after, T0, (Sign(at=T0, ahead=-step),))

    assert after == Kept(at=T0, ahead=-step)
    assert back == Kept(at=T0, ahead=ZERO)


def test_process_that_stood_still_joins_the_others() -> None:
    # Its machine was paused for five minutes and counted none of them.
    kept = Kept(at=T0, ahead=ZERO)
    reference = T0 + timedelta(minutes=5)
    signs = (Sign(at=T0, ahead=ZERO), Sign(at=reference - SECOND, ahead=ZERO))

    assert kept_on(kept, reference, signs) == Kept(at=reference, ahead=ZERO)
