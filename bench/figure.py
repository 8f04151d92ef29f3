"""What a measure yields, and the statistics it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """
    One measured figure under its key of `bench/results/latest.json`.

    `target` is the most it may be, or the least where `at_least` says so; None where
    it is only shown beside others. `value` is None where the machine did not give
    the occasion to measure it; `note` then says why.
    """

    key: str
    value: float | None
    unit: str
    target: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the target is kept; None where there is none, or nothing to compare."""
        if self.value is None or self.target is None:
            return None
        return self.value >= self.target if self.at_least else self.value <= self.target


def in_ms(seconds: Sequence[float]) -> tuple[float, float]:
    """
    Return the median and the greatest of durations in seconds, both in milliseconds.

    With twenty runs the greatest stands for the 99th percentile.
    """
    return round(median(seconds) * 1000, 1), round(max(seconds) * 1000, 1)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share (0 to 1) of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]
