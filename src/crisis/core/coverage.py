"""
The proof of coverage: is there always somebody left to reach?

For every binding step and every partner it asks, at every moment of a period: with any
one provider out and any one person away, does a message still reach a contact before
the lead is told (L-03)?
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from crisis.core.contact import Directory, holders
from crisis.core.event import SYSTEM, Entry, IncidentOpened, Mode
from crisis.core.exposure import Gap, Rhythms, gaps, tells_the_lead
from crisis.core.incident import Incident, fold
from crisis.core.outlook import Outlook, outlook
from crisis.core.playbook import ExpectNothing, ExpectReport, Mandatory, Playbook, Step
from crisis.core.way import due_after

Shape = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerCoverage:
    """One partner's gaps in one step, in order and apart."""

    partner: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCoverage:
    """A binding step: the partners it asks, and those of its roles that nobody holds here."""

    step: Step
    partners: tuple[PartnerCoverage, ...]
    unheld: tuple[str, ...]

    @property
    def is_covered(self) -> bool:
        """Whether it has no gap at all."""
        return not self.unheld and not any(partner.gaps for partner in self.partners)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The proof for one playbook in one region, from `since` (included) until `until`, in UTC."""

    playbook: Playbook
    directory: Directory
    region: str
    since: datetime
    until: datetime
    steps: tuple[StepCoverage, ...]

    @property
    def is_covered(self) -> bool:
        """Whether no binding step has a gap."""
        return all(step.is_covered for step in self.steps)


def coverage(
    playbook: Playbook,
    directory: Directory,
    *,
    region: str,
    since: datetime,
    until: datetime,
) -> Coverage:
    """
    Return the proof of coverage for a region (AGS) and a period in UTC.

    The directory's rotas and holidays must reach `rhythm.AFTERWARDS` beyond the end. A
    step counts as binding whether or not its condition holds: on that night it may.
    """
    view = outlook(pretended(playbook, directory, region=region, at=since), now=since)
    known: dict[Shape, tuple[Gap, ...]] = {}
    rhythms: Rhythms = {}

    def partner_coverage(step: Step, partner: str) -> PartnerCoverage:
        shape = (partner, *_shape(view, step))
        if shape not in known:
            known[shape] = gaps(view, step, partner, since=since, until=until, rhythms=rhythms)
        return PartnerCoverage(partner=partner, gaps=known[shape])

    return Coverage(
        playbook=playbook,
        directory=directory,
        region=region,
        since=since,
        until=until,
        steps=tuple(
            StepCoverage(
                step=step,
                partners=tuple(
                    partner_coverage(step, partner)
                    for partner in asked(playbook, directory, step, region=region)
                ),
                unheld=tuple(
                    role for role in step.roles if not holders(directory, role, region=region)
                ),
            )
            for step in playbook.steps
            if step.mandatory is not Mandatory.OPTIONAL
            and not isinstance(step.expect, ExpectReport)
        ),
    )


def asked(playbook: Playbook, directory: Directory, step: Step, *, region: str) -> tuple[str, ...]:
    """Return the partners that a step may ask, if those before it reach everybody."""
    by_id = {one.id: one for one in playbook.steps}
    roles = dict.fromkeys(_roles(by_id, step, seen=frozenset()))
    found = (partner.id for role in roles for partner in holders(directory, role, region=region))
    return tuple(dict.fromkeys(found))


def _roles(by_id: Mapping[str, Step], step: Step, *, seen: frozenset[str]) -> Iterator[str]:
    yield from step.roles
    for other in (*step.reached_in, *step.asked_in):
        if other not in seen:
            yield from _roles(by_id, by_id[other], seen=seen | {step.id})


def _shape(view: Outlook, step: Step) -> Shape:
    """Return what of a step decides whom it reaches: steps that are alike are proved once."""
    deadline = None if tells_the_lead(view, step) else due_after(step)
    tells = isinstance(step.expect, ExpectNothing)
    return (step.profile, step.ladder, deadline, step.waits, step.tlp, tells)


def pretended(playbook: Playbook, directory: Directory, *, region: str, at: datetime) -> Incident:
    """Return an incident in which nothing has happened yet, for the planner to look at."""
    opened = IncidentOpened(
        code_word="",
        label="",
        mode=Mode.EXERCISE,
        region=region,
        occurred_at=None,
        attributes={},
        playbook=playbook,
        directory=directory,
        layers=(),
        digest="",
    )
    entry = Entry(seq=1, incident="", version=1, at=at, actor=SYSTEM, event=opened)
    return fold((entry,))
