"""Checks of conditions: attributes, their words, decisions and their options."""

from collections.abc import Iterator

from crisis.loading.attribute_file import AttributeFile
from crisis.loading.condition_file import (
    AtLevelFile,
    AttributeTestFile,
    ComparisonFile,
    ConditionFile,
    DecidedFile,
    leaves,
)
from crisis.loading.expect_file import ExpectDecisionFile
from crisis.loading.located import Document, Loc
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.shape import did_you_mean
from crisis.loading.step_checks import steps_in_place

_WORD_KINDS = frozenset({"choice", "tristate", "region"})
_CURE = {
    "choice": "write {is: [word]} or {is_not: [word]}",
    "tristate": "write {is: yes} or {is_not: no}",
    "region": "write {is: [region]}",
    "count": "write {at_least: 3}",
    "list": "write {not_empty: true}",
}


def check_conditions(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every comparison that can never be made."""
    for loc, condition in _conditions(written):
        for leaf_loc, leaf in leaves(condition, loc):
            match leaf:
                case DecidedFile():
                    yield from _check_decided(document, leaf_loc, leaf, written)
                case AtLevelFile():
                    yield from _check_level(document, leaf_loc, leaf, written)
                case _:
                    yield from _check_attribute(document, leaf_loc, leaf, written)


def _conditions(written: PlaybookFile) -> Iterator[tuple[Loc, ConditionFile | None]]:
    for key, occasion in written.occasions.items():
        yield ("occasions", key, "when"), occasion.when
    for index, phase in enumerate(written.phases):
        yield ("phases", index, "when"), phase.when
    for loc, step in steps_in_place(written):
        yield (*loc, "when"), step.when
        yield (*loc, "hold_while"), step.hold_while


def _check_decided(
    document: Document, loc: Loc, leaf: DecidedFile, written: PlaybookFile
) -> Iterator[Problem]:
    ((step_id, words),) = leaf.decided.items()
    step = written.steps.get(step_id)
    place: Loc = (*loc, "decided", step_id)
    if step is None:
        hint = did_you_mean(step_id, written.steps)
        yield document.problem(place, "PB202", f"unknown step `{step_id}`", hint=hint)
    elif not isinstance(step.expect, ExpectDecisionFile):
        hint = f"let {step_id} expect a decision, or compare an attribute"
        yield document.problem(place, "PB212", f"{step_id} decides nothing", hint=hint)
    else:
        options = step.expect.decision.options
        for word in words:
            if word not in options:
                yield document.problem(
                    place,
                    "PB212",
                    f"`{word}` is not an option of {step_id}",
                    hint=did_you_mean(word, options),
                )


def _check_level(
    document: Document, loc: Loc, leaf: AtLevelFile, written: PlaybookFile
) -> Iterator[Problem]:
    ((step_id, level),) = leaf.at_level.items()
    step = written.steps.get(step_id)
    place: Loc = (*loc, "at_level", step_id)
    if step is None:
        hint = did_you_mean(step_id, written.steps)
        yield document.problem(place, "PB202", f"unknown step `{step_id}`", hint=hint)
        return
    rungs = written.ladders.get(step.escalate or "", ())
    if level > len(rungs):
        ladder = (
            f"its ladder {step.escalate} ends at {len(rungs)}" if rungs else "it has no ladder"
        )
        yield document.problem(
            place,
            "PB234",
            f"{step_id} never reaches level {level}: {ladder}",
            hint="name a lower level, or give the step a longer ladder",
        )


def _check_attribute(
    document: Document, loc: Loc, leaf: AttributeTestFile, written: PlaybookFile
) -> Iterator[Problem]:
    ((name, comparison),) = leaf.root.items()
    attribute = written.attributes.get(name)
    place: Loc = (*loc, name)
    if attribute is None:
        hint = did_you_mean(name, written.attributes)
        yield document.problem(place, "PB207", f"unknown attribute `{name}`", hint=hint)
    elif not _fits(attribute, comparison):
        yield document.problem(
            place,
            "PB209",
            f"`{name}` is a {attribute.kind} and cannot be compared like this",
            hint=_CURE[attribute.kind],
        )
    elif attribute.words:
        for word in (comparison.is_ or []) + (comparison.is_not or []):
            if word not in attribute.words:
                yield document.problem(
                    place,
                    "PB208",
                    f"`{word}` is none of the values of `{name}`",
                    hint=did_you_mean(word, attribute.words),
                )


def _fits(attribute: AttributeFile, comparison: ComparisonFile) -> bool:
    if comparison.at_least is not None:
        return attribute.kind == "count"
    if comparison.not_empty is not None:
        return attribute.kind == "list"
    return attribute.kind in _WORD_KINDS
