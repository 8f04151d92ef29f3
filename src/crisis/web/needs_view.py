"""What answers brought, as the incident's page shows it: needs, totals, feedback."""

from datetime import datetime

from crisis.core.feedback import Feedback, feedback
from crisis.core.incident import Incident
from crisis.core.needs_board import BoardNeed, Conflict, NeedState, board_for_lead
from crisis.core.total import Total, totals_for_lead
from crisis.web.labels import NEEDS
from crisis.web.moments import long_moment, short_moment
from crisis.web.naming import Names
from crisis.web.texts import Texts, msg

View = dict[str, object]
# So many of those who report the same need are named.
NAMED = 5
STATES = {
    NeedState.RAISED: ("…", msg("gemeldet")),
    NeedState.ASSIGNED: ("◐", msg("zugesagt")),
    NeedState.MET: ("✓", msg("gedeckt")),
    NeedState.UNMET: ("✗", msg("nicht deckbar")),
    NeedState.DUPLICATE: ("-", msg("doppelt")),
}
CONFLICTS = {
    Conflict.STATUS: msg("Stand widerspricht sich"),
    Conflict.PROMISE: msg("mehrfach zugesagt"),
    Conflict.BAND: msg("Zahlen weichen ab"),
}


def answers_view(incident: Incident, *, names: Names, now: datetime, say: Texts) -> View:
    """Return needs, totals and feedback as far as the lead may read them."""
    return {
        "needs": [_need(one, names=names, now=now, say=say) for one in board_for_lead(incident)],
        "totals": [_total(one, say=say) for one in totals_for_lead(incident)],
        "feedback": [_feedback(one, names=names, now=now, say=say) for one in feedback(incident)],
    }


def _need(need: BoardNeed, *, names: Names, now: datetime, say: Texts) -> View:
    symbol, label = STATES[need.state]
    _, groups = NEEDS["group"]
    by = [names.partner(one) for one in dict.fromkeys(report.partner for report in need.reports)]
    more = [say("%(n)s weitere", n=len(by) - NAMED)] if len(by) > NAMED else []
    return {
        "what": ", ".join(part for part in (need.code, need.region) if part),
        "group": say(groups[need.group]) if need.group in groups else need.group,
        "symbol": symbol,
        "state": say(label),
        "since": short_moment(need.raised_at, now=now, say=say),
        "by": "; ".join([*by[:NAMED], *more]),
        "promised_by": ", ".join(need.promised_by),
        "conflicts": ", ".join(say(CONFLICTS[one]) for one in need.conflicts),
    }


def _total(total: Total, *, say: Texts) -> View:
    shares = ", ".join(f"{say.words(share.word)} ({share.count})" for share in total.shares)
    return {
        "label": say.words(total.label),
        "value": shares if total.value is None else str(total.value),
        "answers": total.answers,
    }


def _feedback(one: Feedback, *, names: Names, now: datetime, say: Texts) -> View:
    if one.replied_at is not None:
        at = long_moment(one.replied_at, say)
        reply = say("beantwortet %(at)s von %(who)s", at=at, who=names.partner(one.replied_by))
    elif one.due_at is None:
        reply = say("offen; noch niemand gefragt")
    elif one.is_overdue(now):
        reply = say("offen; die Frist endete %(at)s", at=long_moment(one.due_at, say))
    else:
        reply = say("offen; Antwort bis %(at)s", at=long_moment(one.due_at, say))
    return {
        "step": names.step(one.step),
        "partner": names.partner(one.partner),
        "said": long_moment(one.said_at, say),
        "owed_by": "; ".join(map(names.partner, one.owed_by)),
        "reply": reply,
    }
