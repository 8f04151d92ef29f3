"""What differs between two versions of a playbook, from its head to its stand-down (S1.4)."""

from collections.abc import Iterator, Mapping
from typing import Any

from crisis.core.contact import holders
from crisis.loading.definition_difference import definition_differences
from crisis.loading.difference import (
    Difference,
    Verdict,
    Version,
    gone_and_new,
    plain,
    quoted,
)
from crisis.loading.overlay_weakening import Change
from crisis.loading.phrases import StartPhrase, WhoPhrase
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.step_difference import is_binding, step_differences
from crisis.loading.step_file import PhaseFile, StepFile
from crisis.loading.yaml_builder import YamlValue

_HEAD = ("version", "kind", "title", "region", "review_by")


def differences(before: Version, after: Version) -> tuple[Difference, ...]:
    """Return everything that differs, the most general first, steps in the order of the file."""
    return (
        *_head(before, after),
        *_partners(before, after),
        *_lead(before, after),
        *_phases(before, after),
        *_steps(before, after),
        *definition_differences(before, after),
    )


def all_steps(written: PlaybookFile) -> Mapping[str, StepFile]:
    """Return all steps by id, and the stand-down as a binding step that nobody starts."""
    last = written.stand_down
    told: dict[str, Any] = {key: getattr(last, key) for key in type(last).model_fields}
    told |= {
        "who": WhoPhrase(),
        "start": StartPhrase(),
        "expect": "acknowledgement",
        "mandatory": "always",
    }
    return {**written.steps, last.id: StepFile.model_construct(**told)}


def _head(before: Version, after: Version) -> Iterator[Difference]:
    for key in _HEAD:
        if getattr(before.written, key) != getattr(after.written, key):
            told = quoted(before.data, key), quoted(after.data, key)
            # What it is for and where it holds decides for whom it binds anything.
            unclear = key in {"kind", "region"}
            yield Difference(
                where="playbook",
                kind=f"{key.replace('_', '-')}-changed",
                verdict=Verdict.UNCLEAR if unclear else Verdict.NEUTRAL,
                before=told[0],
                after=told[1],
            )
    old, new = before.written.agreements, after.written.agreements
    kinds = ("agreement-no-longer-cited", "agreement-cited")
    yield from gone_and_new("playbook", plain(old), plain(new), kinds)
    old, new = before.written.begun_by, after.written.begun_by
    kinds, verdicts = ("begins-no-longer", "may-begin"), (Verdict.WEAKER, Verdict.NEUTRAL)
    yield from gone_and_new("playbook", plain(old), plain(new), kinds, verdicts)


def _partners(before: Version, after: Version) -> Iterator[Difference]:
    """Yield which roles are asked at all, and, in a region, which partners that makes."""
    old, new = _roles(before.written), _roles(after.written)
    yield from gone_and_new("role {}", old, new, ("role-removed", "role-added"))
    held, holds = _held(before, old), _held(after, new)
    yield from gone_and_new("partner {}", held, holds, ("partner-removed", "partner-added"))


def _roles(written: PlaybookFile) -> dict[str, str]:
    """Return every role that is asked, with the steps that ask it."""
    roles: dict[str, list[str]] = {}
    for step in written.steps.values():
        for role in step.who.roles:
            roles.setdefault(role, []).append(step.id)
    return {role: ", ".join(steps) for role, steps in roles.items()}


def _held(version: Version, roles: Mapping[str, object]) -> dict[str, str]:
    if version.directory is None:
        return {}
    found = (
        partner
        for role in roles
        for partner in holders(version.directory, role, region=version.region)
    )
    return {partner.id: partner.name.de for partner in found}


def _lead(before: Version, after: Version) -> Iterator[Difference]:
    old, new = before.written.lead, after.written.lead
    told = {
        key: (quoted(before.data, "lead", key), quoted(after.data, "lead", key))
        for key in type(old).model_fields
    }
    if old.role != new.role:
        yield _lead_difference("lead-changed", Verdict.UNCLEAR, *told["role"])
    if old.deputies != new.deputies:
        lost = set(old.deputies) - set(new.deputies)
        yield _lead_difference(
            "lead-deputies-changed",
            Verdict.WEAKER if lost else Verdict.NEUTRAL,
            *told["deputies"],
        )
    if old.handover != new.handover:
        yield _lead_difference("handover-reworded", Verdict.NEUTRAL, *told["handover"])
    if old.brief != new.brief:
        verdict = Verdict.WEAKER if new.brief is None else Verdict.NEUTRAL
        yield _lead_difference("handover-brief-changed", verdict, *told["brief"])


