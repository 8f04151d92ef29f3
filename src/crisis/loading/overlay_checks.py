"""
What an overlay may not do: weaken, add competences, change what is not there.

`judged` returns the problems, the places that are refused (so that the rest can be
checked without them) and the deadlines that are longer for a given reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from crisis.core.deadline import is_longer
from crisis.core.layer import LongerDeadline
from crisis.loading.durations import written_within
from crisis.loading.located import Document, Loc
from crisis.loading.overlay_file import ChangeFile, OverlayFile
from crisis.loading.overlay_weakening import BINDING, Change, narrower, slower, weakening
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem, Strength
from crisis.loading.shape import did_you_mean
from crisis.loading.step_file import start_of

LEAST_REASON = 20
_WEAKENS = "L-OVERLAY-SCHWAECHT"
_TIGHTEN = "an overlay adds, binds and tightens; change the playbook itself with its partners"
_REASON = f"write `reason: {{de: …}}` with at least {LEAST_REASON} characters; the report shows it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was found in a layer; `refused` are the ways down to what it may not say."""

    problems: tuple[Problem, ...]
    refused: tuple[Loc, ...]
    longer: tuple[LongerDeadline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """
    A layer and the playbook before and after it.

    `elsewhere` holds ids of steps and phases of the other playbooks it is laid over.
    """

    document: Document
    overlay: OverlayFile
    before: PlaybookFile
    after: PlaybookFile
    elsewhere: frozenset[str] = frozenset()


def judged(laid: Laid) -> Judged:
    """Return everything that a layer may not do, and the longer deadlines it gives reasons for."""
    refusals = (*_refused_steps(laid), *_refused_definitions(laid))
    longer, deadlines = _longer(laid)
    told = (*refusals, *deadlines)
    return Judged(
        problems=(*_unknown(laid), *(problem for _, problem in told)),
        refused=tuple(_whole(loc) for loc, problem in told if problem.strength is Strength.ERROR),
        longer=longer,
    )


def _whole(loc: Loc) -> Loc:
    # A form whose field is refused goes as a whole: without fields it would be none.
    return loc[:2] if loc[0] == "forms" else loc


def _changes(laid: Laid) -> Iterator[tuple[Loc, ChangeFile, Change]]:
    before, after = laid.before.steps, laid.after.steps
    for index, written in enumerate(laid.overlay.steps):
        if written.id in before and written.id in after:
            change = Change(
                step=before[written.id],
                playbook=laid.before,
                new=after[written.id],
                new_playbook=laid.after,
            )
            yield ("steps", index), written, change


def _refused_steps(laid: Laid) -> Iterator[tuple[Loc, Problem]]:
    for index, step in enumerate(laid.overlay.without):
        known = laid.before.steps.get(step)
        if known is not None and known.mandatory in BINDING:
            loc: Loc = ("without", index)
            yield loc, _weakens(laid, loc, f"takes away the binding step {step}", _TIGHTEN)
    for loc, written, change in _changes(laid):
        for key in sorted(written.model_fields_set & set(type(change.step).model_fields)):
            what = weakening(key, change)
            if what:
                hint = _cure(key)
                yield (*loc, key), _weakens(laid, (*loc, key), what, hint, step=written.id)
        for word in change.new.competence:
            if word not in change.step.competence:
                yield (
                    (*loc, "competence"),
                    laid.document.problem(
                        (*loc, "competence"),
                        "L-KOMPETENZ",
                        f"{laid.overlay.id} gives {written.id} the competence `{word}`",
                        hint="take it out; an overlay adds no competence",
                    ),
                )


def _cure(key: str) -> str:
    if key == "message":
        return "add a sentence with `ask_also`, or a step of your own under `added`"
    return _TIGHTEN


def _weakens(laid: Laid, loc: Loc, what: str, hint: str, *, step: str = "") -> Problem:
    about = f"{step}: " if step else ""
    return laid.document.problem(loc, _WEAKENS, f"{about}{laid.overlay.id} {what}", hint=hint)


def _longer(laid: Laid) -> tuple[tuple[LongerDeadline, ...], list[tuple[Loc, Problem]]]:
    longer: list[LongerDeadline] = []
    found: list[tuple[Loc, Problem]] = []
    for loc, written, change in _changes(laid):
        old, new = change.step.within, change.new.within
        start = start_of(change.new, change.new_playbook.steps)
        offset = None if start.after or start.occasion else start.offset
        if old is None or new is None or change.step.mandatory not in BINDING:
            continue
        if "within" not in written.model_fields_set or not is_longer(new, old, offset=offset):
            continue
        place: Loc = (*loc, "within")
        told = f"lengthens the deadline of {written.id} from {written_within(old)} to"
        what = f"{told} {written_within(new)}"
        reason = None if written.reason is None else written.reason.words()
        if reason is None or len(reason.de) < LEAST_REASON:
            without = "without a reason" if reason is None else "with too short a reason"
            found.append((place, _weakens(laid, place, f"{what} {without}", _REASON)))
            continue
        longer.append(
            LongerDeadline(step=written.id, was=old, now=new, reason=reason, layer=laid.overlay.id)
        )
        found.append((place, _notice(laid, place, f"{what}: {reason.de}")))
    return tuple(longer), found


def _notice(laid: Laid, loc: Loc, what: str) -> Problem:
    return laid.document.problem(
        loc,
        "L-OVERLAY-FRIST",
        f"{laid.overlay.id} {what}",
        hint="permitted, because it gives its reason; pages and report show it",
        strength=Strength.NOTICE,
    )


def _refused_definitions(laid: Laid) -> Iterator[tuple[Loc, Problem]]:
    for loc, what in (*_ways(laid), *_facts(laid)):
        yield loc, _weakens(laid, loc, what, _TIGHTEN)


def _ways(laid: Laid) -> Iterator[tuple[Loc, str]]:
    before, after = laid.before, laid.after
    for name in laid.overlay.ladders:
        if name in before.ladders and slower(after.ladders[name], before.ladders[name]):
            yield ("ladders", name), f"makes the ladder {name} slower"
    for name in laid.overlay.profiles:
        known = before.profiles.get(name)
        what = "" if known is None else narrower(after.profiles[name], known)
        if what:
            yield ("profiles", name), f"{what}: profile {name}"


def _facts(laid: Laid) -> Iterator[tuple[Loc, str]]:
    for name in laid.overlay.attributes:
        if name in laid.before.attributes:
            yield ("attributes", name), f"redefines the attribute `{name}`"
    for name, form in laid.before.forms.items():
        for field, known in form.fields.items():
            if laid.after.forms[name].fields.get(field) != known:
                yield ("forms", name, "fields", field), f"redefines {name}.{field}"


def _unknown(laid: Laid) -> Iterator[Problem]:
    for loc, noun, word, known in (*_named_steps(laid), *_named_phases(laid)):
        if word in known or word in laid.elsewhere:
            continue
        hint = did_you_mean(word, known)
        if loc[0] == "steps":
            hint = f"{hint} A new step stands under `added`."
        yield laid.document.problem(
            loc, "OV202", f"{laid.before.id} has no {noun} `{word}`", hint=hint
        )


def _named_steps(laid: Laid) -> Iterator[tuple[Loc, str, str, list[str]]]:
    steps = list(laid.before.steps)
    for index, change in enumerate(laid.overlay.steps):
        yield ("steps", index, "id"), "step", change.id, steps
    for index, gone in enumerate(laid.overlay.without):
        yield ("without", index), "step", gone, steps
    for phase in laid.after.phases:
        own = [step.id for step in phase.steps]
        for index, step in enumerate(laid.overlay.order.get(phase.id, ())):
            yield ("order", phase.id, index), f"step in {phase.id} that is called", step, own


def _named_phases(laid: Laid) -> Iterator[tuple[Loc, str, str, list[str]]]:
    phases = [phase.id for phase in laid.before.phases]
    for index, added in enumerate(laid.overlay.added):
        yield ("added", index, "phase"), "phase", added.phase, phases
    for name in laid.overlay.order:
        yield ("order", name), "phase", name, phases
