"""A partner's link: read with GET, act with POST; no account, no session, no script."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from crisis.core.answer import free_text_faults
from crisis.core.event import Via
from crisis.core.incident import Incident
from crisis.core.obligation import Obligation
from crisis.errors import (
    LinkGoneError,
    LinkUnknownError,
    NotFoundError,
    PersonalDataError,
    RefusedError,
    UsageError,
)
from crisis.usecases import answering, steering
from crisis.usecases.answering import Reply
from crisis.usecases.ports import LinkPlace
from crisis.usecases.reading import Desk
from crisis.web import consent_form
from crisis.web.cascade_view import cascade_view
from crisis.web.complaint_act import can_complain
from crisis.web.complaint_view import complaint_view
from crisis.web.door import DeskHere, FormPosted, admitted_to_page
from crisis.web.form_view import form_view
from crisis.web.forms import MORE_ROWS, Posted, as_posted, read_answers, without
from crisis.web.labels import VERDICTS
from crisis.web.moments import long_moment
from crisis.web.pages import Notice, page, speaker, to_page
from crisis.web.partner_view import form_of, partner_view
from crisis.web.texts import Texts, msg

router = APIRouter(include_in_schema=False, dependencies=[Depends(admitted_to_page)])

Verdict = Literal["agreed", "remark", "dissent"]
LONGEST_REASON = 500
# What the page says after a redirect; the address carries only the key.
DONE = {
    "acknowledged": msg("Danke. Ihre Übernahme ist gespeichert."),
    "declined": msg("Ihre Ablehnung ist gespeichert; die Federführung vergibt die Aufgabe neu."),
    "answered": msg("Danke. Ihre Antwort ist gespeichert."),
    "decided": msg("Die Entscheidung ist gespeichert."),
    "issued": msg("Der Hinweis ist herausgegeben; die Gefragten bestätigen ihn."),
    "recorded": msg("Gespeichert. Notieren Sie den Code in Ihrer eigenen Akte."),
    "signed": msg("Danke. Ihre Unterschrift ist gespeichert."),
    "complained": msg("Die Beschwerde ist bei der Beschwerdestelle."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """
    One request by a partner: where the link leads and what is known there now.

    `hub` is set where a hub enters what one of its members told it.
    """

    request: Request
    desk: Desk
    token: str
    place: LinkPlace
    incident: Incident
    say: Texts
    hub: LinkPlace | None = None

    @property
    def address(self) -> str:
        """The path of this page."""
        own = f"/p/{self.token}"
        return own if self.hub is None else f"{own}/members/{self.place.partner}"

    @property
    def obligation(self) -> Obligation:
        """What this partner owes here."""
        return self.incident.obligations[self.place.step, self.place.partner]

    @property
    def reply(self) -> Reply:
        """Who answers, for the log: the function the link was given to."""
        place, by = self.place, self.hub or self.place
        return Reply(
            incident=place.incident,
            step=place.step,
            partner=place.partner,
            contact=by.contact,
            by=by.contact,
            via=Via.PAGE if self.hub is None else Via.HUB,
            happened_at=None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a person has typed and what was wrong with it; empty for a fresh page."""

    posted: Posted = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    form_errors: Mapping[str, str] = field(default_factory=dict)
    more_rows: int = 0


@router.api_route("/p/{token}", methods=["GET", "HEAD"])
def read(token: str, request: Request, desk: DeskHere) -> Response:
    """Show what is asked; nothing changes by looking."""
    return look(visit_of(token, request, desk))


@router.post("/p/{token}")
def act(token: str, request: Request, desk: DeskHere, posted: FormPosted) -> Response:
    """Carry out what the pressed button names, then show the page afresh."""
    return carry_out(visit_of(token, request, desk), posted)


def look(visit: Visit) -> Response:
    """Return the page of a visit; nothing changes."""
    return _show(visit, Draft(), done=DONE.get(visit.request.query_params.get("done", ""), ""))


