"""The incident's page as plain values: facts, steps, tasks, changes, log."""

from datetime import datetime

from crisis.core.event import Entry, Mode
from crisis.core.incident import Incident, StepRun
from crisis.core.leading import open_offer
from crisis.core.obligation import Attempt, Obligation
from crisis.core.playbook import Step
from crisis.web.bulletin_view import bulletins_view
from crisis.web.cascade_view import answered_line
from crisis.web.consent_view import consents_view
from crisis.web.custody_view import restored_words
from crisis.web.held_view import held_line, obligation_holds
from crisis.web.joint_view import joint_notes, stands
from crisis.web.labels import INCIDENT_STATES, OUTCOMES, PURPOSES, skipped_words
from crisis.web.lead_act import can_be_handed_over
from crisis.web.log_view import missed_words, sentence
from crisis.web.longer_view import longer_words
from crisis.web.moments import long_moment, short_moment
from crisis.web.naming import Names
from crisis.web.needs_view import answers_view
from crisis.web.publication_act import can_be_published
from crisis.web.state_view import counts_view
from crisis.web.texts import Texts
from crisis.web.waiting_view import waiting_view

View = dict[str, object]


def incident_view(
    incident: Incident, entries: tuple[Entry, ...], *, now: datetime, say: Texts
) -> View:
    """Return everything the incident's page shows, except the tasks."""
    names = Names(incident, say)
    return {
        "id": incident.id,
        "code_word": incident.opened.code_word,
        "label": incident.opened.label,
        "exercise": incident.opened.mode is Mode.EXERCISE,
        "degraded": incident.degraded,
        "restored": restored_words(incident, say=say),
        "planned": incident.is_ahead and incident.state == "open",
        "facts": _facts(incident, names=names, say=say),
        "now": long_moment(now, say),
        "kind": names.kind(),
        "district": names.district(),
        "state": say(INCIDENT_STATES[incident.state]),
        "counts": counts_view(list(incident.obligations.values()), say),
        "waiting": waiting_view(incident, names=names, now=now, say=say),
        "held": held_line(incident, now=now, say=say),
        "phases": _phases(incident, names=names, now=now, say=say),
        "consents": consents_view(incident, "", now=now, say=say),
        "bulletins": bulletins_view(incident, names=names, now=now, say=say),
        "known": _known(incident, names=names, say=say),
        "hands_over": can_be_handed_over(incident),
        **answers_view(incident, names=names, now=now, say=say),
        "changes": [
            {
                "at": long_moment(change.at, say),
                "attribute": names.attribute(change.attribute),
                "value": names.value(change.attribute, change.value),
                "source": names.source(change.source),
            }
            for change in incident.attribute_changes
        ],
        "log": [
            {
                "version": entry.version,
                "at": long_moment(entry.at, say),
                "actor": say("Automatik") if entry.actor == "system" else entry.actor,
                "text": sentence(entry, names=names, say=say),
            }
            for entry in entries
        ],
    }


def _facts(incident: Incident, *, names: Names, say: Texts) -> list[tuple[str, str]]:
    opened = incident.opened
    occurred = opened.occurred_at
    return [
        (say("Kennwort"), opened.code_word),
        (say("Art"), names.kind()),
        (say("Kreis"), names.district()),
        (say("Stand"), say(INCIDENT_STATES[incident.state])),
        (say("Federführung"), names.lead()),
        *_offered(incident, names=names, say=say),
        (
            say("Ereignis"),
            say("nicht angegeben") if occurred is None else long_moment(occurred, say),
        ),
        (say("Eröffnet"), long_moment(incident.opened_at, say)),
        *_beginning(incident, say=say),
        (say("Eröffnet von"), incident.opened_by),
        *([(say("Auf Meldung von"), names.partner(opened.begun_by))] if opened.begun_by else ()),
        *(
            (names.occasion(occasion), long_moment(came, say))
            for occasion, came in incident.occasions.items()
        ),
        (say("Ablaufplan"), f"{say.words(opened.playbook.title)} ({opened.playbook.version})"),
        *(
            (say("Ortsfassung"), f"{say.words(one.title)} ({one.version})")
            for one in opened.playbook.overlays
        ),
    ]


def _beginning(incident: Incident, *, say: Texts) -> list[tuple[str, str]]:
    """Return when a planned run is to begin, or began; nothing where it was opened at T0."""
    if incident.opened.planned_for is None:
        return []
    name = say("Geplanter Beginn (T0)") if incident.is_ahead else say("Begonnen (T0)")
    return [(name, long_moment(incident.t0, say))]


def _known(incident: Incident, *, names: Names, say: Texts) -> list[View]:
    """Return every fact that may be entered, with its value now; none once it is over."""
    attributes = incident.playbook.attributes if incident.state == "open" else ()
    return [
        {
            "id": one.id,
            "name": names.attribute(one.id),
            "value": say("noch unbekannt")
            if (value := incident.attributes.get(one.id)) is None
            else names.value(one.id, value),
        }
        for one in attributes
    ]


