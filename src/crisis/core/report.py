"""
The reflection report as data: parts 0 to 5 of `reflection-report.md` §4.4, with proposals.

Computed from the log alone. The moment of reading is that of the last entry it
covers, so the same log gives the same report, byte for byte, on any machine and
on any day. Functions are named, persons never.
"""

from collections.abc import Sequence

from crisis.core import event as ev
from crisis.core.answer_review import feedback_reviews, need_reviews, total_reviews
from crisis.core.bulletin_review import bulletin_reviews
from crisis.core.cascade_review import cascade_reviews
from crisis.core.chronicle import chronicle
from crisis.core.competence_note import competence_notes
from crisis.core.complaint import complaint_counts
from crisis.core.condition import Value
from crisis.core.contact import Tlp, holders
from crisis.core.event import Entry
from crisis.core.finding import findings
from crisis.core.incident import Incident
from crisis.core.joint_review import clearance_reviews, confirmation_reviews, handover_reviews
from crisis.core.matrix import contact_matrices
from crisis.core.metrics import contact_figures, figures
from crisis.core.needs_board import counts
from crisis.core.objective import Objective
from crisis.core.objective_rating import rate_objective
from crisis.core.playbook import Phase, Step
from crisis.core.rating import goal_lights, rate
from crisis.core.region import name_of
from crisis.core.report_part import (
    Cover,
    Fact,
    ObjectiveReview,
    OccasionName,
    PartnerName,
    PhaseReview,
    PlannedStep,
    QuestionName,
    ReflectionReport,
    Ruling,
    Status,
    StepName,
)
from crisis.core.scope import Scope, happened_at, is_late_entry, read_scope
from crisis.core.signature_review import signature_reviews
from crisis.core.timeline import FIRST_HOURS, timeline
from crisis.core.value_words import value_text
from crisis.core.words import Words

__all__ = [
    "Fact",
    "PlannedStep",
    "ReflectionReport",
    "Ruling",
    "Status",
    "reflection_report",
]


def reflection_report(
    entries: Sequence[Entry], *, log_to: int, status: Status = "draft"
) -> ReflectionReport:
    """
    Return the report over an incident's entries up to the one numbered `log_to`.

    Raises:
        ValueError: the log holds nothing up to there.
    """
    read = tuple(entry for entry in entries if entry.seq <= log_to)
    if not read:
        raise ValueError(f"the log holds no entry up to {log_to}")
    scope = read_scope(read, at=max(entry.at for entry in read))
    incident = scope.incident
    return ReflectionReport(
        cover=_cover(scope, status=status),
        lights=goal_lights(scope),
        reviews=tuple(_review(scope, phase) for phase in incident.playbook.phases),
        objectives=tuple(_objective(scope, one) for one in incident.playbook.objectives),
        leads=_leads(incident),
        facts=_facts(scope),
        rulings=_rulings(scope),
        plan=_plan(incident),
        timeline=timeline(scope),
        matrices=contact_matrices(scope),
        cascades=cascade_reviews(scope),
        confirmations=confirmation_reviews(scope),
        clearances=clearance_reviews(scope),
        bulletins=bulletin_reviews(scope),
        handovers=handover_reviews(scope),
        competence_notes=competence_notes(scope),
        signatures=signature_reviews(scope),
        need_counts=counts(incident),
        needs=need_reviews(scope),
        totals=total_reviews(scope),
        feedback=feedback_reviews(scope),
        complaints=complaint_counts(scope.entries),
        chronicle=chronicle(scope),
        figures=figures(scope),
        first_hours=contact_figures(_first_hours(scope)),
        findings=findings(scope),
        steps=tuple(
            StepName(id=step, title=incident.step_by_id[step].title)
            for step in scope.steps
            if incident.run_of(step).started_at is not None
        ),
        occasions=tuple(
            OccasionName(id=one.id, title=one.title) for one in incident.playbook.occasions
        ),
        partners=_partners(scope),
        questions=tuple(
            QuestionName(id=field.id, label=field.label)
            for form in incident.playbook.forms
            for field in form.fields
            if field.guard and not field.visible_to
        ),
    )


def _cover(scope: Scope, *, status: Status) -> Cover:
    incident, last = scope.incident, scope.entries[-1]
    opened, playbook = incident.opened, incident.playbook
    return Cover(
        incident=incident.id,
        code_word=opened.code_word,
        label=opened.label,
        mode=opened.mode,
        status=status,
        tlp=_tlp(incident),
        playbook=playbook.id,
        playbook_title=playbook.title,
        playbook_version=playbook.version,
        layers=opened.layers,
        longer=playbook.longer,
        content_digest=opened.digest,
        region=opened.region,
        region_name=name_of(opened.region),
        occurred_at=opened.occurred_at,
        opened_at=incident.t0,
        begun_by=opened.begun_by,
        stood_down_at=incident.stood_down_at,
        closed_at=incident.closed_at,
        agreements=playbook.agreements,
        log_from=scope.log_from,
        log_to=scope.log_to,
        log_read_at=scope.at,
        log_hash=last.hash,
    )


