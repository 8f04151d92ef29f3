"""
When a step applies: structured conditions over what is known of the incident.

Conditions are data, never an expression language (ADR 0006). They are judged in
three values, because on the first evening most facts are not known yet:
`UNKNOWN` counts as true for safety-relevant attributes during the first twelve
hours (`playbooks.md` §7.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, assert_never

# What an attribute can hold: a choice or tristate word, a count, a list of words.
Value = str | int | tuple[str, ...]
UNKNOWN_WORD = "unknown"


class Verdict(StrEnum):
    """What is known about a condition."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Is:
    """The attribute holds one of these words; not known while it is unknown."""

    kind: Literal["is"] = "is"
    attribute: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IsNot:
    """The attribute holds none of these words; true while it is unknown."""

    kind: Literal["is_not"] = "is_not"
    attribute: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast:
    """The last reported count is at least this; not known while none was reported."""

    kind: Literal["at_least"] = "at_least"
    attribute: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotEmpty:
    """The list holds something; not known while it was never set."""

    kind: Literal["not_empty"] = "not_empty"
    attribute: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The decision step came out as one of these options; not known before."""

    kind: Literal["decided"] = "decided"
    step: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLevel:
    """The step's ladder has reached this level for somebody; not known before."""

    kind: Literal["at_level"] = "at_level"
    step: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every part is true."""

    kind: Literal["all"] = "all"
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """At least one part is true."""

    kind: Literal["any"] = "any"
    parts: tuple["Condition", ...]


Condition = Is | IsNot | AtLeast | NotEmpty | Decided | AtLevel | AllOf | AnyOf
NO_LEVELS: Mapping[str, int] = MappingProxyType({})


def judge(
    condition: Condition | None,
    *,
    attributes: Mapping[str, Value],
    decisions: Mapping[str, str],
    levels: Mapping[str, int] = NO_LEVELS,
    assumed: frozenset[str] = frozenset(),
) -> Verdict:
    """
    Return what is known about a condition.

    Takes the attributes' current values (absent means unknown), the decisions'
    outcomes and the highest levels of ladders by step id, and the names of
    attributes about which the worse case is assumed while they are unknown. No
    condition at all is true.
    """
    match condition:
        case None:
            return Verdict.TRUE
        case Decided():
            return _word(decisions.get(condition.step), condition.options)
        case AtLevel():
            reached = levels.get(condition.step, 0) >= condition.level
            return Verdict.TRUE if reached else Verdict.UNKNOWN
        case AllOf() | AnyOf():
            verdicts = {
                judge(
                    part,
                    attributes=attributes,
                    decisions=decisions,
                    levels=levels,
                    assumed=assumed,
                )
                for part in condition.parts
            }
            return _joined(verdicts, every=isinstance(condition, AllOf))
        case _:
            verdict = _of_attribute(condition, attributes.get(condition.attribute))
            unknown = verdict is Verdict.UNKNOWN
            return Verdict.TRUE if unknown and condition.attribute in assumed else verdict


def attributes_of(condition: Condition | None) -> frozenset[str]:
    """Return the names of all attributes a condition looks at."""
    match condition:
        case AllOf() | AnyOf():
            return frozenset[str]().union(*(attributes_of(part) for part in condition.parts))
        case None | Decided() | AtLevel():
            return frozenset()
        case _:
            return frozenset({condition.attribute})


def _of_attribute(condition: Is | IsNot | AtLeast | NotEmpty, held: Value | None) -> Verdict:
    match condition:
        case Is():
            # Absent means unknown, also where a condition asks for just that.
            return _word(UNKNOWN_WORD if held is None else held, condition.values)
        case IsNot():
            word = UNKNOWN_WORD if held is None else held
            return _verdict(truth=word not in condition.values)
        case AtLeast():
            return _count(held, condition.number)
        case NotEmpty():
            return Verdict.UNKNOWN if held is None else _verdict(truth=bool(held))
        case _:
            assert_never(condition)


def _verdict(*, truth: bool) -> Verdict:
    return Verdict.TRUE if truth else Verdict.FALSE


def _word(word: Value | None, words: tuple[str, ...]) -> Verdict:
    if word is None or (word == UNKNOWN_WORD and UNKNOWN_WORD not in words):
        return Verdict.UNKNOWN
    return _verdict(truth=word in words)


def _count(count: Value | None, number: int) -> Verdict:
    if not isinstance(count, int):
        return Verdict.UNKNOWN
    return _verdict(truth=count >= number)


def _joined(verdicts: set[Verdict], *, every: bool) -> Verdict:
    decisive = Verdict.FALSE if every else Verdict.TRUE
    if decisive in verdicts:
        return decisive
    if Verdict.UNKNOWN in verdicts:
        return Verdict.UNKNOWN
    return Verdict.TRUE if every else Verdict.FALSE
