"""What a measure yields, and the statistics it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """
    One measured figure under its key of `bench/results/latest.json`.

    `target` is the most it may be, None where it is only shown beside others.
    `value` is None where the machine did not give the occasion to measure it;
    `note` then says why.
    """

    key: str
    value: float | None
    unit: str
    target: float | None = None
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the target is kept; None where there is none, or nothing to compare."""
        if self.value is None or self.target is None:
            return None
        return self.value <= self.target


def in_ms(seconds: Sequence[float]) -> tuple[float, float]:
    """
    Return the median and the greatest of durations in seconds, both in milliseconds.

    With twenty runs the greatest stands for the 99th percentile.
    """
    return round(median(seconds) * 1000, 1), round(max(seconds) * 1000, 1)
