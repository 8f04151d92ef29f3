"""Every log entry as one sentence; a new event is a type error here until it has one."""

from datetime import timedelta
from typing import assert_never

from crisis.core import event as ev
from crisis.core.event import Entry
from crisis.web.bulletin_view import bulletin_line
from crisis.web.held_view import limit_words
from crisis.web.labels import (
    COMPLAINTS,
    DECISION_BY_DEFAULT,
    NOBODY,
    OBSOLETE,
    OUTCOMES,
    PURPOSES,
    RESULTS,
    VERDICTS,
    VIAS,
    skipped_words,
)
from crisis.web.moments import long_moment
from crisis.web.naming import Names
from crisis.web.texts import Texts

# Pages show minutes: what was entered within one is not late.
AT_ONCE = timedelta(minutes=1)


def sentence(entry: Entry, *, names: Names, say: Texts) -> str:
    """Return an entry as people read it; late entries carry when it happened."""
    text = _of_incident(entry.event, names=names, say=say)
    happened = getattr(entry.event, "happened_at", None)
    if happened is None or entry.at - happened < AT_ONCE:
        return text
    at = long_moment(happened, say)
    return say("%(text)s (nachgetragen; geschehen %(at)s)", text=text, at=at)


def _of_incident(event: ev.Event, *, names: Names, say: Texts) -> str:
    match event:
        case ev.IncidentOpened():
            text = _opened(event, names=names, say=say)
        case ev.AttributeSet():
            text = say(
                "%(attribute)s ist jetzt: %(value)s (Quelle: %(source)s).",
                attribute=names.attribute(event.attribute),
                value=names.value(event.attribute, event.value),
                source=names.source(event.source),
            )
        case ev.OccasionCame() | ev.StartMoved() | ev.StartConfirmed():
            text = _of_start(event, names=names, say=say)
        case ev.NoteAdded():
            text = say("Notiz: %(text)s", text=event.text)
        case ev.ComplaintCounted():
            text = say(COMPLAINTS[event.state])
        case ev.StoodDown():
            text = say("Entwarnung: %(reason)s", reason=event.reason)
        case ev.IncidentClosed():
            text = say("Der Einsatz wurde abgeschlossen: %(reason)s", reason=event.reason)
        case _:
            text = _of_house(event, names=names, say=say)
    return text


def _of_start(event: "_OfStart", *, names: Names, say: Texts) -> str:
    match event:
        case ev.OccasionCame():
            return say("%(occasion)s ist eingetreten.", occasion=names.occasion(event.occasion))
        case ev.StartMoved():
            at = long_moment(event.planned_for, say)
            return say("Beginn verschoben auf %(at)s: %(reason)s", at=at, reason=event.reason)
        case _:
            return say("Der Einsatz hat begonnen.")


def _opened(event: ev.IncidentOpened, *, names: Names, say: Texts) -> str:
    overlays = ", ".join(say.words(one.title) for one in event.playbook.overlays)
    text = say("Der Einsatz wurde eröffnet: %(word)s.", word=event.code_word)
    if overlays:
        text = say(
            "Der Einsatz wurde eröffnet: %(word)s. Ortsfassung: %(overlays)s.",
            word=event.code_word,
            overlays=overlays,
        )
    if not event.begun_by:
        return text
    begun = say("Auf Meldung von: %(partner)s.", partner=names.partner(event.begun_by))
    return f"{text} {begun}"


def _of_house(event: "_BelowIncident", *, names: Names, say: Texts) -> str:
    match event:
        case ev.ConsentGiven() | ev.ConsentRefused() | ev.ConsentRevoked() | ev.BulletinIssued():
            text = _of_telling(event, names=names, say=say)
        case ev.LinkRevoked():
            text = say("Ein Link wurde gesperrt: %(reason)s", reason=event.reason)
        case ev.OrchestratorUnavailable():
            text = say("Prefect antwortet nicht; die Nachrichten gehen ohne es hinaus.")
        case ev.OrchestratorRestored():
            text = say("Prefect antwortet wieder.")
        case ev.LogRestored() | ev.BrokenChainAccepted() | ev.EntriesErased() | ev.Erased():
            text = _of_log(event, say=say)
        case ev.TaskRaised():
            about = names.about(event)
            text = say("Aufgabe für die Federführung: %(task)s", task=names.task_kind(event))
            text = f"{text} ({about})." if about else f"{text}."
        case ev.TaskDone():
            about = names.task(event.task)
            text = say(
                "Aufgabe %(task)s: %(result)s.", task=about, result=say(RESULTS[event.result])
            )
            text = f"{text} {event.note}".strip()
        case _:
            text = _of_step(event, names=names, say=say)
    return text