def carry_out(visit: Visit, posted: Posted) -> Response:
    """
    Do what the pressed button names and return the page to show.

    Raises:
        Notice: there is no such button, or it is too late for it.
    """
    if posted.get("action", "") in consent_form.ACTIONS and visit.hub is None:
        return _consent(visit, posted)
    action = ACTIONS.get(posted.get("action", ""))
    if action is None:
        raise Notice(422, visit.say("Unbekannte Handlung"), visit.say("Nichts wurde gespeichert."))
    if visit.incident.closed_at is not None or visit.obligation.obsolete_at is not None:
        raise too_late(visit)
    try:
        return action(visit, posted)
    except PersonalDataError as refused:
        return again(visit, Draft(errors={"page": str(refused)}))
    except RefusedError as refused:
        raise too_late(visit) from refused
    except UsageError as wrong:
        return again(visit, Draft(posted=posted, errors={"page": str(wrong)}))


def _consent(visit: Visit, posted: Posted) -> Response:
    place = visit.place
    by = visit.reply.by
    who = consent_form.Recorder(
        desk=visit.desk, incident=place.incident, by=by, partner=place.partner
    )
    try:
        consent_form.ACTIONS[posted["action"]](who, posted)
    except (NotFoundError, RefusedError) as refused:
        raise too_late(visit) from refused
    except UsageError as wrong:
        return again(visit, Draft(errors={"page": str(wrong)}))
    return _done(visit, "recorded")


def visit_of(token: str, request: Request, desk: Desk) -> Visit:
    """
    Return where a link leads.

    Raises:
        Notice: 404 or 410, there is no such link or it is no longer good.
    """
    say = speaker(request)
    try:
        place = answering.follow_link(desk, token)
    except LinkUnknownError as unknown:
        raise Notice(
            404,
            say("Dieser Link ist nicht bekannt"),
            say("Bitte prüfen Sie, ob die Adresse vollständig ist."),
            say("Bei Fragen rufen Sie bitte über Ihr eigenes Kontaktverzeichnis an."),
        ) from unknown
    except LinkGoneError as gone:
        raise Notice(
            410,
            say("Dieser Link gilt nicht mehr"),
            say("Er ist abgelaufen oder wurde gesperrt."),
            say("Bei Fragen rufen Sie bitte über Ihr eigenes Kontaktverzeichnis an."),
        ) from gone
    incident = desk.incidents.current(place.incident)
    return Visit(request=request, desk=desk, token=token, place=place, incident=incident, say=say)


def too_late(visit: Visit) -> Notice:
    """Return what is said where the state has changed since the page was opened."""
    say = visit.say
    return Notice(
        409,
        say("Das geht jetzt nicht mehr"),
        say("Der Stand hat sich inzwischen geändert; nichts wurde gespeichert."),
        say("Öffnen Sie Ihre Seite neu, um den jetzigen Stand zu sehen."),
    )


def _show(visit: Visit, draft: Draft, *, done: str = "", status: int = 200) -> Response:
    house, obligation = visit.desk.house, visit.obligation
    form = form_of(visit.incident, visit.incident.step_by_id[visit.place.step])
    # What a member said itself is not shown to its hub, only what the hub has entered.
    answer = obligation.answer
    own = answer is not None and (visit.hub is None or answer.via is Via.HUB)
    stored = answer.answers if answer is not None and own else {}
    inputs = None
    if form is not None:
        inputs = form_view(
            form,
            draft.posted or as_posted(form, stored),
            draft.form_errors,
            say=visit.say,
            more_rows=draft.more_rows,
            attributes=visit.incident.playbook.attributes,
        )
    shown = partner_view(
        visit.incident,
        visit.place,
        secret=house.secret,
        now=house.clock.now(),
        say=visit.say,
        by_hub=visit.hub is not None,
    )
    values = {
        **shown,
        "form": inputs,
        "posted": draft.posted,
        "errors": draft.errors,
        "done": visit.say(done) if done else "",
        "longest_reason": LONGEST_REASON,
        "cascade": cascade_view(
            visit.incident,
            visit.place,
            secret=house.secret,
            base_url=house.base_url,
            say=visit.say,
        ),
        "hub_page": "" if visit.hub is None else f"/p/{visit.token}",
        "complaint": complaint_view(
            visit.desk, visit.incident, visit.place.partner, say=visit.say
        ),
        "complains": visit.hub is None and can_complain(visit.incident),
    }
    return page(visit.request, "partner.html", values=values, status=status)


