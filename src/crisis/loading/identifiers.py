"""How things are named in playbook files, and lists of such names."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from crisis.core.region import is_key
from crisis.loading.durations import OCCASION
from crisis.loading.phrases import ROLE, STEP_ID
from crisis.loading.shape import refuse

_SLUG = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_NAME = r"[A-Za-z][A-Za-z0-9_-]*"
# A section sign, a rule of this house or an agreement's id is never a clause's id.
_CLAUSE = r"(?!L-)[A-Z][A-Z0-9]*(?:[.-][A-Za-z0-9]+)+"
_VERSION = r"[0-9]+\.[0-9]+\.[0-9]+"
_LANGUAGE = r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"


def _matching(pattern: str, code: str, what: str, hint: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text, re.ASCII):
            raise refuse(code, f"not {what}: `{text}`", hint)
        return text

    return check


def _require_region(text: str) -> str:
    if not is_key(text):
        hint = "write 00 for the Bund, or the first 2, 5 or 8 digits of the AGS, in quotes"
        raise refuse("PB103", f"not a region: `{text}`", hint)
    return text


def parse_date(text: object) -> date:
    """
    Return the day that a text names.

    Raises:
        PydanticCustomError: it names none; the cure is in its context.
    """
    try:
        return date.fromisoformat(text if isinstance(text, str) else "")
    except ValueError:
        raise refuse("PB111", f"not a date: `{text}`", "write 2027-06-30") from None


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Slug = Annotated[
    str,
    AfterValidator(_matching(_SLUG, "PB109", "an id", "write small letters, digits and hyphens")),
]
Name = Annotated[
    str,
    AfterValidator(
        _matching(_NAME, "PB109", "an id", "write letters, digits, `_` and `-`, a letter first")
    ),
]
StepId = Annotated[
    str,
    AfterValidator(_matching(STEP_ID, "PB109", "a step's id", "write, for example, A04 or C-A45")),
]
PlaceText = Annotated[
    str,
    AfterValidator(
        _matching(
            rf"{STEP_ID}\.{_NAME}",
            "PB109",
            "a step and a question of its form",
            "write, for example, A21.address",
        )
    ),
]
ClauseId = Annotated[
    str,
    AfterValidator(_matching(_CLAUSE, "PB109", "a clause's id", "write, for example, S2.6")),
]
OccasionId = Annotated[
    str,
    AfterValidator(
        _matching(OCCASION, "PB109", "an occasion's id", "write letters only, a capital first: V")
    ),
]
Version = Annotated[
    str,
    AfterValidator(
        _matching(_VERSION, "PB102", "a version", "write three numbers, for example 1.0.0")
    ),
]
Region = Annotated[str, AfterValidator(_require_region)]
Language = Annotated[
    str,
    AfterValidator(
        _matching(_LANGUAGE, "PB109", "a language", "write a tag such as pl, cs, hsb or de-LS")
    ),
]
Role = Annotated[
    str,
    AfterValidator(
        _matching(ROLE, "PB106", "a role", "write one of the catalogue, for example POL-OS")
    ),
]
Day = Annotated[
    date,
    BeforeValidator(parse_date),
    WithJsonSchema({"type": "string", "format": "date"}),
]
WordList = Annotated[
    list[str],
    BeforeValidator(_as_list),
    Field(min_length=1),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "string"}, "minItems": 1},
            ]
        }
    ),
]
