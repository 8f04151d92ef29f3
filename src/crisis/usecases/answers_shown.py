"""What answers brought, as scripts read it: needs, totals, feedback; the keys stay stable."""

from crisis.core.feedback import Feedback, feedback
from crisis.core.incident import Incident
from crisis.core.need import Report
from crisis.core.needs_board import BoardNeed, board_for_lead
from crisis.core.total import Total, totals_for_lead

Shown = dict[str, object]


def answers_shown(incident: Incident) -> Shown:
    """Return needs, totals and feedback as plain JSON values, as far as the lead may read them."""
    return {
        "needs": [_need(need) for need in board_for_lead(incident)],
        "totals": [_total(total) for total in totals_for_lead(incident)],
        "feedback": [_feedback(one) for one in feedback(incident)],
    }


def _need(need: BoardNeed) -> Shown:
    return {
        "group": need.group,
        "code": need.code,
        "region": need.region,
        "state": need.state.value,
        "raised_at": need.raised_at.isoformat(),
        "promised_by": list(need.promised_by),
        "conflicts": [conflict.value for conflict in need.conflicts],
        "reports": [_report(report) for report in need.reports],
    }


def _report(report: Report) -> Shown:
    return {
        "step": report.step,
        "partner": report.partner,
        "at": report.at.isoformat(),
        "status": report.status,
        "promised_by": report.promised_by,
        "band": report.band,
        "urgency": report.urgency,
        "language": report.language,
    }


def _total(total: Total) -> Shown:
    return {
        "form": total.form,
        "field": total.field,
        "label": {"de": total.label.de, "en": total.label.en},
        "value": total.value,
        "shares": [{"word": share.word.de, "count": share.count} for share in total.shares],
        "answers": total.answers,
    }


def _feedback(one: Feedback) -> Shown:
    return {
        "step": one.step,
        "partner": one.partner,
        "said_at": one.said_at.isoformat(),
        "reply_step": one.reply_step or None,
        "owed_by": list(one.owed_by),
        "due_at": None if one.due_at is None else one.due_at.isoformat(),
        "replied_by": one.replied_by or None,
        "replied_at": None if one.replied_at is None else one.replied_at.isoformat(),
    }
