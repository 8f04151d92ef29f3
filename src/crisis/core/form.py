"""Forms: the questions a step asks, and what counts as an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from crisis.core.words import Words

# An answer as it is stored: texts, numbers, lists of texts, lists of rows (needs).
Answer = str | int | list[str] | list[dict[str, str]]
Answers = Mapping[str, Answer]

NEED_GROUPS = ("information", "support", "protection", "participation")
BANDS = ("1-4", "5-19", "20-99", "100+")


class FieldKind(StrEnum):
    """What a field takes."""

    TRISTATE = "tristate"
    CHOICE = "choice"
    BAND = "band"
    COUNT = "count"
    TEXT = "text"
    TIME = "time"
    LIST = "list"
    NEEDS = "needs"
    DATE = "date"
    COUNTRIES = "countries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice: the word that is stored and what people read."""

    value: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """
    One question.

    `guard`: the answer `no` raises a task for the lead. `sets`: the answer also
    sets this attribute of the incident. `visible_to`: roles that may read the
    answer; empty means all of the incident's partners. `place`: the address of a
    public place may stand here, which is refused as personal data elsewhere. `total`:
    the answers are added up over all partners (`core/total.py`). `measure`: each entry is a
    measure that stays open until the next review of the agreement (S1.17).
    """

    id: str
    kind: FieldKind
    label: Words
    hint: Words | None = None
    required: bool = False
    options: tuple[Option, ...] = ()
    guard: bool = False
    sets: str | None = None
    visible_to: tuple[str, ...] = ()
    max_length: int = 300
    place: bool = False
    total: bool = False
    measure: bool = False


def band_range(band: str) -> tuple[int, int | None]:
    """Return the least and the most of a band of numbers; None for no limit (`100+`)."""
    least, _, most = band.rstrip("+").partition("-")
    return int(least), int(most) if most else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A named list of questions."""

    id: str
    title: Words
    fields: tuple[Field, ...]

    def field(self, field_id: str) -> Field:
        """
        Return the field of this id.

        Raises:
            KeyError: the form has no such field.
        """
        for field in self.fields:
            if field.id == field_id:
                return field
        raise KeyError(field_id)
