"""Checks that help is unconditional: it never hangs on a testimony or a complaint (S5.1)."""

import re
from collections.abc import Iterator

from crisis.loading.attribute_file import AttributeFile
from crisis.loading.condition_file import AttributeTestFile, ConditionFile, leaves
from crisis.loading.located import Document, Loc
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.step_checks import steps_in_place
from crisis.loading.step_file import StepFile, start_of

# Words that begin so, in an attribute's id or label (`clauses.md` S5.1), German and English.
_COOPERATION = re.compile(
    r"(?<![^\W_])(?:kooperation|kooperier|aussage|strafanzeige|cooperat|testif|testimon)",
    re.IGNORECASE,
)
# Investigators may ask for a testimony; whoever helps may not.
_INVESTIGATION = "verfahren."


def check_unconditional(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every condition that makes help depend on cooperation with the prosecution."""
    told = {key for key, attribute in written.attributes.items() if _cooperation(key, attribute)}
    for loc, condition in _conditions_of_help(written):
        for leaf_loc, leaf in leaves(condition, loc):
            if isinstance(leaf, AttributeTestFile) and (name := next(iter(leaf.root))) in told:
                yield document.problem(
                    (*leaf_loc, name),
                    "L-UNBEDINGT",
                    f"help would depend on `{name}`",
                    hint="remove it: help comes whether somebody cooperates or not",
                )


def _cooperation(key: str, attribute: AttributeFile) -> bool:
    return any(
        _COOPERATION.search(text) for text in (key, attribute.label.de, attribute.label.en or "")
    )


def _conditions_of_help(written: PlaybookFile) -> Iterator[tuple[Loc, ConditionFile | None]]:
    steps = written.steps
    for loc, step in steps_in_place(written):
        if _investigates(step):
            continue
        phase_loc = loc[:2]
        yield (*phase_loc, "when"), written.phases[int(loc[1])].when
        occasion = written.occasions.get(start_of(step, steps).occasion)
        if occasion is not None:
            yield ("occasions", start_of(step, steps).occasion, "when"), occasion.when
        yield (*loc, "when"), step.when
        yield (*loc, "hold_while"), step.hold_while


def _investigates(step: StepFile) -> bool:
    return bool(step.competence) and all(
        competence.startswith(_INVESTIGATION) for competence in step.competence
    )
