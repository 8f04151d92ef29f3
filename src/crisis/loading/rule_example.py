"""What a rule complains about, and the same in order, as an author would write it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleExample:
    """Two pieces of a file in YAML: one that the rule reports, one that it does not."""

    failing: str
    passing: str
