"""Checks that what a mass-casualty playbook needs was tried before: by rehearsal and by drill."""

from collections.abc import Iterable, Iterator

from crisis.core.region import covers
from crisis.loading.located import Document
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem, Strength

_DRILL = frozenset({"L-28", "S5.9c"})


def check_drills(
    document: Document,
    written: PlaybookFile,
    *,
    rehearsed: bool,
    others: Iterable[PlaybookFile],
) -> Iterator[Problem]:
    """
    Yield a playbook that was never rehearsed, and roles whose contacts nobody tries beforehand.

    `rehearsed`: a rehearsal lies beside it. `others` are the playbooks of the same folder.
    """
    if written.minimum is None:
        return
    if not rehearsed:
        yield document.problem(
            ("minimum",),
            "L-26",
            f"no rehearsal shows what {written.id} must do",
            hint=f"write {written.id}.first-evening.rehearsal.yaml beside it",
            strength=Strength.WARNING,
        )
    drilled = {role for other in others for role in _drilled(other, written.region)}
    asked = {role for step in written.steps.values() for role in step.who.roles}
    if missing := sorted(asked - drilled):
        yield document.problem(
            ("minimum",),
            "L-28",
            f"no contact drill asks {', '.join(missing)}",
            hint="let a standing playbook of the region ask them again and again, basis: [L-28]",
            strength=Strength.WARNING,
        )


def _drilled(other: PlaybookFile, region: str) -> Iterator[str]:
    if other.kind != "standing" or not covers(other.region, region):
        return
    for step in other.steps.values():
        if step.repeat is not None and step.mandatory != "optional" and _DRILL & {*step.basis}:
            yield from step.who.roles
