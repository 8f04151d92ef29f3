"""
A figure of the reflection report: what was measured, over what, and where the log proves it.

A value that cannot be known is None ("n/a"), never 0. Cases that are still open
are `censored`: listed with how long they have been running, never dropped
(`reflection-report.md` §4.3).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Literal

from crisis.core.definition import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many; without a whole there is nothing to say."""

    part: int
    whole: int


# A duration, a number, a share; None means that it cannot be known.
Quantity = timedelta | int | Share | None


class RowState(StrEnum):
    """What a row of a figure says about its case."""

    MEASURED = "measured"
    RUNNING = "running"
    IN_TIME = "in-time"
    LATE = "late"
    NEVER = "never"
    DECLINED = "declined"
    FELL_AWAY = "fell-away"
    NOT_ASKED = "not-asked"
    TOLD = "told"
    HARD = "hard"
    SOFT = "soft"
    POLICY = "policy"
    UNCERTAIN = "uncertain"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stat:
    """One number of a figure, by a key such as `median`."""

    key: str
    value: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One case: a step, a partner or both, or a `subject` by name; `evidence` are log numbers."""

    step: str = ""
    partner: str = ""
    subject: str = ""
    value: Quantity = None
    state: RowState = RowState.MEASURED
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """
    A figure over the log entries from `log_from` to `log_to`, both included.

    `n` counts the cases that could be measured.
    """

    definition: Definition
    stats: tuple[Stat, ...]
    rows: tuple[Row, ...] = ()
    censored: tuple[Row, ...] = ()
    n: int
    log_from: int
    log_to: int

    @property
    def id(self) -> str:
        """The figure's number, such as `M3`."""
        return self.definition.id

    @property
    def evidence(self) -> tuple[int, ...]:
        """The numbers of all log entries that the figure rests on."""
        rows = (*self.rows, *self.censored)
        return tuple(sorted({seq for row in rows for seq in row.evidence}))

    def stat(self, key: str) -> Quantity:
        """
        Return the value of one of the figure's numbers.

        Raises:
            KeyError: the figure has no number of this key.
        """
        return {stat.key: stat.value for stat in self.stats}[key]


def share(part: int, whole: int) -> Share | None:
    """Return a share, or None where there is no whole."""
    return Share(part=part, whole=whole) if whole else None


def median(durations: Iterable[timedelta]) -> timedelta | None:
    """Return the middle of some durations, of an even number the mean of the middle two."""
    ordered = sorted(durations)
    if not ordered:
        return None
    half = len(ordered) // 2
    return (ordered[half] + ordered[-half - 1]) / 2


def spread(durations: Iterable[timedelta], *, prefix: Literal["", "t0-"] = "") -> tuple[Stat, ...]:
    """Return median and greatest of some durations."""
    known = tuple(durations)
    return (
        Stat(key=f"{prefix}median", value=median(known)),
        Stat(key=f"{prefix}max", value=max(known, default=None)),
    )
