"""The counts of one kind of fault on one database."""

from collections import Counter
from dataclasses import dataclass, field, replace

from bench.faults.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """
    What one kind of fault did on one database.

    `skipped` says why it was not tried, empty if it was; `phases` counts at what the
    engine was when it was hit; `recovery_s` is the longest time from the fault to
    the next sign of life; `left_in_doubt` counts by engine process, over all incidents.
    """

    kind: str
    database: str
    tries: int = 0
    kills: int = 0
    asked: int = 0
    lost: int = 0
    repeated: int = 0
    unmarked: int = 0
    unknown: int = 0
    unknown_shown: int = 0
    left_in_doubt: Counter[str] = field(default_factory=Counter)
    recovery_s: float = 0.0
    verified: bool = True
    phases: Counter[str] = field(default_factory=Counter)
    wrong: tuple[str, ...] = ()
    skipped: str = ""

    @property
    def most_per_kill(self) -> int:
        """How many messages of one engine process were repeated, at most; it dies once."""
        return max(self.left_in_doubt.values(), default=0)

    @property
    def is_good(self) -> bool:
        """Whether everything held that must hold."""
        return not (self.wrong or self.lost or self.unmarked) and self.verified

    def with_verdict(self, verdict: Verdict) -> "Tally":
        """Return the counts with those of an incident added."""
        return replace(
            self,
            asked=self.asked + verdict.asked,
            lost=self.lost + verdict.lost,
            repeated=self.repeated + verdict.repeated,
            left_in_doubt=self.left_in_doubt + Counter(verdict.left_in_doubt),
            unmarked=self.unmarked + verdict.unmarked,
            unknown=self.unknown + verdict.unknown,
            unknown_shown=self.unknown_shown + verdict.unknown_shown,
            wrong=(*self.wrong, *verdict.wrong),
        )

    def hit(self, *, kills: int, recovery_s: float, phase: str = "") -> "Tally":
        """Return the counts after one more try."""
        return replace(
            self,
            tries=self.tries + 1,
            kills=self.kills + kills,
            recovery_s=max(self.recovery_s, recovery_s),
            phases=self.phases + Counter([phase] if phase else []),
        )

    def but(self, wrong: str) -> "Tally":
        """Return the counts with one more thing that was wrong."""
        return replace(self, wrong=(*self.wrong, wrong))