def _lead_difference(kind: str, verdict: Verdict, before: str, after: str) -> Difference:
    return Difference(where="lead", kind=kind, verdict=verdict, before=before, after=after)


def _phases(before: Version, after: Version) -> Iterator[Difference]:
    old = {phase.id: phase for phase in before.written.phases}
    new = {phase.id: phase for phase in after.written.phases}
    told, tells = ({name: _step_list(one) for name, one in some.items()} for some in (old, new))
    yield from gone_and_new("phase {}", told, tells, ("phase-removed", "phase-added"))
    shared = [name for name in old if name in new]
    if shared != [name for name in new if name in old]:
        yield Difference(
            where="playbook", kind="phases-reordered", before=", ".join(old), after=", ".join(new)
        )
    for name in shared:
        yield from _phase(old[name], new[name], before, after)


def _step_list(phase: PhaseFile) -> str:
    return ", ".join(step.id for step in phase.steps)


def _phase(
    old: PhaseFile, new: PhaseFile, before: Version, after: Version
) -> Iterator[Difference]:
    where = f"phase {old.id}"
    data = _phase_data(before.data, old.id), _phase_data(after.data, new.id)
    for key, noun in (("title", "title"), ("benefit", "benefit"), ("when", "condition")):
        if getattr(old, key) != getattr(new, key):
            told = quoted(data[0], key), quoted(data[1], key)
            yield Difference(
                where=where,
                kind=f"{noun}-changed",
                verdict=_condition(old, *told) if key == "when" else Verdict.NEUTRAL,
                before=told[0],
                after=told[1],
            )
    ids, now = ([step.id for step in phase.steps] for phase in (old, new))
    if [step for step in ids if step in now] != [step for step in now if step in ids]:
        told = _step_list(old), _step_list(new)
        yield Difference(where=where, kind="steps-reordered", before=told[0], after=told[1])


def _condition(phase: PhaseFile, before: str, after: str) -> Verdict:
    """Judge the condition of a phase: without one its steps apply always."""
    if not any(is_binding(step) for step in phase.steps):
        return Verdict.NEUTRAL
    if not before:
        return Verdict.WEAKER
    return Verdict.UNCLEAR if after else Verdict.STRICTER


def _steps(before: Version, after: Version) -> Iterator[Difference]:
    old, new = all_steps(before.written), all_steps(after.written)
    homes, now = _homes(before.written), _homes(after.written)
    said, says = _step_data(before.data), _step_data(after.data)
    for step in old.values():
        if step.id not in new:
            lost = Verdict.WEAKER if is_binding(step) else Verdict.NEUTRAL
            yield Difference(where=step.id, kind="step-removed", verdict=lost, before=_about(step))
    for step in new.values():
        if step.id not in old:
            more = Verdict.STRICTER if is_binding(step) else Verdict.NEUTRAL
            yield Difference(where=step.id, kind="step-added", verdict=more, after=_about(step))
            continue
        if homes.get(step.id) != now.get(step.id):
            yield Difference(
                where=step.id,
                kind="step-moved",
                before=homes.get(step.id, ""),
                after=now.get(step.id, ""),
            )
        change = Change(
            step=old[step.id],
            playbook=before.written,
            new=step,
            new_playbook=after.written,
        )
        reason = after.reasons.get(step.id, "")
        yield from step_differences(change, said[step.id], says[step.id], reason=reason)


def _about(step: StepFile) -> str:
    title = step.title.en or step.title.de
    return f"{title} ({', '.join(step.who.roles)})" if step.who.roles else title


def _homes(written: PlaybookFile) -> dict[str, str]:
    return {step.id: phase.id for phase in written.phases for step in phase.steps}


def _phase_data(data: dict[str, YamlValue], phase: str) -> YamlValue:
    return next(one for one in _listed(data.get("phases")) if one.get("id") == phase)


def _step_data(data: dict[str, YamlValue]) -> dict[str, YamlValue]:
    steps = [step for phase in _listed(data.get("phases")) for step in _listed(phase["steps"])]
    return {str(step["id"]): step for step in (*steps, *_listed([data.get("stand_down")]))}


def _listed(data: YamlValue) -> list[dict[str, YamlValue]]:
    return [one for one in data if isinstance(one, dict)] if isinstance(data, list) else []
