"""Checks of whether a step's conditions, taken together, can ever be true."""

from collections import Counter
from collections.abc import Iterator, Mapping

from crisis.loading.condition_file import (
    AllFile,
    AnyFile,
    AtLevelFile,
    ConditionFile,
    DecidedFile,
    LeafFile,
)
from crisis.loading.expect_file import ExpectDecisionFile
from crisis.loading.located import Document, Loc
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.step_checks import steps_in_place
from crisis.loading.step_file import StepFile, start_of


def check_possible(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every step that can never apply: its conditions, or those above it, exclude."""
    steps = written.steps
    ids = Counter(step.id for _, step in steps_in_place(written))
    ending = _ending(steps)
    dead: set[str] = set()
    for loc, step in steps_in_place(written):
        occasion = written.occasions.get(start_of(step, steps).occasion)
        above = written.phases[int(loc[1])].when
        conditions = [above, None if occasion is None else occasion.when, step.when]
        together = [one for one in conditions if one is not None]
        place: Loc = (*loc, "id") if step.when is None else (*loc, "when")
        # Of two steps with one id nobody knows whose decision is meant (PB201).
        own = step.id if ids[step.id] == 1 else ""
        if reason := _never([], together, own=own, ending=ending):
            dead.add(own)
            yield document.problem(
                place,
                "PB220",
                f"{step.id} can never apply: {reason}",
                hint="remove a condition, or write any: […] where “or” is meant",
            )
    yield from _check_waiting(document, written, dead - {""})


def _check_waiting(document: Document, written: PlaybookFile, dead: set[str]) -> Iterator[Problem]:
    """Yield every step that waits for steps which never apply; `dead` are those."""
    steps = written.steps
    for loc, step in steps_in_place(written) if dead else ():
        start = start_of(step, steps)
        gone = [one for one in start.after if one in dead]
        blocked = bool(gone) if start.mode == "all" else len(gone) == len(start.after)
        if start.after and blocked and start.latest is None and step.id not in dead:
            # Steps mostly stand after those they wait for, so what waits for this one is found.
            dead.add(step.id)
            yield document.problem(
                (*loc, "start"),
                "PB220",
                f"{step.id} can never begin: it waits for {', '.join(gone)}, which never applies",
                hint="let that step apply, or write latest T0+…",
            )


def _ending(steps: Mapping[str, StepFile]) -> Mapping[str, frozenset[str]]:
    """Return the options of each decision with which the run is over."""
    return {
        step.id: frozenset(
            key for key, option in step.expect.decision.options.items() if option.stands_down
        )
        for step in steps.values()
        if isinstance(step.expect, ExpectDecisionFile)
    }


def _never(
    known: list[LeafFile],
    conditions: list[ConditionFile],
    *,
    own: str,
    ending: Mapping[str, frozenset[str]],
) -> str:
    """Return why these can never all be true; empty if they can, as far as is easily seen."""
    leaves, choices = _together(conditions)
    leaves = [*known, *leaves]
    if any(isinstance(leaf, DecidedFile) and own in leaf.decided for leaf in leaves):
        return "it waits for its own decision"
    if any(isinstance(leaf, AtLevelFile) and own in leaf.at_level for leaf in leaves):
        return "it waits for its own ladder"
    if name := _excluded(leaves):
        return f"what it asks of `{name}` excludes itself"
    if step := _ended_by(leaves, ending):
        return f"the run is over once {step} is decided so"
    # Each choice is looked at by itself: enough for what people write, and never exponential.
    for choice in choices:
        reasons = [_never(leaves, [part], own=own, ending=ending) for part in choice.any]
        if all(reasons):
            return reasons[0]
    return ""


def _ended_by(leaves: list[LeafFile], ending: Mapping[str, frozenset[str]]) -> str:
    """Return the first decision that must come out so that the run is over; empty if none."""
    decided = [leaf.decided for leaf in leaves if isinstance(leaf, DecidedFile)]
    asked = ((step, {*options}) for one in decided for step, options in one.items())
    return next((step for step, options in asked if options <= ending.get(step, set())), "")


def _together(conditions: list[ConditionFile]) -> tuple[list[LeafFile], list[AnyFile]]:
    """Return the comparisons that must all hold, and the choices that must hold beside them."""
    leaves: list[LeafFile] = []
    choices: list[AnyFile] = []
    for one in conditions:
        if isinstance(one, AllFile):
            below, below_choices = _together(one.all)
            leaves.extend(below)
            choices.extend(below_choices)
        elif isinstance(one, AnyFile):
            choices.append(one)
        else:
            leaves.append(one)
    return leaves, choices


def _excluded(leaves: list[LeafFile]) -> str:
    """Return the first attribute or decision that cannot satisfy all these; empty if none."""
    possible: dict[str, set[str]] = {}
    refused: dict[str, set[str]] = {}
    for leaf in leaves:
        name, words, not_words = _words(leaf)
        refused.setdefault(name, set()).update(not_words)
        if words is not None:
            possible[name] = possible.get(name, set(words)) & set(words)
    return next((name for name, words in possible.items() if not words - refused[name]), "")


def _words(leaf: LeafFile) -> tuple[str, list[str] | None, set[str]]:
    """Return what a comparison is about, the words it accepts (None: any) and those it refuses."""
    if isinstance(leaf, DecidedFile):
        ((step, options),) = leaf.decided.items()
        return step, options, set()
    if isinstance(leaf, AtLevelFile):
        return f"level of {next(iter(leaf.at_level))}", None, set()
    ((name, comparison),) = leaf.root.items()
    return name, comparison.is_, set(comparison.is_not or ())
