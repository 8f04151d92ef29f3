"""Chance that can be repeated."""

from collections import Counter
from itertools import islice

from crisis.core.chance import draws


def test_the_same_numbers_follow_from_the_same_names() -> None:
    first = list(islice(draws(1, 7, "A10/ohs"), 20))

    assert list(islice(draws(1, 7, "A10/ohs"), 20)) == first
    others = (draws(2, 7, "A10/ohs"), draws(1, 8, "A10/ohs"), draws(1, 7, "A10/wr"))
    assert all(list(islice(other, 20)) != first for other in others)


def test_numbers_are_spread_evenly_between_0_and_1() -> None:
    many = list(islice(draws(1, 1, "x"), 10_000))

    assert 0 < min(many) < max(many) < 1
    tenths = Counter(int(number * 10) for number in many)
    assert all(900 < tenths[tenth] < 1100 for tenth in range(10))
