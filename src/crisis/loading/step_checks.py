"""Checks of what steps refer to: profiles, ladders, forms, other steps."""

from collections.abc import Iterable, Iterator

from crisis.loading.catalogue import COMPETENCES
from crisis.loading.expect_file import DecisionFile, ExpectAnswerFile, ExpectDecisionFile
from crisis.loading.fact_checks import repeated
from crisis.loading.located import Document, Loc
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.shape import did_you_mean
from crisis.loading.step_file import StepFile, earlier_steps


def steps_in_place(written: PlaybookFile) -> Iterator[tuple[Loc, StepFile]]:
    """Yield every step, repeated ids included, with its way down in the file."""
    for phase_index, phase in enumerate(written.phases):
        for index, step in enumerate(phase.steps):
            yield ("phases", phase_index, "steps", index), step


def check_steps(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every reference of a step that leads nowhere, and every id used twice."""
    seen: dict[str, int] = {}
    for loc, step in steps_in_place(written):
        line = document.place((*loc, "id")).line
        if step.id in seen:
            hint = f"it already stands in line {seen[step.id]}; choose another id"
            yield document.problem((*loc, "id"), "PB201", f"duplicate step `{step.id}`", hint=hint)
        seen.setdefault(step.id, line)
        yield from _check_names(document, loc, step, written)
        yield from _check_who(document, (*loc, "who"), step, written)
        yield from _check_expect(document, (*loc, "expect"), step)
    end = written.stand_down
    if end.id in seen:
        hint = f"it already stands in line {seen[end.id]}; choose another id"
        loc = ("stand_down", "id")
        yield document.problem(loc, "PB201", f"duplicate step `{end.id}`", hint=hint)
    yield from _check_ways(document, ("stand_down",), (end.via, end.escalate), written)


def _check_names(
    document: Document, loc: Loc, step: StepFile, written: PlaybookFile
) -> Iterator[Problem]:
    yield from _check_ways(document, loc, (step.via, step.escalate), written)
    place: Loc
    if isinstance(step.expect, ExpectAnswerFile) and step.expect.answer not in written.forms:
        place = (*loc, "expect", "answer")
        yield _unknown(document, place, "PB206", "form", step.expect.answer, written.forms)
    yield from _check_reply(document, (*loc, "expect", "to"), step, written)
    for competence in step.competence:
        if competence not in COMPETENCES:
            place = (*loc, "competence")
            yield _unknown(document, place, "PB403", "competence", competence, COMPETENCES)


def _check_reply(
    document: Document, loc: Loc, step: StepFile, written: PlaybookFile
) -> Iterator[Problem]:
    to = step.expect.to if isinstance(step.expect, ExpectAnswerFile) else None
    if to is None:
        return
    said_in = written.steps.get(to)
    if said_in is None:
        yield _unknown(document, loc, "PB202", "step", to, written.steps)
    elif to == step.id or not isinstance(said_in.expect, ExpectAnswerFile):
        message = f"{to} gives no answer that {step.id} could reply to"
        hint = "name another step that expects an answer to a form"
        yield document.problem(loc, "PB235", message, hint=hint)


def _check_ways(
    document: Document, loc: Loc, ways: tuple[str, str | None], written: PlaybookFile
) -> Iterator[Problem]:
    profile, ladder = ways
    if profile not in written.profiles:
        yield _unknown(document, (*loc, "via"), "PB205", "profile", profile, written.profiles)
    if ladder is not None and ladder not in written.ladders:
        place: Loc = (*loc, "escalate")
        yield _unknown(document, place, "PB204", "ladder", ladder, written.ladders)


def _check_who(
    document: Document, loc: Loc, step: StepFile, written: PlaybookFile
) -> Iterator[Problem]:
    yield from repeated(document, loc, step.who.roles)
    steps = written.steps
    unknown = [one for ends in step.who.earlier for one in dict.fromkeys(ends) if one not in steps]
    for one in unknown:
        yield _unknown(document, loc, "PB202", "step", one, steps)
    if step.who.earlier and not unknown and not earlier_steps(step, steps):
        hint = "write the earlier step first: A10..A17; some of them must ask roles"
        yield document.problem(loc, "PB218", "these steps reach nobody", hint=hint)


def _check_expect(document: Document, loc: Loc, step: StepFile) -> Iterator[Problem]:
    if isinstance(step.expect, ExpectDecisionFile):
        decision: DecisionFile = step.expect.decision
        if decision.default not in decision.options:
            place: Loc = (*loc, "decision", "default")
            yield document.problem(
                place,
                "PB210",
                f"the default `{decision.default}` is not an option",
                hint=did_you_mean(decision.default, decision.options),
            )


def _unknown(
    document: Document, loc: Loc, code: str, noun: str, word: str, known: Iterable[str]
) -> Problem:
    return document.problem(loc, code, f"unknown {noun} `{word}`", hint=did_you_mean(word, known))
