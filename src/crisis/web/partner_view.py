"""A partner's page as plain values: what happened, what is asked, what others do."""

from collections.abc import Iterator
from datetime import datetime

from crisis.core.availability import local_day
from crisis.core.event import Mode, Via
from crisis.core.form import Form
from crisis.core.incident import Incident
from crisis.core.link import ack_code
from crisis.core.message import step_message
from crisis.core.obligation import Obligation
from crisis.core.playbook import ExpectAnswer, ExpectDecision, ExpectSignOff, Step
from crisis.core.secrecy import is_oral, lead_before_t0, tells_deadline
from crisis.usecases.ports import LinkPlace
from crisis.web.bulletin_view import bulletin_here, issuable_view
from crisis.web.consent_view import consents_view, withdrawn_words
from crisis.web.handover_view import handover_view
from crisis.web.joint_view import clearance_view, stands
from crisis.web.labels import OBSOLETE, TLP, VERDICTS
from crisis.web.longer_view import longer_words
from crisis.web.moments import day_of, left, long_moment
from crisis.web.naming import Names
from crisis.web.state_view import counts_view
from crisis.web.texts import Texts

View = dict[str, object]


def partner_view(
    incident: Incident,
    place: LinkPlace,
    *,
    secret: bytes,
    now: datetime,
    say: Texts,
    by_hub: bool = False,
) -> View:
    """
    Return everything the partner's page shows, except its form's inputs.

    `by_hub`: it is a member's page, and its hub reads it. Consents and what the member
    gave as its own reason are between the member and the lead.
    """
    names = Names(incident, say)
    step = incident.step_by_id[place.step]
    obligation = incident.obligations[place.step, place.partner]
    code = ack_code(secret, incident=place.incident, step=place.step, partner=place.partner)
    return {
        "exercise": incident.opened.mode is Mode.EXERCISE,
        "code_word": incident.opened.code_word,
        **_occasion(incident, names=names, say=say),
        "partner": names.partner(place.partner),
        "contact": names.contact(place.contact),
        "code": code,
        "repeat": any(attempt.possible_repeat for attempt in obligation.attempts),
        "ask": _ask(incident, obligation, code=code, say=say),
        "due": _due(incident, obligation, now=now, say=say),
        "state": stands(incident, obligation, say=say),
        "confirms": names.confirms(place.step),
        "handover": handover_view(incident, place.step, say=say),
        "clearance": clearance_view(incident, step, say=say),
        "longer": longer_words(incident, step, say=say),
        "history": _history(incident, obligation, by_hub=by_hub, say=say),
        "actions": _actions(incident, obligation),
        "decision": _decision(step, say=say),
        "verdicts": [(value, say(label)) for value, label in VERDICTS.items()],
        "bulletin": bulletin_here(incident, place.step, now=now, say=say),
        "issues": issuable_view(incident, place.partner, say=say),
        "consents": None if by_hub else consents_view(incident, place.partner, now=now, say=say),
        # Who else is asked, and what for, says what is planned.
        "others": None if incident.is_ahead else _others(incident, place, names=names, say=say),
    }


def _occasion(incident: Incident, *, names: Names, say: Texts) -> View:
    """Return what the page's head says of the incident; before T0 nothing that gives it away."""
    if incident.is_ahead:
        lead = say.words(lead_before_t0(incident))
        return {"label": "", "kind": "", "district": "", "opened": "", "lead": lead}
    return {
        "label": incident.opened.label,
        "kind": names.kind(),
        "district": names.district(),
        "opened": long_moment(incident.opened_at, say),
        "lead": names.lead(),
    }


def form_of(incident: Incident, step: Step) -> Form | None:
    """Return the form a step asks for, if it asks for one."""
    if not isinstance(step.expect, ExpectAnswer):
        return None
    wanted = step.expect.form
    return next((form for form in incident.playbook.forms if form.id == wanted), None)


def _ask(incident: Incident, obligation: Obligation, *, code: str, say: Texts) -> View:
    step = incident.step_by_id[obligation.step]
    oral = is_oral(incident, step)
    hidden = oral or obligation.withdrawn_at is not None
    message = "" if hidden else step_message(incident, step, say.language, code=code, link="")
    return {
        "title": say.words(step.title),
        "oral": oral,
        "message": message.strip(),
        "benefit": say.words(step.benefit),
        "basis": list(step.basis),
        "tlp": f"TLP:{step.tlp.name.replace('_', '+')}: {say(TLP[step.tlp])}",
    }


