"""Checks of whether a step's conditions, taken together, can ever be true."""

from collections import Counter
from collections.abc import Iterator

from crisis.loading.condition_file import (
    AllFile,
    AnyFile,
    AtLevelFile,
    ConditionFile,
    DecidedFile,
    LeafFile,
)
from crisis.loading.located import Document, Loc
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.step_checks import steps_in_place
from crisis.loading.step_file import start_of


def check_possible(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every step that can never apply: its conditions, or those above it, exclude."""
    steps = written.steps
    ids = Counter(step.id for _, step in steps_in_place(written))
    for loc, step in steps_in_place(written):
        occasion = written.occasions.get(start_of(step, steps).occasion)
        above = written.phases[int(loc[1])].when
        conditions = [above, None if occasion is None else occasion.when, step.when]
        together = [one for one in conditions if one is not None]
        place: Loc = (*loc, "id") if step.when is None else (*loc, "when")
        # Of two steps with one id nobody knows whose decision is meant (PB201).
        own = step.id if ids[step.id] == 1 else ""
        if reason := _never([], together, own=own):
            yield document.problem(
                place,
                "PB220",
                f"{step.id} can never apply: {reason}",
                hint="remove a condition, or write any: […] where “or” is meant",
            )


def _never(known: list[LeafFile], conditions: list[ConditionFile], *, own: str) -> str:
    """Return why these can never all be true; empty if they can, as far as is easily seen."""
    leaves, choices = _together(conditions)
    leaves = [*known, *leaves]
    if any(isinstance(leaf, DecidedFile) and own in leaf.decided for leaf in leaves):
        return "it waits for its own decision"
    if any(isinstance(leaf, AtLevelFile) and own in leaf.at_level for leaf in leaves):
        return "it waits for its own ladder"
    if name := _excluded(leaves):
        return f"what it asks of `{name}` excludes itself"
    # Each choice is looked at by itself: enough for what people write, and never exponential.
    for choice in choices:
        reasons = [_never(leaves, [part], own=own) for part in choice.any]
        if all(reasons):
            return reasons[0]
    return ""


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
