"""
Does a mass-casualty playbook hold what international practice says it must (`practice.md` §3.2)?

Asked of playbooks that promise it: `minimum: mass-casualty`. What a step is about is read
from its competence, what it is worth from its form, its start and its deadline.
"""

from collections.abc import Iterator

from crisis.loading.located import Document
from crisis.loading.minimum_content import Ask, asks_of
from crisis.loading.minimum_wanted import WANTED
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem, Strength
from crisis.loading.step_checks import steps_in_place


def check_minimum(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield what a playbook lacks of the minimum content that it promises."""
    if written.minimum is None:
        return
    asks = asks_of(written)
    for wanted in WANTED:
        if sum(wanted.fits(ask) for ask in asks) < wanted.times:
            yield document.problem(
                ("minimum",),
                wanted.code,
                wanted.missing,
                hint=wanted.cure,
                strength=Strength.WARNING,
            )
    yield from _check_consent_first(document, written, asks)


def _check_consent_first(
    document: Document, written: PlaybookFile, asks: tuple[Ask, ...]
) -> Iterator[Problem]:
    """Yield every step that writes to those affected before anybody asked for their consent."""
    begins = {ask.step.id: ask.begins for ask in asks}
    asked = [begins[a.step.id] for a in asks if a.may("betroffene.einwilligung_einholen")]
    first = min((one for one in asked if one is not None), default=None)
    for loc, step in steps_in_place(written):
        at = begins.get(step.id)
        if "betroffene.proaktiv_anschreiben" not in step.competence or at is None:
            continue
        if first is not None and at < first:
            yield document.problem(
                (*loc, "start"),
                "L-12",
                f"{step.id} writes to those affected before they are asked for consent",
                hint="let it begin later, or ask for consent earlier",
                strength=Strength.WARNING,
            )