def _tlp(incident: Incident) -> Tlp:
    """Return the label: as tight as what was exchanged; RED content is never stored."""
    exchanged = [incident.step_by_id[step].tlp for step in incident.steps]
    return min(max((Tlp.AMBER, *exchanged)), Tlp.AMBER_STRICT)


def _review(scope: Scope, phase: Phase) -> PhaseReview:
    own = scope.only({step.id for step in scope.incident.with_rounds(phase.steps)})
    return PhaseReview(
        phase=phase.id,
        title=phase.title,
        steps=own.steps,
        rating=rate(own),
        figures=contact_figures(own),
    )


def _objective(scope: Scope, objective: Objective) -> ObjectiveReview:
    steps = (scope.incident.step_by_id[step] for step in objective.steps)
    own = scope.only({step.id for step in scope.incident.with_rounds(steps)})
    return ObjectiveReview(
        objective=objective.id,
        title=objective.title,
        steps=own.steps,
        rating=rate_objective(own, objective),
        figures=contact_figures(own),
    )


def _first_hours(scope: Scope) -> Scope:
    """Return the scope narrowed to the steps that began soon: the waves of first contact."""
    until = scope.incident.t0 + FIRST_HOURS
    started = {step: scope.incident.run_of(step).started_at for step in scope.steps}
    return scope.only({step for step, at in started.items() if at is not None and at < until})


def _leads(incident: Incident) -> tuple[str, ...]:
    opened = incident.opened
    found = holders(opened.directory, incident.playbook.lead.role, region=opened.region)
    later = (post.partner for post in incident.leads)
    return tuple(dict.fromkeys((*(partner.id for partner in found), *later)))


def _text(incident: Incident, name: str, value: Value) -> Words:
    de, en = (value_text(incident.playbook, name, value, language=one) for one in ("de", "en"))
    return Words(de=de, en=en)


def _facts(scope: Scope) -> tuple[Fact, ...]:
    incident = scope.incident
    known = {a.id: a for a in incident.playbook.attributes}
    labels = {name: attribute.label for name, attribute in known.items()}
    defined = {name: a.definition for name, a in known.items() if a.definition is not None}
    opened = incident.opened
    given = (
        (scope.entries[0], name, value, "opening")
        for name, value in sorted(opened.attributes.items())
    )
    later = (
        (entry, event.attribute, event.value, event.source)
        for entry in scope.entries
        for event in [entry.event]
        if isinstance(event, ev.AttributeSet)
    )
    return tuple(
        Fact(
            seq=entry.seq,
            at=happened_at(entry),
            attribute=name,
            label=labels.get(name, Words(de=name)),
            value=", ".join(value) if isinstance(value, tuple) else str(value),
            text=_text(incident, name, value),
            source=source,
            late=is_late_entry(entry),
            definition=defined.get(name, Words(de="")),
        )
        for entry, name, value, source in (*given, *later)
    )


def _rulings(scope: Scope) -> tuple[Ruling, ...]:
    return tuple(
        Ruling(
            seq=entry.seq,
            at=event.happened_at,
            step=event.step,
            partners=scope.incident.run_of(event.step).partners,
            option=_option(scope.incident.step_by_id[event.step], event.option),
            reason=event.reason,
            by_default=event.by_default,
            late=is_late_entry(entry),
        )
        for entry in scope.entries
        for event in [entry.event]
        if isinstance(event, ev.Decided)
    )


def _option(step: Step, chosen: str) -> Words:
    options = step.expect.options if step.expect.kind == "decision" else ()
    return next((o.label for o in options if o.id == chosen), Words(de=chosen))


def _plan(incident: Incident) -> tuple[PlannedStep, ...]:
    return tuple(
        PlannedStep(
            id=step.id,
            phase=phase.id,
            title=step.title,
            roles=step.roles,
            mandatory=step.mandatory,
            start=step.start,
            due_at=incident.run_of(step.id).due_at,
            ladder=step.ladder,
            basis=step.basis,
            agreements=tuple(
                one.title for one in incident.opened.agreements if one.founds(step.basis)
            ),
            began=incident.run_of(step.id).started_at is not None,
            completion=step.completion,
            quorum=step.quorum,
        )
        for phase in incident.playbook.phases
        for step in phase.steps
    )


def _partners(scope: Scope) -> tuple[PartnerName, ...]:
    directory = scope.incident.opened.directory
    begun_by = scope.incident.opened.begun_by
    asked = {
        *(obligation.partner for obligation in scope.addressed),
        *_leads(scope.incident),
        *((begun_by,) if begun_by else ()),
        *(one.partner for one in scope.incident.bulletins.values() if one.partner),
    }
    known = tuple(
        PartnerName(
            id=partner.id,
            name=partner.name,
            organisation=partner.organisation,
            contact=directory.contacts[partner.contact].title,
        )
        for partner in directory.partners
        if partner.id in asked
    )
    missing = sorted(asked - {partner.id for partner in known})
    return (
        *known,
        *(
            PartnerName(id=name, name=Words(de=name), organisation="", contact=Words(de=""))
            for name in missing
        ),
    )
