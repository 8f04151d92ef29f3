"""Circles of steps are found, however long the ways between steps are."""

import pytest

from crisis.loading.start_checks import circles

LONG = 20_000


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        ({}, []),
        ({"A": ("B",), "B": ()}, []),
        ({"A": ("A",)}, [("A",)]),
        ({"A": ("nobody",)}, []),
        ({"Z": ("A",), "A": ("B",), "B": ("A", "C"), "C": ()}, [("A", "B")]),
        ({"A": ("B",), "B": ("A",), "C": ("D",), "D": ("C", "A")}, [("A", "B"), ("C", "D")]),
        # The second goes through a step of the first.
        ({"A": ("B",), "B": ("A", "C"), "C": ("B",)}, [("A", "B")]),
        # Between two circles, on neither.
        ({"A": ("A",), "B": ("A",), "C": ("C", "B")}, [("A",), ("C",)]),
    ],
)
def test_each_circle_is_found_once(
    edges: dict[str, tuple[str, ...]], found: list[tuple[str, ...]]
) -> None:
    assert list(circles(edges)) == found


def test_long_chain_and_long_circle_take_no_time_to_speak_of() -> None:
    chain = {str(n): (str(n + 1),) for n in range(LONG)}

    assert list(circles(chain)) == []
    assert [len(one) for one in circles(chain | {str(LONG): ("0",)})] == [LONG + 1]