def _offered(incident: Incident, *, names: Names, say: Texts) -> list[tuple[str, str]]:
    offer = open_offer(incident)
    if offer is None:
        return []
    whom = f"{names.partner(offer.partner)}, {names.contact(offer.contact)}"
    waits = say("%(whom)s; die andere Seite hat noch nicht bestätigt", whom=whom)
    return [(say("Federführung angeboten"), waits)]


def _phases(incident: Incident, *, names: Names, now: datetime, say: Texts) -> list[View]:
    in_phases = {step.id for step in incident.with_rounds(incident.playbook.steps)}
    phases = [
        (say.words(phase.title), incident.with_rounds(phase.steps))
        for phase in incident.playbook.phases
    ]
    outside = tuple(incident.step_by_id[step] for step in incident.steps if step not in in_phases)
    return [
        {
            "title": title,
            "steps": [_step(incident, step, names=names, now=now, say=say) for step in steps],
        }
        for title, steps in (*phases, (say("Außerhalb der Phasen"), outside))
        if steps
    ]


def _step(incident: Incident, step: Step, *, names: Names, now: datetime, say: Texts) -> View:
    run = incident.run_of(step.id)
    obligations = list(incident.obligations_of(step.id))
    return {
        "id": step.id,
        "title": say.words(step.title),
        "notes": _step_notes(incident, step, names=names, now=now, say=say),
        "begun": run.started_at is not None,
        "open": any(not one.is_settled for one in obligations),
        "counts": counts_view(obligations, say),
        "basis": list(step.basis),
        "agreements": [
            say.words(one.title) for one in incident.opened.agreements if one.founds(step.basis)
        ],
        "publishes": can_be_published(incident, step.id),
        "obligations": [
            {
                **_obligation(one, names=names, now=now, say=say),
                "state": stands(incident, one, say=say),
            }
            # Who has not answered is looked for.
            for one in sorted(obligations, key=lambda one: one.is_settled)
        ],
    }


def _step_notes(
    incident: Incident, step: Step, *, names: Names, now: datetime, say: Texts
) -> list[str]:
    run = incident.run_of(step.id)
    notes = [
        *longer_words(incident, step, say=say),
        *_begun_notes(step, run, now=now, say=say),
    ]
    if run.held_since is not None and run.started_at is None:
        at = short_moment(run.held_since, now=now, say=say)
        notes.append(say("angehalten seit %(at)s, weil der Einsatz noch gefährlich ist", at=at))
    if run.decided is not None:
        notes.append(
            say("entschieden: %(option)s", option=names.option(step.id, run.decided.option))
        )
    if run.skipped_reason is not None:
        notes.append(say("ausgelassen: %(reason)s", reason=skipped_words(run.skipped_reason, say)))
    if run.obsolete_at is not None:
        notes.append(say("gegenstandslos"))
    if run.report is not None:
        notes.append(say("Bericht erstellt"))
    return [*notes, *joint_notes(incident, step, names=names, now=now, say=say)]


def _begun_notes(step: Step, run: StepRun, *, now: datetime, say: Texts) -> list[str]:
    notes: list[str] = []
    if run.started_at is None and run.skipped_reason is None and run.obsolete_at is None:
        waits = say("noch nicht begonnen")
        if step.gate is not None:
            waits = say("wartet auf eine Einwilligung")
        elif step.bulletin is not None:
            waits = say("beginnt mit jedem Hinweis, der herausgegeben wird")
        notes.append(waits)
    if run.started_at is not None:
        notes.append(say("begonnen %(at)s", at=short_moment(run.started_at, now=now, say=say)))
    if run.missed:
        notes.append(missed_words(run.missed, say=say))
    return notes


def _obligation(one: Obligation, *, names: Names, now: datetime, say: Texts) -> View:
    due = one.due_at
    done = one.done_at
    return {
        "partner": names.partner(one.partner),
        "through": "" if one.membership is None else names.partner(one.membership.hub),
        "members": answered_line(one, say=say),
        "level": one.level,
        "due": "" if due is None else short_moment(due, now=now, say=say),
        "done": "" if done is None else short_moment(done, now=now, say=say),
        "reason": "" if one.decline is None else one.decline.reason,
        "holds": obligation_holds(one, names=names, now=now, say=say),
        "attempts": [_attempt(attempt, names=names, now=now, say=say) for attempt in one.attempts],
    }


def _attempt(attempt: Attempt, *, names: Names, now: datetime, say: Texts) -> str:
    text = say(
        "%(at)s %(purpose)s an %(contact)s, %(channel)s: %(outcome)s",
        at=short_moment(attempt.started_at, now=now, say=say),
        purpose=say(PURPOSES[attempt.purpose]),
        contact=names.contact(attempt.contact),
        channel=names.channel(attempt.channel),
        outcome=say(OUTCOMES[attempt.outcome]),
    )
    marks = [attempt.code] if attempt.code else []
    if attempt.provider:
        marks.append(say("Anbieter %(name)s", name=attempt.provider))
    if attempt.possible_repeat:
        marks.append(say("möglicherweise eine Wiederholung"))
    if attempt.outside_hours:
        marks.append(say("außerhalb der Bürozeit"))
    return f"{text} ({', '.join(marks)})" if marks else text
