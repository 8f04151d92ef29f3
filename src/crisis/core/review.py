"""
The review of an agreement: what runs say of it, who is asked, and how it ended.

S5.11: on occasion, after a year at the latest, from the experience of those involved
and against its goals. A review is a run of its own, so that asking, ladders, pages and
the log are those of every run (ADR 0022).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from crisis.core import event as ev
from crisis.core.agreement import Agreement, Party, PastReview, ReviewOutcome
from crisis.core.availability import local_day
from crisis.core.contact import FEDERAL, Directory, Partner
from crisis.core.event import Entry, Mode
from crisis.core.finding import findings
from crisis.core.form import Answer, FieldKind
from crisis.core.incident import Incident
from crisis.core.opening import extract
from crisis.core.scope import Scope, read_scope
from crisis.core.total import Share, Total, totals_for_all
from crisis.core.visibility import fields_of
from crisis.core.words import Words

# Roles that are bound when a review is opened: each party, and the one that leads.
PARTY = "PARTY"
PARTY_LEAD = "PARTY-LEAD"
_OUTCOMES = frozenset(ReviewOutcome)


class VoiceKind(StrEnum):
    """How something about an agreement was said, the weightiest first."""

    FINDING = "finding"
    MEASURE = "measure"
    DISSENT = "dissent"
    REMARK = "remark"
    DECLINED = "declined"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """
    One thing that a run says of an agreement, with the entries that prove it.

    `declined` is a competence note: the partner said that the task was not its own.
    `measure`: something to be done, which the next version of the agreement takes up (S1.17).
    """

    kind: VoiceKind
    incident: str
    code_word: str
    mode: Mode
    step: str
    partner: str
    said: Words
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What one question adds up to over several runs: a sum, or how often words were named."""

    label: Words
    value: int | None
    shares: tuple[Share, ...]
    runs: int


def voices(
    agreement: Agreement, runs: Collection[Sequence[Entry]], *, since: date | None
) -> tuple[Voice, ...]:
    """
    Return what runs say of an agreement after a day: findings first, then the partners.

    Takes the whole log of each run. What only some roles may read is left out, because
    every party reads this.
    """
    found = [voice for entries in runs for voice in _of_run(agreement, entries, since=since)]
    order = tuple(VoiceKind)
    return tuple(sorted(found, key=lambda voice: order.index(voice.kind)))


def carried_on(entries: Sequence[Entry]) -> tuple[Voice, ...]:
    """Return the measures that the run of a review names: what it carries on is still open."""
    scope = read_scope(entries, at=max(entry.at for entry in entries))
    steps = {basis for step in scope.incident.step_by_id.values() for basis in step.basis}
    said = _said(scope, steps)
    return tuple(voice for voice in said if voice.kind is VoiceKind.MEASURE)


def themes(agreement: Agreement, runs: Collection[Sequence[Entry]]) -> tuple[Theme, ...]:
    """
    Return what answers in runs add up to over all of them, as far as everybody may read it.

    Only answers in steps that the agreement founds count (S3.6: themes of feedback).
    """
    cited = _cited(agreement)
    found: dict[tuple[str, str, str], Theme] = {}
    for entries in runs:
        incident = read_scope(entries, at=max(entry.at for entry in entries)).incident
        for total in totals_for_all(incident):
            steps = [incident.step_by_id[step] for step, _ in total.keys]
            if total.withheld or not any(set(step.basis) & cited for step in steps):
                continue
            key = (incident.playbook.id, total.form, total.field)
            found[key] = _added(found.get(key), total)
    return tuple(found.values())


def _added(theme: Theme | None, total: Total) -> Theme:
    before = Theme(label=total.label, value=None, shares=(), runs=0) if theme is None else theme
    counted: dict[Words, int] = {}
    for share in (*before.shares, *total.shares):
        counted[share.word] = counted.get(share.word, 0) + share.count
    ordered = sorted(counted.items(), key=lambda pair: -pair[1])
    return Theme(
        label=total.label,
        value=None if total.value is None else (before.value or 0) + total.value,
        shares=tuple(Share(word=word, count=count) for word, count in ordered),
        runs=before.runs + 1,
    )


def concerns(agreement: Agreement, incident: Incident) -> bool:
    """Return whether a run drew on an agreement; a review or a complaint is none of that kind."""
    opened = incident.opened
    drawn = {*opened.playbook.agreements, *(each.id for each in opened.agreements)}
    return agreement.id in drawn and not opened.review_of and not opened.complaint_on