def _of_telling(event: "_ToBeTold", *, names: Names, say: Texts) -> str:
    match event:
        case ev.ConsentGiven():
            text = say(
                "Einwilligung %(code)s (%(scope)s) für %(recipient)s liegt vor.",
                code=event.consent,
                scope=names.scope(event.scope),
                recipient=names.partner(event.recipient),
            )
        case ev.ConsentRefused():
            text = say(
                "Keine Einwilligung %(code)s (%(scope)s): nichts wird weitergegeben.",
                code=event.consent,
                scope=names.scope(event.scope),
            )
        case ev.ConsentRevoked():
            text = say("Einwilligung %(code)s wurde widerrufen.", code=event.consent)
        case ev.BulletinIssued():
            text = say(
                "%(step)s: Hinweis %(number)s herausgegeben (%(about)s).",
                step=names.step(event.step),
                number=event.bulletin,
                about=bulletin_line(event, say=say),
            )
        case _:
            assert_never(event)
    return text


def missed_words(missed: int, *, say: Texts) -> str:
    """Return that rounds went by before this one, and how many."""
    return say("Runden, die davor entfielen: %(n)s.", n=missed)


def _of_log(event: "_OfLog", *, say: Texts) -> str:
    match event:
        case ev.LogRestored(lost_to=0):
            n = event.upto_version
            text = say("Das Protokoll wurde auf den Stand von Eintrag %(n)s zurückgesetzt.", n=n)
        case ev.LogRestored():
            text = say(
                "Das Protokoll wurde auf den Stand von Eintrag %(n)s zurückgesetzt; verloren sind"
                " die Einträge bis %(to)s.",
                n=event.upto_version,
                to=event.lost_to,
            )
        case ev.BrokenChainAccepted():
            text = say(
                "Der Bruch der Prüfsummenkette ab Eintrag %(n)s wurde angenommen: %(reason)s",
                n=event.at_version,
                reason=event.reason,
            )
        case ev.EntriesErased():
            n = len(event.entries)
            text = say("Angaben in %(n)s Einträgen wurden nach Frist gelöscht.", n=n)
        case ev.Erased():
            text = say("Gelöscht nach Frist.")
        case _:
            assert_never(event)
    return text


def _of_step(event: "_BelowHouse", *, names: Names, say: Texts) -> str:
    step = names.step(event.step)
    match event:
        case ev.StepStarted():
            partners = "; ".join(names.partner(one) for one in event.partners) or say(NOBODY)
            text = say("%(step)s begann. Gefragt: %(partners)s.", step=step, partners=partners)
            if event.missed:
                text = f"{text} {missed_words(event.missed, say=say)}"
            text = " ".join((text, *_cascades(event, names=names, say=say)))
        case ev.StepHeld():
            text = say("%(step)s wartet, weil der Einsatz noch gefährlich ist.", step=step)
        case ev.StepObsolete():
            reason = say(OBSOLETE[event.reason])
            text = say("%(step)s ist gegenstandslos. %(reason)s", step=step, reason=reason)
        case ev.StepSkipped():
            text = say(
                "%(step)s wurde ausgelassen: %(reason)s",
                step=step,
                reason=skipped_words(event.reason, say),
            )
        case _:
            text = _of_outcome(event, step, names=names, say=say)
    return text


def _of_outcome(event: "_BelowBeginning", step: str, *, names: Names, say: Texts) -> str:
    match event:
        case ev.Decided():
            option = names.option(event.step, event.option)
            why = say(DECISION_BY_DEFAULT) if event.by_default else event.reason
            text = say("%(step)s: %(option)s (%(why)s)", step=step, option=option, why=why)
        case ev.Published(cleared=True):
            text = say("%(step)s: Veröffentlicht.", step=step)
        case ev.Published():
            text = say(
                "%(step)s: Ohne vollständige Freigabe veröffentlicht: %(reason)s",
                step=step,
                reason=event.reason,
            )
        case ev.ReportDrafted():
            n = event.log_to
            text = say("Der Reflexionsbericht wurde berechnet (bis Eintrag %(n)s).", n=n)
        case _:
            text = _of_partner(event, step, names=names, say=say)
    return text


def _cascades(event: ev.StepStarted, *, names: Names, say: Texts) -> list[str]:
    return [
        say(
            "%(hub)s gibt es weiter an: %(members)s.",
            hub=names.partner(hub),
            members="; ".join(names.partner(one) for one in members),
        )
        for hub, members in event.members.items()
    ]


