"""Conditions in words: `Zahl der Toten ≥ 3 oder Tatverdacht: ja`."""

from collections.abc import Sequence
from typing import assert_never

from crisis.core.condition import (
    AllOf,
    AnyOf,
    AtLeast,
    AtLevel,
    Condition,
    Decided,
    Is,
    IsNot,
    NotEmpty,
)
from crisis.core.playbook import ExpectDecision, Playbook
from crisis.core.value_words import word_label
from crisis.render import labels
from crisis.render.wording import Wording


class ConditionWords:
    """Says the conditions of one playbook in one language."""

    def __init__(self, playbook: Playbook, wording: Wording) -> None:
        self._playbook, self._wording, self._pick = playbook, wording, wording.pick
        self._steps = {one.id: one for one in playbook.steps}
        self._facts = {one.id: one.label for one in playbook.attributes}

    def told(self, condition: Condition) -> str:
        """Return a condition in words; parts that have parts of their own stand in brackets."""
        match condition:
            case AllOf(parts=parts):
                return self._pick(" und ", " and ").join(map(self._part, parts))
            case AnyOf(parts=parts):
                return self._pick(" oder ", " or ").join(map(self._part, parts))
            case Decided(step=step, options=options):
                return self._decided(step, options)
            case AtLevel(step=step, level=level):
                return self._pick(f"{step} ab Stufe {level}", f"{step} at level {level} or above")
            case _:
                return f"{self._fact(condition.attribute)}{self._compared(condition)}"

    def _compared(self, test: Is | IsNot | AtLeast | NotEmpty) -> str:
        match test:
            case Is(attribute=attribute, values=values):
                return f": {self._values(attribute, values)}"
            case IsNot(attribute=attribute, values=values):
                return f": {self._pick('nicht', 'not')} {self._values(attribute, values)}"
            case AtLeast(number=number):
                return f" ≥ {number}"
            case NotEmpty():
                return f": {self._pick('angegeben', 'given')}"
            case _:
                assert_never(test)

    def _part(self, part: Condition) -> str:
        told = self.told(part)
        return f"({told})" if isinstance(part, AllOf | AnyOf) else told

    def _fact(self, fact: str) -> str:
        return self._wording.words(self._facts[fact]) if fact in self._facts else fact

    def _values(self, attribute: str, values: tuple[str, ...]) -> str:
        told = (
            self._wording.words(
                labels.VALUES.get(one) or word_label(self._playbook, attribute, one)
            )
            for one in values
        )
        return listed(tuple(told), any_of=True, wording=self._wording)

    def _decided(self, step: str, options: tuple[str, ...]) -> str:
        expect = self._steps[step].expect if step in self._steps else None
        known = (
            {one.id: self._wording.words(one.label) for one in expect.options}
            if isinstance(expect, ExpectDecision)
            else {}
        )
        told = tuple(known.get(one, one) for one in options)
        return f"{step}: {listed(told, any_of=True, wording=self._wording)}"


def listed(names: Sequence[str], *, any_of: bool, wording: Wording) -> str:
    """Return names as a list in words: `A02, A03 oder A04`."""
    if len(names) == 1:
        return names[0]
    joint = wording.pick("oder", "or") if any_of else wording.pick("und", "and")
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"
