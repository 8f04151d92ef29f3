"""When steps begin and are over if every deadline is kept, counted from T0 or an occasion."""

from datetime import time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.core.course import course
from crisis.core.deadline import DayHours, Within
from crisis.core.playbook import Start, Step
from tests.builders import a_playbook, a_step, minutes


def times(*steps: Step) -> list[tuple[str, str, float, float | None]]:
    """Return step, origin, beginning and deadline in minutes."""
    return [
        (
            one.step.id,
            one.origin,
            one.begins / minutes(1),
            None if one.due is None else one.due / minutes(1),
        )
        for one in course(a_playbook(*steps))
    ]


def test_step_that_waits_begins_when_the_deadlines_before_it_end() -> None:
    after = ("A01", "A02")
    assert times(
        a_step("A04", start=Start(after=after, offset=minutes(5))),
        a_step("A01"),
        a_step("A02", within=Within(duration=minutes(40), absolute=True), start=Start()),
        a_step("A05", start=Start(after=after, mode="any")),
        a_step("A06", start=Start(after=after, latest=minutes(30)), within=None),
        a_step("A07", start=Start(after=("A06",))),
        a_step("A08", start=Start(after=("A99",), offset=minutes(7))),
    ) == [
        ("A04", "", 45, 60),
        ("A01", "", 0, 15),
        ("A02", "", 0, 40),
        ("A05", "", 15, 30),
        ("A06", "", 30, None),
        ("A07", "", 30, 45),
        ("A08", "", 7, 22),
    ]


def test_times_after_an_occasion_count_from_it() -> None:
    at_v = Within(duration=timedelta(hours=2), absolute=True, occasion="V")
    at_t0 = Within(duration=timedelta(hours=2), absolute=True)
    assert times(
        a_step("B20", start=Start(occasion="V", offset=minutes(10)), within=at_v),
        a_step("B10"),
        a_step("B21", start=Start(after=("B10", "B20"), latest=minutes(1)), within=at_t0),
    ) == [
        ("B20", "V", 10, 120),
        ("B10", "", 0, 15),
        ("B21", "V", 120, None),
    ]


def test_deadline_that_differs_by_the_hour_counts_as_its_longest() -> None:
    hours = DayHours(opens=time(6), closes=time(22))
    within = Within(duration=minutes(20), hours=hours, otherwise=minutes(30))

    assert times(a_step(within=within)) == [("A10", "", 0, 30)]


@given(st.lists(st.integers(min_value=0, max_value=500), min_size=2, max_size=12))
def test_nothing_begins_before_what_it_waits_for_is_over(pauses: list[int]) -> None:
    steps = [a_step("A0", start=Start(offset=minutes(pauses[0])))]
    steps += [
        a_step(f"A{n}", start=Start(after=(f"A{n - 1}",), offset=minutes(pause)))
        for n, pause in enumerate(pauses[1:], start=1)
    ]

    planned = course(a_playbook(*steps))

    assert all(later.begins >= earlier.ends for earlier, later in pairwise(planned))
    assert planned[-1].ends == minutes(sum(pauses) + 15 * len(pauses))


def test_phase_is_told() -> None:
    assert [one.phase for one in course(a_playbook(a_step(), a_step("A11")))] == ["P1", "P1"]


@pytest.mark.parametrize(("due", "ends"), [(None, 0), (Within(duration=minutes(5)), 5)])
def test_step_without_deadline_is_over_when_it_begins(due: Within | None, ends: float) -> None:
    (one,) = course(a_playbook(a_step(within=due)))

    assert one.ends == minutes(ends)