def _due(incident: Incident, obligation: Obligation, *, now: datetime, say: Texts) -> View | None:
    due = obligation.due_at
    if (
        due is None
        or obligation.is_telling
        or not tells_deadline(incident, incident.step_by_id[obligation.step])
    ):
        return None
    if incident.is_ahead:  # the hour is that of T0
        day = local_day(due).isoformat()
        late = not obligation.is_settled and now >= due
        return {"iso": day, "at": day_of(due, say), "left": "", "late": late}
    return {
        "iso": due.isoformat(),
        "at": long_moment(due, say),
        "left": "" if obligation.is_settled else left(due, now=now, say=say),
        "late": not obligation.is_settled and now >= due,
    }


def _history(incident: Incident, obligation: Obligation, *, by_hub: bool, say: Texts) -> list[str]:
    """Return in sentences what this partner was told, and what it has already said."""
    said = list(_taken(incident, obligation, say=say))
    if obligation.decline is not None:
        at = long_moment(obligation.decline.happened_at, say)
        reason = obligation.decline.reason
        own = not by_hub or obligation.decline.via is Via.HUB
        said.append(
            say("Abgelehnt am %(at)s mit der Begründung: %(reason)s", at=at, reason=reason)
            if own
            else say("Abgelehnt am %(at)s.", at=at)
        )
    if obligation.answer is not None:
        at = long_moment(obligation.answer.happened_at, say)
        said.append(say("Zuletzt beantwortet am %(at)s.", at=at))
    if obligation.signature is not None:
        at = long_moment(obligation.signature.happened_at, say)
        verdict = say(VERDICTS[obligation.signature.verdict])
        said.append(say("Unterzeichnet am %(at)s: %(verdict)s.", at=at, verdict=verdict))
    decided = incident.run_of(obligation.step).decided
    if decided is not None:
        option = Names(incident, say).option(obligation.step, decided.option)
        at = long_moment(decided.happened_at, say)
        said.append(say("Entschieden am %(at)s: %(option)s.", at=at, option=option))
    if obligation.withdrawn_at is not None:
        said.append(withdrawn_words(incident, obligation.step, say=say))
    elif obligation.obsolete_at is not None:
        said.append(say(OBSOLETE[obligation.obsolete_reason]))
    return said


def _taken(incident: Incident, obligation: Obligation, *, say: Texts) -> Iterator[str]:
    if obligation.is_telling and obligation.fulfilled_at is not None:
        yield say("Mitgeteilt am %(at)s.", at=long_moment(obligation.fulfilled_at, say))
    if obligation.acknowledgement is not None:
        at = long_moment(obligation.acknowledgement.happened_at, say)
        confirms = Names(incident, say).confirms(obligation.step)
        yield (
            say("Bestätigt am %(at)s.", at=at) if confirms else say("Übernommen am %(at)s.", at=at)
        )


_NO_ACTIONS = dict.fromkeys(
    ("acknowledge", "decline", "answer", "answered", "decide", "sign"), False
)


def _actions(incident: Incident, obligation: Obligation) -> View:
    """Return which of the page's forms make sense now."""
    step = incident.step_by_id[obligation.step]
    over = obligation.obsolete_at is not None or obligation.withdrawn_at is not None
    closed = incident.closed_at is not None or over
    if obligation.is_telling:
        return {**_NO_ACTIONS, "over": closed, "told": not closed}
    undecided = incident.run_of(step.id).decided is None
    settled = obligation.is_settled and obligation.decline is None
    return {
        "over": closed,
        "told": False,
        "acknowledge": not closed
        and not settled
        and (obligation.acknowledgement is None or obligation.decline is not None),
        "decline": not closed and not obligation.is_settled,
        "answer": not closed and isinstance(step.expect, ExpectAnswer),
        "answered": obligation.answer is not None,
        "decide": not closed and isinstance(step.expect, ExpectDecision) and undecided,
        "sign": not closed
        and isinstance(step.expect, ExpectSignOff)
        and (obligation.signature is None or obligation.dissents),
    }


def _decision(step: Step, *, say: Texts) -> list[tuple[str, str]]:
    if not isinstance(step.expect, ExpectDecision):
        return []
    return [(option.id, say.words(option.label)) for option in step.expect.options]


def _others(incident: Incident, place: LinkPlace, *, names: Names, say: Texts) -> list[View]:
    """Return each begun step with its other partners' states: no contacts, no answers."""
    return [
        {
            "title": say.words(step.title),
            "counts": counts_view(others, say),
            "partners": [
                {"name": names.partner(one.partner), "state": stands(incident, one, say=say)}
                for one in others
            ],
        }
        for step in incident.with_rounds(incident.playbook.steps)
        if not is_oral(incident, step)
        and (
            others := [
                one for one in incident.obligations_of(step.id) if one.partner != place.partner
            ]
        )
    ]