def held(incident: Incident) -> PastReview | None:
    """
    Return how a review ended, or None while it has not.

    It ends with a decision of a person for one of the four outcomes. A drill reviews
    nothing, and a default is no decision.
    """
    if not incident.opened.review_of or incident.opened.mode is not Mode.LIVE:
        return None
    decided = [
        run.decided
        for run in incident.steps.values()
        if run.decided is not None
        and not run.decided.by_default
        and run.decided.option in _OUTCOMES
    ]
    if not decided:
        return None
    last = max(decided, key=lambda decision: decision.happened_at)
    return PastReview(
        held_on=local_day(last.happened_at),
        outcome=ReviewOutcome(last.option),
        reason=last.reason,
        incident=incident.id,
    )


def bound(directory: Directory, agreement: Agreement) -> tuple[Directory, tuple[Party, ...]]:
    """
    Return the directory of a review, and the parties that nobody stands for in it.

    Of each party the unit with the widest region is asked; the first party leads.
    """
    region = agreement.regions[0]
    asked: dict[str, Partner] = {}
    missing = []
    for party in agreement.parties:
        partner = _standing_for(directory, party)
        if partner is None:
            missing.append(party)
        elif partner.id not in asked:
            roles = (PARTY,) if asked else (PARTY, PARTY_LEAD)
            asked[partner.id] = replace(partner, roles=(*partner.roles, *roles), regions=(region,))
    narrowed = replace(directory, partners=tuple(asked.values()))
    return extract(narrowed, region=region), tuple(missing)


def _standing_for(directory: Directory, party: Party) -> Partner | None:
    units = [
        partner
        for partner in directory.partners
        if partner.organisation == party.organisation and set(partner.roles) & set(party.roles)
    ]
    return min(units, key=_width, default=None)


def _width(partner: Partner) -> tuple[int, str]:
    narrowest = max(0 if region == FEDERAL else len(region) for region in partner.regions)
    return narrowest, partner.id


def _of_run(
    agreement: Agreement, entries: Sequence[Entry], *, since: date | None
) -> Iterator[Voice]:
    scope = read_scope(entries, at=max(entry.at for entry in entries))
    cited = _cited(agreement)
    moments = {entry.seq: entry.at for entry in entries}
    for voice in (*_found(scope, cited), *_said(scope, cited)):
        if since is None or any(local_day(moments[seq]) > since for seq in voice.evidence):
            yield voice


def _cited(agreement: Agreement) -> frozenset[str]:
    return frozenset({agreement.id, *(clause.id for clause in agreement.clauses)})


def _found(scope: Scope, cited: Collection[str]) -> Iterator[Voice]:
    for finding in findings(scope):
        if set(finding.basis) & set(cited):
            yield _voice(
                scope,
                VoiceKind.FINDING,
                step=", ".join(finding.steps),
                partner=", ".join(finding.partners),
                said=finding.observation,
                evidence=finding.evidence,
            )


def _said(scope: Scope, cited: Collection[str]) -> Iterator[Voice]:
    for entry in scope.entries:
        event = entry.event
        if not isinstance(event, ev.Declined | ev.Signed | ev.Answered):
            continue
        if not set(scope.incident.step_by_id[event.step].basis) & set(cited):
            continue
        for kind, text in _words(scope.incident, event):
            yield _voice(
                scope,
                kind,
                step=event.step,
                partner=event.partner,
                said=Words(de=text),
                evidence=(entry.seq,),
            )


def _words(
    incident: Incident, event: ev.Declined | ev.Signed | ev.Answered
) -> Iterator[tuple[VoiceKind, str]]:
    match event:
        case ev.Declined():
            yield VoiceKind.DECLINED, event.reason
        case ev.Signed(verdict="dissent"):
            yield VoiceKind.DISSENT, event.remark
        case ev.Signed(verdict="remark"):
            yield VoiceKind.REMARK, event.remark
        case ev.Answered():
            yield from _texts(incident, event)
        case _:
            return


def _texts(incident: Incident, event: ev.Answered) -> Iterator[tuple[VoiceKind, str]]:
    """Yield what a partner wrote into fields that everybody may read, with the question."""
    for field in fields_of(incident, event.step):
        answer = event.answers.get(field.id)
        if field.visible_to or field.kind not in {FieldKind.TEXT, FieldKind.LIST} or not answer:
            continue
        texts = [answer] if isinstance(answer, str) else _listed(answer)
        if field.measure:
            yield from ((VoiceKind.MEASURE, text) for text in texts)
        elif texts:
            yield VoiceKind.FEEDBACK, f"{field.label.de}: {'; '.join(texts)}"


def _listed(answer: Answer) -> list[str]:
    return [str(each) for each in answer if each] if isinstance(answer, list) else []


def _voice(
    scope: Scope,
    kind: VoiceKind,
    *,
    step: str,
    partner: str,
    said: Words,
    evidence: tuple[int, ...],
) -> Voice:
    opened = scope.incident.opened
    return Voice(
        kind=kind,
        incident=scope.incident.id,
        code_word=opened.code_word,
        mode=opened.mode,
        step=step,
        partner=partner,
        said=said,
        evidence=evidence,
    )
