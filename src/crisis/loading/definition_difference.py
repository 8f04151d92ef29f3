"""What differs in what steps draw on: ladders, channels, forms, facts, occasions, bindings."""

from collections.abc import Callable, Iterator
from typing import Any

from crisis.loading.difference import Difference, Verdict, Version, gone_and_new, plain, quoted
from crisis.loading.form_file import FieldFile
from crisis.loading.overlay_weakening import narrower, slower
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.step_difference import is_binding
from crisis.loading.step_file import StepFile

_NEUTRAL = (Verdict.NEUTRAL, "")


def definition_differences(before: Version, after: Version) -> Iterator[Difference]:
    """Yield what differs; it becomes weaker only where a binding step draws on it."""
    old = before.written
    yield from _by_id(before, after, "ladders", "ladder", _ladder, used=_ladders(old))
    yield from _by_id(before, after, "profiles", "profile", _profile, used=_profiles(old))
    yield from _by_id(before, after, "forms", "form", lambda *_: None, used=_forms(old))
    for form in old.forms:
        if form in after.written.forms:
            yield from _fields(before, after, form, used=form in _forms(old))
    yield from _by_id(before, after, "attributes", "attribute", _attribute)
    yield from _by_id(before, after, "occasions", "occasion", lambda *_: (Verdict.UNCLEAR, ""))
    yield from _by_id(before, after, "bind", "binding", lambda *_: _NEUTRAL)
    yield from _must_not(before, after)


def _by_id(
    before: Version,
    after: Version,
    key: str,
    noun: str,
    judge: Callable[[Any, Any], tuple[Verdict, str] | None],
    *,
    used: frozenset[str] | None = None,
) -> Iterator[Difference]:
    old, new = getattr(before.written, key), getattr(after.written, key)
    for name in (*old, *(one for one in new if one not in old)):
        if old.get(name) == new.get(name):
            continue
        told = _told(before, key, name), _told(after, key, name)
        verb = "changed" if name in old and name in new else "added" if name in new else "removed"
        judged = judge(old[name], new[name]) if verb == "changed" else _NEUTRAL
        if judged is None:
            continue
        verdict, why = judged
        # What no binding step draws on can take nothing away.
        if used is not None and name not in used:
            verdict = Verdict.NEUTRAL
        yield Difference(
            where=f"{noun} {name}",
            kind=f"{noun}-{verb}",
            verdict=verdict,
            before=told[0],
            after=told[1],
            why=why,
        )


def _told(version: Version, key: str, name: str) -> str:
    form = version.written.forms.get(name)
    if key != "forms" or form is None:
        return quoted(version.data, key, name)
    return f"{form.title.en or form.title.de} ({', '.join(form.fields)})"


def _ladder(old: Any, new: Any) -> tuple[Verdict, str]:  # noqa: ANN401 -- what stands under an id
    if slower(new, old):
        return Verdict.WEAKER, "escalates more slowly"
    return Verdict.STRICTER, "escalates sooner"


def _profile(old: Any, new: Any) -> tuple[Verdict, str]:  # noqa: ANN401 -- as above
    lost, gained = narrower(new, old), narrower(old, new)
    if lost:
        return Verdict.WEAKER, lost
    return (Verdict.STRICTER, "") if gained else _NEUTRAL


def _attribute(old: Any, new: Any) -> tuple[Verdict, str]:  # noqa: ANN401 -- as above
    if old.safety and not new.safety:
        return Verdict.WEAKER, "no longer counts as true while it is unknown"
    if new.safety and not old.safety:
        return Verdict.STRICTER, "counts as true while it is unknown"
    same = _held(old) == _held(new)
    return _NEUTRAL if same else (Verdict.UNCLEAR, "")


def _held(attribute: Any) -> tuple[object, ...]:  # noqa: ANN401 -- as above
    return (attribute.kind, attribute.values, attribute.initial, attribute.definition)


def _fields(before: Version, after: Version, form: str, *, used: bool) -> Iterator[Difference]:
    old, new = before.written.forms[form], after.written.forms[form]
    for name in (*old.fields, *(one for one in new.fields if one not in old.fields)):
        was, now = old.fields.get(name), new.fields.get(name)
        if was == now:
            continue
        verdict, why = _field(was, now)
        yield Difference(
            where=f"form {form}",
            kind=f"field-{'added' if was is None else 'removed' if now is None else 'changed'}",
            verdict=verdict if used else Verdict.NEUTRAL,
            before=_question(name, was),
            after=_question(name, now),
            why=why,
        )


def _question(name: str, field: FieldFile | None) -> str:
    return "" if field is None else f"{name}: {field.label.en or field.label.de}"


def _field(was: FieldFile | None, now: FieldFile | None) -> tuple[Verdict, str]:
    if was is None:
        return Verdict.STRICTER, ""
    if now is None:
        return Verdict.WEAKER, ""
    duties = {"required": "must be answered", "guard": "`no` raises a task"}
    for key, what in duties.items():
        if getattr(was, key) and not getattr(now, key):
            return Verdict.WEAKER, f"no longer: {what}"
    changed = [key for key in FieldFile.model_fields if getattr(was, key) != getattr(now, key)]
    if set(changed) <= {"label", "hint", "max_length"}:
        return Verdict.NEUTRAL, ", ".join(changed)
    if set(changed) <= {*duties, "label", "hint", "max_length"}:
        return Verdict.STRICTER, ", ".join(changed)
    return Verdict.UNCLEAR, ", ".join(changed)


def _must_not(before: Version, after: Version) -> Iterator[Difference]:
    old, new = before.written.must_not, after.written.must_not
    kinds = ("must-not-removed", "must-not-added")
    verdicts = (Verdict.WEAKER, Verdict.STRICTER)
    for role in dict.fromkeys((*old, *new)):
        words = plain(old.get(role, ())), plain(new.get(role, ()))
        yield from gone_and_new(f"role {role}", *words, kinds, verdicts)


def _binding_steps(written: PlaybookFile) -> Iterator[StepFile]:
    yield from (step for step in written.steps.values() if is_binding(step))


def _ladders(written: PlaybookFile) -> frozenset[str]:
    used = {step.escalate for step in _binding_steps(written)} | {written.stand_down.escalate}
    return frozenset(name for name in used if name is not None)


def _profiles(written: PlaybookFile) -> frozenset[str]:
    return frozenset(step.via for step in _binding_steps(written)) | {written.stand_down.via}


def _forms(written: PlaybookFile) -> frozenset[str]:
    asked = (getattr(step.expect, "answer", None) for step in _binding_steps(written))
    return frozenset(form for form in (*asked, written.lead.brief) if form is not None)