def again(visit: Visit, draft: Draft) -> Response:
    """Return the page of a visit with what is wrong with what was typed."""
    return _show(visit, draft, status=422)


def _done(visit: Visit, what: str) -> Response:
    return to_page(visit.request, visit.address, done=what)


def _acknowledge(visit: Visit, _posted: Posted) -> Response:
    said, say = visit.obligation.acknowledgement, visit.say
    if said is not None and visit.obligation.decline is None:
        raise Notice(
            409,
            say("Schon übernommen"),
            say(
                "Ihre Stelle hat diese Aufgabe bereits am %(at)s übernommen.",
                at=long_moment(said.happened_at, say),
            ),
            say("Sie müssen nichts weiter tun; es wurde nichts doppelt gespeichert."),
        )
    answering.acknowledge(visit.desk, visit.reply)
    return _done(visit, "acknowledged")


def _decline(visit: Visit, posted: Posted) -> Response:
    reason, errors = _reason(posted, "reason", say=visit.say)
    if errors:
        return again(visit, Draft(posted={"reason": reason}, errors=errors))
    answering.decline(visit.desk, visit.reply, reason=reason)
    return _done(visit, "declined")


def _answer(visit: Visit, posted: Posted) -> Response:
    form = form_of(visit.incident, visit.incident.step_by_id[visit.place.step])
    if form is None:
        raise Notice(
            409,
            visit.say("Hier wird keine Antwort auf ein Formular erwartet."),
            visit.say("Nichts wurde gespeichert."),
        )
    reading = read_answers(form, posted, visit.say)
    if reading.errors:
        kept = without(posted, reading.personal)
        return again(visit, Draft(posted=kept, form_errors=reading.errors))
    answering.answer(visit.desk, visit.reply, answers=reading.answers)
    return _done(visit, "answered")


def _more_rows(visit: Visit, posted: Posted) -> Response:
    return _show(visit, Draft(posted=posted, more_rows=MORE_ROWS))


def _decide(visit: Visit, posted: Posted) -> Response:
    reason, errors = _reason(posted, "reason", say=visit.say)
    option = posted.get("option", "")
    step = visit.incident.step_by_id[visit.place.step]
    if option not in {one.id for one in getattr(step.expect, "options", ())}:
        errors = {"option": visit.say("Bitte wählen Sie eine Möglichkeit."), **errors}
    if errors:
        return again(visit, Draft(posted={"option": option, "reason": reason}, errors=errors))
    steering.decide(
        visit.desk,
        visit.place.incident,
        step=visit.place.step,
        option=option,
        reason=reason,
        by=visit.place.contact,
    )
    return _done(visit, "decided")


def _sign(visit: Visit, posted: Posted) -> Response:
    verdict = posted.get("verdict", "")
    optional = verdict == "agreed"
    remark, errors = _reason(posted, "remark", say=visit.say, optional=optional)
    if verdict not in VERDICTS:
        errors = {"verdict": visit.say("Bitte wählen Sie eine Möglichkeit.")}
    if errors:
        return again(visit, Draft(posted={"verdict": verdict, "remark": remark}, errors=errors))
    answering.sign(visit.desk, visit.reply, verdict=cast("Verdict", verdict), remark=remark)
    return _done(visit, "signed")


def _reason(
    posted: Posted, name: str, *, say: Texts, optional: bool = False
) -> tuple[str, dict[str, str]]:
    """Return a free text and what is wrong with it; a refused text comes back empty."""
    text = posted.get(name, "").strip()
    if not text and not optional:
        return "", {name: say("Bitte schreiben Sie einen Satz dazu.")}
    found = free_text_faults(name, text, most=LONGEST_REASON)
    kept = "" if any(fault.personal for fault in found) else text
    return kept, {fault.field: say.words(fault.words) for fault in found}


ACTIONS: Mapping[str, Callable[[Visit, Posted], Response]] = {
    "acknowledge": _acknowledge,
    "decline": _decline,
    "answer": _answer,
    "more-rows": _more_rows,
    "decide": _decide,
    "sign": _sign,
}
