"""
The phrases of a step that are read aloud: when it starts and who is asked.

    start: T0 · T0+90m · V · V+60m · after A04 · 30m after A04 · with A01
           after any of A02, A03, latest T0+30m
    who:   OB-L · [KRS, PSNV-L] · reached in A10..A17 · asked in A10..A27
    complete: all · any · quorum 2
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema

from crisis.core.playbook import Completion
from crisis.loading.durations import OCCASION, parse_duration, parse_moment
from crisis.loading.shape import refuse

STEP_ID = r"[A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*"
ROLE = r"[A-Z][A-Za-z]*(?:-[A-Za-z]+)*"
_STEPS = rf"{STEP_ID}(?:\s*,\s*{STEP_ID})*"
_WITH = re.compile(rf"with ({STEP_ID})")
_AFTER = re.compile(
    rf"(?:(\S+) )?after (?:(any|all) of ({_STEPS})|({STEP_ID}))(?:\s*,\s*latest (T0(?:\+\S+)?))?"
)
_EARLIER = re.compile(
    rf"(reached|asked) in ({STEP_ID}(?:\.\.{STEP_ID})?(?:\s*,\s*{STEP_ID}(?:\.\.{STEP_ID})?)*)"
)
_AT_OCCASION = re.compile(rf"({OCCASION})(?:\+(\S+))?")
_QUORUM = re.compile(r"quorum ([1-9][0-9]{0,2})")
_START_HINT = "write T0+90m, after A04, after any of A02, A03, latest T0+30m, or with A01"
_WHO_HINT = "write a role, a list of roles, reached in A10..A17, or asked in A10..A27"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPhrase:
    """
    When a step begins, as written; `same_as` names the step whose start it shares.

    `occasion` is the named moment that `offset` counts from, empty for T0.
    """

    offset: timedelta = timedelta()
    after: tuple[str, ...] = ()
    mode: Literal["all", "any"] = "all"
    latest: timedelta | None = None
    same_as: str | None = None
    occasion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoPhrase:
    """
    Who is asked: roles, or the partners of earlier steps (first and last of each range).

    `reached`: only those that acknowledged; otherwise all that were asked.
    """

    roles: tuple[str, ...] = ()
    earlier: tuple[tuple[str, str], ...] = ()
    reached: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletePhrase:
    """How many partners must have answered."""

    completion: Completion = Completion.ALL
    quorum: int | None = None


def parse_start(text: object) -> StartPhrase:
    """
    Return the start that a phrase names.

    Raises:
        PydanticCustomError: the phrase is not one of those in this module's docstring.
    """
    phrase = text.strip() if isinstance(text, str) else ""
    if phrase.startswith("T0"):
        return StartPhrase(offset=parse_moment(phrase))
    if match := _AT_OCCASION.fullmatch(phrase):
        offset = parse_duration(match[2]) if match[2] else timedelta()
        return StartPhrase(occasion=match[1], offset=offset)
    if match := _WITH.fullmatch(phrase):
        return StartPhrase(same_as=match[1])
    match = _AFTER.fullmatch(phrase)
    if match is None:
        raise refuse("PB105", f"not a start: `{text}`", _START_HINT)
    pause, mode, several, one, latest = match.groups()
    return StartPhrase(
        offset=parse_duration(pause) if pause else timedelta(),
        after=_parts(several or one),
        mode="any" if mode == "any" else "all",
        latest=parse_moment(latest) if latest else None,
    )


def parse_who(value: object) -> WhoPhrase:
    """
    Return who is meant by a role, a list of roles, `reached in …` or `asked in …`.

    Raises:
        PydanticCustomError: the value is none of these.
    """
    if isinstance(value, str) and (match := _EARLIER.fullmatch(value.strip())):
        ends = (part.partition("..") for part in _parts(match[2]))
        earlier = tuple((first, last or first) for first, _, last in ends)
        return WhoPhrase(earlier=earlier, reached=match[1] == "reached")
    roles = [value] if isinstance(value, str) else value
    if not isinstance(roles, list) or not roles:
        raise refuse("PB106", "nobody is asked", _WHO_HINT)
    for role in roles:
        if not (isinstance(role, str) and re.fullmatch(ROLE, role)):
            raise refuse("PB106", f"not a role: `{role}`", _WHO_HINT)
    return WhoPhrase(roles=tuple(roles))


def parse_complete(text: object) -> CompletePhrase:
    """
    Return how many must answer: `all`, `any` or `quorum 2`.

    Raises:
        PydanticCustomError: the text is none of these.
    """
    if isinstance(text, str) and text in {"all", "any"}:
        return CompletePhrase(completion=Completion(text))
    match = _QUORUM.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise refuse("PB106", f"not a number of partners: `{text}`", "write all, any or quorum 2")
    return CompletePhrase(completion=Completion.QUORUM, quorum=int(match[1]))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


StartText = Annotated[
    StartPhrase,
    BeforeValidator(parse_start),
    WithJsonSchema(
        {"type": "string", "examples": ["T0+90m", "after any of A02, A03", "with A01"]}
    ),
]
WhoText = Annotated[
    WhoPhrase,
    BeforeValidator(parse_who),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "string"}, "minItems": 1},
            ],
            "examples": ["OB-L", ["KRS", "PSNV-L"], "reached in A10..A17", "asked in A40"],
        }
    ),
]
CompleteText = Annotated[
    CompletePhrase,
    BeforeValidator(parse_complete),
    WithJsonSchema({"type": "string", "pattern": "^(all|any|quorum [1-9][0-9]{0,2})$"}),
]