def _of_partner(event: "_BelowStep", step: str, *, names: Names, say: Texts) -> str:
    about = {"step": step, "partner": names.partner(event.partner)}
    match event:
        case ev.AttemptStarted():
            text = say(
                "%(step)s: %(purpose)s an %(partner)s, %(contact)s, über %(channel)s.",
                **about,
                purpose=say(PURPOSES[event.purpose]),
                contact=names.contact(event.contact),
                channel=names.channel(event.channel),
            )
        case ev.AttemptEnded():
            text = say(
                "%(step)s: Nachricht %(n)s an %(partner)s %(outcome)s (%(code)s).",
                **about,
                n=event.n,
                outcome=say(OUTCOMES[event.outcome]),
                code=f"{event.code}, {event.provider}" if event.provider else event.code,
            )
        case ev.AttemptHeld():
            text = say(
                "%(step)s: Nachricht an %(partner)s, %(contact)s, wartet bis %(until)s"
                " (Grenze: %(limit)s).",
                **about,
                contact=names.contact(event.contact),
                until=long_moment(event.until, say),
                limit=limit_words(event.limit, say=say),
            )
        case ev.Escalated():
            text = say(
                "%(step)s: %(partner)s hat nicht geantwortet; Eskalationsstufe %(level)s.",
                **about,
                level=event.level,
            )
        case ev.Overdue():
            text = say("%(step)s: Die Frist von %(partner)s ist verstrichen.", **about)
        case ev.LeadOffered():
            contact = names.contact(event.contact)
            text = say(
                "Die Federführung wird %(partner)s, %(contact)s, angeboten.",
                partner=about["partner"],
                contact=contact,
            )
            text = f"{text} {event.reason}"
        case ev.AdHocAsked():
            text = say("Anfrage außerhalb des Ablaufplans an %(partner)s.", **about)
            text = f"{text} {event.text}"
        case _:
            text = _of_reply(event, about, names=names, say=say)
    return text


def _of_reply(event: "_Reply", about: dict[str, str], *, names: Names, say: Texts) -> str:
    who = {**about, "contact": names.contact(event.contact), "via": say(VIAS[event.via])}
    match event:
        case ev.Acknowledged() if names.hands_over(event.step):
            text = say("%(partner)s führt ab jetzt (%(contact)s, %(via)s).", **who)
        case ev.Acknowledged() if names.confirms(event.step):
            text = say("%(step)s: %(partner)s hat bestätigt (%(contact)s, %(via)s).", **who)
        case ev.Acknowledged():
            text = say("%(step)s: %(partner)s hat übernommen (%(contact)s, %(via)s).", **who)
        case ev.Declined():
            text = say("%(step)s: %(partner)s hat abgelehnt (%(contact)s, %(via)s).", **who)
            text = f"{text} {event.reason}"
        case ev.Answered():
            text = say("%(step)s: %(partner)s hat geantwortet (%(contact)s, %(via)s).", **who)
        case ev.Signed():
            text = say("%(step)s: %(partner)s hat unterzeichnet (%(contact)s, %(via)s).", **who)
            text = f"{text} {say(VERDICTS[event.verdict])}. {event.remark}".strip()
        case _:
            assert_never(event)
    return text


_Reply = ev.Acknowledged | ev.Declined | ev.Answered | ev.Signed
_BelowStep = (
    _Reply
    | ev.AttemptStarted
    | ev.AttemptEnded
    | ev.AttemptHeld
    | ev.Escalated
    | ev.Overdue
    | ev.AdHocAsked
    | ev.LeadOffered
)
_BelowBeginning = _BelowStep | ev.Decided | ev.Published | ev.ReportDrafted
_BelowHouse = _BelowBeginning | ev.StepStarted | ev.StepHeld | ev.StepObsolete | ev.StepSkipped
_OfStart = ev.OccasionCame | ev.StartMoved | ev.StartConfirmed
_ToBeTold = ev.ConsentGiven | ev.ConsentRefused | ev.ConsentRevoked | ev.BulletinIssued
_OfLog = ev.LogRestored | ev.BrokenChainAccepted | ev.EntriesErased | ev.Erased
_BelowIncident = (
    _BelowHouse
    | _OfLog
    | _ToBeTold
    | ev.TaskRaised
    | ev.TaskDone
    | ev.LinkRevoked
    | ev.OrchestratorUnavailable
    | ev.OrchestratorRestored
)
